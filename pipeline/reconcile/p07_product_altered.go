package reconcile

import "tiendo/pipeline/progress"

// p07: the return owes another product than the plan demands.
var p07 = rule{code: "P07", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if blank(c.row.Product) || blank(c.task.Product) {
		return nil
	}
	if compare(wordingOf(c.row.Product), wordingOf(c.task.Product)).near() {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldProduct), Facts: facts{
		"found": short(c.row.Product), "expected": short(c.task.Product),
	}})
}}
