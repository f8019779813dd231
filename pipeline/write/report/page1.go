package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// page1 draws the answer: everything that a leader must know, on one page. What is listed in full elsewhere is shortened
// here until it fits, with a link to where it is whole.
func (d *document) page1() {
	d.headBlock()
	d.title()
	d.verdict()
	d.tiles()
	d.reconciliation()
	below := d.lowerHalf()
	below.sent.draw(d.y)
	d.y += below.sent.height
	d.urgentTable(below.urgent, d.bottom-below.footHeight)
	d.y = min(d.y+14, d.bottom-below.footHeight)
	for _, block := range below.foot {
		block.draw(d.y)
		d.y += block.height
	}
}

// brevity is how much of the lower half of page 1 is shortened, so that the tasks to be dealt with now have room.
type brevity int

const (
	inFull       brevity = iota
	oneWarned            // one task is named in the early warnings
	shortNames           // and the names of ranked units have one line
	shortRows            // and the rows of urgent tasks two lines
	shortRanking         // and two units are ranked, and sentences have two lines
)

// urgentWanted is how many urgent tasks page 1 shows, whatever else must be shorter for that.
const urgentWanted = 5

// lowerHalf is what stands below the figures of page 1, laid out.
type lowerHalf struct {
	sent       block // who has sent a return
	urgent     urgentRows
	foot       []block
	footHeight float64
}

// lowerHalf is no shorter than it must be.
func (d *document) lowerHalf() lowerHalf {
	var below lowerHalf
	for brief := inFull; brief <= shortRanking; brief++ {
		below = lowerHalf{sent: d.submissionLine(brief), urgent: d.layUrgent(brief), foot: d.foot(brief)}
		for _, block := range below.foot {
			below.footHeight += block.height
		}
		if below.urgent.fitting(d.y+below.sent.height, d.bottom-below.footHeight) >= min(urgentWanted, len(below.urgent.rows)) {
			break
		}
	}
	return below
}

// sentenceLines is how many lines a sentence of the lower half may have.
func (b brevity) sentenceLines() int {
	if b >= shortRanking {
		return 2
	}
	return 3
}

// headBlock is the block of the layout profile: who issues the document, and the motto.
func (d *document) headBlock() {
	width := d.right - d.left
	split := d.left + 0.45*width
	a := d.headColumn(d.layout.Left, d.left, split-d.left-4)
	if d.kind == "letter" {
		a = d.subject(d.left, a, split-d.left-4)
	}
	b := d.headColumn(d.layout.Right, split, d.right-split)
	if d.s.Draft { // below the date there is room
		st := style{face: templates.FaceBold, size: 11}
		text := d.say("draft")
		w := widthOf(text, st) + 12
		x := split + (d.right-split-w)/2
		d.frame(x, b+5, w, st.lineHeight()+3, 0.8, black)
		d.tag(tagged.P, func() { d.text(x+6, b+6.5+st.baseline(), text, st) })
		b += st.lineHeight() + 9
	}
	d.y = max(a, b)
}

// headKey is the wording of a line at the head: a letter is numbered otherwise than a report.
func (d *document) headKey(key string) string {
	if own := strings.Replace(key, "report.", d.kind+".", 1); d.w.Has(own) {
		return own
	}
	return key
}

func (d *document) headColumn(lines []templates.HeadLine, x, width float64) (bottom float64) {
	y := d.top
	o := d.s.Office
	for _, l := range lines {
		text := d.w.Say(d.headKey(l.Text), "parent", o.Parent, "office", o.Name, "symbol", o.Symbol, "place", o.Place, "year", strconv.Itoa(d.s.DataDate.Year))
		if text == "" {
			continue
		}
		if l.Caps {
			text = strings.ToUpper(text)
		}
		y += l.Space
		set := shorten(d.wrap([]span{{text: text, style: style{face: l.Face(), size: l.Size}}}, width), 4, width)
		d.passage(tagged.P, x, y, width, set, center)
		y += heightOf(set)
		if l.Rule > 0 {
			ruled := set[len(set)-1].width * l.Rule
			d.rule(x+(width-ruled)/2, y+1, x+(width+ruled)/2, y+1, 0.7, black)
			y += 3
		}
	}
	return y
}

