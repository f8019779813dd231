package report

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// late lists, in one table, what is overdue, what is past its deadline in silence, what is due soon, and what is claimed
// done without proof.
func (d *document) late(no string) {
	d.heading(d.urgent, "late.title", "no", no)
	lists := d.lateLists()
	d.lateTable().draw(d.lateRows(lists))
	d.emptyLists(lists)
}

// emptyLists says how many tasks a list has of which none is shown, be it that there is none.
func (d *document) emptyLists(lists []lateList) {
	for _, l := range lists {
		if l.shown == 0 {
			d.note(d.lateTitle(l) + ".")
		}
	}
}

// lateLists are the parts of the table of late tasks, whole but for the early warnings, of which the foremost are shown.
func (d *document) lateLists() []lateList {
	daysLate := func(t progress.TaskLine) string { return d.days(t.DaysLate) }
	daysLeft := func(t progress.TaskLine) string {
		return d.say("late.left", "n", d.w.Int(d.s.DataDate.DaysUntil(t.Task.Due.Date)))
	}
	const foremost = 8
	lists := []lateList{
		{key: "late.overdue", tasks: d.s.Overdue, days: daysLate, words: d.reasons},
		{key: "late.silent", tasks: d.silentPastDue(), days: daysLate, words: d.reasons},
		{key: "late.soon", tasks: d.s.DueSoon, days: daysLeft, words: d.state},
		{key: "late.warned", tasks: d.s.Warned, days: daysLeft, words: d.warning},
		{key: "late.unconfirmed", tasks: d.s.Unconfirmed, days: daysLate, words: d.doubts},
	}
	for i := range lists {
		l := &lists[i]
		l.shown = len(l.tasks)
		if l.key == "late.warned" {
			l.shown = min(foremost, l.shown)
		}
	}
	return lists
}

// silentPastDue picks the tasks past their deadline of which nothing is known, the latest first.
func (d *document) silentPastDue() []progress.TaskLine {
	var silent []progress.TaskLine
	for _, t := range d.s.Tasks {
		if t.Class == progress.NotReported && t.PastDue {
			silent = append(silent, t)
		}
	}
	slices.SortStableFunc(silent, func(a, b progress.TaskLine) int { return cmp.Compare(b.DaysLate, a.DaysLate) })
	return silent
}

// lateList is a part of the table of late tasks.
type lateList struct {
	key   string // wording of its title
	tasks []progress.TaskLine
	shown int                            // how many of the tasks are printed, from the first; the workbook has them all
	days  func(progress.TaskLine) string // late, or left
	words func(progress.TaskLine) string // what the unit says
}

// lateTitle counts the tasks of a list, and says how many of them are shown where it is not all.
func (d *document) lateTitle(l lateList) string {
	title := d.counted(l.key, len(l.tasks), "days", d.w.Int(d.s.SoonDays))
	if l.shown < len(l.tasks) {
		title += d.say("late.shown", "shown", d.w.Int(l.shown), "sheet", d.w.Say("workbook.sheet."+l.sheet()))
	}
	return title
}

// sheet is the list of the workbook that has all tasks of the list.
func (l lateList) sheet() string {
	switch l.key {
	case "late.overdue":
		return "overdue"
	case "late.soon":
		return "due_soon"
	case "late.warned":
		return "warned"
	case "late.unconfirmed":
		return "unconfirmed"
	}
	return "tasks"
}

func (d *document) lateTable() *table {
	return d.newTable([]column{
		{head: d.say("col.no"), share: 20, align: center}, {head: d.say("col.task"), share: 114}, {head: d.say("col.unit_head"), share: 104},
		{head: d.say("col.due"), share: 58}, {head: d.say("col.days_late"), share: 31, align: right}, {head: d.say("col.reason"), share: 141},
	}, d.late9())
}

// late9 is the style of the table of late tasks.
func (d *document) late9() style { return d.small().sized(9) }

// lateRows yields each list that is not empty below a band with its title.
func (d *document) lateRows(lists []lateList) iter.Seq[row] {
	return func(yield func(row) bool) {
		for _, l := range lists {
			if l.shown > 0 && !yield(d.band(d.lateTitle(l))) {
				return
			}
			for i := range l.shown {
				if !yield(d.lateRow(l, i)) {
					return
				}
			}
		}
	}
}

