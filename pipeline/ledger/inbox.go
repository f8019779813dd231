package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"tiendo/pipeline/progress"
)

// Seen is what the last scan knew of an entry of the inbox: enough to tell that it has not changed since.
type Seen struct {
	Size             int64
	MtimeNS, CtimeNS int64
	Inode            uint64
	SHA256           string // empty unless its bytes are in the spool
}

// Known returns what the last scan saw, by path below the inbox.
func (l *Ledger) Known(ctx context.Context) (map[string]Seen, error) {
	type entry struct {
		path string
		Seen
	}
	entries, err := all(ctx, l.db, func(r *sql.Rows) (e entry, err error) {
		var inode int64
		err = r.Scan(&e.path, &e.Size, &e.MtimeNS, &e.CtimeNS, &inode, &e.SHA256)
		e.Inode = uint64(inode)
		return e, err
	}, `SELECT path, size, mtime_ns, ctime_ns, inode, sha256 FROM sighting`)
	if err != nil {
		return nil, err
	}
	known := make(map[string]Seen, len(entries))
	for _, e := range entries {
		known[e.path] = e.Seen
	}
	return known, nil
}

// Sighting is an entry of the inbox as a scan saw it.
type Sighting struct {
	progress.Entry
	Seen Seen
}

// SaveScan records a scan: it replaces what the scan before saw, and gives every new hash its place in the order of
// first sight. Received of the entries is when their bytes were first seen: now, or what an earlier scan recorded.
func (l *Ledger) SaveScan(ctx context.Context, scan []Sighting, now time.Time) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM sighting`); err != nil {
			return err
		}
		for _, s := range scan {
			if s.SHA256 != "" {
				if err := firstSight(ctx, tx, s.SHA256, s.Size, now); err != nil {
					return err
				}
			}
			facts, err := json.Marshal(s.Facts)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO sighting
				(path, size, mtime_ns, ctime_ns, inode, sha256, seen_at, state, reason, facts, unit, period)
				VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, s.Path, s.Size, s.Seen.MtimeNS, s.Seen.CtimeNS, int64(s.Seen.Inode), s.SHA256,
				stamp(now), s.State, s.Reason, string(facts), s.Unit, s.Period); err != nil {
				return err
			}
		}
		return nil
	})
}

// SaveStates records where the entries ended, once their returns were judged.
func (l *Ledger) SaveStates(ctx context.Context, entries []progress.Entry) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		for _, e := range entries {
			facts, err := json.Marshal(e.Facts)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE sighting SET state=?, reason=?, facts=?, unit=?, period=? WHERE path=?`,
				e.State, e.Reason, string(facts), e.Unit, e.Period, e.Path); err != nil {
				return err
			}
		}
		return nil
	})
}

// Entries returns every entry of the inbox as the last scan saw it, by path.
func (l *Ledger) Entries(ctx context.Context) ([]progress.Entry, error) {
	return all(ctx, l.db, func(r *sql.Rows) (e progress.Entry, err error) {
		var facts, received string
		if err := r.Scan(&e.Path, &e.Size, &e.SHA256, &e.State, &e.Reason, &facts, &e.Unit, &e.Period, &received); err != nil {
			return e, err
		}
		var errs [2]error
		errs[0] = json.Unmarshal([]byte(facts), &e.Facts)
		e.Received, errs[1] = unstamp(received)
		return e, errors.Join(errs[:]...)
	}, `SELECT s.path, s.size, s.sha256, s.state, s.reason, s.facts, s.unit, s.period, coalesce(b.first_seen_at, s.seen_at)
		FROM sighting s LEFT JOIN blob b ON b.sha256 = s.sha256 ORDER BY s.path`)
}

// Reading returns what the given version of the readers read in the file of that hash.
func (l *Ledger) Reading(ctx context.Context, sha256, version string) (r progress.Reading, ok bool, err error) {
	var body []byte
	err = l.db.QueryRowContext(ctx, `SELECT body FROM reading WHERE sha256=? AND version=?`, sha256, version).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	return r, true, unpack(body, &r)
}

