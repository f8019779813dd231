package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Warnings of task I.1 (due 30/6/2025), in data of 16/5/2025: six weeks are left.
func TestWarnings(t *testing.T) {
	ptr := func(x float64) *float64 { return &x }
	weeksOf := func(percents ...float64) (earlier []caseWeek) {
		for i, p := range percents {
			period := []string{"2025-W16", "2025-W17", "2025-W18", "2025-W19"}[4-len(percents)+i]
			earlier = append(earlier, caseWeek{Period: period, Rows: []caseRow{{Code: "I.1", Status: "in_progress", Percent: ptr(p)}}})
		}
		return earlier
	}
	tests := map[string]struct {
		earlier []caseWeek
		now     caseRow
		reason  string
		facts   facts
	}{
		"five points in four weeks, sixty to go": {weeksOf(35, 36, 38, 39), caseRow{Percent: ptr(40)}, "slow",
			facts{"gained": "5", "weeks": "4", "needed": "60", "left": "6"}},
		"tenths are no dust of binary fractions": {weeksOf(35.1, 36, 38, 39), caseRow{Percent: ptr(40.3)}, "slow", // 40.3 - 35.1 is 5.199999999999996
			facts{"gained": "5.2", "weeks": "4", "needed": "59.7", "left": "6"}},
		"fast enough":                {weeksOf(20, 35, 50, 60), caseRow{Percent: ptr(75)}, "", nil},
		"not a point in three weeks": {weeksOf(30, 30, 30), caseRow{Percent: ptr(30)}, "stalled", facts{"weeks": "3", "needed": "70", "left": "6"}},
		// Of the 171 days from 10/1 to 30/6 are 126 gone: 74 points are expected.
		"of two reports, far behind":          {weeksOf(30), caseRow{Percent: ptr(30)}, "behind", facts{"found": "30", "expected": "74", "needed": "70", "left": "6"}},
		"of two reports, not far behind":      {weeksOf(70), caseRow{Percent: ptr(70)}, "", nil},
		"without a percent":                   {weeksOf(30, 30, 30), caseRow{}, "", nil},
		"the unit itself expects to be late":  {nil, caseRow{Percent: ptr(30), Forecast: "15/8/2025"}, "own", facts{"found": "15/08/2025", "expected": "30/06/2025"}},
		"the unit expects to be done in time": {nil, caseRow{Percent: ptr(80), Forecast: "Tháng 6/2025"}, "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.now.Code, test.now.Status = "I.1", "in_progress"
			_, out := caseFile{Earlier: test.earlier, Returns: []caseReturn{{Path: "vu-kh/bc.xlsx", Rows: []caseRow{test.now}}}}.judged(t)
			for _, p := range out.Positions {
				if p.Task.Code != "I.1" {
					if p.Warning != nil {
						t.Errorf("%s, of which nothing is known, has a warning", p.Task.Code)
					}
					continue
				}
				var got progress.Warning
				if p.Warning != nil {
					got = *p.Warning
				}
				if got.Reason != test.reason || !cmp.Equal(got.Facts, test.facts) {
					t.Errorf("warning %q %v, want %q %v", got.Reason, got.Facts, test.reason, test.facts)
				}
				for _, lang := range templates.Langs {
					requireDecimals(t, lang, templates.In(lang).Fill("warning."+got.Reason, got.Facts))
				}
				if test.reason == "slow" && (got.Finish.IsZero() || got.WeeksLate <= 0 || got.Chance < worthWarning) {
					t.Errorf("warning %+v", got)
				}
			}
		})
	}
}

// How a position moved since the period before.
func TestChangeFrom(t *testing.T) {
	at := func(class progress.Class, pastDue bool, p float64) progress.Position {
		return progress.Position{Class: class, PastDue: pastDue, Claim: &progress.Claim{Row: progress.Row{Percent: &p}}}
	}
	tests := map[string]struct {
		before *progress.Position
		now    progress.Position
		want   progress.Change
	}{
		"was not there":       {nil, at(progress.InTerm, false, 10), progress.New},
		"done now":            {new(at(progress.InTerm, false, 90)), at(progress.DoneOnTime, false, 100), progress.Improved},
		"reopened":            {new(at(progress.DoneLate, false, 100)), at(progress.InTerm, false, 90), progress.Worsened},
		"newly past due":      {new(at(progress.InTerm, false, 50)), at(progress.Overdue, true, 60), progress.Worsened},
		"extended":            {new(at(progress.Overdue, true, 50)), at(progress.InTerm, false, 50), progress.Improved},
		"further on":          {new(at(progress.InTerm, false, 50)), at(progress.DueSoon, false, 60), progress.Improved},
		"gone back":           {new(at(progress.InTerm, false, 50)), at(progress.InTerm, false, 40), progress.Worsened},
		"as it was":           {new(at(progress.InTerm, false, 50)), at(progress.InTerm, false, 50), progress.Same},
		"silent":              {new(at(progress.InTerm, false, 50)), progress.Position{Class: progress.NotReported}, progress.Silent},
		"silent all the time": {&progress.Position{Class: progress.NotReported}, progress.Position{Class: progress.NotReported}, progress.Same},
	}
	for name, test := range tests {
		if got := changeFrom(test.before, test.now); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// Tasks that have not been begun are warned of when half of their time is gone, not months ahead: I.3 is due on 31/12/2025.
func TestNotBegun(t *testing.T) {
	ptr := func(x float64) *float64 { return &x }
	var earlier []caseWeek
	for _, period := range []string{"2025-W16", "2025-W17", "2025-W18", "2025-W19"} {
		earlier = append(earlier, caseWeek{Period: period, Rows: []caseRow{{Code: "I.3", Status: "not_started", Percent: ptr(0)}}})
	}
	_, out := caseFile{Earlier: earlier, Returns: []caseReturn{{Path: "vu-kh/bc.xlsx", Rows: []caseRow{{Code: "I.3", Status: "not_started", Percent: ptr(0)}}}}}.judged(t)
	for _, p := range out.Positions {
		if p.Warning != nil {
			t.Errorf("%s is warned of: %+v", p.Task.Code, *p.Warning)
		}
	}
}
