package synthesize

import (
	"tiendo/pipeline/progress"
)

const (
	trendPeriods     = 12 // earlier periods in the course of a line
	unitTrendPeriods = 6  // of a unit
)

// breakdown is a set of lines and how positions fall into them.
type breakdown struct {
	lines []progress.Line // without counts
	of    func(*progress.Position) []int
	// earlier is how many earlier periods a line's course shows.
	earlier int
}

// breakdowns are all the ways in which positions are counted into lines.
type breakdowns struct {
	total, units, groups, phases, authorities, persons, leaders, plans breakdown

	tree *tree
}

func newBreakdowns(in Input) breakdowns {
	tree := newTree(in)
	return breakdowns{
		total:       breakdown{[]progress.Line{{ID: "total"}}, func(*progress.Position) []int { return []int{0} }, trendPeriods},
		units:       breakdown{tree.lines, tree.upwards, unitTrendPeriods},
		groups:      byName("group", in, func(t progress.Task) string { return t.Group }),
		phases:      byName("phase", in, func(t progress.Task) string { return t.Phase }),
		authorities: byName("authority", in, func(t progress.Task) string { return t.Authority }),
		persons:     persons(in),
		leaders:     leaders(in),
		plans:       plans(in),
		tree:        tree,
	}
}

func (b breakdowns) all() []breakdown {
	return []breakdown{b.total, b.units, b.groups, b.phases, b.authorities, b.persons, b.leaders, b.plans}
}

// addLines fills the total and every breakdown.
func addLines(s *progress.Synthesis, in Input) {
	b := newBreakdowns(in)
	s.Total = b.total.count(in)[0]
	s.Units = b.units.count(in)
	own := lines(in.Positions, len(s.Units), b.tree.itself)
	for i := range s.Units {
		s.Units[i].Own = own[i]
	}
	s.Groups = b.groups.count(in)
	s.Phases = b.phases.count(in)
	s.Authorities = b.authorities.count(in)
	s.GroupPhase = cells(s, in)
	s.Persons = b.persons.count(in)
	s.Leaders = b.leaders.count(in)
	s.PlanLines = b.plans.count(in)
}

// count fills the lines of a breakdown: now, the period before, the same period of last year, and the course.
func (b breakdown) count(in Input) []progress.Line {
	out := b.lines
	now := lines(in.Positions, len(out), b.of)
	for i := range out {
		out[i].Counts = now[i]
	}
	if p := in.History.Previous(in.Period); p != nil {
		for i, c := range lines(p.Positions, len(out), b.of) {
			out[i].Previous = &c
		}
	}
	if p := in.History.YearBefore; p != nil {
		for i, c := range lines(p.Positions, len(out), b.of) {
			out[i].YearBefore = &c
		}
	}
	earlier := in.History.Earlier
	for _, p := range earlier[max(0, len(earlier)-b.earlier):] {
		for i, c := range lines(p.Positions, len(out), b.of) {
			out[i].Trend = append(out[i].Trend, progress.TrendPoint{Period: p.Period.ID, Counts: c})
		}
	}
	for i := range out {
		out[i].Trend = append(out[i].Trend, progress.TrendPoint{Period: in.Period.ID, Counts: now[i]})
	}
	return out
}

// byName breaks positions down by a property of their tasks, in the order in which the plan first has each value.
func byName(kind string, in Input, property func(progress.Task) string) breakdown {
	b := breakdown{earlier: trendPeriods}
	place := map[string][]int{}
	for _, t := range in.Plan.Tasks {
		name := property(t)
		if place[name] == nil {
			place[name] = []int{len(b.lines)}
			b.lines = append(b.lines, progress.Line{ID: progress.LineID(kind, len(b.lines)+1), Name: name})
		}
	}
	b.of = func(p *progress.Position) []int { return place[property(p.Task)] }
	return b
}

// cells breaks positions down by group and phase: every pair, also those without a task.
func cells(s *progress.Synthesis, in Input) []progress.Cell {
	type pair struct{ group, phase string }
	var out []progress.Cell
	place := map[pair][]int{}
	for _, g := range s.Groups {
		for _, p := range s.Phases {
			place[pair{g.Name, p.Name}] = []int{len(out)}
			out = append(out, progress.Cell{Group: g.Name, Phase: p.Name})
		}
	}
	counts := lines(in.Positions, len(out), func(p *progress.Position) []int { return place[pair{p.Task.Group, p.Task.Phase}] })
	for i := range out {
		out[i].Counts = counts[i]
	}
	return out
}

// persons breaks positions down by responsible person: whom the row names, else whom the plan names. Two persons of one name in
// two units are two. Positions without a person are in no line.
func persons(in Input) breakdown {
	type person struct{ unit, name string }
	b := breakdown{earlier: trendPeriods}
	place := map[person][]int{}
	key := func(p *progress.Position) person {
		name := p.Task.Person
		if p.Claim != nil && p.Claim.Row.Person != "" {
			name = p.Claim.Row.Person
		}
		return person{p.Unit, name}
	}
	names := unitNames(in.Units)
	for i := range in.Positions {
		k := key(&in.Positions[i])
		if k.name == "" || place[k] != nil {
			continue
		}
		place[k] = []int{len(b.lines)}
		b.lines = append(b.lines, progress.Line{
			ID: progress.LineID("person", len(b.lines)+1), Name: k.name + ", " + nameOr(names, k.unit),
		})
	}
	b.of = func(p *progress.Position) []int { return place[key(p)] }
	return b
}

// leaders breaks positions down by the leader of the office who oversees the task. Tasks without one are in no line.
func leaders(in Input) breakdown {
	b := breakdown{earlier: trendPeriods}
	place := map[string][]int{}
	for _, t := range in.Plan.Tasks {
		if t.Leader != "" && place[t.Leader] == nil {
			place[t.Leader] = []int{len(b.lines)}
			b.lines = append(b.lines, progress.Line{ID: progress.LineID("leader", len(b.lines)+1), Name: t.Leader})
		}
	}
	b.of = func(p *progress.Position) []int { return place[p.Task.Leader] }
	return b
}

// plans breaks positions down by plan, where the office has several.
func plans(in Input) breakdown {
	b := breakdown{earlier: trendPeriods}
	place := map[string][]int{}
	for _, part := range in.Plan.Parts {
		place[part.Key] = []int{len(b.lines)}
		b.lines = append(b.lines, progress.Line{ID: "plan." + part.Key, Name: part.Key + ". " + part.Name})
	}
	b.of = func(p *progress.Position) []int { return place[p.Task.Plan] }
	return b
}

// planRefs names the plans behind a synthesis.
func planRefs(p progress.Plan) []progress.PlanRef {
	if len(p.Parts) > 0 {
		return p.Parts
	}
	return []progress.PlanRef{{Name: p.Name, Version: p.Version, SHA256: p.SHA256, Tasks: len(p.Tasks)}}
}

// nameOr is the name of the unit, or its code where the register does not have it.
func nameOr(names map[string]string, code string) string {
	if name := names[code]; name != "" {
		return name
	}
	return code
}
