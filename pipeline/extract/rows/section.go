package rows

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// section is a heading and the lines that stand under it, over as many pages as they run.
type section struct {
	heading *heading
	origin  progress.Origin
	lines   []line
	caption string // words just above the heading, else the name of a worksheet that names a status or a plan
	period  string // that the worksheet of the heading names
	// titlesFrom is where the titles of the worksheet begin among those of the document.
	titlesFrom int
	table      *grid.Table
}

// title is a line of text outside the rows.
type title struct {
	text   string
	next   string // what stands in the next filled cell of the line
	inner  bool   // a further line of the same cell
	row    bool   // one of three or more cells of a line: of a table, not of a title
	above  bool   // stands above the first heading of the document
	sheet  bool   // the name of a worksheet
	origin progress.Origin
}

// sections finds every heading of the document and the lines below it, in reading order. What stands
// elsewhere is kept as titles.
func (r *reader) sections(doc grid.Document) []*section {
	var (
		all     []*section
		current *section
		between []grid.Block // paragraphs since the last table
	)
	for _, b := range doc.Blocks {
		if b.Table == nil {
			between = append(between, b)
			r.titles = append(r.titles, title{text: b.Text, above: len(all) == 0, origin: b.Origin})
			continue
		}
		lines := view(b.Table)
		if len(lines) == 0 {
			continue
		}
		titlesFrom := len(r.titles)
		if b.Table.Sheet != "" {
			r.titles = append(r.titles, title{text: b.Table.Sheet, above: len(all) == 0, sheet: true})
		}
		found := r.split(b.Table, lines, current, between, len(all) == 0, titlesFrom)
		for _, s := range found {
			if s != current {
				all = append(all, s)
			}
		}
		if len(found) > 0 {
			current = found[len(found)-1]
		} else if b.Table.Sheet != "" {
			current = nil
		}
		between = nil
	}
	return all
}

// split cuts the lines of one table into sections. Lines before its first heading continue the section before,
// where this table continues that one; else they are titles.
func (r *reader) split(t *grid.Table, lines []line, before *section, between []grid.Block, first bool, titlesFrom int) []*section {
	var found []*section
	var current *section
	if r.continues(t, lines, before) {
		current = before
		found = append(found, before)
		before.table = t
		before.lines = append(before.lines, r.captions(between, len(lines[0].cells))...)
		before.lines = append(before.lines, cutCells(between, t)...)
		before.runOn(lines)
	}
	titles := 0 // lines since the last heading's rows that are only titles
	for i := 0; i < len(lines); i++ {
		h := r.headingAt(lines, i)
		if h == nil {
			if current != nil && r.otherTable(lines, i) {
				current = nil
			}
			if current != nil {
				current.lines = append(current.lines, lines[i])
			} else {
				r.keepTitles(lines[i], first)
				titles++
			}
			continue
		}
		caption := r.captionAbove(lines[:i], between, i == titles)
		i += h.depth - 1
		for i+1 < len(lines) && isNumbering(lines[i+1]) {
			i++
		}
		if previous := cmpSection(current, before); previous != nil && previous.heading.sameAs(h) && (current != nil || t.Sheet == "") && !r.turns(previous.caption, caption) {
			r.resume(previous, t, caption, current == nil)
			if current == nil {
				previous.runOn(lines[i+1:])
				current = previous
				found = append(found, previous)
			}
			continue
		}
		if current != nil && caption != "" {
			current.dropTail(caption)
		}
		current = &section{heading: h, origin: h.origin, caption: r.captionOr(caption, t.Sheet), table: t, titlesFrom: titlesFrom}
		current.period = r.sheetPeriod(t, titlesFrom)
		found = append(found, current)
		first = false
	}
	return found
}

// turns reports whether a caption leads from what was done to what is planned, or back.
func (r *reader) turns(before, caption string) bool {
	return caption != "" && r.isAhead(before) != r.isAhead(caption) && (r.isAhead(caption) || groupMark.MatchString(caption) || r.purely(caption).known)
}

// captionOr is the caption, or the name of the worksheet where only that names a status or a plan.
func (r *reader) captionOr(caption, sheet string) string {
	if !r.purely(caption).known && !r.isAhead(caption) && (r.purely(sheet).known || r.isAhead(sheet)) {
		return sheet
	}
	return caption
}

func cmpSection(current, before *section) *section {
	if current != nil {
		return current
	}
	return before
}

// resume carries a section on below a repeated heading. A caption above it that names a status begins a part of its own.
func (r *reader) resume(s *section, t *grid.Table, caption string, newTable bool) {
	s.table = t
	if caption == "" || !r.purely(caption).known {
		return
	}
	if !newTable {
		s.dropTail(caption)
	}
	s.lines = append(s.lines, captionLine(caption, s.origin, len(s.heading.columns)))
}

