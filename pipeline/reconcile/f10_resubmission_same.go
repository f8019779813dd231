package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// f10: a new version of a return says, row for row, what the version before said.
var f10 = rule{code: "F10", severity: progress.SeverityNote, source: "FA check_resubmission_has_changes", ofDelivery: func(d delivery) []progress.Finding {
	v1, ok := d.replaced()
	if !ok || !slices.EqualFunc(v1.Reading.Rows, d.counted.Reading.Rows, sameWords) {
		return nil
	}
	return one(progress.Finding{Facts: facts{"other": v1.Path}})
}}

// replaced is the valid version just before the one that counts.
func (d *delivery) replaced() (progress.Return, bool) {
	older := d.older()
	if len(older) == 0 {
		return progress.Return{}, false
	}
	return older[len(older)-1], true
}

// sameWords compares what two rows report, wherever they stand.
func sameWords(a, b progress.Row) bool {
	same := func(x, y string) bool { return progress.Fold(x) == progress.Fold(y) }
	return saying(a) == saying(b) && a.Completed == b.Completed && same(a.Code, b.Code) && same(a.Task, b.Task) &&
		same(a.Due, b.Due) && same(a.Evidence, b.Evidence) && same(a.Difficulty, b.Difficulty) &&
		same(a.Proposal, b.Proposal) && same(a.Reason, b.Reason) && same(a.Note, b.Note)
}
