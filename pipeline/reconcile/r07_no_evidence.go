package reconcile

import "tiendo/pipeline/progress"

// r07: said to be done, and neither the evidence column nor the result names the product or a document. Not "not done":
// not proven yet, and so not confirmed.
var r07 = rule{code: "R07", severity: progress.SeverityWarning, source: "MC01", doubts: true, ofClaim: func(c claim) []progress.Finding {
	if !c.isDone() || c.task.Due.Regular || hasEvidence(c.row.Evidence) || namesDocument(c.row.Result) {
		return nil
	}
	f := progress.Finding{Origin: c.at(progress.FieldEvidence), Facts: facts{"status": c.row.StatusText}}
	if !blank(c.task.Product) {
		f.Variant, f.Facts["expected"] = "product", short(c.task.Product)
	} else {
		f.Variant = "document" // the plan does not say what is owed, so any document would do
	}
	return one(f)
}}
