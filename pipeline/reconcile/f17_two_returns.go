package reconcile

import "tiendo/pipeline/progress"

// f17: several different valid returns of one unit for one period. The last one received counts; each of the others has
// this finding.
var f17 = rule{code: "F17", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	for _, r := range d.older() {
		out = append(out, progress.Finding{File: r.Path, Facts: facts{"other": d.counted.Path}})
	}
	return out
}}
