package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/pipeline"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// What stops a run says what to do about it, in both languages, and not only what the system said.
func TestSentencesSayWhatToDo(t *testing.T) {
	c := &console{words: templates.In(templates.English)}
	for want, err := range map[string]error{
		"make what is missing":                       fmt.Errorf("read the plan: %w", &fs.PathError{Op: "open", Path: "plan.xlsx", Err: fs.ErrNotExist}),
		"Move that edition's files and its manifest": fmt.Errorf("publish: %w", pipeline.ErrNameTaken),
		"or a file stands in the place of a folder":  &fs.PathError{Op: "open", Path: "plan.xlsx/ledger.db", Err: syscall.ENOTDIR},
		"Check the folder's permissions":             fs.ErrPermission,
	} {
		if got := c.sentence(err); !strings.Contains(got, want) || !strings.Contains(got, err.Error()) {
			t.Errorf("%v:\n%s\nlacks %q", err, got, want)
		}
	}
}

func TestADamagedLedgerIsToldWithItsCure(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "office")
	if status, out, errs := call(t, "init", dir); status != exitDone {
		t.Fatalf("init: exit status %d\n%s%s", status, out, errs)
	}
	office := []string{"--office", dir, "--lang", "en"}
	status, _, errs := call(t, append([]string{"verify"}, office...)...)
	mustSay(t, "verify before the first run", errs, "has not run yet")
	if status != exitUsage {
		t.Errorf("verify before the first run: exit status %d", status)
	}
	if err := os.WriteFile(filepath.Join(dir, "state", ledger.FileName), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"run", "status", "verify", "plan import"} {
		status, _, errs := call(t, append(strings.Fields(command), office...)...)
		mustSay(t, command, errs, "ledger.db-wal", "newest file of copies", "tiendo doctor")
		if status != exitFailed {
			t.Errorf("%s: exit status %d, want %d", command, status, exitFailed)
		}
	}
	status, out, errs := call(t, append([]string{"doctor"}, office...)...)
	mustSay(t, "doctor", out, "The ledger is damaged", "newest file of copies", "The inbox")
	if status != exitAttention {
		t.Errorf("doctor: exit status %d, want %d\n%s", status, exitAttention, errs)
	}
}

// serve tries again every minute; a failure that lasts is told once an hour, and that it is over once.
func TestServeTellsAFailureOnceAnHour(t *testing.T) {
	var errs strings.Builder
	now := time.Date(2025, 6, 6, 17, 58, 0, 0, time.UTC)
	c := &console{err: &errs, words: templates.In(templates.English), now: func() time.Time { return now }}
	tell := c.tellServing(time.UTC)
	faults := pipeline.RegisterFaults{File: "plan.xlsx", Findings: []progress.Finding{{Rule: "G09"}}}
	for _, ended := range []error{nil, faults, faults, faults, errors.New("other"), nil, nil, faults} {
		tell(ended)
		now = now.Add(time.Minute)
	}
	var told []string
	for line := range strings.Lines(errs.String()) {
		if at, rest, ok := strings.Cut(line, " 06/06/2025: "); ok {
			told = append(told, at+" "+strings.Fields(rest)[0])
		}
	}
	want := "17:59 plan.xlsx|18:00 plan.xlsx|18:02 It|18:03 it|18:05 plan.xlsx"
	if got := strings.Join(told, "|"); got != want {
		t.Errorf("told %s\nwant %s\n%s", got, want, errs.String())
	}
	if !strings.Contains(errs.String(), "G09") {
		t.Errorf("the faults of the plan are not told:\n%s", errs.String())
	}
}

func TestThePathInANextStepIsOneWord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Văn phòng A")
	_, out, _ := call(t, "init", dir)
	mustSay(t, "init", out, `--office "`+dir+`"`)
}

// After a year the newest editions are named and those before them counted.
func TestStatusOfAYear(t *testing.T) {
	var out strings.Builder
	c := &console{out: &out, words: templates.In(templates.English)}
	status := statusJSON{Office: "Office"}
	for p := progress.WeekOf(progress.Date{Year: 2024, Month: time.January, Day: 1}); len(status.Editions) < 52; p = p.Next() {
		status.Editions = append(status.Editions, editionJSON{Period: p.ID, Revision: 1, DataDate: p.End})
	}
	c.tellStatus(status, time.Time{})
	mustSay(t, "status", out.String(), "Published earlier: 40 editions", "2024-W41 r1", "2024-W52 r1")
	if strings.Contains(out.String(), "2024-W40") {
		t.Errorf("an earlier edition is named:\n%s", out.String())
	}
}
