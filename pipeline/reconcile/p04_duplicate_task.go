package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

// p04: a return has several rows about one task. Where they differ none counts, for who knows which is meant; where they
// say the same the first counts.
var p04 = rule{code: "P04", severity: progress.SeverityError, ofClaim: func(c claim) []progress.Finding {
	if len(c.twins) == 0 {
		return nil
	}
	f := progress.Finding{Variant: "same", Severity: progress.SeverityWarning, Origin: c.row.Origin}
	places := []string{}
	for _, twin := range c.twins {
		places = append(places, twin.Origin.String())
		if !sameReport(c.row, twin) {
			f.Variant, f.Severity = "differ", progress.SeverityError
		}
	}
	f.Facts = facts{"other": strings.Join(places, ", "), "found": short(c.task.Title)}
	return one(f)
}}

// sameReport compares what two rows of one task claim.
func sameReport(a, b progress.Row) bool {
	return saying(a) == saying(b) && a.Completed == b.Completed && a.DueDate == b.DueDate &&
		progress.Fold(a.Evidence) == progress.Fold(b.Evidence)
}
