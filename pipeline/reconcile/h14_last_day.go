package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

var (
	h14Tasks = Threshold{Rule: "H14", Name: "tasks", Default: 5, Low: 1, High: 1000, Unit: "newly done tasks, below which a share says nothing", Source: "the office's own measure"}
	h14Share = Threshold{Rule: "H14", Name: "share", Default: 80, Low: 1, High: 100, Unit: "percent of them done on the last two days", Source: "the catalogue: 80 %"}
)

// h14: most of what the unit claims to have done since the period before was done on one of the last two days. It may be so; more
// often the form was filled in backwards.
var h14 = rule{code: "H14", severity: progress.SeverityNote, thresholds: []Threshold{h14Tasks, h14Share}, ofDelivery: func(d delivery) []progress.Finding {
	fresh, late := 0, 0
	for _, m := range d.matches {
		if m.verdict != owned || m.row.Status != progress.Done || m.row.Completed.IsZero() {
			continue
		}
		if last := d.last(key{d.unit.Code, d.in.Plan.Tasks[m.task].Key()}); last != nil && last.Claim != nil && last.Claim.Row.Status == progress.Done {
			continue
		}
		fresh++
		if left := m.row.Completed.DaysUntil(d.in.DataDate); left >= 0 && left <= 1 {
			late++
		}
	}
	if fresh < d.limit(h14Tasks) || late*100 < fresh*d.limit(h14Share) {
		return nil
	}
	return one(progress.Finding{Facts: facts{"found": strconv.Itoa(late), "expected": strconv.Itoa(fresh)}})
}}
