package reconcile

import (
	"strconv"

	"tiendo/pipeline/progress"
)

// h14: most of what the unit claims to have done since the period before was done on one of the last two days. It may be so; more
// often the form was filled in backwards.
var h14 = rule{code: "H14", severity: progress.SeverityNote, ofDelivery: func(d delivery) []progress.Finding {
	const (
		enough = 5  // newly done tasks below which a share says nothing
		most   = 80 // percent
	)
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
	if fresh < enough || late*100 < fresh*most {
		return nil
	}
	return one(progress.Finding{Facts: facts{"found": strconv.Itoa(late), "expected": strconv.Itoa(fresh)}})
}}