// shared are the columns in which one value commonly stands for several rows.
var shared = map[progress.Field]bool{
	progress.FieldLead: true, progress.FieldCooperating: true, progress.FieldGroup: true, progress.FieldDue: true, progress.FieldPerson: true,
	progress.FieldLeader: true, progress.FieldMandate: true, progress.FieldPhase: true, progress.FieldAuthority: true, progress.FieldUnit: true,
}

// runOn marks the first of the lines with which a section goes on in another table. A merged cell that a page has cut stands
// there without its words: it takes those of the page before. A cell of one row
// looks like an empty one; it takes them only where the form merges other cells of the column.
func (s *section) runOn(lines []line) {
	if len(lines) == 0 {
		return
	}
	lines[0].pageStart = true
	for _, c := range s.heading.columns {
		if !shared[c.field] || c.index >= len(lines[0].cells) {
			continue
		}
		cut := lines[0].cells[c.index]
		value, known := s.lastIn(c.index)
		if cut.anchor != nil || cut.Text != "" || !known || cut.RowSpan < 2 && !s.merges(c.index) || lines[0].filled() < 2 {
			continue
		}
		for i := range min(max(cut.RowSpan, 1), len(lines)) {
			lines[i].cells[c.index].anchor, lines[i].cells[c.index].above = &value, true
		}
	}
}

// merges reports whether the form merges cells down this column.
func (s *section) merges(column int) bool {
	for _, l := range s.lines {
		if column < len(l.cells) && (l.cells[column].above || l.cells[column].RowSpan > 1) {
			return true
		}
	}
	return false
}

// sideBySide cuts a section in which several tables stand beside each other: parted by columns without heading, where they repeat
// a heading, or with nothing between, where they repeat all of them, as on a page. A part without tasks is a summary and is left.
func (s *section) sideBySide(key progress.Field) []*section {
	var parts []*section
	columns := s.heading.columns
	if n := s.headingsOfOne(); n > 0 {
		for from := 0; from < len(columns); from += n {
			if part := s.between(from, from+n); part.heading.has(key) {
				parts = append(parts, part)
			}
		}
		return parts
	}
	for from := 0; from < len(columns); from++ {
		to := from
		for to < len(columns) && len(columns[to].texts) > 0 {
			to++
		}
		part := s.between(from, to)
		if part.heading.has(key) {
			parts = append(parts, part)
		}
		from = to
	}
	if len(parts) == 0 || !s.repeatsHeading() {
		return nil
	}
	if len(parts) == 1 {
		*s = *parts[0]
	}
	return parts
}

// headingsOfOne is after how many columns the headings begin anew, with the same ones to the end of the line; 0 where they do not.
func (s *section) headingsOfOne() int {
	columns := s.heading.columns
	for n := 2; n <= len(columns)/2; n++ {
		again := len(columns)%n == 0
		for i := n; again && i < len(columns); i++ {
			again = len(columns[i].texts) > 0 && templates.Key(columns[i].text()) == templates.Key(columns[i-n].text())
		}
		if again {
			return n
		}
	}
	return 0
}

// repeatsHeading reports whether two columns, with a column without heading between them, are named alike.
func (s *section) repeatsHeading() bool {
	seen := map[string]int{}
	gaps := 0
	for _, c := range s.heading.columns {
		if len(c.texts) == 0 {
			gaps++
			continue
		}
		at, known := seen[templates.Key(c.text())]
		if known && at != gaps {
			return true
		}
		seen[templates.Key(c.text())] = gaps
	}
	return false
}

// between is the part of a section in the columns from, …, to-1.
func (s *section) between(from, to int) *section {
	part := &section{origin: s.origin, caption: s.caption, period: s.period, table: s.table}
	part.heading = &heading{origin: s.heading.origin, depth: s.heading.depth}
	for _, c := range s.heading.columns[from:to] {
		c.index -= from
		part.heading.columns = append(part.heading.columns, c)
	}
	for _, l := range s.lines {
		if !l.caption {
			l.cells = l.cells[min(from, len(l.cells)):min(to, len(l.cells))]
		}
		part.lines = append(part.lines, l)
	}
	return part
}

// lastIn is what the last line with words in it shows in a column.
func (s *section) lastIn(column int) (grid.Cell, bool) {
	for i := len(s.lines) - 1; i >= 0; i-- {
		if l := s.lines[i]; l.filled() > 1 && column < len(l.cells) {
			value := l.cells[column].seen()
			return value, value.Text != ""
		}
	}
	return grid.Cell{}, false
}

