package reconcile

import "tiendo/pipeline/progress"

// r10: said to be done without a day. The first data date on which it was said is assumed.
var r10 = rule{code: "R10", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.task.Due.Regular || !c.row.Completed.IsZero() {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldCompleted), Facts: facts{
		"status": c.row.StatusText, "assumed": day(c.claimedDone(c.key())),
	}})
}}
