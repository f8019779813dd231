package reconcile

import "tiendo/pipeline/progress"

// g10: a waiver of the office's own register holds nothing: it is over, it names an error, which cannot be waived, or no finding of the
// period has its key. What was waived once never stays out of sight by itself.
var g10 = rule{code: "G10", severity: progress.SeverityNote, ofWaivers: func(w waiving) []progress.Finding {
	var out []progress.Finding
	for _, x := range []struct {
		variant string
		list    []progress.Waiver
	}{{"expired", w.expired}, {"refused", w.refused}, {"unmatched", w.unmatched}} {
		for _, waiver := range x.list {
			out = append(out, progress.Finding{Variant: x.variant, File: waiver.File, Origin: waiver.Origin, Facts: facts{
				"found": waiver.Key, "by": short(waiver.By), "reason": short(waiver.Reason), "expected": day(waiver.Until),
			}})
		}
	}
	return out
}}

// waiving is what became of the office's waivers that hold nothing.
type waiving struct{ expired, refused, unmatched []progress.Waiver }
