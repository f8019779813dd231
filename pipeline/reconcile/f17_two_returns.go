package reconcile

import "tiendo/pipeline/progress"

// f17: several different valid returns of one unit for one period. The last one received counts, of those that came with one pull
// the last by name; each of the others has this finding. The synthesis of a lower office counts before anything else that the office sends, whenever it came.
var f17 = rule{code: "F17", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	for _, r := range d.older() {
		f := progress.Finding{File: r.Path, Facts: facts{"other": d.counted.Path}}
		switch {
		case d.isSynthesis() && r.Reading.Seal == nil:
			f.Variant = "synthesis"
		case revisionOf(r) < revisionOf(*d.counted):
			f.Variant = "revision"
		case r.Received.Equal(d.counted.Received):
			f.Variant = "together"
		}
		out = append(out, f)
	}
	return out
}}
