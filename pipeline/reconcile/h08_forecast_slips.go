package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// h08: the day on which the unit expects to be done has moved later again and again.
var h08 = rule{code: "H08", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	const often = 3 // moves
	n := c.forecastMoves(c.key(), c.row)
	if c.isDone() || n < often {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldForecast), Facts: facts{"found": strconv.Itoa(n), "expected": short(c.row.Extra[progress.FieldForecast])}})
}}
