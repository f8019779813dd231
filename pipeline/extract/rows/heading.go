package rows

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// heading is the heading of a table: some lines, and what each column is called.
type heading struct {
	origin  progress.Origin
	depth   int // lines, without the line of column numbers
	columns []column
}

// column is one column as its heading names it.
type column struct {
	index     int
	texts     []string // headings from the outermost to the innermost
	origin    progress.Origin
	field     progress.Field
	ambiguity templates.Ambiguity
	match     match
	ignored   bool
	tick      string // the status for which a mark in this column stands
	dropped   bool   // another column has its field
	extends   bool   // the right part of a heading that spans several columns with nothing below it
}

// match says how a heading was recognised.
type match uint8

const (
	unmatched match = iota
	contains        // a wording stands in the heading
	begins          // the heading begins with a wording
	exact
)

func (c column) text() string { return strings.Join(c.texts, " – ") }

func (h *heading) quoted() string {
	var texts []string
	for _, c := range h.columns {
		if t := c.text(); t != "" {
			texts = append(texts, "“"+strings.ReplaceAll(t, "\n", " ")+"”")
		}
	}
	return strings.Join(texts, ", ")
}

// sameAs reports whether two headings have the same words in the same columns.
func (h *heading) sameAs(other *heading) bool {
	if len(h.columns) != len(other.columns) {
		return false
	}
	for i := range h.columns {
		if templates.Key(h.columns[i].text()) != templates.Key(other.columns[i].text()) {
			return false
		}
	}
	return true
}

func (h *heading) has(f progress.Field) bool {
	for _, c := range h.columns {
		if c.field == f && !c.dropped {
			return true
		}
	}
	return false
}

const (
	deepest        = 3   // lines of a heading
	longestHeading = 150 // runes of one heading
)

// headingAt finds a heading that begins with line i. It returns nil where there is none, and for a heading without
// the column that every table must have it leaves the best one in r.almost.
func (r *reader) headingAt(lines []line, i int) *heading {
	if !r.mayHead(lines[i]) {
		return nil
	}
	var best *heading
	for depth := 1; depth <= deepest && i+depth <= len(lines); depth++ {
		if depth > 1 && !r.carriesOn(lines, i, i+depth-1) {
			break
		}
		h := r.name(lines[i : i+depth])
		if best == nil || h.score() >= best.score() || h.has(r.keyField()) {
			best = h
		}
	}
	if best.depth > 1 && !r.tied(lines[i], lines[i+1]) {
		return nil // a title above a heading of its own
	}
	if n := len(best.named()); best.exacts() < 2 || 2*best.matched() < n || best.exacts() == 2 && 3*best.matched() < 2*n {
		return nil
	}
	if !best.has(r.keyField()) || best.fields() < 2 {
		if r.almost == nil || best.score() > r.almost.score() {
			r.almost = best
		}
		return nil
	}
	if r.countsTasks(best, lines[i+best.depth:]) {
		return nil
	}
	return best
}

// tied reports whether a line and the next are one heading: merged cells hold them together, or the next is none by itself.
func (r *reader) tied(l, next line) bool {
	for _, c := range next.cells {
		if c.above {
			return true
		}
	}
	if spansColumns(l) {
		return true
	}
	alone := r.name([]line{next})
	return !alone.has(r.keyField()) || alone.exacts() < 2
}

// mayHead reports whether a line may begin a heading: words only, short ones, at least one of them known.
func (r *reader) mayHead(l line) bool {
	if l.filled() < 2 {
		return false
	}
	for _, c := range l.cells {
		if text := c.own(); text != "" && (c.Kind == grid.Number || c.Kind == grid.Date || len(text) > 4*longestHeading || onlyFigures.MatchString(text)) {
			return false
		}
	}
	for _, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		if utf8.RuneCountInString(text) > longestHeading {
			return false
		}
		if f, a, m := r.recognise(templates.Key(text)); m >= begins && (f != "" || a != "") {
			return true
		}
	}
	return spansColumns(l)
}

// onlyFigures: a heading has words in every cell; a line with a number, date or percent is data.
var onlyFigures = regexp.MustCompile(`^[\d\s.,/:%()-]*\d[\d\s.,/:%()-]*$`)

func spansColumns(l line) bool {
	for _, c := range l.cells {
		if c.own() != "" && c.ColSpan > 1 && c.ColSpan < len(l.cells) {
			return true
		}
	}
	return false
}

// carriesOn reports whether line j still belongs to the heading that begins in line i: its words stand under
// headings that span columns, or under nothing, and where numbers and tasks stand it says nothing of its own.
func (r *reader) carriesOn(lines []line, i, j int) bool {
	l := lines[j]
	if l.filled() == 0 {
		return false
	}
	covered := false
	for _, c := range l.cells {
		if c.above {
			covered = true
		}
	}
	top := r.name(lines[i:j])
	if r.completes(top, l) {
		return true
	}
	inner, stacked := 0, 0 // words that are headings; those of them under a heading of one column
	for k, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		if c.Kind != grid.Text || utf8.RuneCountInString(text) > longestHeading || isColumnNumber(text) {
			return false
		}
		above := top.columns[k]
		_, _, m := r.recognise(templates.Key(text))
		if len(above.texts) > 0 && !underSpan(lines[i:j], k) {
			if m != exact {
				return false
			}
			stacked++
			continue
		}
		if m >= begins || len(r.purely(text).text) > 0 {
			inner++
		}
	}
	if stacked > 0 && !covered && stacked >= inner {
		return false
	}
	return covered || inner > 0 && 2*inner >= l.filled()
}

