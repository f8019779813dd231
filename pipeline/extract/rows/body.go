package rows

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
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
	skipped bool // a struck-through task stands above the next one
	closed  bool // the block of signatures has begun
	noted   bool // a note stands above, which may go on in points
	left    LeftOut
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
	if parts := s.sideBySide(r.keyField()); len(parts) > 1 {
		for _, part := range parts {
			r.section(part)
		}
		return
	}
	if !r.settle(s) {
		r.deny(s.heading)
		return
	}
	b := &body{reader: r, section: s}
	b.scale = scaleOf(s.cells(s.heading.indexOf(progress.FieldPercent), len(s.lines)))
	b.beginPart(s.caption)
	for i, l := range s.lines {
		if !b.closed {
			b.line(i, l)
		} else {
			b.left.Closing += min(l.filled(), 1)
			r.keepTitles(l, false)
		}
	}
	b.repairNumbers()
	for _, e := range b.entries {
		r.rows = append(r.rows, b.finish(e))
	}
	seen := s.heading.seen()
	seen.Rows, seen.LeftOut = len(b.entries), b.left
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
		b.left.Groups++
		b.captionBetween(l)
	case l.filled() == 0:
		b.open = keepOpenOverBlank(b.open, l)
	case isNumbering(l) && b.onlyNumbers(l):
	case b.isClosing(i, l):
		b.closed = true
		b.left.Closing++
		b.open = nil
		b.keepTitles(l, false)
	case b.isTotal(l):
		b.left.Totals++
		b.open = nil
	case b.isNote(l) || b.noted && b.number(l) == "" && l.filled() == 1 && bulletText.MatchString(l.text()):
		b.left.Notes++
		b.open, b.noted = nil, true
	case b.continuesTask(i, l):
		b.left.Continued++
		b.append(l)
	case b.isGroup(i, l):
		b.left.Groups++
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
	return cmp.Or(b.value(l, progress.FieldCode), b.value(l, progress.FieldUnitCode))
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
		if c.tick == "" || c.index >= len(l.cells) {
			continue
		}
		seen := l.cells[c.index].seen()
		if b.isTick(seen) || c.field != "" && seen.Text != "" && !b.isBlank(seen.Text) {
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
		return l.pageStart && b.halves(l) || b.completesStanding(l)
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
	return status == "" || b.open.texts[progress.FieldStatus] == "" || !b.status(status).known
}

// completesStanding reports a line without number whose words of status and deadline are none by themselves, and are the rest of those
// above: "Hoàn thành đúng" and "hạn", which a reader of a page may give as two lines.
func (b *body) completesStanding(l line) bool {
	h := b.section.heading
	if b.number(l) != "" || b.open.texts[progress.FieldNo] == "" && b.open.texts[progress.FieldCode] == "" || b.ticked(l) != "" || b.says(l, progress.FieldPercent, progress.FieldCompleted) {
		return false
	}
	status, due := b.value(l, progress.FieldStatus), b.value(l, progress.FieldDue)
	if h.has(progress.FieldStatus) && status != "" {
		above := b.open.texts[progress.FieldStatus]
		if above == "" || b.status(status).known || !b.status(above+" "+status).known {
			return false
		}
	}
	if due != "" {
		above := b.open.texts[progress.FieldDue]
		if _, whole := b.due(above); above == "" || whole {
			return false
		}
	}
	return true
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
			b.open.cells[field] = *l.cells[c.index].Cell
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
		if c.extends && l.cells[c.index].anchor != nil || seen.Text == "" && !seen.Uncached {
			continue
		}
		if seen.Kind == grid.Error && c.field != b.keyField() {
			e.cells[c.field] = seen // #REF! is no word of the unit; the workbook's finding F15 tells of it
			continue
		}
		if c.extends && e.texts[c.field] != "" {
			e.texts[c.field] += " " + seen.Text
			continue
		}
		if old := e.texts[c.field]; old != "" {
			e.texts[c.field] = old + "\n" + seen.Text
			continue
		}
		e.texts[c.field], e.cells[c.field] = seen.Text, seen
	}
	if e.texts[b.keyField()] == "" && b.value(l, progress.FieldUnitCode) == "" {
		if !b.says(l, progress.FieldCode) && !numberMark.MatchString(trimMark(b.number(l))) || !b.judged(l) {
			b.left.Stray++
			b.open = nil
			return // stray words, not a task
		}
	}
	if slices.ContainsFunc(b.groups, func(g group) bool { return g.ahead }) {
		b.left.OtherPeriod++
		b.open = nil
		return
	}
	if c := e.cells[b.keyField()]; c.Struck {
		b.find("F12", progress.SeverityNote, "struck", l.origin(), map[string]string{"found": quote(c.Text)})
		b.left.Struck++
		b.skipped = true
		b.open = nil
		return
	}
	b.noted = false
	b.leaveGroups(trimMark(b.number(l)))
	e.row.Origin = l.origin()
	e.row.Group = groupPath(b.groups)
	e.line.skipped = e.line.skipped || b.skipped
	b.skipped = false
	b.entries = append(b.entries, e)
	b.open = e
	if b.caption.known && e.texts[progress.FieldStatus] == "" && e.tick == "" {
		e.texts[progress.FieldStatus] = b.said
	}
}
