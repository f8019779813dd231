package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// FormVersion is the version of the pre-filled form that this office hands out.
const FormVersion = 1

// f07: the return is a form that tiendo made, of an older layout or made from another version of the plan. It is read all the same; what the older
// layout did not ask for is missing.
var f07 = rule{code: "F07", severity: progress.SeverityWarning, source: "FA, GO", ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil || d.counted.Reading.Form == nil {
		return nil
	}
	form := d.counted.Reading.Form
	switch {
	case form.Version < FormVersion:
		return one(progress.Finding{Variant: "version", Facts: facts{"found": strconv.Itoa(form.Version), "expected": strconv.Itoa(FormVersion)}})
	case form.PlanVersion != "" && form.PlanVersion != d.in.Plan.SHA256:
		return one(progress.Finding{Variant: "plan"})
	}
	return nil
}}
