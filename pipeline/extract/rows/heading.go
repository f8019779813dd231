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
	known := false
	for _, c := range l.cells {
		text := c.own()
		switch {
		case text == "":
			continue
		case c.Kind == grid.Number || c.Kind == grid.Date || onlyFigures.MatchString(text) || utf8.RuneCountInString(text) > longestHeading:
			return false
		}
		if f, a, m := r.recognise(templates.Key(text)); m >= begins && (f != "" || a != "") {
			known = true
		}
	}
	return known || spansColumns(l)
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
	inner := 0
	for k, c := range l.cells {
		text := c.own()
		if text == "" {
			continue
		}
		if c.Kind != grid.Text || utf8.RuneCountInString(text) > longestHeading || isColumnNumber(text) {
			return false
		}
		above := top.columns[k]
		if len(above.texts) > 0 && !underSpan(lines[i:j], k) {
			return false
		}
		if _, _, m := r.recognise(templates.Key(text)); m >= begins || len(r.purely(text).text) > 0 {
			inner++
		}
	}
	return covered || inner > 0 && 2*inner >= l.filled()
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
			c.texts = nil // the column beside it bears the heading
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

// recogniseColumn finds the field of a column from its headings: all of them together, the innermost alone, the two innermost.
func (r *reader) recogniseColumn(c *column) {
	if len(c.texts) == 0 {
		return
	}
	all := templates.Key(strings.Join(c.texts, " "))
	leaf := templates.Key(c.texts[len(c.texts)-1])
	tries := []string{all, leaf}
	if n := len(c.texts); n > 2 {
		tries = append(tries, templates.Key(c.texts[n-2]+" "+c.texts[n-1]))
	}
	if bare := templates.Key(notInBrackets.ReplaceAllString(c.texts[len(c.texts)-1], " ")); bare != leaf {
		tries = append(tries, bare)
	}
	if r.isIgnored(all) {
		c.ignored = true
		return
	}
	for _, want := range []match{exact, begins, contains} {
		for _, key := range tries {
			if f, a, m := r.recognise(key); m == want {
				c.field, c.ambiguity, c.match = f, a, m
				c.ignored = f == "" && a == ""
				return
			}
		}
	}
}

var notInBrackets = regexp.MustCompile(`\([^()]*\)|\*`)

func (r *reader) isIgnored(key string) bool {
	if r.headings.Ignored[key] {
		return true
	}
	for _, w := range r.headings.IgnoredIn {
		if templates.HasWords(key, w) {
			return true
		}
	}
	return false
}

// recognise finds the wording of the vocabulary that a heading is, begins with, or contains. A wording that is known and not read
// gives a match without field.
func (r *reader) recognise(key string) (progress.Field, templates.Ambiguity, match) {
	h := r.headings
	if key == "" {
		return "", "", unmatched
	}
	if f, a, ok := lookUp(h, key); ok {
		return f, a, exact
	}
	if mended, ok := h.Mended(key); ok {
		f, a, _ := lookUp(h, mended)
		return f, a, exact
	}
	for _, w := range h.Longest() {
		if templates.StartsWith(key, w) {
			f, a, _ := lookUp(h, w)
			return f, a, begins
		}
	}
	for _, w := range h.Longest() {
		if !strings.Contains(w, " ") {
			break // sorted by words: only single ones follow
		}
		if templates.HasWords(key, w) {
			f, a, _ := lookUp(h, w)
			return f, a, contains
		}
	}
	return "", "", unmatched
}

func lookUp(h *templates.Headings, key string) (progress.Field, templates.Ambiguity, bool) {
	f, isField := h.Fields[key]
	a, isAmbiguous := h.Ambiguous[key]
	return f, a, isField || isAmbiguous || h.Ignored[key]
}

// tickColumns finds columns named by a status, at least two side by side: a mark in one of them is the status.
func (r *reader) tickColumns(h *heading) {
	run := []int{}
	flush := func() {
		if len(run) >= 2 {
			for _, k := range run {
				c := &h.columns[k]
				c.tick = r.tickStatus(*c)
				c.field, c.ambiguity, c.match, c.ignored = "", "", exact, false
			}
		}
		run = run[:0]
	}
	for k, c := range h.columns {
		if r.tickStatus(c) == "" || c.match == exact && c.field != "" {
			flush()
			continue
		}
		run = append(run, k)
	}
	flush()
}

// tickStatus is the status that a column's headings name, without a heading above that names the field itself.
func (r *reader) tickStatus(c column) string {
	for from := range c.texts {
		text := strings.Join(c.texts[from:], " ")
		if r.purely(text).known {
			return text
		}
	}
	return ""
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
