package synthesize

import (
	"cmp"
	"slices"

	"tiendo/pipeline/progress"
)

// mostUrgent is how many tasks page 1 has room for.
const mostUrgent = 10

// addLists fills every list of positions.
func addLists(s *progress.Synthesis, in Input) {
	l := newLister(in)
	s.Tasks = make([]progress.TaskLine, len(in.Positions))
	for i, p := range in.Positions {
		s.Tasks[i] = l.line(p)
	}
	s.Overdue = pick(s.Tasks, func(t progress.TaskLine) bool { return t.Class == progress.Overdue })
	s.DueSoon = pick(s.Tasks, func(t progress.TaskLine) bool { return t.Class == progress.DueSoon })
	s.Unconfirmed = pick(s.Tasks, func(t progress.TaskLine) bool { return t.Class == progress.Unconfirmed })
	s.Contested = pick(s.Tasks, isContested)
	byDaysLate(s.Overdue)
	slices.SortStableFunc(s.DueSoon, func(a, b progress.TaskLine) int {
		return cmp.Compare(b.Task.Due.Date.DaysUntil(a.Task.Due.Date), 0)
	})

	s.Warned = pick(s.Tasks, func(t progress.TaskLine) bool { return t.Warning != nil })
	byRisk(s.Warned)
	s.Urgent = pick(s.Tasks, func(t progress.TaskLine) bool { return t.PastDue })
	byDaysLate(s.Urgent)
	s.Urgent = s.Urgent[:min(mostUrgent, len(s.Urgent))]

	previous := in.History.Previous(in.Period)
	if previous == nil {
		return // nothing to compare with: a gap, not a list of zero changes
	}
	s.NewlyOverdue = pick(s.Tasks, func(t progress.TaskLine) bool {
		return t.Class == progress.Overdue && t.Previous != "" && t.Previous != progress.Overdue
	})
	s.NewlyDone = pick(s.Tasks, func(t progress.TaskLine) bool {
		return t.Class.IsDone() && t.Previous != "" && !t.Previous.IsDone()
	})
	s.Reopened = pick(s.Tasks, func(t progress.TaskLine) bool { return !t.Class.IsDone() && t.Previous.IsDone() })
	s.Entered = pick(s.Tasks, func(t progress.TaskLine) bool { return t.Previous == "" })
	s.Left = l.left(previous.Positions, in)
}

func pick(all []progress.TaskLine, wanted func(progress.TaskLine) bool) []progress.TaskLine {
	var out []progress.TaskLine
	for _, t := range all {
		if wanted(t) {
			out = append(out, t)
		}
	}
	return out
}

// byDaysLate puts the latest against the original deadline first; equals stay in the order of the plan.
func byDaysLate(list []progress.TaskLine) {
	slices.SortStableFunc(list, func(a, b progress.TaskLine) int { return cmp.Compare(b.DaysLate, a.DaysLate) })
}

// nearlyCertain is the chance from which nearly all forecasts came true; see `make accuracy`.
const nearlyCertain = 0.8

// byRisk puts the likeliest to be late first. What is known and not only probable, a milestone that was missed or the unit's own word, comes
// before every chance that is less than nearly certain: a list that is cut must not lose it.
func byRisk(list []progress.TaskLine) {
	risk := func(w *progress.Warning) float64 {
		if w.IsKnown() {
			return max(w.Chance, nearlyCertain)
		}
		return w.Chance
	}
	slices.SortStableFunc(list, func(a, b progress.TaskLine) int {
		return cmp.Or(cmp.Compare(risk(b.Warning), risk(a.Warning)), cmp.Compare(b.Warning.Chance, a.Warning.Chance),
			cmp.Compare(b.Warning.WeeksLate, a.Warning.WeeksLate))
	})
}

// lister dresses positions with what a list shows beside them.
type lister struct {
	units progress.Units
	rules map[place][]string
}

// place is where a finding about a task belongs.
type place struct{ unit, task string }

func newLister(in Input) lister {
	l := lister{in.Units, map[place][]string{}}
	for _, f := range in.Findings {
		if f.Task != "" {
			k := place{f.Unit, f.TaskKey()}
			l.rules[k] = append(l.rules[k], f.Rule)
		}
	}
	for k, codes := range l.rules {
		slices.Sort(codes)
		l.rules[k] = slices.Compact(codes)
	}
	return l
}

func (l lister) line(p progress.Position) progress.TaskLine {
	t := progress.TaskLine{Position: p, UnitName: p.Unit, Rules: l.rules[place{p.Unit, p.Task.Key()}]}
	if u, ok := l.units.ByCode(p.Unit); ok {
		t.UnitName, t.Head = u.Name, u.Head
	}
	return t
}

// left are the positions that only the period before had. A position whose unit has merged since is still there,
// with the successor.
func (l lister) left(before []progress.Position, in Input) []progress.TaskLine {
	still := make(map[place]bool, len(in.Positions))
	for _, p := range in.Positions {
		still[place{p.Unit, p.Task.Key()}] = true
	}
	var out []progress.TaskLine
	for _, p := range before {
		unit := p.Unit
		if u, ok := l.units.Current(unit, in.DataDate); ok {
			unit = u.Code
		}
		k := place{unit, p.Task.Key()}
		if !still[k] {
			t := l.line(p)
			t.Rules = nil // findings of this period are not about it
			out = append(out, t)
		}
		delete(still, k) // of two units that merged, the second one's position is gone
	}
	return out
}
