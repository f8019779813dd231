package reconcile

import "tiendo/pipeline/progress"

// h12: a task that the unit has reported on, and that is not confirmed done, is gone from its return. It is told so as long as it stays
// away, and P03 does not tell it again: a row that was there is not forgotten, it was taken out.
var h12 = rule{code: "H12", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	leftBlank := d.leftBlank()
	for _, t := range d.unreported() {
		if _, blank := leftBlank[t.Key()]; blank {
			continue // the row is there: P03
		}
		if period := d.lastReported(t); period != "" && !t.Due.Regular {
			f := missingRow(t)
			f.Facts["period"] = period
			out = append(out, f)
		}
	}
	return out
}}

// lastReported is the id of the last period in which a row of the unit about the task counted; empty where none is remembered.
func (d *delivery) lastReported(t progress.Task) string {
	for _, p := range d.past {
		if pos := p.at[key{d.unit.Code, t.Key()}]; pos != nil && pos.Claim != nil && !pos.Carried {
			return p.Period.ID
		}
	}
	return ""
}
