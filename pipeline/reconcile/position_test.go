package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// standing is what a position comes to, as far as the definitions of a class fix it.
type standing struct {
	Class            progress.Class
	Carried          bool
	PastDue, IsDue   bool
	Completed        string
	CompletedAssumed bool
	DaysLate         int
	Doubts, Blocked  []string
	Unchanged        int
	Previous         progress.Class
}

func standingOf(p progress.Position) standing {
	return standing{p.Class, p.Carried, p.PastDue, p.IsDue, p.Completed.String(), p.CompletedAssumed, p.DaysLate, p.Doubts,
		p.Blocked, p.Unchanged, p.Previous}
}

func pct(p float64) *float64 { return &p }

// proof is a row that claims to be done and shows a document.
func proof(code, completed string) caseRow {
	return caseRow{Code: code, Status: "done", Completed: completed, Evidence: "QĐ 5/QĐ-BDL"}
}

// The data date is 16/5/2025. I.1 is due on 30/6/2025, I.2 was on 31/3/2025 (46 days ago), II.4 is due on 30/6/2025 after an
// extension from 31/3/2025. Each expectation is counted by hand from these days.
func TestPositions(t *testing.T) {
	soon := []caseTask{{Code: "I.1", Title: "a", Leads: []string{"vu-kh"}, Due: "23/5/2025", Date: "2025-05-23"}}
	today := []caseTask{{Code: "I.1", Title: "a", Leads: []string{"vu-kh"}, Due: "16/5/2025", Date: "2025-05-16"}}
	eight := []caseTask{{Code: "I.1", Title: "a", Leads: []string{"vu-kh"}, Due: "24/5/2025", Date: "2025-05-24"}}
	extended := []caseTask{{
		Code: "I.1", Title: "a", Leads: []string{"vu-kh"}, Due: "30/6/2025", Date: "2025-06-30",
		Original: "31/3/2025", OriginalDate: "2025-03-31",
	}}
	whenever := []caseTask{{Code: "I.1", Title: "a", Leads: []string{"vu-kh"}, Due: "Sau khi Luật được ban hành", Conditional: true}}
	week := func(period string, rows ...caseRow) caseWeek { return caseWeek{Period: period, Rows: rows} }

	cases := map[string]struct {
		plan    []caseTask
		earlier []caseWeek
		rows    []caseRow
		faults  []caseFinding
		task    string // default I.1
		want    standing
	}{
		"in term":               {rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.InTerm, Unchanged: 1}},
		"seven days are soon":   {plan: soon, rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.DueSoon, Unchanged: 1}},
		"eight days are not":    {plan: eight, rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.InTerm, Unchanged: 1}},
		"last day is in term":   {plan: today, rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.DueSoon, IsDue: true, Unchanged: 1}},
		"overdue":               {task: "I.2", rows: []caseRow{{Code: "I.2", Status: "in_progress"}}, want: standing{Class: progress.Overdue, IsDue: true, PastDue: true, DaysLate: 46, Unchanged: 1}},
		"paused is still owed":  {task: "I.2", rows: []caseRow{{Code: "I.2", Status: "paused"}}, want: standing{Class: progress.Overdue, IsDue: true, PastDue: true, DaysLate: 46, Unchanged: 1}},
		"recurring is no end":   {task: "I.2", rows: []caseRow{{Code: "I.2", Status: "recurring"}}, want: standing{Class: progress.Overdue, IsDue: true, PastDue: true, DaysLate: 46, Unchanged: 1}},
		"no date, no lateness":  {plan: whenever, rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.InTerm, Unchanged: 1}},
		"extension, in term":    {plan: extended, rows: []caseRow{{Code: "I.1", Status: "in_progress"}}, want: standing{Class: progress.InTerm, DaysLate: 46, Unchanged: 1}},
		"silent":                {rows: []caseRow{{Code: "I.3", Status: "in_progress"}}, want: standing{Class: progress.NotReported}},
		"silent and past due":   {task: "I.2", rows: []caseRow{{Code: "I.3", Status: "in_progress"}}, want: standing{Class: progress.NotReported, IsDue: true, PastDue: true, DaysLate: 46}},
		"regular, silent":       {task: "I.4", rows: []caseRow{{Code: "I.3", Status: "in_progress"}}, want: standing{Class: progress.Regular}},
		"regular, said done":    {task: "I.4", rows: []caseRow{{Code: "I.4", Status: "done", Completed: "2025-05-05"}}, want: standing{Class: progress.Regular, Completed: "2025-05-05", Unchanged: 1}},
		"done on the last day":  {task: "I.2", rows: []caseRow{proof("I.2", "2025-03-31")}, want: standing{Class: progress.DoneOnTime, IsDue: true, Completed: "2025-03-31", Unchanged: 1}},
		"done a day late":       {task: "I.2", rows: []caseRow{proof("I.2", "2025-04-01")}, want: standing{Class: progress.DoneLate, IsDue: true, Completed: "2025-04-01", DaysLate: 1, Unchanged: 1}},
		"done in the extension": {plan: extended, rows: []caseRow{proof("I.1", "2025-05-10")}, want: standing{Class: progress.DoneLate, Completed: "2025-05-10", DaysLate: 40, Unchanged: 1}},
		"done without a date to miss": {
			plan: whenever, rows: []caseRow{proof("I.1", "2025-05-10")},
			want: standing{Class: progress.DoneOnTime, Completed: "2025-05-10", Unchanged: 1},
		},
		"done without a day": {
			task: "I.2", rows: []caseRow{proof("I.2", "")},
			want: standing{Class: progress.DoneLate, IsDue: true, Completed: "2025-05-16", CompletedAssumed: true, DaysLate: 46, Unchanged: 1},
		},
		"done without a day, said first in week 18": {
			earlier: []caseWeek{week("2025-W18", proof("I.1", "")), week("2025-W19", proof("I.1", ""))},
			rows:    []caseRow{proof("I.1", "")},
			want: standing{
				Class: progress.DoneOnTime, Completed: "2025-05-02", CompletedAssumed: true, Unchanged: 3, Previous: progress.DoneOnTime,
			},
		},
		"done without evidence": {
			task: "I.2", rows: []caseRow{{Code: "I.2", Status: "done", Completed: "2025-03-20"}},
			want: standing{
				Class: progress.Unconfirmed, IsDue: true, PastDue: true, Completed: "2025-03-20", DaysLate: 46,
				Doubts: []string{"R07"}, Unchanged: 1,
			},
		},
		"done at 80 percent without evidence": {
			rows: []caseRow{{Code: "I.1", Status: "done", Percent: pct(80), Completed: "2025-05-12"}},
			want: standing{Class: progress.Unconfirmed, Completed: "2025-05-12", Doubts: []string{"R04", "R07"}, Unchanged: 1},
		},
		"done tomorrow": {
			rows: []caseRow{proof("I.1", "2025-05-17")},
			want: standing{Class: progress.NotReported, Blocked: []string{"R11"}},
		},
		"status unknown": {
			rows:   []caseRow{{Code: "I.3", Status: "in_progress"}, {Code: "I.1", Text: "OK"}},
			faults: []caseFinding{{Rule: "R01", Severity: "error", Cell: "F6"}},
			want:   standing{Class: progress.NotReported, Blocked: []string{"R01"}},
		},
		"a fault in another row": {
			rows:   []caseRow{{Code: "I.3", Text: "OK"}, {Code: "I.1", Status: "in_progress"}},
			faults: []caseFinding{{Rule: "R01", Severity: "error", Cell: "F5"}},
			want:   standing{Class: progress.InTerm, Unchanged: 1},
		},
		"a warning blocks nothing": {
			rows:   []caseRow{{Code: "I.1", Status: "in_progress"}},
			faults: []caseFinding{{Rule: "R02", Severity: "warning", Cell: "G5"}},
			want:   standing{Class: progress.InTerm, Unchanged: 1},
		},
		"two rows that differ": {
			rows: []caseRow{{Code: "I.1", Status: "in_progress", Percent: pct(1)}, {Code: "I.1", Status: "in_progress", Percent: pct(2)}},
			want: standing{Class: progress.NotReported, Blocked: []string{"P04"}},
		},
		"two rows that agree": {
			rows: []caseRow{{Code: "I.1", Status: "in_progress", Percent: pct(1)}, {Code: "I.1", Status: "in_progress", Percent: pct(1)}},
			want: standing{Class: progress.InTerm, Unchanged: 1},
		},
		"done before, silent now": {
			task: "I.2", earlier: []caseWeek{week("2025-W19", proof("I.2", "2025-04-10"))},
			rows: []caseRow{{Code: "I.3", Status: "in_progress"}},
			want: standing{Class: progress.DoneLate, Carried: true, IsDue: true, Completed: "2025-04-10", DaysLate: 10, Previous: progress.DoneLate},
		},
		"done before, blocked now": {
			earlier: []caseWeek{week("2025-W19", proof("I.1", "2025-04-10"))},
			rows:    []caseRow{proof("I.1", "2025-06-10")},
			want: standing{
				Class: progress.DoneOnTime, Carried: true, Completed: "2025-04-10", Blocked: []string{"R11"}, Previous: progress.DoneOnTime,
			},
		},
		"unconfirmed before, silent now": {
			earlier: []caseWeek{week("2025-W19", caseRow{Code: "I.1", Status: "done"})},
			rows:    []caseRow{{Code: "I.3", Status: "in_progress"}},
			want:    standing{Class: progress.NotReported, Previous: progress.Unconfirmed},
		},
		"reopened": {
			earlier: []caseWeek{week("2025-W19", proof("I.1", "2025-04-10"))},
			rows:    []caseRow{{Code: "I.1", Status: "in_progress"}},
			want:    standing{Class: progress.InTerm, Previous: progress.DoneOnTime, Unchanged: 1},
		},
		"a gap in history is no previous period": {
			earlier: []caseWeek{week("2025-W18", proof("I.1", "2025-04-10"))},
			rows:    []caseRow{{Code: "I.3", Status: "in_progress"}},
			want:    standing{Class: progress.DoneOnTime, Carried: true, Completed: "2025-04-10"},
		},
		"a week of silence ends the row of equal words": {
			earlier: []caseWeek{
				week("2025-W18", caseRow{Code: "I.1", Status: "in_progress"}),
				week("2025-W19", caseRow{Code: "I.3", Status: "in_progress"}),
			},
			rows: []caseRow{{Code: "I.1", Status: "in_progress"}},
			want: standing{Class: progress.InTerm, Previous: progress.NotReported, Unchanged: 1},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			file := caseFile{Plan: c.plan, Earlier: c.earlier, Returns: []caseReturn{{Path: "vu-kh/bc.xlsx", Rows: c.rows, Findings: c.faults}}}
			_, out := file.judged(t)
			task := c.task
			if task == "" {
				task = "I.1"
			}
			for _, p := range out.Positions {
				if p.Unit == "vu-kh" && p.Task.Code == task {
					if diff := cmp.Diff(c.want, standingOf(p)); diff != "" {
						t.Errorf("-want +got:\n%s", diff)
					}
					return
				}
			}
			t.Fatalf("no position of %s", task)
		})
	}
}

// TestOrder: one position for each lead, joint and collective, in the order of the plan, then of the register; a task of a unit that
// merged is its successor's.
func TestOrder(t *testing.T) {
	plan := []caseTask{
		{Code: "3", Title: "c", Leads: []string{"cuc-at", "vu-kh", "vu-pc"}},
		{Code: "1", Title: "a", Leads: []string{"tt-uc", "cuc-at"}},
		{Code: "2", Title: "b", Leads: []string{"khong-co"}},
	}
	_, out := caseFile{Plan: plan, Returns: []caseReturn{{Path: "vp/bc.xlsx"}}}.judged(t)
	var got []string
	for _, p := range out.Positions {
		got = append(got, p.Task.Code+" "+p.Unit)
	}
	want := []string{"3 vu-kh", "3 vu-pc", "3 cuc-at", "1 cuc-at", "2 khong-co"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var units []string
	for _, s := range out.Submissions {
		units = append(units, s.Unit)
	}
	if diff := cmp.Diff([]string{"vu-kh", "vu-pc", "cuc-at", "vp"}, units); diff != "" {
		t.Errorf("submissions -want +got:\n%s", diff)
	}
}
