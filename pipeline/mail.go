package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/write/mail"
	"tiendo/templates"
)

// MailOutcome is what became of a message.
type MailOutcome string

const (
	MailDelivered MailOutcome = "sent"       // the server has taken it
	MailFailed    MailOutcome = "failed"     // it has not; the next call tries again
	MailUncertain MailOutcome = "uncertain"  // it may have; nothing is sent again by itself
	MailNoAddress MailOutcome = "no_address" // the register has no address of the unit
)

// Mailed is a message to a unit and what became of it.
type Mailed struct {
	Unit    string      `json:"unit"`
	To      string      `json:"to"`
	File    string      `json:"file"` // the attachment, below the returns folder
	Outcome MailOutcome `json:"outcome"`
	Trouble string      `json:"trouble"` // what the server or the network said; empty where all went well
}

// outgoing is what the ledger keeps of a message: enough to send it later, and nothing secret.
type outgoing struct {
	To, Subject, Text, File string
}

// SendLetters sends reminder letters to the units by mail, and what an earlier call could not deliver. Each letter is sent once: the ledger
// knows which. A server that cannot be reached loses nothing.
func SendLetters(ctx context.Context, d Desk, letters []Reminded) ([]Mailed, error) {
	words := templates.In(d.Office.Lang)
	var mails []ledger.Mail
	var out []Mailed
	for _, r := range letters {
		file := filepath.Join(r.Unit, filepath.Base(r.File))
		if r.Email == "" {
			out = append(out, Mailed{Unit: r.Unit, File: file, Outcome: MailNoAddress})
			continue
		}
		facts := []string{"unit", r.UnitName, "office", d.Office.Office.Name, "period", r.Period}
		body, err := json.Marshal(outgoing{To: r.Email, Subject: words.Say("mail.subject", facts...), Text: words.Say("mail.text", facts...), File: file})
		if err != nil {
			return out, err
		}
		mails = append(mails, ledger.Mail{Key: fmt.Sprintf("reminder/%s/%s/%03d", r.Period, r.Unit, r.Number), Unit: r.Unit, Body: string(body)})
	}
	if err := d.Ledger.QueueMail(ctx, mails, d.Now()); err != nil {
		return out, err
	}
	sent, err := SendWaiting(ctx, d)
	return append(out, sent...), err
}

// SendWaiting sends every message that waits in the ledger. Where the server cannot be reached for one, the others are not tried in this call.
func SendWaiting(ctx context.Context, d Desk) ([]Mailed, error) {
	waiting, err := d.Ledger.UnsentMail(ctx)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	var out []Mailed
	var down error
	for _, m := range waiting {
		done, err := deliver(ctx, d, m, &down)
		if err != nil {
			return out, err
		}
		out = append(out, done)
	}
	return out, nil
}

// deliver sends one message that waits. The error is for a ledger that cannot be read or written; trouble with the server or the attachment is
// an outcome. down is why no connection to the server could be made, once that is known.
func deliver(ctx context.Context, d Desk, m ledger.Mail, down *error) (Mailed, error) {
	var o outgoing
	if err := json.Unmarshal([]byte(m.Body), &o); err != nil {
		return Mailed{}, err
	}
	done := Mailed{Unit: m.Unit, To: o.To, File: o.File, Outcome: MailUncertain}
	if m.State == ledger.MailSending { // a run was cut off between the server and the ledger
		return done, d.Ledger.DoubtMail(ctx, m.Key, d.Now())
	}
	data, err := attachment(d.Office.Returns, o.File)
	if err = errors.Join(*down, err); err != nil {
		done.Outcome, done.Trouble = MailFailed, err.Error()
		return done, nil
	}
	if err := d.Ledger.MoveMail(ctx, m.Key, ledger.MailQueued, ledger.MailSending, d.Now()); err != nil {
		return done, err
	}
	err = mail.Send(ctx, d.Office.Mail, mail.Message{To: o.To, Subject: o.Subject, Text: o.Text, Name: filepath.Base(o.File), Data: data})
	// Whatever ends the run now, the ledger must hear what the server has said.
	after, next := context.WithoutCancel(ctx), ledger.MailQueued
	switch {
	case err == nil:
		done.Outcome, next = MailDelivered, ledger.MailSent
	case errors.Is(err, mail.ErrUncertain):
		done.Trouble = err.Error()
		return done, d.Ledger.DoubtMail(after, m.Key, d.Now())
	default:
		done.Outcome, done.Trouble = MailFailed, err.Error()
		if errors.Is(err, mail.ErrNoServer) {
			*down = err
		}
	}
	return done, d.Ledger.MoveMail(after, m.Key, ledger.MailSending, next, d.Now())
}

// attachment reads a file of the returns folder. Units write there too: nothing that they put in its place leads out of it or keeps us waiting.
func attachment(returns, file string) ([]byte, error) {
	root, err := os.OpenRoot(returns)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Lstat(file); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", file)
	}
	return root.ReadFile(file)
}