// dropTail takes the last line out of the section: it is the caption of what follows.
func (s *section) dropTail(caption string) {
	for n := len(s.lines); n > 0; n-- {
		if s.lines[n-1].filled() == 0 {
			continue
		}
		if s.lines[n-1].text() == caption {
			s.lines = s.lines[:n-1]
		}
		return
	}
}

// captionAbove is the line with one text just above a heading, or the last paragraph before the table.
func (r *reader) captionAbove(above []line, between []grid.Block, atTop bool) string {
	for i := len(above) - 1; i >= 0; i-- {
		switch above[i].filled() {
		case 0:
			continue
		case 1:
			return above[i].text()
		}
		if n := above[i]; r.purely(n.text()).known && n.filled() == 2 {
			return n.text() // the letter in a cell of its own
		}
		return ""
	}
	if n := len(between); atTop && n > 0 {
		return between[n-1].Text
	}
	return ""
}

// captions turns the paragraphs between two parts of a table into lines, where they name a status or a group.
// Page numbers and running heads are none.
func (r *reader) captions(between []grid.Block, width int) []line {
	var out []line
	for _, b := range between {
		if r.purely(b.Text).known || groupMark.MatchString(b.Text) && !strings.Contains(b.Text, "\n") {
			out = append(out, captionLine(b.Text, b.Origin, width))
		}
	}
	return out
}

// cutCells turns words at the top of a page into lines of the table below them that runs on from the page before: they begin within a
// sentence and keep to one column, so a page has cut them off their cell. Page numbers are none.
func cutCells(between []grid.Block, t *grid.Table) []line {
	var out []line
	for _, b := range between {
		first, _ := utf8.DecodeRuneInString(b.Text)
		if b.Origin.Page != t.Page || t.Page == 0 || len(b.Origin.Box) != 4 || !unicode.IsLower(first) || pageNumber.MatchString(b.Text) {
			continue
		}
		for k := 0; k+1 < len(t.Edges); k++ {
			if b.Origin.Box[0] >= t.Edges[k]-edgeSlack && b.Origin.Box[2] <= t.Edges[k+1]+edgeSlack {
				l := line{page: t.Page, pageStart: true, cells: slices.Repeat([]cell{blank}, len(t.Edges)-1)}
				l.cells[k].Cell = &grid.Cell{Text: b.Text, Kind: grid.Text, Origin: b.Origin}
				out = append(out, l)
				break
			}
		}
	}
	return out
}

var pageNumber = regexp.MustCompile(`(?i)^(trang|page)\b`)

// keepTitles keeps each cell of a line outside the rows, and what stands beside it: "Đơn vị báo cáo" and the name may be
// two cells.
func (r *reader) keepTitles(l line, above bool) {
	var filled []cell
	for _, c := range l.cells {
		if c.own() != "" {
			filled = append(filled, c)
		}
	}
	for i, c := range filled {
		next := ""
		if i+1 < len(filled) {
			next = filled[i+1].Text
		}
		n := 0
		for part := range strings.SplitSeq(c.Text, "\n") {
			if part = strings.TrimSpace(part); part != "" {
				r.titles = append(r.titles, title{text: part, next: next, inner: n > 0, row: len(filled) > 2, above: above, origin: c.Origin})
				n++
			}
		}
	}
}

// edgeSlack is how far, in points, the column edges of one table may differ from page to page. Where no lines are drawn an edge lies
// somewhere in the white between two columns, so a quarter of the narrower one is allowed too.
const edgeSlack = 4.0

// narrowest is the width of the narrower column beside edge i.
func narrowest(edges []float64, i int) float64 {
	width := math.Inf(1)
	if i > 0 {
		width = edges[i] - edges[i-1]
	}
	if i+1 < len(edges) {
		width = min(width, edges[i+1]-edges[i])
	}
	return width
}

// continues reports whether a table that does not begin with a heading carries the section before on: the next page of a PDF with
// the same columns, or a table of a text document with as many columns.
func (r *reader) continues(t *grid.Table, lines []line, before *section) bool {
	if before == nil || before.table == nil || t.Sheet != "" || len(lines[0].cells) != len(before.heading.columns) {
		return false
	}
	for i, l := range lines {
		if l.filled() == 0 {
			continue
		}
		if r.headingAt(lines, i) != nil {
			return false
		}
		break
	}
	if t.Page > 0 && t.Page-before.table.Page > 1 {
		return false
	}
	if len(t.Edges) == len(before.table.Edges) {
		for i := range t.Edges {
			if math.Abs(t.Edges[i]-before.table.Edges[i]) > max(edgeSlack, narrowest(t.Edges, i)/4, narrowest(before.table.Edges, i)/4) {
				return false
			}
		}
	}
	return true
}
