package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// f03: a return without a single row, or with rows in which nothing is filled in, from a unit that leads tasks. "Nothing new" must be said
// row by row.
var f03 = rule{code: "F03", severity: progress.SeverityError, source: "PMC7664027", ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	for _, r := range d.returns {
		if d.expected && d.isEmpty(r) {
			owed := strconv.Itoa(len(d.owed()))
			f := progress.Finding{File: r.Path, Facts: facts{"expected": owed}}
			if n := len(r.Reading.Rows); n > 0 {
				f.Variant, f.Facts["found"] = "blank", strconv.Itoa(n)
			}
			out = append(out, f)
		}
	}
	return out
}}
