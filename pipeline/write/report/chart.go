package report

import (
	"math"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// mark is how a class looks in a chart: a ground, and lines over it.
type mark struct {
	ground, lines            rgb
	rising, falling, upright bool
	gap                      float64 // between the lines
}

// marks are those of the classes; a class without one is white. No two have the same lines and, on paper printed in black and white,
// about the same grey.
var marks = map[progress.Class]mark{
	progress.DoneOnTime:  {ground: rgb{84, 146, 112}},
	progress.DoneLate:    {ground: rgb{190, 216, 200}, lines: rgb{38, 92, 66}, rising: true, gap: 3},
	progress.Unconfirmed: {ground: white, lines: darkGrey, rising: true, falling: true, gap: 3.5},
	progress.InTerm:      {ground: lightGrey},
	progress.DueSoon:     {ground: rgb{236, 205, 140}, lines: amber, falling: true, gap: 4},
	progress.Overdue:     {ground: red},
	progress.NotReported: {ground: white, lines: red, upright: true, gap: 2.5},
	progress.Regular:     {ground: white},
}

// pattern fills a rectangle with the mark of a class.
func (d *document) pattern(x, y, w, h float64, class progress.Class) {
	m, ok := marks[class]
	if !ok {
		m.ground = white
	}
	d.fill(x, y, w, h, m.ground)
	if m.rising || m.falling {
		d.hatch(x, y, w, h, m.gap, m.rising, m.falling, m.lines)
	}
	for at := m.gap; m.upright && at < w; at += m.gap {
		d.rule(x+at, y, x+at, y+h, 0.7, m.lines)
	}
	d.frame(x, y, w, h, 0.4, darkGrey)
}

// stackedBar draws counts by class as one bar; whole is the count that would fill the width.
func (d *document) stackedBar(x, y, w, h float64, counts progress.Counts, whole int) {
	if whole == 0 {
		d.frame(x, y, w, h, 0.4, midGrey)
		return
	}
	before := 0
	for _, class := range progress.Classes {
		n := counts.Of(class)
		if n == 0 {
			continue
		}
		from := w * float64(before) / float64(whole)
		before += n
		d.pattern(x+from, y, w*float64(before)/float64(whole)-from, h, class)
	}
}

// legend names the patterns of the classes.
func (d *document) legend() {
	st := d.small().sized(9)
	x := d.left
	d.tag(tagged.P, func() {
		for _, class := range progress.Classes {
			text := d.say("class." + string(class))
			w := 11 + widthOf(text, st)
			if x+w > d.right {
				x = d.left
				d.y += st.lineHeight() + 1
			}
			d.pattern(x, d.y+1.8, 8, 7, class)
			d.text(x+11, d.y+st.baseline(), text, st)
			x += w + 12
		}
	})
	d.y += st.lineHeight() + 4
}

// series is one course of a line chart: values by period, a gap where a value is not a number.
type series struct {
	label  string
	values []float64
	dashed bool
	color  rgb
}

// percentOrGap is a share in percent, and not a number where there is nothing to divide by.
func percentOrGap(s progress.Share) float64 {
	if p, ok := s.Percent(); ok {
		return p
	}
	return math.NaN()
}

// trendBox draws the course of the on-schedule rate in a small box with its title.
func (d *document) trendBox(x, y, w, h float64) {
	st := d.small()
	title := d.wrap(one(d.say("trend.title"), st.bold()), w)
	d.passage(tagged.P, x, y, w, title, left)
	y, h = y+heightOf(title)+3, h-heightOf(title)-3
	points := d.s.Total.Trend
	if len(points) < 2 {
		d.passage(tagged.P, x, y, w, d.wrap(one(d.say("trend.none"), st.italic()), w), left)
		return
	}
	d.tag(tagged.Figure, func() { d.trend(x, y, w, h, points) }, d.rateInWords(points))
}

// trend draws the course of the on-schedule rate with its axes.
func (d *document) trend(x, y, w, h float64, points []progress.TrendPoint) {
	st := d.small()
	rate := series{color: black}
	for _, p := range points {
		rate.values = append(rate.values, percentOrGap(p.Counts.OnSchedule()))
	}
	tiny := st.sized(8)
	plotX, plotW, plotH := x+26, w-62, h-11
	d.plot(plotX, y+4, plotW, plotH-4, 0, 100, []series{rate})
	for _, mark := range []float64{0, 50, 100} {
		label := d.say("percent", "n", d.w.Int(int(mark)))
		d.text(plotX-3-widthOf(label, tiny), y+4+(plotH-4)*(1-mark/100)+2.5, label, tiny)
	}
	labels := d.labels(points)
	first, last := labels[0], labels[len(labels)-1]
	d.text(plotX, y+h-2, first, tiny)
	d.text(max(plotX+plotW-widthOf(last, tiny), plotX+widthOf(first, tiny)+6), y+h-2, last, tiny)
	if v := rate.values[len(points)-1]; !math.IsNaN(v) {
		f := d.s.Total.Figure(progress.MeasureOnSchedule)
		label := d.value(f, tiny.bold())
		lineY := y + 4 + (plotH-4)*(1-v/100) + 2.5
		line := d.wrap([]span{label}, 40)
		d.canvas.lines(plotX+plotW+4, lineY-line[0].baseline, 40, line, left)
	}
}

// plot draws series over the same periods between low and high, with a hairline at the bottom, the middle and the top.
func (d *document) plot(x, y, w, h, low, high float64, all []series) {
	for _, share := range []float64{0, 0.5, 1} {
		d.rule(x, y+h*share, x+w, y+h*share, 0.3, lightGrey)
	}
	d.rule(x, y+h, x+w, y+h, 0.6, darkGrey)
	for _, s := range all {
		if s.dashed {
			d.dash(3, 2)
		}
		at := func(i int) (float64, float64) {
			return x + w*float64(i)/float64(max(1, len(s.values)-1)), y + h*(1-(s.values[i]-low)/(high-low))
		}
		for i := range s.values {
			if i == 0 || math.IsNaN(s.values[i]) || math.IsNaN(s.values[i-1]) {
				continue
			}
			x0, y0 := at(i - 1)
			x1, y1 := at(i)
			d.rule(x0, y0, x1, y1, 1.1, s.color)
		}
		d.dash()
		for i := range s.values {
			if !math.IsNaN(s.values[i]) {
				px, py := at(i)
				d.dot(px, py, 1.6, s.color)
			}
		}
	}
}

// lineChart draws series of two points or more with title, axis and a label at the end of each line.
func (d *document) lineChart(x, y, w, h float64, title string, points []progress.TrendPoint, all []series) {
	d.passage(tagged.P, x, y, w, d.wrap(one(title, d.small().sized(10).bold()), w), left)
	d.tag(tagged.Figure, func() { d.courseOf(x, y+20, w, h-20, points, all) }, d.courseInWords(title, points, all))
}

// courseOf draws series of two points or more with axis and labels.
func (d *document) courseOf(x, y, w, h float64, points []progress.TrendPoint, all []series) {
	st := d.small().sized(9)
	top := 1.0
	labels := 0.0
	for _, s := range all {
		labels = max(labels, widthOf(s.label, st))
		for _, v := range s.values {
			top = max(top, v)
		}
	}
	high := niceCeiling(top)
	axis := widthOf(d.w.Decimal(high, 0), st) + 6
	plotX, plotW, plotH := x+axis, w-axis-labels-10, h-14
	d.plot(plotX, y, plotW, plotH, 0, high, all)
	for _, share := range []float64{0, 0.5, 1} {
		label := d.w.Decimal(high*share, 0)
		d.text(plotX-4-widthOf(label, st), y+plotH*(1-share)+3, label, st)
	}
	d.periodAxis(plotX, y+h-3, plotW, points, st)
	d.endLabels(plotX+plotW+6, y, plotH, high, all, st)
}

// periodAxis names as many periods below a chart as have room.
func (d *document) periodAxis(x, baseline, w float64, points []progress.TrendPoint, st style) {
	labels, widest := d.labels(points), 0.0
	for _, label := range labels {
		widest = max(widest, widthOf(label, st))
	}
	step := max(1, int(math.Ceil((widest+8)*float64(len(points)-1)/w)))
	next := math.Inf(1)                           // where the label to the right begins
	for i := len(points) - 1; i >= 0; i -= step { // from the last, which is the one that counts
		width := widthOf(labels[i], st)
		at := max(x+w*float64(i)/float64(len(points)-1)-width/2, x-4)
		if at+width+4 > next {
			return
		}
		d.text(at, baseline, labels[i], st)
		next = at
	}
}

// endLabels names the series at their last value, pushed apart where they would touch.
func (d *document) endLabels(x, y, h, high float64, all []series, st style) {
	floor := math.Inf(-1)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	last := func(i int) float64 { return all[i].values[len(all[i].values)-1] }
	for i := range order { // a handful of series
		for j := i + 1; j < len(order); j++ {
			if last(order[j]) > last(order[i]) {
				order[i], order[j] = order[j], order[i]
			}
		}
	}
	for _, i := range order {
		at := max(y+h*(1-last(i)/high)+3, floor)
		d.text(x, at, all[i].label, st.in(all[i].color))
		floor = at + st.lineHeight()
	}
}

// niceCeiling is the least of 1, 2, 4, 5, 10, 20, 40, 50 … that is not below x, so that its half is a whole number or 0.5.
func niceCeiling(x float64) float64 {
	for unit := 1.0; ; unit *= 10 {
		for _, step := range []float64{1, 2, 4, 5} {
			if x <= step*unit {
				return step * unit
			}
		}
	}
}

// unitBars draws a bar for each unit, those with the most past due first, as many as fit on half a page.
func (d *document) unitBars(units []progress.Line) {
	st := style{face: templates.FaceRegular, size: 9.5}
	const bar, name = 10.0, 215.0
	whole := 0
	for _, u := range units {
		whole = max(whole, u.Counts.Total)
	}
	width := d.right - d.left - name - 40
	for _, u := range units {
		label := d.elide(u.Name, st, name-6, 1)
		d.need(15)
		length := width * float64(u.Counts.Total) / float64(max(1, whole))
		d.tag(tagged.P, func() {
			d.canvas.lines(d.left, d.y, name-6, label, right)
			d.tag(tagged.Figure, func() { d.stackedBar(d.left+name, d.y+1, length, bar, u.Counts, u.Counts.Total) }, d.barInWords(u.Counts))
			total := d.wrap([]span{d.value(u.Figure(progress.MeasureTotal), st)}, 40)
			d.canvas.lines(d.left+name+length+4, d.y, 40, total, left)
		})
		d.y += 14.5
	}
	d.y += 6
}

// barInWords says what a bar of classes shows to those who do not see it.
func (d *document) barInWords(counts progress.Counts) tagged.Attribute {
	var parts []string
	for _, class := range progress.Classes {
		if n := counts.Of(class); n > 0 {
			parts = append(parts, d.say("class."+string(class))+" "+d.w.Int(n))
		}
	}
	if len(parts) == 0 {
		return tagged.Alt(d.say("alt.bar.empty"))
	}
	return tagged.Alt(d.say("alt.bar", "total", d.w.Int(counts.Total), "classes", strings.Join(parts, "; ")))
}

// rateInWords says how the on-schedule rate went.
func (d *document) rateInWords(points []progress.TrendPoint) tagged.Attribute {
	var parts []string
	for i, label := range d.labels(points) {
		parts = append(parts, label+" "+d.percent(points[i].Counts.OnSchedule()))
	}
	return tagged.Alt(oneLine(d.say("alt.rate", "values", strings.Join(parts, "; "))))
}

// courseInWords says how the series of a chart went.
func (d *document) courseInWords(title string, points []progress.TrendPoint, all []series) tagged.Attribute {
	text, labels := d.say("alt.course", "title", title), d.labels(points)
	for _, s := range all {
		var parts []string
		for i, v := range s.values {
			parts = append(parts, labels[i]+" "+d.w.Decimal(v, 0))
		}
		text += " " + d.say("alt.series", "label", s.label, "values", strings.Join(parts, "; "))
	}
	return tagged.Alt(oneLine(text))
}
