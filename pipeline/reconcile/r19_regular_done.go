package reconcile

import "tiendo/pipeline/progress"

// r19: standing work is said to be done. It stays regular.
var r19 = rule{code: "R19", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	if !c.task.Due.Regular || !c.isDone() {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{
		"status": c.row.StatusText, "expected": c.task.Due.Text,
	}})
}}
