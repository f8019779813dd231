package reconcile

import "tiendo/pipeline/progress"

// r13: said to be done in time, on a day after every deadline that the task has had.
var r13 = rule{code: "R13", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.row.Claim != progress.ClaimOnTime || c.row.Completed.IsZero() ||
		!passed(c.original(), c.row.Completed) || !passed(c.deadline(), c.row.Completed) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{
		"status": c.row.StatusText, "found": day(c.row.Completed), "expected": dueText(c.task.Due),
	}})
}}