func (d *document) title() {
	width := d.right - d.left
	st := style{face: templates.FaceBold, size: d.layout.Body + 1}
	d.y += 7
	centered := func(text string, st style, most int) {
		lines := shorten(d.wrap([]span{{text: text, style: st}}, width), most, width)
		d.canvas.lines(d.left, d.y, width, lines, center)
		d.y += heightOf(lines)
	}
	d.tag(tagged.H1, func() {
		centered(d.say("title.type"), st, 1)
		centered(d.say("title.subject", "plan", d.planName(), "period", d.period(d.s.Period),
			"from", d.w.Date(d.s.Period.Start), "to", d.w.Date(d.s.Period.End)), st.sized(d.layout.Body), 4)
	})
	d.y += 1
	d.tag(tagged.P, func() { centered(d.dataLine(), style{face: templates.FaceItalic, size: 10.5}, 3) })
	d.y += 6
}

// dataLine says as of when the figures are, by which plan, and which revision this is.
func (d *document) dataLine() string {
	text := d.say("data", "hour", d.hour(d.s.DataTime), "date", d.w.FullDate(d.s.DataDate), "version", d.s.PlanVersion)
	if d.s.Revision > 1 {
		text += ". " + d.say("revision", "n", strconv.Itoa(d.s.Revision-1), "r", strconv.Itoa(d.s.Revision))
	}
	return text
}

// verdict is the state of the plan in one sentence.
func (d *document) verdict() {
	st := style{face: templates.FaceRegular, size: d.layout.Body}
	bold := st.bold()
	total := d.s.Total
	past := total.Figure(progress.MeasurePastDue)
	overdue := total.Figure(progress.MeasureOverdue)
	rate := total.Figure(progress.MeasureOnSchedule)
	key := "verdict"
	switch {
	case total.Counts.Total == 0:
		key = "verdict.empty"
	case rate.Value.Share.Den == 0:
		key = "verdict.nothing_due"
	}
	spans := d.fillIn(key, st, map[string][]span{
		"fraction": {d.fractionOf(rate, bold)},
		"percent":  {d.value(rate, bold)},
		"past_due": {d.value(past, bold)},
		"overdue":  {d.value(overdue, st)},
		"total":    {d.value(total.Figure(progress.MeasureTotal), bold)},
		"movement": one(d.movements(past), st),
		"due_soon": {d.value(total.Figure(progress.MeasureDueSoon), bold)},
		"days":     one(d.w.Int(d.s.SoonDays), st),
	})
	d.paragraph(spans, left)
	d.y += 6
}

func (d *document) movements(f progress.Figure) string {
	if f.Previous == nil && f.YearBefore == nil {
		return d.say("movement.none.both")
	}
	return d.movement(f.Value, f.Previous, "previous") + ", " + d.movement(f.Value, f.YearBefore, "year")
}

// tile is one of the figures in boxes.
type tile struct {
	label   string
	measure progress.Measure
	detail  []span // beside the number
	parts   []span // after the detail, where there is room: the line below the tiles has them anyway
	color   rgb
}

