package main

import (
	"testing"

	"tiendo/pipeline/progress"
)

// The expected classes are worked out by hand from the definitions; data date 16 May 2025, seven days of warning.
func TestJudge(t *testing.T) {
	e := weekEditions("2025-W20", 1)[0]
	open := progress.Row{Status: progress.InProgress}
	done := func(iso string) progress.Row { return progress.Row{Status: progress.Done, Completed: day(iso)} }
	part := 85.0
	confirmed := &standing{class: progress.DoneOnTime, completed: day("2025-04-01")}
	for name, tt := range map[string]struct {
		due      string
		row      *progress.Row
		evidence string
		blockers []string
		before   *standing
		class    progress.Class
		daysLate int
		pastDue  bool
	}{
		"last day is in term":            {"2025-05-16", &open, "", nil, nil, progress.DueSoon, 0, false},
		"the day after is overdue":       {"2025-05-15", &open, "", nil, nil, progress.Overdue, 1, true},
		"seven days left":                {"2025-05-23", &open, "", nil, nil, progress.DueSoon, 0, false},
		"eight days left":                {"2025-05-24", &open, "", nil, nil, progress.InTerm, 0, false},
		"no date":                        {"", &open, "", nil, nil, progress.InTerm, 0, false},
		"silence":                        {"2025-04-30", nil, "", nil, nil, progress.NotReported, 16, true},
		"silence about what is done":     {"2025-04-30", nil, "", nil, confirmed, progress.DoneOnTime, 0, false},
		"blocked row":                    {"2025-04-30", &open, "", []string{"R01"}, nil, progress.NotReported, 16, true},
		"done on the last day":           {"2025-04-30", ptr(done("2025-04-30")), "QĐ 1", nil, nil, progress.DoneOnTime, 0, false},
		"done a day later":               {"2025-04-30", ptr(done("2025-05-01")), "QĐ 1", nil, nil, progress.DoneLate, 1, false},
		"done without document":          {"2025-04-30", ptr(done("2025-04-30")), "", nil, nil, progress.Unconfirmed, 16, true},
		"done below 100":                 {"2025-12-31", &progress.Row{Status: progress.Done, Completed: day("2025-05-12"), Percent: &part}, "QĐ 1", nil, nil, progress.Unconfirmed, 0, false},
		"done, no day: data date":        {"2025-04-30", ptr(done("")), "QĐ 1", nil, nil, progress.DoneLate, 16, false},
		"done before becomes open again": {"2025-04-30", &open, "", nil, confirmed, progress.Overdue, 16, true},
	} {
		t.Run(name, func(t *testing.T) {
			due := progress.Due{Date: day(tt.due)}
			c := &course{task: progress.Task{Due: due, OriginalDue: due}}
			var rep *report
			if tt.row != nil {
				rep = &report{evidence: tt.evidence, blockers: tt.blockers}
			}
			s := judge(e, c, rep, tt.row, tt.before)
			if s.class != tt.class || s.daysLate != tt.daysLate || s.pastDue != tt.pastDue {
				t.Errorf("%s, %d days late, past due %v; want %s, %d, %v", s.class, s.daysLate, s.pastDue, tt.class, tt.daysLate, tt.pastDue)
			}
		})
	}
}

// An extension keeps the position in term, and the days late still count from the original deadline.
func TestJudgeExtension(t *testing.T) {
	e := weekEditions("2025-W20", 1)[0]
	c := &course{task: progress.Task{Due: progress.Due{Date: day("2025-06-30")}, OriginalDue: progress.Due{Date: day("2025-03-31")}}}
	s := judge(e, c, &report{}, &progress.Row{Status: progress.InProgress}, nil)
	if s.class != progress.InTerm || s.daysLate != 46 || s.pastDue {
		t.Errorf("%s, %d days late, past due %v; want in_term, 46, false", s.class, s.daysLate, s.pastDue)
	}
}

func TestBands(t *testing.T) {
	for days, want := range map[int]int{1: 0, 30: 0, 31: 1, 90: 1, 91: 2, 120: 2, 121: 3} {
		if got := band(days); got != want {
			t.Errorf("band(%d) = %d, want %d", days, got, want)
		}
	}
}

func ptr[T any](v T) *T { return &v }
