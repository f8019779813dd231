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
		if t.Task.Due.Date.IsZero() { // warned of by a milestone alone
			return ""
		}
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
	title := d.say(l.key, "n", d.w.Int(len(l.tasks)), "days", d.w.Int(d.s.SoonDays))
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
		{head: d.say("col.no"), share: 20, align: center}, {head: d.say("col.task"), share: 112, names: true}, {head: d.say("col.unit_head"), share: 104},
		{head: d.say("col.due"), share: 58}, {head: d.say("col.days_late"), share: 40, align: right}, {head: d.say("col.reason"), share: 134},
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
		{spans: one(unitWithHead(t), st), answers: &l.tasks[i]},
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

// deadlines writes the original deadline and, where it was moved, the one in force. The documents stand in the annex and in the list of
// moves: this column is narrow, and its days must not be cut.
func (d *document) deadlines(t progress.Task) string {
	if !moved(t) {
		return d.due(t.Due)
	}
	return d.due(t.OriginalDue) + "\n" + d.say("due.moved", "due", d.due(t.Due))
}

func moved(t progress.Task) bool {
	return t.OriginalDue.Text != "" && (t.OriginalDue.Date != t.Due.Date || t.OriginalDue.Text != t.Due.Text)
}

// deadlinesAndDocuments are the deadlines with the document that moved the first, the last of several and how many there are.
func (d *document) deadlinesAndDocuments(t progress.Task) string {
	text := d.deadlines(t)
	if !moved(t) {
		return text
	}
	switch list := t.Extensions(); {
	case len(list) > 1: // the column is narrow; the list of moves has each of them
		last := list[len(list)-1]
		text += "\n" + d.say("due.extensions", "n", d.w.Int(len(list)), "document", cmp.Or(last.Document, last.Text))
	case t.Extension != "":
		text += " (" + t.Extension + ")"
	}
	return text
}

// reasons quotes what the unit says of a late task, and says so where it says nothing.
func (d *document) reasons(t progress.TaskLine) string {
	if t.Claim == nil {
		return d.say("reason.silent")
	}
	row := t.Claim.Row
	if text := joinLines(d.behind(row), d.quote("reason.reason", row.Reason, "reason.difficulty", row.Difficulty, "reason.proposal", row.Proposal)); text != "" {
		return text
	}
	return d.say("reason.none")
}

// behind names the units of a lower office that are not done with a task; empty where the row is no sum of several.
func (d *document) behind(row progress.Row) string {
	const shown = 4
	var names []string
	for _, p := range row.Parts {
		if !p.Class.IsDone() {
			names = append(names, p.Unit)
		}
	}
	if len(row.Parts) < 2 || len(names) == 0 {
		return ""
	}
	list := strings.Join(names[:min(shown, len(names))], ", ")
	if len(names) > shown {
		list += ", …"
	}
	return d.say("lower.behind", "n", d.w.Int(len(names)), "total", d.w.Int(len(row.Parts)), "units", list)
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
	if below := d.behind(row); below != "" {
		return below
	}
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