func (d *document) tiles() {
	small := d.small().sized(8.5)
	total := d.s.Total
	counts := total.Counts
	portion := func(m progress.Measure) []span {
		f := total.Figure(m)
		share := progress.Share{Num: f.Value.Count, Den: counts.Dated()}
		return []span{{text: d.say("tile.of", "n", d.w.Int(share.Den)) + " ", style: small}, {d.percent(share), small, figureRef{f.ID, Portion}}}
	}
	alarm := func(n int, c rgb) rgb {
		if n > 0 {
			return c
		}
		return black
	}
	m := progress.MeasureOverdue
	tiles := []tile{
		{"tile.total", progress.MeasureTotal, d.fillIn("tile.tasks", small, map[string][]span{"n": {d.value(total.Figure(progress.MeasureTasks), small)}}), nil, black},
		{"tile.due", progress.MeasureDue, portion(progress.MeasureDue), nil, black},
		{"tile.done", progress.MeasureDone, portion(progress.MeasureDone), d.fillIn("tile.done.parts", small, map[string][]span{
			"on_time": {d.value(total.Figure(progress.MeasureDoneOnTime), small)}, "late": {d.value(total.Figure(progress.MeasureDoneLate), small)}}), black},
		{"tile.in_term", progress.MeasureInTerm, portion(progress.MeasureInTerm), nil, black},
		{"tile.due_soon", progress.MeasureDueSoon, portion(progress.MeasureDueSoon), nil, alarm(counts.DueSoon, amber)},
		{"tile.overdue", m, portion(m), nil, alarm(counts.Overdue, red)},
		{"tile.not_reported", progress.MeasureNotReported, portion(progress.MeasureNotReported), nil, alarm(counts.NotReported, red)},
		{"tile.regular", progress.MeasureRegular, one(d.say("tile.outside"), small), nil, black},
	}
	const columns, gap, height = 4, 6.0, 49.0
	width := (d.right - d.left - (columns-1)*gap) / columns
	d.tag(tagged.L, func() {
		for i, t := range tiles {
			d.tag(tagged.LI, func() {
				d.tag(tagged.LBody, func() {
					d.tile(t, d.left+float64(i%columns)*(width+gap), d.y+float64(i/columns)*(height+gap), width, height)
				})
			})
		}
	})
	d.y += 2*height + gap + 3
	note := d.fillIn("tiles.base", small.italic(), map[string][]span{"dated": {d.value(total.Figure(progress.MeasureDated), small.italic())}})
	d.paragraph(note, left)
	d.y += 4
}

func (d *document) tile(t tile, x, y, w, h float64) {
	small := d.small().sized(8.5)
	d.fill(x, y, w, h, faintGrey)
	d.fill(x, y, 2, h, t.color)
	x, w = x+7, w-10
	label := d.wrap(one(d.say(t.label, "days", d.w.Int(d.s.SoonDays)), small.bold()), w)
	d.canvas.lines(x, y+1.5, w, label, left)
	f := d.s.Total.Figure(t.measure)
	const beside = 58 // kept free for what stands beside the number
	number := fitFigures([]span{d.value(f, style{face: templates.FaceBold, size: 17, color: t.color})}, w-beside)
	base := y + 30
	lines := d.wrap(number, w)
	d.canvas.lines(x, base-lines[0].baseline, w, lines[:1], left)
	after := x + lines[0].width + 5
	detail := d.wrap(slices.Concat(t.detail, t.parts), x+w-after)
	if len(detail) > 2 {
		detail = d.wrap(t.detail, x+w-after)
	}
	for len(detail) > 2 && t.detail[0].style.size > 6 { // beside a number of five digits there is less room
		for i := range t.detail {
			t.detail[i].style.size -= 0.5
		}
		detail = d.wrap(t.detail, x+w-after)
	}
	d.canvas.lines(after, base-heightOf(detail)+descent*small.size+1, x+w-after, detail, left)
	compared := d.fillIn(d.compared(), small.in(darkGrey), map[string][]span{
		"change": {d.changeOf(f, small.bold())}, "year": {d.yearChangeOf(f, small.bold())},
	})
	d.canvas.lines(x, y+h-small.lineHeight()-2.5, w, d.wrap(fitLine(compared, w), w), left)
}

// compared names the wording of a tile's last line: the comparisons that there are, never a row of dashes.
func (d *document) compared() string {
	if gap := d.gap(); gap != "" {
		return "compare." + gap
	}
	return "compare"
}

// gap names what there is nothing to compare with; empty where there is no gap.
func (d *document) gap() string {
	previous, year := d.s.Total.Previous != nil, d.s.Total.YearBefore != nil
	switch {
	case previous && year:
		return ""
	case previous:
		return "gap.year"
	case year:
		return "gap.previous"
	}
	return "gap.both"
}

// reconciliation draws the classes as one bar and, below it, the sum that they make.
func (d *document) reconciliation() {
	counts := d.s.Total.Counts
	d.tag(tagged.Figure, func() { d.stackedBar(d.left, d.y, d.right-d.left, 10, counts, counts.Total) }, d.barInWords(counts))
	d.y += 12
	d.tag(tagged.P, d.classSum)
	d.y += d.small().lineHeight() + 5
}

