package reconcile

import "tiendo/pipeline/progress"

// r06: said not to have begun at more than 0 percent.
var r06 = rule{code: "R06", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if c.row.Status != progress.NotStarted || c.row.Percent == nil || *c.row.Percent <= 0 {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldPercent), Facts: facts{
		"found": percent(*c.row.Percent), "status": c.row.StatusText,
	}})
}}
