package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/publish"
	"tiendo/pipeline/write/report"
)

// Reminded is a unit that owes something for a period, and the letter that reminds it.
type Reminded struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	Period   string `json:"period"`
	Number   int    `json:"number"` // of the letter within the period, from 1
	File     string `json:"file"`
	Email    string `json:"email"`
	New      bool   `json:"new"` // false: the same was urged before on the same day
	// What is owed.
	Punctuality progress.Punctuality `json:"punctuality"`
	Blocked     int                  `json:"blocked"`
	Silent      int                  `json:"silent"`
	Unexplained int                  `json:"unexplained"`
	Unproven    int                  `json:"unproven"`
}

// Remind makes a letter for every unit that owes something for a period as it stands now, or for the one named, and remembers it. Units that
// owe nothing get none. On one day the same is urged once: a second call makes no second letter. The desk has its registers; pull before,
// so that nobody is urged who has sent what is asked for.
func Remind(ctx context.Context, d Desk, period progress.Period, unit string) ([]Reminded, error) {
	j, err := judge(ctx, d, period)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(d.Office.Returns, 0o750); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(d.Office.Returns)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	out := []Reminded{}
	for _, r := range debtsOf(d, j) {
		if unit != "" && r.Unit.Code != unit || !r.Owes() {
			continue
		}
		done, err := remindUnit(ctx, d, root, r)
		if err != nil {
			return out, fmt.Errorf("%s: %w", r.Unit.Code, err)
		}
		out = append(out, done)
	}
	return out, nil
}

// remindUnit makes one letter. The ledger is told first: a letter that was cut off is drawn by the next call, under the same number.
func remindUnit(ctx context.Context, d Desk, root *os.Root, r progress.Reminder) (Reminded, error) {
	last, err := d.Ledger.LastReminder(ctx, r.Period.ID, r.Unit.Code)
	if err != nil {
		return Reminded{}, err
	}
	owed, err := owedDigest(r)
	if err != nil {
		return Reminded{}, err
	}
	today := progress.DateOf(r.At)
	isNew := last.Number == 0 || last.Owed != owed || progress.DateOf(last.Made.In(d.Office.Zone)) != today
	if isNew {
		last = ledger.Reminder{Period: r.Period.ID, Unit: r.Unit.Code, Number: last.Number + 1, Made: d.Now(), Owed: owed}
		if err := d.Ledger.SaveReminder(ctx, last); err != nil {
			return Reminded{}, err
		}
	}
	r.Number, r.At = last.Number, last.Made.In(d.Office.Zone)
	name := fmt.Sprintf("NhacViec_%s_%d.pdf", r.Period.ID, r.Number)
	done := Reminded{
		Unit: r.Unit.Code, UnitName: r.Unit.Name, Period: r.Period.ID, Number: r.Number, Email: r.Unit.Email, New: isNew,
		File: filepath.Join(d.Office.Returns, r.Unit.Code, name), Punctuality: r.Submission.Punctuality,
		Blocked: len(r.Blocked), Silent: len(r.Silent), Unexplained: len(r.Unexplained), Unproven: len(r.Unproven),
	}
	folder, err := unitFolder(root, r.Unit.Code)
	if err != nil {
		return done, err
	}
	defer folder.Close()
	if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return done, err
	}
	pdf, err := report.Letter(r, d.Office.Lang)
	if err != nil {
		return done, err
	}
	return done, publish.Put(folder, name, pdf)
}

// owedDigest names what a unit is reminded of, whatever the hour.
func owedDigest(r progress.Reminder) (string, error) {
	data, err := json.Marshal([]any{r.Submission.Punctuality, r.Submission.SHA256, r.Submission.RowsOwed, r.Refusals, r.Blocked, r.Silent, r.Unexplained, r.Unproven})
	if err != nil {
		return "", err
	}
	return publish.Digest(string(data)), nil
}

// overdueNoReason is the rule that finds overdue tasks without a reason.
const overdueNoReason = "R15"

// debtsOf gathers what each unit owes, in the order of the submissions.
func debtsOf(d Desk, j judged) []progress.Reminder {
	edition, _ := d.Office.Edition(j.synthesis.Period.Kind)
	out := make([]progress.Reminder, len(j.judgement.Submissions))
	index := map[string]*progress.Reminder{}
	for i, sub := range j.judgement.Submissions {
		u, ok := d.Units.ByCode(sub.Unit)
		if !ok {
			u = progress.Unit{Code: sub.Unit, Name: sub.Unit}
		}
		out[i] = progress.Reminder{
			Office: d.Office.Office, Unit: u, Period: j.synthesis.Period, Plan: j.plan.Name, DueAt: edition.Due.In(j.synthesis.Period, d.Office.Zone),
			At: d.Now().In(d.Office.Zone), Draft: j.latest.Revision == 0, Version: d.Office.Version, Submission: sub,
		}
		index[sub.Unit] = &out[i]
	}
	unexplained := map[[2]string]bool{}
	for _, f := range j.judgement.Findings {
		r := index[f.Unit]
		switch {
		case r == nil:
		case f.Rule == overdueNoReason:
			unexplained[[2]string{f.Unit, f.TaskKey()}] = true
		case f.Severity != progress.SeverityError:
		case r.Submission.Punctuality == progress.Refused && f.File != "":
			r.Refusals = append(r.Refusals, f)
		case r.Submission.Punctuality != progress.Missing:
			r.Blocked = append(r.Blocked, f)
		}
	}
	for _, p := range j.judgement.Positions {
		r := index[p.Unit]
		if r == nil || r.Submission.Punctuality == progress.Missing || r.Submission.Punctuality == progress.Refused {
			continue
		}
		debt := progress.Debt{Task: p.Task, DaysLate: p.DaysLate}
		switch {
		case p.Class == progress.NotReported && len(p.Blocked) == 0:
			r.Silent = append(r.Silent, debt)
		case p.Class == progress.Unconfirmed:
			r.Unproven = append(r.Unproven, debt)
		case unexplained[[2]string{p.Unit, p.Task.Key()}]:
			r.Unexplained = append(r.Unexplained, debt)
		}
	}
	return out
}
