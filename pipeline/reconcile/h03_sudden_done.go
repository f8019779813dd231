package reconcile

import "tiendo/pipeline/progress"

// h03: from nothing to everything within one period, and no evidence.
var h03 = rule{code: "H03", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || !c.isDone() || hasEvidence(c.row.Evidence) || !begun(*last) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldStatus), Facts: facts{
		"found": c.row.StatusText, "expected": last.StatusText,
	}})
}}

// begun reports whether a row stands at the very beginning.
func begun(row progress.Row) bool {
	if row.Percent != nil {
		return *row.Percent == 0 && row.Status != progress.Done
	}
	return row.Status == progress.NotStarted
}
