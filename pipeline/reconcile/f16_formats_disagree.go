package reconcile

import (
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// f16: a unit sent the same return in two formats, a workbook and a signed PDF, and they do not say the same of a task. The one received
// last counts, as always; somebody must say which is right.
var f16 = rule{code: "F16", severity: progress.SeverityWarning, source: "Lào Cai", ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil || d.isSynthesis() { // which has its rows as no other format has them
		return nil
	}
	var out []progress.Finding
	for _, r := range d.older() {
		if r.Reading.Format == d.counted.Reading.Format {
			continue
		}
		if apart := d.disagreements(r); len(apart) > 0 {
			const shown = 5
			list := strings.Join(apart[:min(shown, len(apart))], "; ")
			if len(apart) > shown {
				list += "; …"
			}
			out = append(out, progress.Finding{File: r.Path, Facts: facts{"other": d.counted.Path, "n": strconv.Itoa(len(apart)), "found": list}})
		}
	}
	return out
}}

// disagreements lists the tasks of which another return of the unit says another status or percent than the one that counts:
// "II.4: 40 / 42".
func (d *delivery) disagreements(other progress.Return) []string {
	lines := numbered(other.Reading.Rows)
	said := map[int]progress.Row{}
	for _, row := range other.Reading.Rows {
		if m := d.index.find(d.unit.Code, row, lines); m.verdict == owned {
			said[m.task] = row
		}
	}
	var out []string
	for _, m := range d.matches {
		row, ok := said[m.task]
		if !ok || m.verdict != owned {
			continue
		}
		a, b := saying(row), saying(m.row)
		switch {
		case a.status != b.status:
			out = append(out, d.in.Plan.Tasks[m.task].Code+": "+short(row.StatusText)+" / "+short(m.row.StatusText))
		case a.percent != b.percent && a.percent >= 0 && b.percent >= 0:
			out = append(out, d.in.Plan.Tasks[m.task].Code+": "+percent(a.percent)+"% / "+percent(b.percent)+"%")
		}
	}
	return out
}
