package reconcile

import "tiendo/pipeline/progress"

// r12: completed before the task was assigned.
var r12 = rule{code: "R12", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.row.Completed.IsZero() || c.task.Assigned.IsZero() || !c.row.Completed.Before(c.task.Assigned) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldCompleted), Facts: facts{
		"found": day(c.row.Completed), "expected": day(c.task.Assigned),
	}})
}}
