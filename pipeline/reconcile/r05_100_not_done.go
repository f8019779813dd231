package reconcile

import "tiendo/pipeline/progress"

// r05: 100 percent, yet not said to be done. The status counts.
var r05 = rule{code: "R05", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	open := c.row.Status == progress.InProgress || c.row.Status == progress.NotStarted
	if !open || c.row.Percent == nil || *c.row.Percent < 100 || c.task.Due.Regular {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldPercent), Facts: facts{
		"found": percent(*c.row.Percent), "status": c.row.StatusText,
	}})
}}
