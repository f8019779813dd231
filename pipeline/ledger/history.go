package ledger

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

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
	shareTasks(h.Earlier)
	dropParts(h.Earlier)
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

// bodies are what a query selects, unpacked: nearly all of the time goes there, so each processor takes its share.
func bodies[T any](ctx context.Context, db *sql.DB, query string, args ...any) ([]T, error) {
	packed, err := all(ctx, db, func(r *sql.Rows) (body []byte, err error) { return body, r.Scan(&body) }, query, args...)
	if err != nil {
		return nil, err
	}
	out, errs := make([]T, len(packed)), make([]error, len(packed))
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(len(packed), runtime.GOMAXPROCS(0)) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(packed); i = int(next.Add(1)) - 1 {
				errs[i] = unpack(packed[i], &out[i])
				packed[i] = nil
			}
		})
	}
	done.Wait()
	return out, errors.Join(errs...)
}

// dropParts forgets which units of lower offices earlier rows were made of, but for what is done, which later periods may carry on: nothing
// is compared with them, and a nation has many. [Ledger.Edition] still has them all.
func dropParts(pasts []progress.Past) {
	for _, past := range pasts {
		for i := range past.Positions {
			if c := past.Positions[i].Claim; c != nil && !past.Positions[i].Class.IsDone() {
				c.Row.Parts = nil
			}
		}
	}
}

// shareTasks lets the positions of later periods hold the tasks of earlier ones where they are the same: most plans change little, and
// their words are a good part of what a period holds.
func shareTasks(pasts []progress.Past) {
	type key struct{ unit, task string }
	seen := map[key]progress.Task{}
	for _, past := range pasts {
		for i := range past.Positions {
			p := &past.Positions[i]
			k := key{p.Unit, p.Task.Key()}
			if t, ok := seen[k]; ok && reflect.DeepEqual(t, p.Task) {
				p.Task = t
				continue
			}
			seen[k] = p.Task
		}
	}
}
