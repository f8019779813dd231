package reconcile

import "tiendo/pipeline/progress"

// r23: the row comes from the synthesis of a lower office, which itself does not hold the task done for every unit that says so
// ("unconfirmed"), or has no row of some of its units ("silent"), or somebody changed it after it was written ("changed"): with the line of
// a unit that is behind taken out, a task looks done. What the lower office doubts or did not write is not confirmed here either.
var r23 = rule{code: "R23", severity: progress.SeverityWarning, doubts: true, ofClaim: func(c claim) []progress.Finding {
	var out []progress.Finding
	if units := unitsOf(c.row.Parts, func(p progress.Part) bool { return p.Class == progress.Unconfirmed && !silent(p) }); units != nil {
		units["rules"] = c.row.Extra[progress.FieldDoubts]
		out = append(out, progress.Finding{Variant: "unconfirmed", Origin: c.row.Origin, Facts: units})
	}
	if units := unitsOf(c.row.Parts, silent); units != nil {
		out = append(out, progress.Finding{Variant: "silent", Severity: progress.SeverityNote, Origin: c.row.Origin, Facts: units})
	}
	if c.isDone() && c.isSynthesis() && c.counted.Reading.Seal.Changed {
		out = append(out, progress.Finding{Variant: "changed", Origin: c.row.Origin})
	}
	return out
}}
