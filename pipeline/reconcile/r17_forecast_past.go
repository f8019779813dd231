package reconcile

import "tiendo/pipeline/progress"

// r17: the task is not done, and the day on which the unit expects it is already over.
var r17 = rule{code: "R17", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	expected := forecastOf(c.row)
	if c.isDone() || c.task.Due.Regular || !passed(expected, c.in.DataDate) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldForecast), Facts: facts{
		"found": short(c.row.Extra[progress.FieldForecast]), "expected": day(c.in.DataDate),
	}})
}}
