package reconcile

import "tiendo/pipeline/progress"

// r04: said to be done at less than 100 percent.
var r04 = rule{code: "R04", severity: progress.SeverityWarning, doubts: true, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.row.Percent == nil || *c.row.Percent >= 100 {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldPercent), Facts: facts{
		"found": percent(*c.row.Percent), "status": c.row.StatusText,
	}})
}}
