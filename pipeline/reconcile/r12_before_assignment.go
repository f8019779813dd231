package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

// r12: completed before the task was assigned, by the day of completion or by that of the document that proves it.
var r12 = rule{code: "R12", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.task.Assigned.IsZero() {
		return nil
	}
	early := func(day progress.Date) bool { return !day.IsZero() && day.Before(c.task.Assigned) }
	if d := c.row.Completed; early(d) {
		return one(progress.Finding{Origin: c.at(progress.FieldCompleted), Facts: facts{"found": day(d), "expected": day(c.task.Assigned)}})
	}
	if d := lastDayIn(c.row.Evidence); early(d) {
		return one(progress.Finding{Variant: "evidence", Origin: c.at(progress.FieldEvidence), Facts: facts{"found": day(d), "expected": day(c.task.Assigned)}})
	}
	return nil
}}

var wholeDay = regexp.MustCompile(`\b\d{1,2}/\d{1,2}/\d{4}\b`)

// lastDayIn is the last of the days that a text names whole: of several documents the last one completes the work.
func lastDayIn(text string) progress.Date {
	var last progress.Date
	for _, word := range wholeDay.FindAllString(text, -1) {
		if d, ok := progress.ParseDay(word); ok && (last.IsZero() || d.After(last)) {
			last = d
		}
	}
	return last
}
