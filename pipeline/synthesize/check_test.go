package synthesize

import (
	"testing"

	"tiendo/pipeline/progress"
)

// TestCheckFinds: each kind of figure that is off by one is found.
func TestCheckFinds(t *testing.T) {
	for name, spoil := range map[string]func(*progress.Synthesis){
		"a class":            func(s *progress.Synthesis) { s.Total.Counts.Overdue++ },
		"the total":          func(s *progress.Synthesis) { s.Total.Counts.Total++ },
		"past due":           func(s *progress.Synthesis) { s.Total.Counts.PastDue-- },
		"overdue by days":    func(s *progress.Synthesis) { s.Units[3].Counts.OverdueBy[1]++ },
		"a unit's own":       func(s *progress.Synthesis) { s.Units[1].Own.Due++ },
		"a unit's sum":       func(s *progress.Synthesis) { s.Units[1].Counts.Due++ },
		"a group":            func(s *progress.Synthesis) { s.Groups = s.Groups[1:] },
		"a phase":            func(s *progress.Synthesis) { s.Phases[0].Counts.Due++ },
		"an authority":       func(s *progress.Synthesis) { s.Authorities[0].Counts.InTerm-- },
		"a cell":             func(s *progress.Synthesis) { s.GroupPhase[0].Counts.Due++ },
		"cells changed over": func(s *progress.Synthesis) { c := s.GroupPhase; c[0].Counts, c[1].Counts = c[1].Counts, c[0].Counts },
		"returns":            func(s *progress.Synthesis) { s.Reporting.Missing-- },
		"submissions":        func(s *progress.Synthesis) { s.Submissions = s.Submissions[1:] },
		"rows":               func(s *progress.Synthesis) { s.Reporting.RowsCounted++ },
		"all tasks":          func(s *progress.Synthesis) { s.Tasks = s.Tasks[1:] },
		"overdue list":       func(s *progress.Synthesis) { s.Overdue = nil },
		"due soon list":      func(s *progress.Synthesis) { s.DueSoon = nil },
		"unconfirmed list":   func(s *progress.Synthesis) { s.Unconfirmed = nil },
		"urgent list":        func(s *progress.Synthesis) { s.Urgent = s.Urgent[1:] },
		"findings":           func(s *progress.Synthesis) { s.Rules[0].Count++ },
		"entered":            func(s *progress.Synthesis) { s.Entered = nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := Sum(input(t))
			spoil(&s)
			if len(Check(s)) == 0 {
				t.Error("not found")
			}
		})
	}
}

// TestShares holds the rates against published figures: report 1270/BC-TCTTTg of 2017 and the Government Office's figures of
// 24/10/2025.
func TestShares(t *testing.T) {
	// 21,914 tasks: 14,068 done on time, 1,983 late, 5,640 in term, 223 overdue; "98.62 %" by done ÷ (done + overdue).
	report2017 := progress.Counts{Total: 21914, DoneOnTime: 14068, DoneLate: 1983, InTerm: 5640, Overdue: 223, PastDue: 223}
	for name, c := range map[string]struct {
		share   progress.Share
		num     int
		den     int
		percent float64
	}{
		"on schedule, 2017":  {report2017.OnSchedule(), 16051, 16274, 98.63},
		"completion, 2017":   {report2017.Completion(), 16051, 21914, 73.25},
		"on time, 2017":      {report2017.OnTimeShare(), 14068, 16051, 87.65},
		"done, October 2025": {progress.Counts{Total: 9831, DoneOnTime: 8150, InTerm: 1620, Overdue: 61, PastDue: 61}.Completion(), 8150, 9831, 82.90},
		"regular is outside": {progress.Counts{Total: 10, Regular: 4, DoneOnTime: 3, InTerm: 3}.Completion(), 3, 6, 50},
		"silence past due":   {progress.Counts{Total: 4, DoneOnTime: 1, NotReported: 3, PastDue: 2}.OnSchedule(), 1, 3, 33.33},
	} {
		percent, ok := c.share.Percent()
		if c.share != (progress.Share{Num: c.num, Den: c.den}) || !ok || percent < c.percent-0.005 || percent > c.percent+0.005 {
			t.Errorf("%s: %+v is %.3f %%, want %d/%d, %.2f %%", name, c.share, percent, c.num, c.den, c.percent)
		}
	}
	if _, ok := (progress.Counts{Total: 2, InTerm: 2}).OnSchedule().Percent(); ok {
		t.Error("nothing done and nothing past due is a gap, not 0 %")
	}
}

func TestChange(t *testing.T) {
	share := func(num, den int) progress.Value {
		return progress.Value{Count: num, Share: &progress.Share{Num: num, Den: den}}
	}
	for name, c := range map[string]struct {
		now, then progress.Value
		want      float64
		ok        bool
	}{
		"counts":         {progress.Value{Count: 61}, progress.Value{Count: 80}, -19, true},
		"points":         {share(3, 4), share(1, 2), 25, true},
		"no denominator": {share(3, 4), share(0, 0), 0, false},
		"count and rate": {progress.Value{Count: 3}, share(1, 2), 0, false},
	} {
		if got, ok := c.now.Change(c.then); got != c.want || ok != c.ok {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}
