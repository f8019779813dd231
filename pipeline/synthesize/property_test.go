package synthesize

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// drawInput draws a random office: a forest of units, a plan in groups and phases, a position for each lead with any class that
// its dates allow, and a past made likewise.
func drawInput(t *rapid.T) Input {
	var list []progress.Unit
	for i := range rapid.IntRange(1, 8).Draw(t, "units") {
		u := progress.Unit{Code: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("Đơn vị %d", i), Reports: true}
		if above := rapid.IntRange(-1, i-1).Draw(t, "above"); above >= 0 {
			u.Parent = list[above].Code
		}
		list = append(list, u)
	}
	in := Input{
		Units: progress.NewUnits(list), RankDue: rapid.IntRange(0, 3).Draw(t, "rank"),
		DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, Period: progress.WeekOf(progress.Date{Year: 2025, Month: 5, Day: 16}),
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "tasks") {
		in.Plan.Tasks = append(in.Plan.Tasks, progress.Task{
			Code:      fmt.Sprint(i),
			Group:     rapid.SampledFrom([]string{"", "I", "II"}).Draw(t, "group"),
			Phase:     rapid.SampledFrom([]string{"1", "2"}).Draw(t, "phase"),
			Authority: rapid.SampledFrom([]string{"Chính phủ", "Bộ"}).Draw(t, "authority"),
			Person:    rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "person"),
		})
	}
	before := drawPositions(t, in, nil)
	in.Positions = drawPositions(t, in, before)
	in.History.Earlier = []progress.Past{{Period: in.Period.Previous(), Positions: before}}
	for _, u := range list {
		in.Submissions = append(in.Submissions, progress.Submission{
			Unit:        u.Code,
			Punctuality: rapid.SampledFrom([]progress.Punctuality{progress.OnTime, progress.Late, progress.Missing, progress.Refused}).Draw(t, "punctuality"),
			RowsOwed:    rapid.IntRange(0, 9).Draw(t, "owed"),
		})
	}
	return in
}

func drawPositions(t *rapid.T, in Input, before []progress.Position) []progress.Position {
	var out []progress.Position
	for _, task := range in.Plan.Tasks {
		for _, u := range in.Units.All() {
			if !rapid.Bool().Draw(t, "leads") {
				continue
			}
			p := progress.Position{
				Task: task, Unit: u.Code, Class: rapid.SampledFrom(progress.Classes).Draw(t, "class"),
				DaysLate: rapid.SampledFrom([]int{0, 1, 30, 31, 90, 91, 120, 121, 999}).Draw(t, "days"),
			}
			p.PastDue = p.Class == progress.Overdue || p.Class == progress.NotReported && rapid.Bool().Draw(t, "past due")
			p.IsDue = p.PastDue || p.Class.IsDone() && rapid.Bool().Draw(t, "due")
			for _, b := range before {
				if b.Task.Code == task.Code && b.Unit == u.Code {
					p.Previous = b.Class
				}
			}
			out = append(out, p)
		}
	}
	return out
}

// TestPartsEqualTotals: whatever the office, every breakdown adds up, now, a period ago, and along the trend.
func TestPartsEqualTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Sum(drawInput(t))
		if p := Check(s); len(p) > 0 {
			t.Fatalf("problems: %v", p)
		}
		for _, lines := range [][]progress.Line{s.Groups, s.Phases, s.Authorities, atTop(s.Units)} {
			before, course := 0, 0
			for _, l := range lines {
				before += l.Previous.Total
				course += l.Trend[0].Counts.Overdue
			}
			if before != s.Total.Previous.Total || course != s.Total.Trend[0].Counts.Overdue {
				t.Fatalf("the past does not add up: %d of %d", before, s.Total.Previous.Total)
			}
		}
	})
}

// TestOrderOfPositions: positions whose tasks do not stand together are counted all the same.
func TestOrderOfPositions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		want := Sum(in).Total.Counts
		in.Positions = slices.Clone(in.Positions)
		in.Positions = rapid.Permutation(in.Positions).Draw(t, "order")
		if got := Sum(in).Total.Counts; got != want {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// TestFigureIDs: ids are unique, and each finds its figure again.
func TestFigureIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Sum(drawInput(t))
		seen := map[string]bool{}
		for _, f := range s.Figures() {
			if f.ID == "" || seen[f.ID] {
				t.Fatalf("id %q stands twice or is empty", f.ID)
			}
			seen[f.ID] = true
		}
		if f, ok := s.Figure("total.overdue"); !ok || f.Value.Count != len(s.Overdue) {
			t.Fatalf("total.overdue is %v", f)
		}
	})
}
