package synthesize

import (
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// Members are the positions behind a figure.
type Members struct {
	// Counted are the positions of a count, or of the numerator of a rate; Rest are those that only the denominator has.
	Counted, Rest []progress.TaskLine
}

// MembersOf tells which positions a figure of [progress.Synthesis.Lines], of a cell of the breakdown by group and phase, or of
// a list of changes is made of. ok is false where the figure counts something else: returns, findings, moves, voices.
//
// It counts each position alone by the rules by which Sum counts them together, so that it cannot tell another story than the figure.
func MembersOf(s progress.Synthesis, in Input, id string) (m Members, ok bool) {
	switch id {
	case "changed.newly_overdue":
		return Members{Counted: s.NewlyOverdue}, true
	case "changed.newly_done":
		return Members{Counted: s.NewlyDone}, true
	case "changed.reopened":
		return Members{Counted: s.Reopened}, true
	case "changed.entered":
		return Members{Counted: s.Entered}, true
	case "changed.left":
		return Members{Counted: s.Left}, true
	case "warned.count":
		return Members{Counted: s.Warned}, true
	case "corrected.positions":
		if s.Correction != nil {
			for _, moved := range s.Correction.Moved {
				m.Counted = append(m.Counted, moved.TaskLine)
			}
		}
		return m, s.Correction != nil
	}
	cut := strings.LastIndex(id, ".")
	if cut < 0 {
		return m, false
	}
	line, measure := id[:cut], progress.Measure(id[cut+1:])
	of, ok := memberOf(s, in, line)
	if !ok || !slices.Contains(progress.Measures, measure) {
		return m, false
	}
	lastTask := ""
	for _, t := range s.Tasks {
		if !of(&t.Position) {
			continue
		}
		if measure == progress.MeasureTasks { // positions of a task stand together; the first one counts
			if t.Task.Key() != lastTask {
				m.Counted = append(m.Counted, t)
			}
			lastTask = t.Task.Key()
			continue
		}
		alone := newTally(1)
		alone.add(0, 1, &t.Position)
		v := alone.counts[0].Measure(measure)
		switch {
		case v.Count > 0:
			m.Counted = append(m.Counted, t)
		case v.Share != nil && v.Share.Den > 0:
			m.Rest = append(m.Rest, t)
		}
	}
	return m, true
}

// memberOf finds the line, or the cell, of an id and says which positions fall into it.
func memberOf(s progress.Synthesis, in Input, id string) (func(*progress.Position) bool, bool) {
	for _, c := range s.GroupPhase {
		if s.CellID(c) == id {
			return func(p *progress.Position) bool { return p.Task.Group == c.Group && p.Task.Phase == c.Phase }, true
		}
	}
	for _, b := range newBreakdowns(in).all() {
		for i, l := range b.lines {
			if l.ID != id {
				continue
			}
			return func(p *progress.Position) bool { return slices.Contains(b.of(p), i) }, true
		}
	}
	return nil, false
}
