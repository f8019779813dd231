package pdf

import (
	"math"
	"slices"
	"strings"
)

// streamRow is a row of a table without lines: the chunks of its cells, column by column.
type streamRow struct {
	lines []rowLine
}

// rowLine is one line of text of a table, with its chunks in columns.
type rowLine struct {
	textLine
	cells []cellChunk
}

// cellChunk is text in columns from to to, both included.
type cellChunk struct {
	chunk
	from, to int
}

func (l rowLine) has(column int) bool {
	return slices.ContainsFunc(l.cells, func(c cellChunk) bool { return c.from <= column && column <= c.to })
}

func (l rowLine) spans() bool {
	return slices.ContainsFunc(l.cells, func(c cellChunk) bool { return c.to > c.from })
}

// shares reports whether both lines have text in one column.
func (l rowLine) shares(o rowLine) bool {
	return slices.ContainsFunc(l.cells, func(c cellChunk) bool { return o.has(c.from) })
}

func (l rowLine) figures() int {
	n := 0
	for _, c := range l.cells {
		if c.from > 0 && c.isFigure() {
			n++
		}
	}
	return n
}

// place puts the chunks of a line into columns. A chunk over a separator is divided there if it leaves white there.
func (r region) place(l textLine) rowLine {
	out := rowLine{textLine: l}
	for _, c := range l.chunks {
		start := 0
		for i := 1; i <= len(c.words); i++ {
			if i < len(c.words) && !r.divides(c.words[i-1], c.words[i]) {
				continue
			}
			part := newChunk(c.words[start:i])
			from, to := r.reach(part)
			out.cells = append(out.cells, cellChunk{part, from, to})
			start = i
		}
	}
	return out
}

// divides reports whether the white between two words of one chunk holds a separator.
func (r region) divides(a, b word) bool {
	for _, s := range r.separators {
		white := span{a.x1, b.x0}
		if s.aligned && white.overlap(s.span) > 0.9*(s.hi-s.lo) || white.hi-white.lo >= 0.35*a.size && white.overlap(s.span) >= columnGap*a.size {
			return true
		}
	}
	return false
}

// reach is the first and the last column that a chunk reaches: all those whose text it covers for the greater part,
// else the one that it covers most of, or is nearest to.
func (r region) reach(c chunk) (from, to int) {
	from, to = -1, -1
	best, most := 0, math.Inf(-1)
	for i, text := range r.texts {
		over := text.overlap(span{c.x0, c.x1})
		if over > 0.6*(text.hi-text.lo) {
			if from < 0 {
				from = i
			}
			to = i
		}
		if over > most {
			best, most = i, over
		}
	}
	if from < 0 || from == to {
		return best, best
	}
	return from, to
}

// rows groups the lines of a table into rows: those of the heading line by line, those below it around the lines that
// number the rows or hold their figures.
func (r region) rows() []streamRow {
	ls := make([]rowLine, len(r.lines))
	for i, l := range r.lines {
		ls[i] = r.place(l)
	}
	if starts := r.rulesBetween(ls); starts != nil {
		return group(ls, starts)
	}
	head := headingEnd(ls, r.rules)
	out := r.headingRows(ls[:head], ls[head:])
	body := ls[head:]
	if anchors := rowAnchors(body); len(anchors) > 1 {
		return append(out, aroundAnchors(body, anchors)...)
	}
	return append(out, group(body, r.rowStarts(body))...)
}

// group cuts lines into rows where starts says.
func group(ls []rowLine, starts []bool) []streamRow {
	var out []streamRow
	for i, l := range ls {
		if i == 0 || starts[i] {
			out = append(out, streamRow{})
		}
		out[len(out)-1].lines = append(out[len(out)-1].lines, l)
	}
	return out
}

// rowStarts says of each line below the heading whether a row begins with it.
func (r region) rowStarts(ls []rowLine) []bool {
	starts := make([]bool, len(ls))
	for i := 1; i < len(ls); i++ {
		starts[i] = ruleBetween(r.rules, ls[i-1], ls[i]) || !continuesRow(ls, i, starts)
	}
	return starts
}

// rulesBetween is where rows begin in a table with a rule below each of them; nil for other tables.
func (r region) rulesBetween(ls []rowLine) []bool {
	starts := make([]bool, len(ls))
	n, full := 0, 0
	for i := 1; i < len(ls); i++ {
		starts[i] = ruleBetween(r.rules, ls[i-1], ls[i])
		if starts[i] {
			n++
		}
		if ls[i].figures() > 0 {
			full++
		}
	}
	if n < 3 || full > 2*n {
		return nil
	}
	return starts
}

func ruleBetween(rules []rule, a, b rowLine) bool {
	return slices.ContainsFunc(rules, func(h rule) bool {
		return h.at > a.base-0.2*a.size && h.at < b.base-0.3*b.size
	})
}

// isNumbered reports whether the first column numbers the rows, so that a line without a number continues one.
func isNumbered(ls []rowLine) bool {
	numbered, filled := 0, 0
	for _, l := range ls {
		for _, c := range l.cells {
			if c.from == 0 && c.to == 0 {
				filled++
				if len(c.words) == 1 && isRowNumber(c.words[0].text) {
					numbered++
				}
			}
		}
	}
	return numbered >= 2 && 4*numbered >= 3*filled && filled < len(ls)
}

func isRowNumber(s string) bool {
	s = strings.TrimRight(s, ".)")
	return s != "" && len(s) <= 7 && (strings.Trim(s, "0123456789.") == "" || strings.Trim(s, "IVXLC") == "")
}

// continuesRow reports whether the line at i goes on with cells of the row above it.
func continuesRow(ls []rowLine, i int, starts []bool) bool {
	l, above := ls[i], ls[i-1]
	if pitch := l.base - above.base; pitch > lineReach*max(l.size, above.size) {
		return false
	} else if pitch < interleaved*l.size && !l.shares(above) {
		return true
	}
	first := i - 1
	for first > 0 && !starts[first] {
		first--
	}
	rowFigures := 0
	for k := first; k < i; k++ {
		rowFigures += ls[k].figures()
	}
	if l.figures() > 0 {
		// The figures of a label over two lines may stand at its last line.
		return rowFigures == 0 && len(above.cells) == 1 && above.has(0) && !above.spans() && (!l.has(0) || beginsLower(l.cells[0].words[0].text))
	}
	if l.spans() || above.spans() {
		return false
	}
	for _, c := range l.cells {
		if !slices.ContainsFunc(ls[first:i], func(a rowLine) bool { return a.has(c.from) }) {
			return false
		}
	}
	if l.has(0) {
		return beginsLower(l.cells[0].words[0].text) && len(l.cells) < len(ls[first].cells)
	}
	return true
}
