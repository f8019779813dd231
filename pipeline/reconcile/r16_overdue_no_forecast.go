package reconcile

import "tiendo/pipeline/progress"

// r16: overdue, in a form that asks for the new date expected, and none given.
var r16 = rule{code: "R16", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	_, asked := c.row.Cells[progress.FieldForecast]
	if !c.isOverdue() || !asked || !blank(c.row.Extra[progress.FieldForecast]) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldForecast), Facts: facts{"expected": dueText(c.task.Due)}})
}}
