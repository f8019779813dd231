package reconcile

import (
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// h12: tasks that the unit's return of the period before had, not yet done, and this one has no more. P03 asks for each row; this
// tells that the unit once knew of them.
var h12 = rule{code: "H12", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil || d.in.History.Previous(d.in.Period) == nil {
		return nil
	}
	here := map[int]bool{}
	for _, m := range d.matches {
		here[m.task] = m.verdict == owned || here[m.task]
	}
	var gone []string
	for _, i := range d.index.owned[d.unit.Code] {
		t := d.in.Plan.Tasks[i]
		last := d.last(key{d.unit.Code, t.Key()})
		if last != nil && last.Claim != nil && !last.Carried && !last.Class.IsDone() && !here[i] {
			gone = append(gone, t.Code)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return one(progress.Finding{Facts: facts{"n": strconv.Itoa(len(gone)), "found": strings.Join(gone, ", ")}})
}}
