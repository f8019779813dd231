package reconcile

import "tiendo/pipeline/progress"

var p09Likeness = Threshold{Rule: "P09", Name: "likeness", Default: 85, Low: 50, High: 100, Unit: "percent of the weight of the words that both wordings share", Source: "measured on the labelled set of rows and tasks"}

// p09: the code names the task, but its wording is no longer the plan's.
var p09 = rule{code: "P09", severity: progress.SeverityNote, thresholds: []Threshold{p09Likeness}, ofClaim: func(c claim) []progress.Finding {
	if !c.match.byCode || blank(c.row.Task) {
		return nil
	}
	if l := compare(wordingOf(c.row.Task), wordingOf(c.task.Title)); !l.conflict && 100*l.score >= float64(c.limit(p09Likeness)) {
		return nil
	}
	found, expected := shortBoth(c.row.Task, c.task.Title)
	return one(progress.Finding{Origin: c.at(progress.FieldTask), Facts: facts{"found": found, "expected": expected}})
}}
