package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Reminder is a reminder letter that was made.
type Reminder struct {
	Period, Unit string
	Number       int // from 1
	Made         time.Time
	Owed         string // digest of what the unit was reminded of
}

// LastReminder is the last letter to a unit for a period; Number is 0 where there is none.
func (l *Ledger) LastReminder(ctx context.Context, period, unit string) (Reminder, error) {
	r := Reminder{Period: period, Unit: unit}
	var made string
	err := l.db.QueryRowContext(ctx, `SELECT number, made_at, owed FROM reminder WHERE period=? AND unit=? ORDER BY number DESC LIMIT 1`, period, unit).
		Scan(&r.Number, &made, &r.Owed)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	r.Made, err = unstamp(made)
	return r, err
}

// Reminders counts the letters of a period that were made before a moment, by unit.
func (l *Ledger) Reminders(ctx context.Context, period string, before time.Time) (map[string]int, error) {
	letters, err := all(ctx, l.db, func(r *sql.Rows) (m Reminder, err error) {
		var made string
		if err := r.Scan(&m.Unit, &made); err != nil {
			return m, err
		}
		m.Made, err = unstamp(made)
		return m, err
	}, `SELECT unit, made_at FROM reminder WHERE period=?`, period)
	out := map[string]int{}
	for _, m := range letters {
		if m.Made.Before(before) {
			out[m.Unit]++
		}
	}
	return out, err
}

// SaveReminder remembers a letter.
func (l *Ledger) SaveReminder(ctx context.Context, r Reminder) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO reminder (period, unit, number, made_at, owed) VALUES (?,?,?,?,?)`,
		r.Period, r.Unit, r.Number, stamp(r.Made), r.Owed)
	return err
}

// MailState is where a message to a unit is.
type MailState string

const (
	MailQueued  MailState = "queued"  // to be sent
	MailSending MailState = "sending" // handed to the server, and not known to have been accepted
	MailSent    MailState = "sent"    // accepted by the server
)

// Mail is a message to a unit.
type Mail struct {
	Key, Unit string
	Body      string // JSON that says what is sent
	State     MailState
}

// QueueMail remembers messages that are to be sent. One whose key is known already is left as it is.
func (l *Ledger) QueueMail(ctx context.Context, mails []Mail, at time.Time) error {
	return l.tx(ctx, func(tx *sql.Tx) error {
		for _, m := range mails {
			if _, err := tx.ExecContext(ctx, `INSERT INTO mail (key, unit, body, queued_at, state, sent_at) VALUES (?,?,?,?,'queued','')
				ON CONFLICT (key) DO NOTHING`, m.Key, m.Unit, m.Body, stamp(at)); err != nil {
				return err
			}
		}
		return nil
	})
}

// UnsentMail lists the messages that wait for something to be done, in the order of their keys.
func (l *Ledger) UnsentMail(ctx context.Context) ([]Mail, error) {
	return all(ctx, l.db, func(r *sql.Rows) (m Mail, err error) {
		var state string
		err = r.Scan(&m.Key, &m.Unit, &m.Body, &state)
		m.State = MailState(state)
		return m, err
	}, `SELECT key, unit, body, state FROM mail WHERE state='queued' OR state='sending' AND sent_at='' ORDER BY key`)
}

// MoveMail takes a message from one state to the next. It is an error where the message was not in that state.
func (l *Ledger) MoveMail(ctx context.Context, key string, from, to MailState, at time.Time) error {
	sent := ""
	if to == MailSent {
		sent = stamp(at)
	}
	res, err := l.db.ExecContext(ctx, `UPDATE mail SET state=?, sent_at=? WHERE key=? AND state=?`, string(to), sent, key, string(from))
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, errors.New("no such message in that state: "+key))
	}
	return nil
}

// DoubtMail remembers that somebody was told of a message that may have been accepted: it is neither sent nor told of again.
func (l *Ledger) DoubtMail(ctx context.Context, key string, at time.Time) error {
	_, err := l.db.ExecContext(ctx, `UPDATE mail SET sent_at=? WHERE key=? AND state='sending'`, stamp(at), key)
	return err
}
