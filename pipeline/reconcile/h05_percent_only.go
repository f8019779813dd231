package reconcile

import "tiendo/pipeline/progress"

// h05: the percent has risen while the account of the result is word for word the old one.
var h05 = rule{code: "H05", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	last := c.before()
	if last == nil || last.Percent == nil || c.row.Percent == nil || *c.row.Percent <= *last.Percent ||
		blank(c.row.Result) || saying(c.row).result != saying(*last).result {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldResult), Facts: facts{
		"found": percent(*c.row.Percent), "expected": percent(*last.Percent),
	}})
}}