func (d *document) lateRow(l lateList, i int) row {
	st, t := d.late9(), l.tasks[i]
	task := d.taskSpans(t.Task, st)
	if i > 0 && l.tasks[i-1].Task.Key() == t.Task.Key() { // a task of many units would fill the list with its title
		task = []span{{text: t.Task.Code + " ", style: st.bold()}, {text: d.say("late.same"), style: st.italic()}}
	}
	return row{cells: []cell{
		{spans: one(number(i+1), st)},
		{spans: task, target: d.line(t)},
		{spans: one(unitWithHead(t), st)},
		{spans: one(d.deadlines(t.Task), st)},
		{spans: one(l.days(t), st.bold())},
		{spans: one(l.words(t), st)},
	}}
}

// taskSpans is a task's code and title.
func (d *document) taskSpans(t progress.Task, st style) []span {
	return []span{{text: t.Code + " ", style: st.bold()}, {text: t.Title, style: st}}
}

// unitWithHead is the unit and its head in running text; a name is never broken over two lines.
func unitWithHead(t progress.TaskLine) string {
	if t.Head == "" {
		return t.UnitName
	}
	return t.UnitName + " – " + strings.ReplaceAll(t.Head, " ", string(nbsp))
}

func unitAndHead(t progress.TaskLine) string {
	if t.Head == "" {
		return t.UnitName
	}
	return t.UnitName + "\n" + t.Head
}

// deadlines writes the original deadline and, where it was moved, the one in force and by which document.
func (d *document) deadlines(t progress.Task) string {
	original := t.OriginalDue
	if original.Text == "" {
		original = t.Due
	}
	text := d.due(original)
	if original.Date != t.Due.Date || original.Text != t.Due.Text {
		text += "\n" + d.say("due.moved", "due", d.due(t.Due))
		if t.Extension != "" {
			text += " (" + t.Extension + ")"
		}
	}
	return text
}

// reasons quotes what the unit says of a late task, and says so where it says nothing.
func (d *document) reasons(t progress.TaskLine) string {
	if t.Claim == nil {
		return d.say("reason.silent")
	}
	row := t.Claim.Row
	if text := d.quote("reason.reason", row.Reason, "reason.difficulty", row.Difficulty, "reason.proposal", row.Proposal); text != "" {
		return text
	}
	return d.say("reason.none")
}

// warning says why a task is feared to be late, how likely that is, and what the unit says.
func (d *document) warning(t progress.TaskLine) string {
	w := t.Warning
	text := d.w.Fill("warning."+w.Reason, w.Facts)
	if w.Chance > 0 {
		text += "; " + d.w.Say("warning.chance", "chance", d.w.Decimal(100*w.Chance, 0))
	}
	return text
}

// state quotes how far a task is that is not late yet.
func (d *document) state(t progress.TaskLine) string {
	if t.Claim == nil {
		return d.say("reason.silent")
	}
	row := t.Claim.Row
	return d.quote("reason.result", d.opening(row.Result), "reason.difficulty", row.Difficulty, "reason.proposal", row.Proposal)
}

// opening is the beginning of a result that the annex quotes whole, so that one wordy return does not fill the list.
func (d *document) opening(words string) string {
	const most = 120 // characters, some four lines
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	head := string(runes[:most])
	if at := strings.LastIndexAny(head, " \n"); at > 0 {
		head = head[:at]
	}
	return d.say("quote.more", "words", head)
}

// quote joins quotations, each in the wording of its key; the pairs are key and words. What has no words is left out.
func (d *document) quote(pairs ...string) string {
	var quoted []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			quoted = append(quoted, d.say(pairs[i], "words", pairs[i+1]))
		}
	}
	return strings.Join(quoted, " ")
}

// doubts quotes what a unit claims as done, and says what keeps it from being confirmed: the sentence of the finding, or
// the code alone where the finding is of an earlier period.
func (d *document) doubts(t progress.TaskLine) string {
	if t.Claim == nil {
		return strings.Join(t.Doubts, ", ")
	}
	text := ""
	if words := joinLines(d.opening(t.Claim.Row.Result), t.Claim.Row.Evidence); words != "" {
		text = d.say("doubts.claim", "words", words)
	}
	var unexplained []string
	for _, rule := range t.Doubts {
		i := slices.IndexFunc(d.s.Findings, func(f progress.Finding) bool {
			return f.Rule == rule && f.Unit == t.Unit && f.TaskKey() == t.Task.Key()
		})
		if i < 0 {
			unexplained = append(unexplained, rule+" ("+d.w.Say("rule."+rule)+")")
			continue
		}
		message, _ := d.w.Finding(d.s.Findings[i])
		text = joinLines(text, rule+": "+message)
	}
	if len(unexplained) > 0 {
		text = joinLines(text, d.say("doubts.rules", "rules", strings.Join(unexplained, ", ")))
	}
	return text
}

