package report

import (
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// heatMap lays over the periods how each unit delivered its return: one row a unit, one field a period. A letter in each field
// says the same as its shade, and the shades differ in black and white.
func (d *document) heatMap() {
	periods := d.s.SentPeriods
	if len(periods) < 2 {
		return
	}
	d.subheading(d.say("heat.title", "kind", d.say("heat.kind."+string(d.s.Period.Kind))))
	st := d.small().sized(9)
	columns := []column{{head: d.say("col.no"), share: 22, align: center}, {head: d.say("col.unit"), share: 160, names: true}}
	for _, p := range periods {
		columns = append(columns, column{head: periodNumber(p), share: 286 / float64(len(periods))})
	}
	columns = append(columns, column{head: d.say("col.in_time"), share: 36, align: right})
	d.table(columns, st.sized(7), func(yield func(row) bool) {
		for i, sent := range d.s.Sent {
			r := row{drawHeight: 13, cells: []cell{{spans: one(number(i+1), st)}, {spans: one(d.unitName(d.s.Submissions[i].Unit), st)}}}
			inTime := progress.Share{}
			for _, p := range sent {
				means := ""
				if p != "" {
					means = d.say("punctuality." + string(p))
				}
				r.cells = append(r.cells, cell{means: means, draw: func(x, y, w, h float64) { d.heat(x-padX, y-padY, w+2*padX, h+2*padY, p) }})
				if p != "" {
					inTime.Den++
				}
				if p == progress.OnTime {
					inTime.Num++
				}
			}
			r.cells = append(r.cells, cell{spans: one(d.fraction(inTime), st)})
			if !yield(r) {
				return
			}
		}
	})
	d.note(d.say("heat.legend"))
}

// periodNumber is the number of a period within its year: 20 of 2025-W20. Of periods of which a year has one it is the year.
func periodNumber(id string) string {
	year, n, _ := strings.Cut(id, "-")
	if n == "" || strings.HasSuffix(n, "M") {
		return year
	}
	return strings.TrimLeft(n, "WQH0")
}

// heat draws one field: the later or the emptier, the darker.
func (d *document) heat(x, y, w, h float64, p progress.Punctuality) {
	st := style{face: templates.FaceBold, size: 8}
	switch p {
	case "":
		return
	case progress.OnTime:
		d.fill(x, y, w, h, rgb{226, 239, 231})
	case progress.Late:
		d.fill(x, y, w, h, rgb{236, 205, 140})
	case progress.Refused:
		d.fill(x, y, w, h, rgb{196, 120, 120})
		st = st.in(white)
	case progress.Missing:
		d.fill(x, y, w, h, red)
		st = st.in(white)
	}
	letter := d.say("heat." + string(p))
	d.text(x+(w-widthOf(letter, st))/2, y+(h-st.lineHeight())/2+st.baseline(), letter, st)
}
