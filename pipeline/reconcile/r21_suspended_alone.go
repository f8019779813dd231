package reconcile

import "tiendo/pipeline/progress"

// r21: said to be paused or cancelled, and no document of anybody who may decide so is named. The deadline stays in force.
var r21 = rule{code: "R21", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if c.row.Status != progress.Paused && c.row.Status != progress.Cancelled {
		return nil
	}
	for _, text := range []string{c.row.StatusText, c.row.Result, c.row.Evidence, c.row.Reason, c.row.Difficulty, c.row.Note} {
		if namesDocument(text) {
			return nil
		}
	}
	return one(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{"found": c.row.StatusText}})
}}
