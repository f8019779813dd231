package reconcile

import "tiendo/pipeline/progress"

// r15: overdue, and neither the reason nor the difficulties say why.
var r15 = rule{code: "R15", severity: progress.SeverityWarning, source: "PA delay factor", ofClaim: func(c claim) []progress.Finding {
	if !c.isOverdue() || !blank(c.row.Reason) || !blank(c.row.Difficulty) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldReason), Facts: facts{
		"status": c.row.StatusText, "expected": dueText(c.task.Due),
	}})
}}
