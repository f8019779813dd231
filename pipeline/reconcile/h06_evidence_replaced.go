package reconcile

import "tiendo/pipeline/progress"

// h06: the document that proved completion is another one now, or gone.
var h06 = rule{code: "H06", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || last.Status != progress.Done || !c.isDone() || !hasEvidence(last.Evidence) ||
		progress.Fold(last.Evidence) == progress.Fold(c.row.Evidence) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldEvidence), Facts: facts{
		"found": short(c.row.Evidence), "expected": short(last.Evidence),
	}})
}}
