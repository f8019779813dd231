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
	if rapid.Bool().Draw(t, "plans") {
		in.Plan.Parts = []progress.PlanRef{{Key: "A", Name: "Một"}, {Key: "B", Name: "Hai"}}
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "tasks") {
		in.Plan.Tasks = append(in.Plan.Tasks, progress.Task{
			Code:      fmt.Sprint(i),
			Group:     rapid.SampledFrom([]string{"", "I", "II"}).Draw(t, "group"),
			Phase:     rapid.SampledFrom([]string{"1", "2"}).Draw(t, "phase"),
			Authority: rapid.SampledFrom([]string{"Chính phủ", "Bộ"}).Draw(t, "authority"),
			Leader:    rapid.SampledFrom([]string{"", "C", "D"}).Draw(t, "leader"),
			Plan:      rapid.SampledFrom([]string{"A", "B"}).Draw(t, "plan"),
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

// TestLinesAreCounted counts every line anew, position by position, from what its name says that it holds; the numerators and denominators
// of its shares too, none as what is left of another.
func TestLinesAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		s := Sum(in)
		if len(s.Units) != len(in.Units.All()) {
			t.Fatalf("%d lines for %d units", len(s.Units), len(in.Units.All()))
		}
		seen := 0
		check := func(lines []progress.Line, holds func(progress.Line, progress.Position) bool) {
			for _, l := range lines {
				seen++
				countAnew(t, l.ID, l.Counts, in.Positions, func(p progress.Position) bool { return holds(l, p) })
			}
		}
		parent := map[string]string{}
		for _, u := range in.Units.All() {
			parent[u.Code] = u.Parent
		}
		check([]progress.Line{s.Total}, func(progress.Line, progress.Position) bool { return true })
		check(s.Units, func(l progress.Line, p progress.Position) bool {
			for code := p.Unit; code != ""; code = parent[code] {
				if l.ID == "unit."+code {
					return true
				}
			}
			return false
		})
		for _, l := range s.Units {
			countAnew(t, l.ID+" of its own", l.Own, in.Positions, func(p progress.Position) bool { return l.ID == "unit."+p.Unit })
		}
		check(s.Groups, func(l progress.Line, p progress.Position) bool { return l.Name == p.Task.Group })
		check(s.Phases, func(l progress.Line, p progress.Position) bool { return l.Name == p.Task.Phase })
		check(s.Authorities, func(l progress.Line, p progress.Position) bool { return l.Name == p.Task.Authority })
		check(s.Leaders, func(l progress.Line, p progress.Position) bool { return l.Name == p.Task.Leader })
		check(s.Persons, func(l progress.Line, p progress.Position) bool {
			unit, _ := in.Units.Current(p.Unit, in.DataDate)
			return l.Name == p.Task.Person+", "+unit.Name
		})
		check(s.PlanLines, func(l progress.Line, p progress.Position) bool { return l.ID == "plan."+p.Task.Plan })
		if seen != len(s.Lines()) {
			t.Fatalf("%d of %d lines counted", seen, len(s.Lines()))
		}
		for _, c := range s.GroupPhase {
			countAnew(t, s.CellID(c), c.Counts, in.Positions, func(p progress.Position) bool { return p.Task.Group == c.Group && p.Task.Phase == c.Phase })
		}
	})
}

func countAnew(t *rapid.T, id string, got progress.Counts, positions []progress.Position, holds func(progress.Position) bool) {
	want := map[progress.Measure]int{}
	var completion, onSchedule, onTime progress.Share
	count := func(is bool, into ...*int) {
		if is {
			for _, n := range into {
				*n++
			}
		}
	}
	tasks := map[string]bool{}
	for _, p := range positions {
		if !holds(p) {
			continue
		}
		done := p.Class == progress.DoneOnTime || p.Class == progress.DoneLate
		want[progress.MeasureTotal]++
		want[progress.Measure(p.Class)]++
		tasks[p.Task.Code] = true
		if p.IsDue {
			want[progress.MeasureDue]++
		}
		if p.PastDue {
			want[progress.MeasurePastDue]++
		}
		if p.Class == progress.Overdue {
			switch {
			case p.DaysLate <= 30:
				want[progress.MeasureOverdueTo30]++
			case p.DaysLate <= 90:
				want[progress.MeasureOverdueTo90]++
			case p.DaysLate <= 120:
				want[progress.MeasureOverdueTo120]++
			default:
				want[progress.MeasureOverdueBeyond]++
			}
		}
		count(done, &completion.Num, &onSchedule.Num, &onSchedule.Den, &onTime.Den)
		count(p.PastDue, &onSchedule.Den)
		count(p.Class != progress.Regular, &completion.Den)
		count(p.Class == progress.DoneOnTime, &onTime.Num)
	}
	want[progress.MeasureTasks] = len(tasks)
	want[progress.MeasureDone] = onTime.Den
	want[progress.MeasureDated] = completion.Den
	for _, m := range progress.Measures {
		if v := got.Measure(m); v.Share == nil && v.Count != want[m] {
			t.Fatalf("%s: %s is %d, counted %d", id, m, v.Count, want[m])
		}
	}
	if got.Completion() != completion || got.OnSchedule() != onSchedule || got.OnTimeShare() != onTime {
		t.Fatalf("%s: shares %v %v %v, counted %v %v %v", id, got.Completion(), got.OnSchedule(), got.OnTimeShare(), completion, onSchedule, onTime)
	}
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
