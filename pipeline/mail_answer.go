package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/answer"
	"tiendo/templates"
)

// queueAnswers puts a message to every unit with an address into the ledger, where the office wants that: what was received, and the answer that
// lies in its folder. A message is known by unit, period and revision, so that a second call queues nothing.
func queueAnswers(ctx context.Context, d Desk, j judged, revision int) error {
	if !d.Office.MailAnswers {
		return nil
	}
	words := templates.In(d.Office.Lang)
	var mails []ledger.Mail
	for _, sub := range j.synthesis.Submissions {
		u, _ := d.Units.ByCode(sub.Unit)
		if u.Email == "" {
			continue
		}
		body, err := json.Marshal(outgoing{
			To: u.Email, Subject: words.Say("mail.answer.subject", "period", sub.Period, "revision", fmt.Sprint(revision)),
			Text: answerText(d, j.synthesis.Period, sub, words), File: filepath.Join(sub.Unit, answer.Name(sub.Period, revision)),
		})
		if err != nil {
			return err
		}
		mails = append(mails, ledger.Mail{Key: fmt.Sprintf("answer/%s/%s/%03d", sub.Period, sub.Unit, revision), Unit: sub.Unit, Body: string(body)})
	}
	return d.Ledger.QueueMail(ctx, mails, d.Now())
}

// withoutAddress names the units that queueAnswers has to leave out.
func withoutAddress(d Desk, j judged) (names []string) {
	if !d.Office.MailAnswers {
		return nil
	}
	for _, sub := range j.synthesis.Submissions {
		if u, _ := d.Units.ByCode(sub.Unit); u.Email == "" {
			names = append(names, d.UnitName(sub.Unit))
		}
	}
	return names
}

// answerText says what was received, how much of it is to be mended, what to do and until when.
func answerText(d Desk, period progress.Period, sub progress.Submission, words *templates.Words) string {
	const moment = "15:04 02/01/2006"
	received := words.Say("mail.answer.received."+string(sub.Punctuality), "file", sub.File, "time", sub.Received.In(d.Office.Zone).Format(moment),
		"owed", words.Int(sub.RowsOwed),
		"rows", words.Say("answer.rows", "read", words.Int(sub.RowsRead), "counted", words.Int(sub.RowsCounted), "owed", words.Int(sub.RowsOwed)))
	points, todo := words.Say("mail.answer.clean"), words.Say("mail.answer.todo.nothing")
	toMend := sub.Errors + sub.Warnings
	if toMend > 0 {
		points = words.Say("mail.answer.points", "n", words.Int(toMend), "errors", words.Int(sub.Errors), "warnings", words.Int(sub.Warnings), "notes", words.Int(sub.Notes))
	}
	if toMend > 0 || sub.Punctuality == progress.Missing || sub.Punctuality == progress.Refused {
		edition, _ := d.Office.Edition(period.Kind)
		next := period.Next()
		until := edition.Close.In(period, d.Office.Zone).AddDate(0, 0, edition.ReviseDays)
		key := "revise"
		if !until.After(d.Now()) { // no revision is made by itself any more, or never was
			key, until = "next", edition.Due.In(next, d.Office.Zone)
		}
		todo = words.Say("mail.answer.todo."+key, "period", period.ID, "next", next.ID, "until", until.Format(moment))
	}
	return words.Say("mail.answer.text", "unit", d.UnitName(sub.Unit), "received", received, "points", points, "todo", todo, "office", d.Office.Office.Name)
}
