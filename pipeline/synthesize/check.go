package synthesize

import (
	"fmt"

	"tiendo/pipeline/progress"
)

// Problem is a sum that does not come out.
type Problem struct {
	Sum   string // what was added up: "classes of total", "units' own overdue", "overdue list"
	Parts int    // what the parts come to
	Total int    // what is printed as their total
}

func (p Problem) String() string {
	return fmt.Sprintf("%s: parts come to %d, total is %d", p.Sum, p.Parts, p.Total)
}

// Check adds the synthesis up again. A synthesis with a problem must not be published.
func Check(s progress.Synthesis) []Problem {
	var c checker
	for _, l := range s.Lines() {
		c.classes(l.ID, l.Counts)
		c.classes(l.ID+" of its own", l.Own)
	}
	c.sum("units' own", s.Total.Counts, counts(s.Units, own))
	c.sum("top units", s.Total.Counts, counts(atTop(s.Units), whole))
	c.sum("groups", s.Total.Counts, counts(s.Groups, whole))
	c.sum("phases", s.Total.Counts, counts(s.Phases, whole))
	c.sum("authorities", s.Total.Counts, counts(s.Authorities, whole))
	if len(s.PlanLines) > 0 {
		c.sum("plans", s.Total.Counts, counts(s.PlanLines, whole))
	}
	c.cells(s)
	c.tree(s.Units)
	c.reporting(s)
	c.lists(s)
	return c.problems
}

type checker struct{ problems []Problem }

func (c *checker) equal(sum string, parts, total int) {
	if parts != total {
		c.problems = append(c.problems, Problem{sum, parts, total})
	}
}

// classes: each position has one class, and each overdue one one lateness.
func (c *checker) classes(of string, n progress.Counts) {
	parts := 0
	for _, class := range progress.Classes {
		parts += n.Of(class)
	}
	c.equal("classes of "+of, parts, n.Total)
	late := 0
	for _, k := range n.OverdueBy {
		late += k
	}
	c.equal("overdue by days of "+of, late, n.Overdue)
}

// sum: the parts come to the total, for every measure that adds up. Tasks with several leads are in several parts, so tasks
// do not.
func (c *checker) sum(of string, total progress.Counts, parts []progress.Counts) {
	var s progress.Counts
	for _, p := range parts {
		s = plus(s, p)
	}
	for _, m := range progress.Measures {
		if v := total.Measure(m); v.Share == nil && m != progress.MeasureTasks {
			c.equal(of+" "+string(m), s.Measure(m).Count, v.Count)
		}
	}
}

func plus(a, b progress.Counts) progress.Counts {
	a.Total += b.Total
	a.DoneOnTime += b.DoneOnTime
	a.DoneLate += b.DoneLate
	a.Unconfirmed += b.Unconfirmed
	a.InTerm += b.InTerm
	a.DueSoon += b.DueSoon
	a.Overdue += b.Overdue
	a.NotReported += b.NotReported
	a.Regular += b.Regular
	a.Due += b.Due
	a.PastDue += b.PastDue
	for i := range a.OverdueBy {
		a.OverdueBy[i] += b.OverdueBy[i]
	}
	return a
}

func own(l progress.Line) progress.Counts   { return l.Own }
func whole(l progress.Line) progress.Counts { return l.Counts }

func counts(lines []progress.Line, of func(progress.Line) progress.Counts) []progress.Counts {
	out := make([]progress.Counts, len(lines))
	for i, l := range lines {
		out[i] = of(l)
	}
	return out
}

func atTop(units []progress.Line) []progress.Line {
	var out []progress.Line
	for _, l := range units {
		if l.Depth == 0 {
			out = append(out, l)
		}
	}
	return out
}

// cells: the cells of a group come to the group, and all cells to the total.
func (c *checker) cells(s progress.Synthesis) {
	var all []progress.Counts
	byGroup := map[string][]progress.Counts{}
	byPhase := map[string][]progress.Counts{}
	for _, cell := range s.GroupPhase {
		c.classes(s.CellID(cell), cell.Counts)
		all = append(all, cell.Counts)
		byGroup[cell.Group] = append(byGroup[cell.Group], cell.Counts)
		byPhase[cell.Phase] = append(byPhase[cell.Phase], cell.Counts)
	}
	c.sum("groups by phases", s.Total.Counts, all)
	for _, g := range s.Groups {
		c.sum("phases of "+g.ID, g.Counts, byGroup[g.Name])
	}
	for _, p := range s.Phases {
		c.sum("groups of "+p.ID, p.Counts, byPhase[p.Name])
	}
}

// tree: each unit is itself and the units right below it.
func (c *checker) tree(units []progress.Line) {
	for i, u := range units {
		parts := []progress.Counts{u.Own}
		for _, below := range units[i+1:] {
			if below.Depth <= u.Depth {
				break
			}
			if below.Depth == u.Depth+1 {
				parts = append(parts, below.Counts)
			}
		}
		c.sum(u.ID+" and below", u.Counts, parts)
	}
}

func (c *checker) reporting(s progress.Synthesis) {
	r := s.Reporting
	c.equal("returns", r.OnTime+r.Late+r.Missing+r.Refused, r.Expected)
	c.equal("submissions", len(s.Submissions), r.Expected)
	owed, counted := 0, 0
	for _, sub := range s.Submissions {
		owed += sub.RowsOwed
		counted += sub.RowsCounted
	}
	c.equal("rows owed", owed, r.RowsOwed)
	c.equal("rows counted", counted, r.RowsCounted)
}

func (c *checker) lists(s progress.Synthesis) {
	n := s.Total.Counts
	c.equal("list of all", len(s.Tasks), n.Total)
	c.equal("list of overdue", len(s.Overdue), n.Overdue)
	c.equal("list of due soon", len(s.DueSoon), n.DueSoon)
	c.equal("list of unconfirmed", len(s.Unconfirmed), n.Unconfirmed)
	c.equal("list of urgent", len(s.Urgent), min(mostUrgent, n.PastDue))
	findings := 0
	for _, r := range s.Rules {
		findings += r.Count
	}
	c.equal("findings by rule", findings, len(s.Findings))
	if p := s.Total.Previous; p != nil {
		c.equal("previous, left and entered", p.Total-len(s.Left)+len(s.Entered), n.Total)
	}
}
