package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

var anyDay = regexp.MustCompile(`\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?i)ngày\s+\d{1,2}|\b(19|20)\d{2}\b`)

// r22: the evidence names a document by kind and bare number, without symbol and without a day: "QĐ 12". Nobody can find it.
var r22 = rule{code: "R22", severity: progress.SeverityNote, ofClaim: func(c claim) []progress.Finding {
	text := c.row.Evidence
	if !c.isDone() || documentSymbol.MatchString(text) || anyDay.MatchString(text) || !documentNumber.MatchString(progress.Fold(text)) || !namesDocument(text) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldEvidence), Facts: facts{"found": short(text)}})
}}
