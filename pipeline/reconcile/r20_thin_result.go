package reconcile

import "tiendo/pipeline/progress"

// r20: the result column only repeats the status.
var r20 = rule{code: "R20", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	if blank(c.row.Result) || progress.Fold(c.row.Result) != progress.Fold(c.row.StatusText) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldResult), Facts: facts{"found": short(c.row.Result)}})
}}
