package reconcile

import "tiendo/pipeline/progress"

// p09: the code names the task, but its wording is no longer the plan's.
var p09 = rule{code: "P09", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	if !c.match.byCode || blank(c.row.Task) {
		return nil
	}
	if compare(wordingOf(c.row.Task), wordingOf(c.task.Title)).same() {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldTask), Facts: facts{
		"found": short(c.row.Task), "expected": short(c.task.Title),
	}})
}}
