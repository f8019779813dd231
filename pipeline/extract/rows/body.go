package rows

import (
	"regexp"
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// body reads the lines of one section.
type body struct {
	*reader
	section *section
	scale   scale
	groups  []group
	caption standing // status of the part of the table, from its caption
	said    string   // the words of that caption
	open    *entry   // the task that the next line may continue
	entries []*entry
	closed  bool // the block of signatures has begun
}

// entry is a row in the making: the text of each field, and the cell that it was read from.
type entry struct {
	row   progress.Row
	cells map[progress.Field]grid.Cell
	texts map[progress.Field]string
	line  line
	tick  string
}

// section reads one section into rows.
func (r *reader) section(s *section) {
	if !r.settle(s) {
		return
	}
	b := &body{reader: r, section: s}
	b.scale = scaleOf(s.column(s.heading.indexOf(progress.FieldPercent)))
	b.beginPart(s.caption)
	for i, l := range s.lines {
		if !b.closed {
			b.line(i, l)
		} else {
			r.keepTitles(l, false)
		}
	}
	b.repairNumbers()
	for _, e := range b.entries {
		r.rows = append(r.rows, b.finish(e))
	}
	seen := Section{Origin: s.origin, Rows: len(b.entries)}
	for _, c := range s.heading.columns {
		if len(c.texts) > 0 {
			f := c.field
			if c.dropped {
				f = ""
			}
			if c.tick != "" {
				f = progress.FieldStatus
			}
			seen.Columns = append(seen.Columns, SeenColumn{Heading: c.text(), Field: f, Origin: c.origin})
		}
	}
	r.seen = append(r.seen, seen)
}

// indexOf is the column of a field; -1 where there is none.
func (h *heading) indexOf(f progress.Field) int {
	for _, c := range h.columns {
		if c.field == f && !c.dropped {
			return c.index
		}
	}
	return -1
}

// beginPart takes the status that a caption names for the rows below it.
func (b *body) beginPart(caption string) {
	p := b.purely(caption)
	if caption == "" || !p.known {
		return
	}
	b.caption, b.said = p.standing, p.text
}

// line tells what one line is.
func (b *body) line(i int, l line) {
	switch {
	case l.caption:
		b.captionBetween(l)
	case l.filled() == 0:
		b.open = keepOpenOverBlank(b.open, l)
	case isNumbering(l) && b.onlyNumbers(l):
	case b.isClosing(i, l):
		b.closed = true
		b.open = nil
		b.keepTitles(l, false)
	case b.isTotal(l), b.isNote(l):
		b.open = nil
	case b.continuesTask(i, l):
		b.append(l)
	case b.isGroup(i, l):
		b.pushGroup(l)
		b.open = nil
	default:
		b.task(l)
	}
}

// keepOpenOverBlank: a blank line ends a task unless it is only the empty rest of a merged one.
func keepOpenOverBlank(open *entry, l line) *entry {
	for _, c := range l.cells {
		if c.above {
			return open
		}
	}
	return nil
}

// onlyNumbers: a numbering line says nothing in words, and where the task stands it has a number.
func (b *body) onlyNumbers(l line) bool {
	k := b.section.heading.indexOf(b.keyField())
	return k >= 0 && k < len(l.cells) && isColumnNumber(l.cells[k].own())
}

func (b *body) captionBetween(l line) {
	b.open = nil
	text := l.text()
	if p := b.purely(text); p.known {
		b.groups = nil
		b.caption, b.said = p.standing, p.text
		return
	}
	b.pushGroup(l)
}

// value is what the line itself says in a field, merged values of lines above not counted.
func (b *body) value(l line, f progress.Field) string {
	for _, c := range b.section.heading.columns {
		if c.field == f && !c.dropped && c.index < len(l.cells) {
			if text := l.cells[c.index].own(); text != "" {
				return text
			}
		}
	}
	return ""
}

// number is what stands in the column of running numbers, else in the column of codes.
func (b *body) number(l line) string {
	if n := b.value(l, progress.FieldNo); n != "" {
		return n
	}
	return b.value(l, progress.FieldCode)
}

// says reports whether the line itself says anything in one of the fields.
func (b *body) says(l line, fields ...progress.Field) bool {
	for _, f := range fields {
		if v := b.value(l, f); v != "" && !b.vocab.Blanks[strings.ToLower(v)] {
			return true
		}
	}
	return false
}

// standingFields are those that only a line for a task of its own has.
var standingFields = []progress.Field{progress.FieldStatus, progress.FieldPercent, progress.FieldDue, progress.FieldCompleted}

// judged reports whether the line has a status, percent, deadline or mark of its own.
func (b *body) judged(l line) bool {
	return b.says(l, standingFields...) || b.ticked(l) != ""
}

// ticked is the status whose column has a mark in the line.
func (b *body) ticked(l line) string {
	for _, c := range b.section.heading.columns {
		if c.tick != "" && c.index < len(l.cells) && b.isTick(l.cells[c.index].seen()) {
			return c.tick
		}
	}
	return ""
}

var (
	romanMark  = regexp.MustCompile(`^[IVXLC]+$`)
	letterMark = regexp.MustCompile(`^[A-ZĐ]$`)
	numberMark = regexp.MustCompile(`^\d+(\.\d+)*$`)
	bulletMark = regexp.MustCompile(`^([-–+*•]|[a-zđ]\)?|[a-zđ]\.)$`)
	// groupMark begins a text that names a group: I. Nhận thức; A - Nhiệm vụ; PHẦN I.
	groupMark  = regexp.MustCompile(`^\s*(?:[IVXLC]+|[A-ZĐ])\s*[.)/:-]\s*\S|^\s*(?:PHẦN|Phần|MỤC|Mục|NHÓM|Nhóm|CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d+|[A-Z])\b`)
	bulletText = regexp.MustCompile(`^\s*(?:[-–+*•]|[a-zđ]\))\s*\S`)
)

func trimMark(no string) string {
	return strings.Trim(strings.TrimRight(strings.TrimSpace(no), ". )/:-*"), "* .")
}

// continuesTask reports whether a line carries the task above on: no number, nothing by which a task is judged.
func (b *body) continuesTask(i int, l line) bool {
	if b.open == nil {
		return false
	}
	if l.open && (l.pageStart || l.page != b.open.line.page) && b.value(l, progress.FieldNo) == "" {
		return true
	}
	no := trimMark(b.number(l))
	switch {
	case no != "" && !bulletMark.MatchString(strings.TrimSpace(b.number(l))):
		return false
	case b.fullWidth(l):
		return false
	case b.judged(l):
		return l.pageStart && b.halves(l)
	}
	task := b.value(l, b.keyField())
	if task == "" {
		return true // more of the result, of the leads …
	}
	if no == "" && (groupMark.MatchString(task) || b.startsGroup(task)) && !b.says(l, progress.FieldLead, progress.FieldResult) {
		return false
	}
	if no == "" && l.filled() == 1 && !l.pageStart && (isCapitals(task) || b.restartsBelow(i)) {
		return false // the name of a group
	}
	hasNumbers := b.section.heading.has(progress.FieldNo) || b.section.heading.has(progress.FieldCode)
	if !hasNumbers {
		return bulletText.MatchString(task) || b.taskCovered(l)
	}
	if b.open.texts[progress.FieldNo] == "" && b.open.texts[progress.FieldCode] == "" && no == "" && !bulletText.MatchString(task) && !l.pageStart {
		return b.taskCovered(l) // the form leaves its numbers blank
	}
	if b.says(l, progress.FieldLead) && !l.pageStart && !bulletText.MatchString(task) {
		return false
	}
	return true
}

// restartsBelow reports whether the next line begins the running numbers anew.
func (b *body) restartsBelow(i int) bool {
	for _, next := range b.section.lines[i+1:] {
		if next.filled() > 0 {
			return trimMark(b.value(next, progress.FieldNo)) == "1"
		}
	}
	return false
}

// halves reports a line at the top of a page that completes cells of the line at the foot of the page before: no number, and no full status
// where that line has one.
func (b *body) halves(l line) bool {
	if b.number(l) != "" || !b.section.heading.has(progress.FieldNo) && !b.section.heading.has(progress.FieldCode) {
		return false
	}
	status := b.value(l, progress.FieldStatus)
	return status == "" || b.open.texts[progress.FieldStatus] == "" || !readStatus(status, b.vocab).known
}

// taskCovered reports whether the task's cell of the line is part of a merged cell that began above.
func (b *body) taskCovered(l line) bool {
	k := b.section.heading.indexOf(b.keyField())
	return k >= 0 && k < len(l.cells) && l.cells[k].above
}

// fullWidth reports one cell over (nearly) all columns, as group rows and notes have it.
func (b *body) fullWidth(l line) bool {
	c := l.first()
	return c != nil && l.filled() == 1 && c.ColSpan > 1 && c.ColSpan >= len(l.cells)-2
}

// append adds the words of a continuing line to the task above: below it, or, where a page broke the line, behind it.
func (b *body) append(l line) {
	glue := "\n"
	if l.page > 0 && l.page != b.open.line.page {
		glue = " "
	}
	for _, c := range b.section.heading.columns {
		if c.field == "" || c.dropped || c.index >= len(l.cells) {
			continue
		}
		text := l.cells[c.index].own()
		if text == "" {
			continue
		}
		field := c.field
		if field == progress.FieldNo || field == progress.FieldCode {
			continue // a bullet
		}
		if old := b.open.texts[field]; old != "" {
			b.open.texts[field] = old + glue + text
		} else {
			b.open.texts[field] = text
			b.open.cells[field] = l.cells[c.index].Cell
		}
	}
}

// task makes a row of a line.
func (b *body) task(l line) {
	e := &entry{cells: map[progress.Field]grid.Cell{}, texts: map[progress.Field]string{}, line: l, tick: b.ticked(l)}
	for _, c := range b.section.heading.columns {
		if c.field == "" || c.dropped || c.index >= len(l.cells) {
			continue
		}
		seen := l.cells[c.index].seen()
		if seen.Text == "" && !seen.Uncached {
			continue
		}
		if old := e.texts[c.field]; old != "" {
			e.texts[c.field] = old + "\n" + seen.Text
			continue
		}
		e.texts[c.field], e.cells[c.field] = seen.Text, seen
	}
	if e.texts[b.keyField()] == "" {
		if !b.says(l, progress.FieldCode) || !b.judged(l) {
			b.open = nil
			return // stray words, not a task
		}
	}
	if c := e.cells[b.keyField()]; c.Struck {
		b.find("F12", progress.SeverityNote, "struck", l.origin(), map[string]string{"found": quote(c.Text)})
		b.open = nil
		return
	}
	b.leaveGroups(trimMark(b.number(l)))
	e.row.Origin = l.origin()
	e.row.Group = groupPath(b.groups)
	b.entries = append(b.entries, e)
	b.open = e
	if b.caption.known && e.texts[progress.FieldStatus] == "" && e.tick == "" {
		e.texts[progress.FieldStatus] = b.said
	}
}

// leaveGroups ends the group that a task stands beside, not below: task 2 is no part of the group 1 with its tasks 1.1 and 1.2.
func (b *body) leaveGroups(no string) {
	if !numberMark.MatchString(no) {
		return
	}
	mark := markKind(no, "")
	if at := slices.IndexFunc(b.groups, func(g group) bool { return g.mark == mark }); at >= 0 {
		b.groups = b.groups[:at]
	}
}

// group is a group row above.
type group struct {
	mark string // kind of its number: roman, letter, 1, 1.1, part, none
	text string
	had  standing // the caption status that it replaced
	said string
}

func groupPath(groups []group) string {
	texts := make([]string, len(groups))
	for i, g := range groups {
		texts[i] = g.text
	}
	return strings.Join(texts, " / ")
}

// isGroup reports whether a line names a group of tasks and is no task: a Roman number or letter without status
// and deadline, one text over the whole width, or the head of numbered sub-tasks with nothing of its own.
func (b *body) isGroup(i int, l line) bool {
	no := trimMark(b.number(l))
	task := b.value(l, b.keyField())
	if b.kind == UnitRegister {
		return b.fullWidth(l)
	}
	if b.judgedForGroup(l) {
		return false
	}
	if b.fullWidth(l) {
		return true
	}
	switch {
	case romanMark.MatchString(no) || letterMark.MatchString(no):
		return task != "" || l.filled() > 1 || b.wordsOf(l) != ""
	case no == "" && l.filled() == 1 && task != "":
		text := l.text()
		return groupMark.MatchString(text) || b.startsGroup(text) || b.purely(text).known || b.aloneAndNumbered(i, l)
	case l.filled() == 1 && task == "" && !numberMark.MatchString(no) && !bulletMark.MatchString(no):
		return groupMark.MatchString(l.text()) || b.startsGroup(l.text()) || b.purely(l.text()).known || b.aloneAndNumbered(i, l)
	case numberMark.MatchString(no):
		return !b.says(l, progress.FieldLead, progress.FieldResult, progress.FieldProduct, progress.FieldCooperating, progress.FieldEvidence, progress.FieldPerson) && b.headsSubtasks(i, no)
	}
	return false
}

// judgedForGroup: a group row may carry a stray word or a sum in these columns; only what can be read as a status, a deadline or a
// mark makes it a task.
func (b *body) judgedForGroup(l line) bool {
	if b.ticked(l) != "" {
		return true
	}
	if s := b.value(l, progress.FieldStatus); s != "" && readStatus(s, b.vocab).known {
		return true
	}
	if d := b.value(l, progress.FieldDue); d != "" {
		if _, ok := b.due(d); ok {
			return true
		}
	}
	return b.says(l, progress.FieldLead) && b.says(l, progress.FieldPercent)
}

func (b *body) wordsOf(l line) string {
	for _, c := range l.cells {
		if c.own() != "" && !romanMark.MatchString(trimMark(c.Text)) {
			return c.Text
		}
	}
	return ""
}

func (b *body) startsGroup(text string) bool {
	key := templates.Key(text)
	for _, w := range b.vocab.Groups {
		if templates.StartsWith(key, w) && len(strings.Fields(text)) <= 30 {
			return true
		}
	}
	return false
}

// aloneAndNumbered: the table numbers its tasks, and this text has no number, nothing beside it, and a numbered task below it.
func (b *body) aloneAndNumbered(i int, l line) bool {
	if !b.section.heading.has(progress.FieldNo) || b.open != nil && l.page > 0 && l.pageStart {
		return false
	}
	for _, next := range b.section.lines[i+1:] {
		if next.filled() > 0 {
			return b.value(next, progress.FieldNo) != ""
		}
	}
	return false
}

// headsSubtasks reports whether the next line with a number is a sub-task of number no: 1.1 after 1; a) with a status of its own.
func (b *body) headsSubtasks(i int, no string) bool {
	for _, next := range b.section.lines[i+1:] {
		if next.filled() == 0 {
			continue
		}
		n := trimMark(b.number(next))
		if n == "" {
			return bulletText.MatchString(b.value(next, b.keyField())) && b.judged(next)
		}
		return strings.HasPrefix(n, no+".") || bulletMark.MatchString(n) && b.judged(next)
	}
	return false
}

// pushGroup puts a group row on the path: it ends the groups of its own kind and all below them.
func (b *body) pushGroup(l line) {
	no := trimMark(b.number(l))
	text := b.value(l, b.keyField())
	if text == "" || l.filled() == 1 || l.caption {
		text = b.groupText(l)
	}
	g := group{mark: markKind(no, text), text: text}
	if at := slices.IndexFunc(b.groups, func(o group) bool { return o.mark == g.mark }); at >= 0 {
		if b.groups[at].had.known || b.groups[at].said != "" {
			b.caption, b.said = standing{}, ""
		}
		b.groups = b.groups[:at]
	}
	if p := b.purely(text); p.known {
		g.had, g.said = p.standing, p.text
		b.caption, b.said = p.standing, p.text
	}
	b.groups = append(b.groups, g)
}

// groupText is the longest text of the line: a group row may have its number, or a sum, in cells of their own.
func (b *body) groupText(l line) string {
	longest := ""
	for _, c := range l.cells {
		if len(c.own()) > len(longest) {
			longest = c.Text
		}
	}
	return longest
}

var (
	romanStart  = regexp.MustCompile(`^\s*[IVXLC]+\s*[.)/:-]`)
	letterStart = regexp.MustCompile(`^\s*[A-ZĐ]\s*[.)/:-]`)
	numberStart = regexp.MustCompile(`^\s*(\d+(?:\.\d+)*)\s*[.)/:-]?\s`)
	partStart   = regexp.MustCompile(`(?i)^\s*(phần|mục|nhóm|chương|lĩnh vực|giai đoạn)\s`)
)

// markKind says which kind of number a group has; groups of one kind are beside each other, not within.
func markKind(no, text string) string {
	if no != "" && !strings.ContainsAny(no, " ") {
		switch {
		case no == "I" || no == "V" || no == "X" || romanMark.MatchString(no) && len(no) > 1:
			return "roman"
		case letterMark.MatchString(no):
			return "letter"
		case numberMark.MatchString(no):
			return strings.Repeat("1.", strings.Count(no, ".")+1)
		}
	}
	switch {
	case romanStart.MatchString(text) && !letterOnly(text):
		return "roman"
	case letterStart.MatchString(text):
		return "letter"
	case partStart.MatchString(text):
		return strings.ToLower(strings.Fields(text)[0])
	}
	if m := numberStart.FindStringSubmatch(text); m != nil {
		return strings.Repeat("1.", strings.Count(m[1], ".")+1)
	}
	return "none"
}

// letterOnly: C and D, L, M begin lists of letters far more often than they are Roman numbers.
func letterOnly(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text), "C") && !strings.HasPrefix(strings.TrimSpace(text), "CX") || strings.HasPrefix(strings.TrimSpace(text), "L.")
}
