package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"tiendo/pipeline/progress"
)

// Edition is a synthesis of a period as it was, or is about to be, published.
type Edition struct {
	Past        progress.Past
	Revision    int
	InputDigest string // equal digests: nothing new to publish
	Manifest    string // JSON that names the files; the ledger keeps it as it is given
	Created     time.Time
}

// Intend records an edition that is about to be published. An intent left by a run that was cut off is replaced.
func (l *Ledger) Intend(ctx context.Context, e Edition) error {
	body, err := pack(e.Past)
	if err != nil {
		return err
	}
	trail, err := pack(e.Past.Trail())
	if err != nil {
		return err
	}
	return l.tx(ctx, func(tx *sql.Tx) error {
		period := e.Past.Period
		if _, err := tx.ExecContext(ctx, `DELETE FROM edition WHERE period=? AND state='intent'`, period.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO edition (period, revision, kind, data_date, plan_version, input_digest, created_at, state, manifest, body)
			VALUES (?,?,?,?,?,?,?,'intent',?,?)`, period.ID, e.Revision, string(period.Kind), e.Past.DataDate.String(), e.Past.PlanVersion,
			e.InputDigest, stamp(e.Created), e.Manifest, body)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, insertTrail, period.ID, e.Revision, trail)
		return err
	})
}

// Published marks an intent as published; from then on the ledger refuses to change it.
func (l *Ledger) Published(ctx context.Context, period string, revision int) error {
	res, err := l.db.ExecContext(ctx, `UPDATE edition SET state='published' WHERE period=? AND revision=? AND state='intent'`, period, revision)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, errors.New("no such intent"))
	}
	return nil
}

// Intents returns the editions that were begun and not finished, without their bodies.
func (l *Ledger) Intents(ctx context.Context) ([]Edition, error) {
	return l.editions(ctx, `state = 'intent'`)
}

// Editions returns the published editions, oldest period first, without their bodies.
func (l *Ledger) Editions(ctx context.Context) ([]Edition, error) {
	return l.editions(ctx, `state = 'published'`)
}

func (l *Ledger) editions(ctx context.Context, where string, args ...any) ([]Edition, error) {
	return all(ctx, l.db, func(r *sql.Rows) (e Edition, err error) {
		var period, date, created string
		if err := r.Scan(&period, &e.Revision, &date, &e.Past.PlanVersion, &e.InputDigest, &created, &e.Manifest); err != nil {
			return e, err
		}
		var errs [3]error
		e.Past.Period, errs[0] = progress.ParsePeriod(period)
		e.Past.DataDate, errs[1] = progress.ParseDate(date)
		e.Created, errs[2] = unstamp(created)
		return e, errors.Join(errs[:]...)
	}, `SELECT period, revision, data_date, plan_version, input_digest, created_at, manifest FROM edition WHERE `+where+` ORDER BY data_date, kind, period, revision`, args...)
}

// Latest is the newest published revision of a period, without its body; ok is false where there is none.
func (l *Ledger) Latest(ctx context.Context, period string) (e Edition, ok bool, err error) {
	list, err := l.Editions(ctx)
	if err != nil {
		return e, false, err
	}
	for _, x := range list {
		if x.Past.Period.ID == period {
			e, ok = x, true
		}
	}
	return e, ok, nil
}

// Edition is a published edition with its body.
func (l *Ledger) Edition(ctx context.Context, period string, revision int) (Edition, error) {
	list, err := l.editions(ctx, `state = 'published' AND period = ? AND revision = ?`, period, revision)
	if err != nil {
		return Edition{}, err
	}
	if len(list) != 1 {
		return Edition{}, errors.New("no such edition")
	}
	var body []byte
	if err := l.db.QueryRowContext(ctx, `SELECT body FROM edition WHERE period = ? AND revision = ?`, period, revision).Scan(&body); err != nil {
		return Edition{}, err
	}
	return list[0], unpack(body, &list[0].Past)
}

// Run is one run of the program.
type Run struct {
	Kind, Period, Version string
	Started, Ended        time.Time // Ended is zero while it runs, or where it was cut off
	Outcome               string    // [RunDone], or why it failed
}

// RunDone is the outcome of a run that did its work.
const RunDone = "done"

// Begin records the start of a run and returns its number.
func (l *Ledger) Begin(ctx context.Context, r Run) (int64, error) {
	res, err := l.db.ExecContext(ctx, `INSERT INTO run (kind, period, version, started, ended, outcome) VALUES (?,?,?,?,'','')`,
		r.Kind, r.Period, r.Version, stamp(r.Started))
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// End records how a run ended.
func (l *Ledger) End(ctx context.Context, id int64, outcome string, at time.Time) error {
	_, err := l.db.ExecContext(ctx, `UPDATE run SET ended=?, outcome=? WHERE id=?`, stamp(at), outcome, id)
	return err
}

// LastRun is the newest run of a kind that did its work; ok is false where there is none.
func (l *Ledger) LastRun(ctx context.Context, kind string) (r Run, ok bool, err error) {
	runs, err := all(ctx, l.db, func(rows *sql.Rows) (r Run, err error) {
		var started, ended string
		if err := rows.Scan(&r.Kind, &r.Period, &r.Version, &started, &ended, &r.Outcome); err != nil {
			return r, err
		}
		var errs [2]error
		r.Started, errs[0] = unstamp(started)
		r.Ended, errs[1] = unstamp(ended)
		return r, errors.Join(errs[:]...)
	}, `SELECT kind, period, version, started, ended, outcome FROM run WHERE kind = ? AND outcome = ? ORDER BY id DESC LIMIT 1`, kind, RunDone)
	if err != nil || len(runs) == 0 {
		return r, false, err
	}
	return runs[0], true, nil
}
