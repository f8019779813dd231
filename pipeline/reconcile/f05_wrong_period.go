package reconcile

import "tiendo/pipeline/progress"

// f05: file, name and folder name different periods; or they agree on one of the same kind that is not being collected now,
// as happens when last week's title is left standing. The second is a warning: the file goes to the period that it names.
var f05 = rule{code: "F05", severity: progress.SeverityError, source: "GO #813", ofSent: func(s sent) []progress.Finding {
	if other := s.contradictedPeriod(); other.ID != "" {
		inner := s.periodInFile
		if inner.ID == "" {
			inner = s.periodInName
		}
		return one(progress.Finding{Variant: "contradiction", Facts: facts{"found": inner.ID, "expected": other.ID}})
	}
	if p := s.period(); p.Kind == s.open.Kind && p.ID != s.open.ID {
		return one(progress.Finding{
			Variant: "not_open", Severity: progress.SeverityWarning,
			Facts: facts{"found": p.ID, "expected": s.open.ID},
		})
	}
	return nil
}}
