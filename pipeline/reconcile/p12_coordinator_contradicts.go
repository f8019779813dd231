package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

// p12: the lead says that the task is done; a unit that the plan names as cooperating reports on it too, and says that it is
// not. The lead's row counts.
var p12 = rule{code: "P12", severity: progress.SeverityWarning, ofPeriod: func(p period) []progress.Finding {
	told := map[int][]match{} // rows about tasks of others, by task
	for _, d := range p.deliveries {
		for _, m := range d.matches {
			if m.verdict == foreign {
				told[m.task] = append(told[m.task], m)
			}
		}
	}
	var out []progress.Finding
	for _, c := range p.claims {
		for _, m := range told[c.match.task] {
			if !c.isDone() || m.row.Status == progress.Done || m.row.Status == progress.StatusUnknown || !c.cooperates(m.unit) {
				continue
			}
			out = append(out, c.finding(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{
				"found": c.row.StatusText, "other": m.unit.Name, "expected": strings.TrimSpace(m.row.StatusText + " " + short(m.row.Result)),
			}}))
		}
	}
	return out
}}

// cooperates reports whether the plan names the unit among those that cooperate in the task, by name or alias.
func (c *claim) cooperates(u progress.Unit) bool {
	text := " " + progress.FoldSpelling(c.task.Cooperating) + " "
	for _, name := range append([]string{u.Name}, u.Aliases...) {
		if folded := progress.FoldSpelling(name); folded != "" && strings.Contains(text, " "+folded+" ") {
			return true
		}
	}
	return false
}
