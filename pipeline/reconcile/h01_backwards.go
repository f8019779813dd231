package reconcile

import "tiendo/pipeline/progress"

// h01: the percent is lower than the unit last reported.
var h01 = rule{code: "H01", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || last.Percent == nil || c.row.Percent == nil || *c.row.Percent >= *last.Percent {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldPercent), Facts: facts{
		"found": percent(*c.row.Percent), "expected": percent(*last.Percent),
	}})
}}
