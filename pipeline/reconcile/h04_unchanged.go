package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// h04: status, percent and result are, word for word, those of the periods before: the form was copied, not filled in. What
// is done or goes on for ever may stay the same.
var h04 = rule{code: "H04", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	if c.in.Unchanged < 2 || c.isDone() || c.task.Due.Regular || c.row.Status == progress.Recurring {
		return nil
	}
	n := c.unchanged(c.key(), c.row)
	if n < c.in.Unchanged {
		return nil
	}
	return one(progress.Finding{Origin: c.row.Origin, Facts: facts{"found": strconv.Itoa(n)}})
}}
