package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// p08: the return names another lead unit than the plan. Names that the register does not know prove nothing.
var p08 = rule{code: "P08", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if blank(c.row.Lead) || progress.FoldSpelling(c.row.Lead) == progress.FoldSpelling(c.task.LeadText) {
		return nil
	}
	named := c.in.Units.Mentioned(c.row.Lead)
	leads := c.leads[c.match.task]
	if len(named) == 0 || slices.ContainsFunc(named, func(u progress.Unit) bool { return slices.Contains(leads, c.current(u.Code)) }) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldLead), Facts: facts{
		"found": short(c.row.Lead), "expected": c.task.LeadText,
	}})
}}

// current is the code of the unit that answers now for the unit of that code.
func (j *judging) current(code string) string {
	if u, ok := j.in.Units.Current(code, j.in.DataDate); ok {
		return u.Code
	}
	return code
}
