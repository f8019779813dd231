package reconcile

import "tiendo/pipeline/progress"

// p02: the row is about a task that other units lead. The lead's own row counts, never this one.
var p02 = rule{code: "P02", severity: progress.SeverityError, ofMatch: func(m match) []progress.Finding {
	if m.verdict != foreign {
		return nil
	}
	t := m.in.Plan.Tasks[m.task]
	f := progress.Finding{Task: t.Code, TaskID: t.ID, Origin: m.row.Origin, Facts: facts{"found": short(t.Title), "expected": t.LeadText}}
	if m.isSynthesis() { // the units below may well have a share in it
		f.Variant, f.Severity = "own", progress.SeverityNote
	}
	return one(f)
}}