// silent lists the units without a return that counts on time.
func (d *document) silent(no string) {
	d.silentUnits(no, d.notOnTime(), 0)
}

// silentUnits draws the table of those units; rest counts the units that had no room.
func (d *document) silentUnits(no string, subs []progress.Submission, rest int) {
	d.heading(d.missing, "silent.title", "no", no)
	if len(subs) == 0 {
		d.note(d.say("silent.none"))
		return
	}
	d.submissionTable().draw(d.submissionRows(subs))
	if rest > 0 {
		d.note(d.counted("silent.more", rest, "sheet", d.w.Say("workbook.sheet.submissions")))
	}
}

// notOnTime are the submissions that are not a return in time. Those who sent nothing come first: they are whom somebody must call.
func (d *document) notOnTime() []progress.Submission {
	var subs []progress.Submission
	for _, sub := range d.s.Submissions {
		if sub.Punctuality != progress.OnTime {
			subs = append(subs, sub)
		}
	}
	order := []progress.Punctuality{progress.Missing, progress.Refused, progress.Late}
	slices.SortStableFunc(subs, func(a, b progress.Submission) int {
		return cmp.Compare(slices.Index(order, a.Punctuality), slices.Index(order, b.Punctuality))
	})
	return subs
}

// compliance lists what every unit sent.
func (d *document) compliance(no string) {
	d.heading(0, "compliance.title", "no", no)
	d.submissionTable().draw(d.submissionRows(d.s.Submissions))
	d.heatMap()
}

func (d *document) submissionTable() *table {
	return d.newTable([]column{
		{head: d.say("col.no"), share: 22, align: center}, {head: d.say("col.unit_answers"), share: 124}, {head: d.say("col.punctuality"), share: 50},
		{head: d.say("col.received"), share: 54}, {head: d.say("col.file"), share: 102},
		{head: d.say("col.rows"), share: 44, align: right}, {head: d.say("col.faults"), share: 72},
	}, d.small())
}

func (d *document) submissionRows(subs []progress.Submission) iter.Seq[row] {
	st := d.small()
	heads := map[string]string{}
	for _, u := range d.s.Units {
		if u.Submission != nil {
			heads[u.Submission.Unit] = u.Head
		}
	}
	return func(yield func(row) bool) {
		for i, sub := range subs {
			unit := d.unitName(sub.Unit)
			if head := heads[sub.Unit]; head != "" {
				unit += "\n" + head
			}
			mark := st
			if sub.Punctuality == progress.Missing || sub.Punctuality == progress.Refused {
				mark = st.bold().in(red)
			}
			if !yield(row{cells: []cell{
				{spans: one(number(i+1), st)}, {spans: one(unit, st)}, {spans: one(d.say("punctuality."+string(sub.Punctuality)), mark)},
				{spans: one(d.moment(sub.Received), st)}, {spans: one(sub.File, st)},
				{spans: one(d.fraction(progress.Share{Num: sub.RowsCounted, Den: sub.RowsOwed}), st)},
				{spans: one(d.faults(sub), st)},
			}}) {
				return
			}
		}
	}
}

// faults counts what the checks found in a return; nothing where there is none.
func (d *document) faults(sub progress.Submission) string {
	if sub.File == "" {
		return ""
	}
	return d.say("faults", "errors", d.w.Int(sub.Errors), "warnings", d.w.Int(sub.Warnings))
}

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

// courses draws the trend of overdue and on-time work, and of what is done against what was due.
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
	d.lineChart(d.left, d.y, width, height, d.say("trend.classes"), points, []series{
		pick(d.say("class.done_on_time"), false, rgb{38, 92, 66}, func(c progress.Counts) int { return c.DoneOnTime }),
		pick(d.say("class.overdue"), true, red, func(c progress.Counts) int { return c.Overdue }),
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
	columns := []column{{head: name, share: 130}}
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
	d.plot(x+2, y+(h-height)/2+1, w-4, height-2, 0, 100, []series{s})
}
