package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

// p01: the row is about no task of the plan, or it cannot be told surely about which. It is never guessed: a row counted for
// the wrong task is worse than one sent back.
var p01 = rule{code: "P01", severity: progress.SeverityError, ofMatch: func(m match) []progress.Finding {
	f := progress.Finding{Origin: m.row.Origin, Facts: facts{
		"found": short(strings.TrimSpace(m.row.Code + " " + m.row.Task)), "nearest": m.nearestTasks(),
	}}
	switch {
	case m.verdict == unknown && m.isSynthesis(): // a lower office has tasks of its own besides
		f.Variant, f.Severity, f.Facts = "own", progress.SeverityNote, facts{"found": f.Facts["found"]}
	case m.verdict == unknown:
		f.Variant = "unknown"
	case m.verdict == doubtful && m.contested:
		f.Variant = "contested"
	case m.verdict == doubtful:
		f.Variant = "doubtful"
	default:
		return nil
	}
	return one(f)
}}

// nearestTasks quotes the tasks that could be meant: I.1 Xây dựng…; I.2 Trình….
func (m match) nearestTasks() string {
	quotes := make([]string, len(m.nearest))
	for i, n := range m.nearest {
		t := m.in.Plan.Tasks[n]
		quotes[i] = t.Code + " " + short(t.Title)
	}
	return strings.Join(quotes, "; ")
}
