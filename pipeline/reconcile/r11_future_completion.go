package reconcile

import "tiendo/pipeline/progress"

// r11: completed on a day after the data date. Nobody has finished tomorrow; the row does not count.
var r11 = rule{code: "R11", severity: progress.SeverityError, source: "PA", ofClaim: func(c claim) []progress.Finding {
	if !passed(c.in.DataDate, c.row.Completed) || c.row.Completed.IsZero() {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldCompleted), Facts: facts{
		"found": day(c.row.Completed), "expected": day(c.in.DataDate),
	}})
}}
