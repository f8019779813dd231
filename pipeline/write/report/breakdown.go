package report

import (
	"cmp"
	"iter"
	"slices"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
)

// byUnit draws charts of the whole and the table of the unit tree.
func (d *document) byUnit(no string) {
	d.heading(d.units, "by_unit.title", "no", no)
	d.courses()
	var bars []progress.Line
	for _, u := range d.s.Units {
		if u.Counts.Total > 0 && u.Submission != nil {
			bars = append(bars, u)
		}
	}
	slices.SortStableFunc(bars, func(a, b progress.Line) int {
		return cmp.Or(cmp.Compare(b.Counts.PastDue, a.Counts.PastDue), cmp.Compare(b.Counts.Total, a.Counts.Total))
	})
	const most = 16 // fit below the two charts
	if len(bars) > 0 {
		key := "bars.title"
		if len(bars) > most {
			key = "bars.title.most"
		}
		d.subheading(d.say(key, "n", d.w.Int(most)))
		d.putTitles(60)
		d.legend()
		d.unitBars(bars[:min(most, len(bars))])
	}
	d.subheading(d.say("by_unit.table"))
	d.breakdown(d.say("col.unit"), d.s.Units, true)
}

// courses draws the trend of what was done on time and what is past due, and of what is done against what was due. A unit that falls
// silent must not look like one that has caught up, so past due counts whatever the class.
func (d *document) courses() {
	points := d.s.Total.Trend
	if len(points) < 2 {
		d.note(d.say("trend.none"))
		return
	}
	pick := func(label string, dashed bool, color rgb, of func(progress.Counts) int) series {
		s := series{label: label, dashed: dashed, color: color}
		for _, p := range points {
			s.values = append(s.values, float64(of(p.Counts)))
		}
		return s
	}
	const gap, height = 24, 124.0
	d.putTitles(height)
	width := (d.right - d.left - gap) / 2
	d.lineChart(d.left, d.y, width, height, d.say("trend.past"), points, []series{
		pick(d.say("class.done_on_time"), false, rgb{38, 92, 66}, func(c progress.Counts) int { return c.DoneOnTime }),
		pick(d.say("trend.past_due"), true, red, func(c progress.Counts) int { return c.PastDue }),
	})
	d.lineChart(d.left+width+gap, d.y, width, height, d.say("trend.burn_up"), points, []series{
		pick(d.say("trend.done"), false, black, progress.Counts.Done),
		pick(d.say("trend.due"), true, darkGrey, func(c progress.Counts) int { return c.Due }),
	})
	d.y += height + 8
}

// byGroup draws the tables by group and phase, by both, by authority and by person.
func (d *document) byGroup(no string) {
	d.heading(0, "by_group.title", "no", no)
	for _, part := range []struct {
		key   string
		lines []progress.Line
	}{{"group", d.s.Groups}, {"phase", d.s.Phases}, {"authority", d.s.Authorities}, {"person", d.s.Persons}} {
		if len(part.lines) == 0 {
			continue
		}
		d.subheading(d.say("by_group." + part.key))
		d.breakdown(d.say("col."+part.key), part.lines, false)
		if part.key == "phase" && len(d.s.GroupPhase) > 0 {
			d.subheading(d.say("by_group.cells"))
			d.breakdown(d.say("col.cells"), d.cellLines(), false)
		}
	}
}

// cellLines turns the cells of group and phase into lines.
func (d *document) cellLines() []progress.Line {
	lines := make([]progress.Line, len(d.s.GroupPhase))
	for i, c := range d.s.GroupPhase {
		lines[i] = progress.Line{ID: d.s.CellID(c), Name: c.Group + " – " + c.Phase, Counts: c.Counts}
	}
	return lines
}

// breakdownMeasures are the columns of counts of a breakdown.
var breakdownMeasures = []progress.Measure{
	progress.MeasureTotal, progress.MeasureDue, progress.MeasureDoneOnTime, progress.MeasureDoneLate, progress.MeasureUnconfirmed,
	progress.MeasureInTerm, progress.MeasureDueSoon, progress.MeasureOverdue, progress.MeasureNotReported, progress.MeasureRegular,
}

// agesMeasures split the overdue by days late; only the table of units has room for them.
var agesMeasures = []progress.Measure{
	progress.MeasureOverdueTo30, progress.MeasureOverdueTo90, progress.MeasureOverdueTo120, progress.MeasureOverdueBeyond,
}

// breakdown draws lines of counts, the total last. Units have their ages of delay, their course and their return as well.
func (d *document) breakdown(name string, lines []progress.Line, units bool) {
	st := d.small().sized(9)
	columns := []column{{head: name, share: 130, names: true}}
	if units {
		columns[0].share = 104
	}
	measures := breakdownMeasures
	if units {
		measures = slices.Concat(measures[:8], agesMeasures, measures[8:])
	}
	for _, m := range measures {
		columns = append(columns, column{head: d.say("col.measure." + string(m)), share: 35, align: right})
	}
	columns = append(columns, column{head: d.say("col.on_schedule"), share: 54, align: right}, column{head: d.say("col.change"), share: 36, align: right})
	if units {
		columns = append(columns, column{head: d.say("col.trend"), share: 34}, column{head: d.say("col.punctuality"), share: 46})
	}
	d.table(columns, st.sized(7.5), d.breakdownRows(lines, measures, units, st))
}

func (d *document) breakdownRows(lines []progress.Line, measures []progress.Measure, units bool, st style) iter.Seq[row] {
	return func(yield func(row) bool) {
		for _, line := range lines {
			if !yield(d.breakdownRow(line, measures, units, st)) {
				return
			}
		}
		total := d.s.Total
		total.Name, total.Depth = d.say("total"), 0
		yield(d.breakdownRow(total, measures, units, st.bold()))
	}
}

func (d *document) breakdownRow(line progress.Line, measures []progress.Measure, units bool, st style) row {
	indent := ""
	for range min(line.Depth, 6) {
		indent += "– "
	}
	cells := []cell{{spans: one(indent+line.Name, st)}}
	for _, m := range measures {
		cells = append(cells, cell{spans: []span{d.value(line.Figure(m), st)}})
	}
	rate := line.Figure(progress.MeasureOnSchedule)
	cells = append(cells,
		cell{spans: []span{d.value(rate, st.bold()), {text: " ", style: st}, d.fractionOf(rate, st)}},
		cell{spans: []span{d.changeOf(rate, st)}})
	r := row{cells: cells}
	if units {
		sent := ""
		if line.Submission != nil {
			sent = d.say("punctuality." + string(line.Submission.Punctuality))
		}
		r.cells = append(r.cells, cell{draw: func(x, y, w, h float64) { d.sparkline(x, y, w, h, line.Trend) }}, cell{spans: one(sent, st)})
		r.drawHeight = 15
	}
	return r
}

// sparkline draws the on-schedule rate of the last six periods.
func (d *document) sparkline(x, y, w, h float64, points []progress.TrendPoint) {
	const periods = 6
	points = points[max(0, len(points)-periods):]
	if len(points) == 0 {
		return
	}
	s := series{color: darkGrey}
	for _, p := range points {
		s.values = append(s.values, percentOrGap(p.Counts.OnSchedule()))
	}
	height := min(h, 14)
	d.tag(tagged.Figure, func() { d.plot(x+2, y+(h-height)/2+1, w-4, height-2, 0, 100, []series{s}) }, d.rateInWords(points))
}
