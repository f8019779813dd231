package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

var h04Periods = Threshold{Rule: "H04", Name: "periods", Default: 2, Low: 2, High: 52, Unit: "periods in a row", Source: "the catalogue: a warning from the second period"}

// h04: status, percent and result are, word for word, those of the periods before: the form was copied, not filled in. What
// is done or goes on for ever may stay the same.
var h04 = rule{code: "H04", severity: progress.SeverityWarning, thresholds: []Threshold{h04Periods}, ofClaim: func(c claim) []progress.Finding {
	if c.isDone() || c.task.Due.Regular || c.row.Status == progress.Recurring {
		return nil
	}
	n := c.unchanged(c.key(), c.row)
	if n < c.limit(h04Periods) {
		return nil
	}
	return one(progress.Finding{Origin: c.row.Origin, Facts: facts{"found": strconv.Itoa(n)}})
}}
