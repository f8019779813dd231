package reconcile

import "tiendo/pipeline/progress"

// p05: the return has another deadline than the plan and names no document that approved it. The plan's stays in force.
var p05 = rule{code: "P05", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	variant := c.deadlineChange()
	if variant == "" || c.extensionNamed() {
		return nil
	}
	return one(progress.Finding{Variant: variant, Origin: c.at(progress.FieldDue), Facts: facts{
		"found": c.row.Due, "expected": dueText(c.task.Due),
	}})
}}

// deadlineChange says how the deadline of the row differs from the plan's, as it is in force or was at first: "date"
// another day, "undated" no day where the plan has one, "dated" a day where the plan has none; empty where it does not
// differ or cannot be read.
func (c *claim) deadlineChange() string {
	if blank(c.row.Due) {
		return ""
	}
	reported, due := c.row.DueDate, c.deadline()
	switch {
	case len(c.row.Parts) > 0 && !reported.IsZero() && !due.IsZero() && reported.Before(due):
		return "" // a lower office may ask more of its units than is asked of it
	case reported.IsZero() && c.row.DuePrecision == progress.NoDate && !due.IsZero() && !c.task.Due.Open:
		return "undated"
	case reported.IsZero():
		return ""
	case due.IsZero():
		return "dated"
	case reported != due && reported != c.original():
		return "date"
	}
	return ""
}