// classSum names the patterns of the bar and how many tasks each class has.
func (d *document) classSum() {
	st := d.small()
	x := d.left
	put := func(class progress.Class, spans []span) {
		line := d.wrap(spans, d.right-d.left)[0]
		swatch := 0.0
		if class != "" {
			swatch = 11
		}
		if x+swatch+line.width > d.right {
			x = d.left
			d.y += line.height
		}
		if class != "" {
			d.pattern(x, d.y+2.2, 8, 7, class)
		}
		d.canvas.lines(x+swatch, d.y, line.width, []textLine{line}, left)
		x += swatch + line.width + 4
	}
	put("", d.fillIn("sum.total", st.bold(), map[string][]span{"n": {d.value(d.s.Total.Figure(progress.MeasureTotal), st.bold())}}))
	for i, class := range progress.Classes {
		f := d.s.Total.Figure(progress.Measure(class))
		spans := []span{{text: d.say("class."+string(class)) + " ", style: st}, d.value(f, st)}
		if i < len(progress.Classes)-1 {
			spans = append(spans, span{text: " +", style: st})
		}
		put(class, spans)
	}
}

// submissionLine says who has sent a return, and names those who have not.
func (d *document) submissionLine(brief brevity) block {
	st := style{face: templates.FaceRegular, size: 10.5}
	bold := st.bold()
	fig := d.s.ReportingFigure
	spans := d.fillIn("submission", st, map[string][]span{
		"fraction": {d.fractionOf(fig(progress.MeasureReceivedRate), bold)},
		"on_time":  {d.value(fig(progress.MeasureOnTime), st)},
		"late":     {d.value(fig(progress.MeasureLate), st)},
		"refused":  {d.value(fig(progress.MeasureRefused), st)},
		"missing":  {d.value(fig(progress.MeasureMissing), bold)},
		"rows":     {d.fractionOf(fig(progress.MeasureRowsRate), st)},
	})
	named := false
	for _, of := range []progress.Punctuality{progress.Missing, progress.Refused} {
		var names []string
		for _, sub := range d.s.Submissions {
			const most = 60 // more than fit on three lines, whatever their length
			if sub.Punctuality == of && len(names) < most {
				names = append(names, d.unitName(sub.Unit))
			}
		}
		if len(names) > 0 {
			named = true
			spans = append(spans, span{text: " " + d.say("submission.names."+string(of), "names", strings.Join(names, "; ")), style: st})
		}
	}
	width := d.right - d.left
	lines := shorten(d.wrap(spans, width), brief.sentenceLines(), width)
	target := 0
	if named {
		target = d.missing
	}
	return block{heightOf(lines) + 5, func(y float64) {
		d.tag(tagged.P, func() {
			d.link(d.left, y, width, heightOf(lines), target, func() { d.canvas.lines(d.left, y, width, lines, left) })
		})
	}}
}

// urgentRows is the table of what must be dealt with now, laid out.
type urgentRows struct {
	table   *table
	title   style
	heading laidRow
	rows    []laidRow
}

func (d *document) layUrgent(brief brevity) urgentRows {
	t := &table{d: d, heading: d.small().sized(9), columns: []column{
		{head: d.say("col.no"), share: 20, align: center}, {head: d.say("col.task"), share: 138, names: true},
		{head: d.say("col.unit_head.short"), share: 134}, {head: d.say("col.days_late"), share: 49, align: right},
		{head: d.say("col.needed"), share: 127},
	}}
	for _, c := range t.columns {
		t.widths = append(t.widths, (d.right-d.left)*c.share/468)
	}
	u := urgentRows{table: t, title: style{face: templates.FaceBold, size: 11.5}, heading: t.lay(t.headingRow())}
	most := 3
	if brief >= shortRows {
		most = 2
	}
	for i, task := range d.s.Urgent {
		u.rows = append(u.rows, d.brief(t, t.lay(d.urgentRow(i+1, task)), task, most))
	}
	return u
}

