package reconcile

import "tiendo/pipeline/progress"

// h02: the unit said done before and no longer does.
var h02 = rule{code: "H02", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || last.Status != progress.Done || c.isDone() || c.row.Status == progress.StatusUnknown || c.task.Due.Regular {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{
		"found": c.row.StatusText, "expected": last.StatusText,
	}})
}}
