package reconcile

import "tiendo/pipeline/progress"

// p11: the row carries a code that the plan does not have, while its wording is surely that of a task: the form is
// likely one of an older plan. The wording counts.
var p11 = rule{code: "P11", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if c.match.byCode || isInteger(c.row.Code) || blank(c.row.Code) || len(c.index.byCode[progress.Fold(c.row.Code)]) > 0 {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldCode), Facts: facts{
		"found": c.row.Code, "expected": c.task.Code,
	}})
}}
