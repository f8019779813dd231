package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// f11: a new version of a return has fewer rows than the one it replaces.
var f11 = rule{code: "F11", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	v1, ok := d.replaced()
	if !ok || len(d.counted.Reading.Rows) >= len(v1.Reading.Rows) {
		return nil
	}
	return one(progress.Finding{Facts: facts{
		"other": v1.Path, "found": strconv.Itoa(len(d.counted.Reading.Rows)), "expected": strconv.Itoa(len(v1.Reading.Rows)),
	}})
}}
