package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"tiendo/pipeline/progress"
)

const (
	historyLength = 12 // how many earlier periods the trend of the synthesis shows
	trailLength   = 52 // over how many a task is followed: a year of weeks
)

const insertTrail = `INSERT INTO trail (period, revision, body) VALUES (?,?,?)`

// newest are the newest revisions of the published periods of a kind before a period, newest first; a LIMIT follows.
const newest = ` e WHERE kind = ? AND state = 'published' AND e.period < ?
	AND e.revision = (SELECT max(revision) FROM edition WHERE period = e.period AND state = 'published')
	ORDER BY e.period DESC LIMIT ? OFFSET ?`

// History loads the earlier editions that a synthesis of p is compared with: the newest revision of each of the last
// periods of its kind, the trails of those before, and the same period of last year.
func (l *Ledger) History(ctx context.Context, p progress.Period) (progress.History, error) {
	var h progress.History
	var err error
	if h.Earlier, err = bodies[progress.Past](ctx, l.db, `SELECT e.body FROM edition`+newest, string(p.Kind), p.ID, historyLength, 0); err != nil {
		return h, err
	}
	slices.Reverse(h.Earlier)
	if h.Older, err = l.older(ctx, p); err != nil {
		return h, err
	}
	var body []byte
	err = l.db.QueryRowContext(ctx, `SELECT body FROM edition WHERE period = ? AND state = 'published' ORDER BY revision DESC LIMIT 1`,
		p.YearBefore().ID).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	if err != nil {
		return h, err
	}
	h.YearBefore = new(progress.Past)
	return h, unpack(body, h.YearBefore)
}

// older loads the trails of the periods before those that are read whole. A ledger of an earlier version, read beside the older program that
// writes it, has none.
func (l *Ledger) older(ctx context.Context, p progress.Period) ([]progress.Trail, error) {
	var version int
	if err := l.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil || version < 3 {
		return nil, err
	}
	trails, err := bodies[progress.Trail](ctx, l.db,
		`SELECT (SELECT body FROM trail t WHERE t.period = e.period AND t.revision = e.revision) FROM edition`+newest,
		string(p.Kind), p.ID, trailLength-historyLength, historyLength)
	slices.Reverse(trails)
	return trails, err
}

// bodies are what a query selects, each unpacked before the next is read: the packed and the unpacked are never held together.
func bodies[T any](ctx context.Context, db *sql.DB, query string, args ...any) ([]T, error) {
	return all(ctx, db, func(r *sql.Rows) (v T, err error) {
		var body sql.RawBytes
		if err := r.Scan(&body); err != nil {
			return v, err
		}
		return v, unpack(body, &v)
	}, query, args...)
}
