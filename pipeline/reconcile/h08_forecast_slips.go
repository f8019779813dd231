package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

var h08Moves = Threshold{Rule: "H08", Name: "moves", Default: 3, Low: 2, High: 52, Unit: "later dates in a row", Source: "the catalogue: three moves"}

// h08: the day on which the unit expects to be done has moved later again and again.
var h08 = rule{code: "H08", severity: progress.SeverityWarning, thresholds: []Threshold{h08Moves}, ofClaim: func(c claim) []progress.Finding {
	n := c.forecastMoves(c.key(), c.row)
	if c.isDone() || n < c.limit(h08Moves) {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldForecast), Facts: facts{"found": strconv.Itoa(n), "expected": short(c.row.Extra[progress.FieldForecast])}})
}}