// fitting counts the rows that have room between y and limit.
func (u urgentRows) fitting(y, limit float64) (n int) {
	y += u.title.lineHeight() + 2 + u.heading.height
	for _, r := range u.rows {
		if y += r.height; y > limit {
			break
		}
		n++
	}
	return n
}

// urgentTable draws as many of the urgent tasks as fit above limit.
func (d *document) urgentTable(u urgentRows, limit float64) {
	shown := u.fitting(d.y, limit)
	d.tag(tagged.H2, func() {
		d.link(d.left, d.y, d.right-d.left, u.title.lineHeight(), d.urgent, func() { d.text(d.left, d.y+u.title.baseline(), d.say("urgent.title"), u.title) })
	})
	if rest := d.s.Total.Counts.PastDue - shown; rest > 0 && shown > 0 {
		st := d.small().sized(9).italic()
		more := d.say("urgent.more", "n", d.w.Int(rest))
		w := widthOf(more, st)
		d.tag(tagged.P, func() {
			d.link(d.right-w, d.y, w, u.title.lineHeight(), d.urgent, func() { d.text(d.right-w, d.y+u.title.baseline(), more, st) })
		})
	}
	d.y += u.title.lineHeight() + 2
	if len(u.rows) == 0 {
		d.note(d.say("urgent.none"))
		return
	}
	u.table.putHeading(u.heading)
	for _, r := range u.rows[:shown] {
		u.table.put(r)
	}
	u.table.finish()
	d.y += 2
}

func (d *document) urgentRow(n int, t progress.TaskLine) row {
	st := d.small().sized(9)
	target := d.line(t)
	return row{cells: []cell{
		{spans: one(number(n), st)},
		{spans: []span{{text: t.Task.Code + " ", style: st.bold()}, {text: t.Task.Title, style: st}}, target: target},
		{spans: one(unitAndHead(t), st)},
		{spans: one(d.days(t.DaysLate), st.bold().in(red))},
		{spans: one(d.needed(t), st)},
	}}
}

// brief shortens the cells of a row to two lines, or to most where the unit and its head take more.
func (d *document) brief(t *table, r laidRow, task progress.TaskLine, most int) laidRow {
	const unit = 2
	r.lines[unit] = d.answers(task, r.cells[unit].spans[0].style, t.widths[unit]-2*padX, most)
	most = min(most, max(2, len(r.lines[unit])))
	r.height = 0
	for i := range r.lines {
		r.lines[i] = shorten(r.lines[i], most, t.widths[i]-2*padX)
		r.height = max(r.height, heightOf(r.lines[i])+2*padY)
	}
	return r
}

// answers sets the name of a unit and, below or behind it, its head, who is never what is left out.
func (d *document) answers(task progress.TaskLine, st style, width float64, most int) []textLine {
	if below := d.wrap(one(unitAndHead(task), st), width); len(below) <= 2 {
		return below
	}
	if task.Head == "" {
		return d.elide(task.UnitName, st, width, most)
	}
	if behind, fit := d.elideBefore(task.UnitName, " – "+task.Head, st, width, most); fit {
		return behind
	}
	return append(d.elide(task.UnitName, st, width, most-1), shorten(d.wrap(one(task.Head, st), width), 1, width)...)
}

// needed says what a late task waits for and from whom, in the unit's own words where it has any.
func (d *document) needed(t progress.TaskLine) string {
	for _, v := range d.s.Voices {
		if v.Unit == t.Unit && v.Task.Key() == t.Task.Key() && v.Proposal != "" {
			if v.Addressee != "" {
				return v.Addressee + ": “" + v.Proposal + "”"
			}
			return "“" + v.Proposal + "”"
		}
	}
	switch {
	case t.Class == progress.NotReported:
		return d.say("needed.report")
	case t.Class == progress.Unconfirmed:
		return d.say("needed.product")
	case t.Claim == nil:
		return d.say("needed.reason")
	}
	row := t.Claim.Row
	if row.Proposal != "" {
		return d.say("reason.proposal", "words", row.Proposal)
	}
	if words := cmp.Or(row.Difficulty, row.Reason); words != "" {
		return d.say("needed.date", "words", words)
	}
	return d.say("needed.reason")
}
