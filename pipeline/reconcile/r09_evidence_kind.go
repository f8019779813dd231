package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

// r09: the plan demands a document that settles something, the evidence is one that only prepares it.
var r09 = rule{code: "R09", severity: progress.SeverityWarning, doubts: true, ofClaim: func(c claim) []progress.Finding {
	demanded, _ := kindsIn(c.task.Product)
	settled, prepared := kindsIn(c.row.Evidence)
	if !c.isDone() || len(demanded) == 0 || len(settled) > 0 || len(prepared) == 0 {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldEvidence), Facts: facts{
		"found": short(c.row.Evidence), "expected": strings.Join(demanded, ", "),
	}})
}}
