package ledger

import (
	"context"
	"database/sql"

	"tiendo/pipeline/progress"
)

// addTrails brings a ledger of version 2 up to version 3, which has trails: they are made of the editions, published or not, one at a
// time. All of it or nothing.
func (l *Ledger) addTrails(ctx context.Context) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, trailsSchema); err != nil {
			return err
		}
		type id struct {
			period   string
			revision int
		}
		rows, err := tx.QueryContext(ctx, `SELECT period, revision FROM edition`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var editions []id
		for rows.Next() {
			var e id
			if err := rows.Scan(&e.period, &e.revision); err != nil {
				return err
			}
			editions = append(editions, e)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for _, e := range editions {
			if err := makeTrail(ctx, tx, e.period, e.revision); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `PRAGMA user_version=3`)
		return err
	})
}

func makeTrail(ctx context.Context, tx *sql.Tx, period string, revision int) error {
	var body []byte
	if err := tx.QueryRowContext(ctx, `SELECT body FROM edition WHERE period = ? AND revision = ?`, period, revision).Scan(&body); err != nil {
		return err
	}
	var past progress.Past
	if err := unpack(body, &past); err != nil {
		return err
	}
	trail, err := pack(past.Trail())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, insertTrail, period, revision, trail)
	return err
}