// SaveReading keeps what was read in a file.
func (l *Ledger) SaveReading(ctx context.Context, r progress.Reading, version string) error {
	body, err := pack(r)
	if err != nil {
		return err
	}
	_, err = l.db.ExecContext(ctx, `INSERT INTO reading (sha256, version, body) VALUES (?,?,?)
		ON CONFLICT (sha256, version) DO NOTHING`, r.SHA256, version, body)
	return err
}

// SaveSubmissions records whose returns files are, and for which period.
func (l *Ledger) SaveSubmissions(ctx context.Context, returns []progress.Return) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		for _, r := range returns {
			findings, err := json.Marshal(r.Findings)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO submission (path, sha256, unit, period, findings) VALUES (?,?,?,?,?)
				ON CONFLICT (path, sha256) DO UPDATE SET unit=excluded.unit, period=excluded.period, findings=excluded.findings`, r.Path, r.SHA256, r.Unit, r.Period, string(findings)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Received returns when the bytes were first seen, and their place in that order.
func (l *Ledger) Received(ctx context.Context, sha256 string) (at time.Time, sequence int64, err error) {
	var s string
	if err = l.db.QueryRowContext(ctx, `SELECT first_seen_at, sequence FROM blob WHERE sha256=?`, sha256).Scan(&s, &sequence); err != nil {
		return at, 0, err
	}
	at, err = unstamp(s)
	return at, sequence, err
}

// Returns loads the returns identified for a period, with what that version of the readers read in them, in the
// order of first sight.
func (l *Ledger) Returns(ctx context.Context, period, version string) ([]progress.Return, error) {
	return all(ctx, l.db, func(r *sql.Rows) (ret progress.Return, err error) {
		var received, findings string
		var body []byte
		if err := r.Scan(&ret.Path, &ret.SHA256, &ret.Size, &received, &ret.Sequence, &ret.Unit, &ret.Period, &findings, &body); err != nil {
			return ret, err
		}
		var errs [3]error
		ret.Received, errs[0] = unstamp(received)
		errs[1] = json.Unmarshal([]byte(findings), &ret.Findings)
		errs[2] = unpack(body, &ret.Reading)
		return ret, errors.Join(errs[:]...)
	}, `SELECT s.path, s.sha256, b.size, b.first_seen_at, b.sequence, s.unit, s.period, s.findings, r.body
		FROM submission s JOIN blob b USING (sha256) JOIN reading r ON r.sha256 = s.sha256 AND r.version = ?
		WHERE s.period = ? ORDER BY b.sequence, s.path`, version, period)
}

// InboxID is what the sentinel of the office's inbox says; empty until it is fixed.
func (l *Ledger) InboxID(ctx context.Context) (string, error) {
	var id string
	err := l.db.QueryRowContext(ctx, `SELECT value FROM setting WHERE key='inbox_id'`).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// FixInboxID records the inbox that the office trusts. It is recorded once.
func (l *Ledger) FixInboxID(ctx context.Context, id string) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES ('inbox_id', ?) ON CONFLICT (key) DO NOTHING`, id)
	return err
}

// SaveReceipts records when bytes were received before this ledger began, so that an office that moves here keeps the
// times at which its returns came. Bytes that the ledger has seen already keep their time.
func (l *Ledger) SaveReceipts(ctx context.Context, receipts []progress.Entry) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		for _, r := range receipts {
			if err := firstSight(ctx, tx, r.SHA256, r.Size, r.Received); err != nil {
				return err
			}
		}
		return nil
	})
}

func firstSight(ctx context.Context, tx *sql.Tx, sha256 string, size int64, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO blob (sha256, size, first_seen_at) VALUES (?,?,?) ON CONFLICT (sha256) DO NOTHING`, sha256, size, stamp(at))
	return err
}
