package reconcile

import "tiendo/pipeline/progress"

// h07: a completion date that was reported before is another one now.
var h07 = rule{code: "H07", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || last.Status != progress.Done || !c.isDone() || last.Completed.IsZero() ||
		c.row.Completed.IsZero() || last.Completed == c.row.Completed {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldCompleted), Facts: facts{
		"found": day(c.row.Completed), "expected": day(last.Completed),
	}})
}}