// completes reports whether a line is the rest of headings that were wrapped: each of its words makes the heading above it, which
// was none as it stood, a wording of the vocabulary.
func (r *reader) completes(top *heading, l line) bool {
	for k, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		above := top.columns[k]
		if c.Kind != grid.Text || len(above.texts) != 1 || above.match == exact {
			return false
		}
		if _, _, m := r.recognise(templates.Key(above.texts[0] + " " + text)); m != exact {
			return false
		}
	}
	return l.filled() > 0
}

// underSpan reports whether a heading above column k spans several columns: by a merged cell, or, where the format knows none,
// because nothing is named in the next column.
func underSpan(lines []line, k int) bool {
	last := lines[len(lines)-1]
	c := last.cells[k]
	if c.seen().ColSpan > 1 {
		return true
	}
	return c.own() != "" && k+1 < len(last.cells) && last.cells[k+1].seen().Text == ""
}

// name puts the headings of each column together and recognises them.
func (r *reader) name(lines []line) *heading {
	h := &heading{origin: lines[0].origin(), depth: len(lines)}
	width := len(lines[0].cells)
	for k := range width {
		c := column{index: k}
		for d, l := range lines {
			if k >= len(l.cells) {
				continue
			}
			seen := l.cells[k].seen()
			if seen.Text == "" && d == 0 && len(lines) > 1 {
				seen = spannedFrom(lines, k)
			}
			if seen.Text == "" || len(c.texts) > 0 && l.cells[k].above {
				continue
			}
			c.texts = append(c.texts, seen.Text)
			if c.origin.IsZero() || d > 0 {
				c.origin = seen.Origin
			}
		}
		if spanRepeats(lines, k) {
			c.texts, c.extends = nil, true // the column beside it bears the heading
			if left := h.columns[k-1]; left.ambiguity == "" {
				c.field = left.field
			}
		}
		r.recogniseColumn(&c)
		h.columns = append(h.columns, c)
	}
	r.tickColumns(h)
	return h
}

// spannedFrom is the heading to the left that spans column k where the format marks no merged cells: the column has
// words in the next line, and so has the column under that heading.
func spannedFrom(lines []line, k int) grid.Cell {
	if k >= len(lines[1].cells) || lines[1].cells[k].own() == "" || lines[0].cells[k].anchor != nil {
		return grid.Cell{}
	}
	for j := k - 1; j >= 0; j-- {
		if lines[1].cells[j].own() == "" {
			return grid.Cell{}
		}
		if c := lines[0].cells[j].seen(); c.Text != "" {
			return c
		}
	}
	return grid.Cell{}
}

// spanRepeats reports a column that is only the right part of a merged heading with nothing of its own below.
func spanRepeats(lines []line, k int) bool {
	for _, l := range lines {
		if k < len(l.cells) && l.cells[k].own() != "" {
			return false
		}
	}
	for _, l := range lines {
		if k >= len(l.cells) || l.cells[k].anchor == nil {
			continue
		}
		if k > 0 && l.cells[k-1].seen().Origin.Cell == l.cells[k].anchor.Origin.Cell && sameCell(l.cells[k-1], l.cells[k]) {
			return true
		}
	}
	return false
}

// sameCell reports whether two neighbours are parts of one merged cell.
func sameCell(left, right cell) bool {
	return right.anchor != nil && (left.anchor == right.anchor || left.anchor == nil && left.ColSpan > 1)
}

var columnNumber = regexp.MustCompile(`^\(?\s*(\d{1,2}|[A-Za-z])\s*\)?(\s*=.*)?$|^\[\s*\d{1,2}\s*\]$`)

func isColumnNumber(text string) bool { return columnNumber.MatchString(strings.TrimSpace(text)) }

// isNumbering reports the line under a heading that numbers its columns: (1) (2) (3), 1 2 3, A B 1 2.
func isNumbering(l line) bool {
	n, last := 0, -1
	for _, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		if !isColumnNumber(text) {
			return false
		}
		if d := digitsOf(text); d > 0 {
			if d <= last {
				return false
			}
			last = d
		}
		n++
	}
	return n >= 3 || n >= 2 && n == len(l.cells)
}

func digitsOf(s string) int {
	s, _, _ = strings.Cut(s, "=")
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}

// Counts by which headings are compared.

// exacts counts the headings that are a wording of the vocabulary. A set of tick columns counts once: a row of data may hold
// several words of status too.
func (h *heading) exacts() int {
	n, ticks := 0, 0
	for _, c := range h.columns {
		switch {
		case c.tick != "":
			ticks = 1
		case c.match == exact && !c.ignored:
			n++
		}
	}
	return n + ticks
}

func (h *heading) matched() int {
	n := 0
	for _, c := range h.columns {
		if c.match != unmatched || c.ignored {
			n++
		}
	}
	return n
}

func (h *heading) named() []column {
	var out []column
	for _, c := range h.columns {
		if len(c.texts) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// fields counts the distinct things that the columns hold.
func (h *heading) fields() int {
	seen := map[string]bool{}
	for _, c := range h.columns {
		switch {
		case c.tick != "":
			seen["tick"] = true
		case c.field != "":
			seen[string(c.field)] = true
		case c.ambiguity != "":
			seen[string(c.ambiguity)] = true
		}
	}
	return len(seen)
}

func (h *heading) score() int { return 10*h.fields() + h.exacts() }
