package pdf

import (
	"cmp"
	"slices"
)

// A table without lines between its columns shows by the white that all its rows leave at the same places. region is
// such a run of lines; its columns lie between the separators.
type region struct {
	lines      []textLine
	rules      []rule // horizontal ones within it that reach over most of its width
	spanners   []rule // shorter ones, such as those below a heading over several columns
	separators []separator
	texts      []span // what the text of each column takes up, headings over several columns left out
	x0, x1     float64
}

// maxZoneLines is more lines than a page can show: what has more is no page of text.
const maxZoneLines = 2000

// separator is the white between two columns. An aligned one is narrow, but no word of any row reaches into it.
type separator struct {
	span
	aligned bool
}

// regions splits the lines of a zone, from top to bottom, into tables and other lines.
func regions(ls []textLine, horizontal []rule) (tables []region, rest []textLine) {
	if len(ls) > maxZoneLines {
		return nil, ls
	}
	for i := 0; i < len(ls); {
		r, end, ok := regionAt(ls, i, horizontal)
		if !ok {
			rest = append(rest, ls[i])
			i++
			continue
		}
		// Lines above the first row that was found may belong to its heading.
		for len(rest) > 0 && r.isHeading(rest[len(rest)-1]) && !slices.ContainsFunc(tables, func(t region) bool { return t.last() > rest[len(rest)-1].base }) {
			r.lines = slices.Insert(r.lines, 0, rest[len(rest)-1])
			rest = rest[:len(rest)-1]
		}
		r.rules, r.spanners = rulesWithin(horizontal, r)
		tables = append(tables, r)
		i = end
	}
	return tables, rest
}

func (r region) last() float64 { return r.lines[len(r.lines)-1].base }

// regionAt grows a table from the line at start, and returns the index behind its last line.
func regionAt(ls []textLine, start int, horizontal []rule) (region, int, bool) {
	if !ls[start].isTabular() {
		return region{}, 0, false // a drawn table, too, has no chunks
	}
	end := start + 1
	for i, pending := end, 0; i < len(ls); i++ {
		if ls[i].table != nil || !near(ls[i-1], ls[i]) || closes(ls[start:end], ls[i], horizontal) {
			break
		}
		if ls[i].isTabular() && follows(ls[start:end], ls[i]) && !runsOver(ls[start:end], ls[i]) {
			end, pending = i+1, 0
			continue
		}
		if ls[i].isTabular() && len(ls[i].chunks) > 2 && pending == 0 && end-start < 3 {
			end = i + 1 // a heading whose parts stand elsewhere than the columns
			continue
		}
		if pending++; pending > maxHeading || pending > 1 && crosses(ls[start:end], ls[i]) && crosses(ls[start:end], ls[i-1]) {
			break
		}
	}
	r := region{lines: slices.Clone(ls[start:end])}
	r.findColumns()
	for end < len(ls) && (r.continues(ls[end]) || r.fits(ls[end])) {
		r.lines = append(r.lines, ls[end])
		end++
		r.findColumns()
	}
	r.rules, r.spanners = rulesWithin(horizontal, r)
	return r, end, r.isTable()
}

// findColumns finds the white that the rows share. Rows with few chunks are left out: they are headings over several
// columns, or continue a row.
func (r *region) findColumns() {
	most := 0
	for _, l := range r.lines {
		most = max(most, len(l.chunks))
	}
	var body []textLine
	for _, l := range r.lines {
		if l.isTabular() && 5*len(l.chunks) >= 3*most {
			body = append(body, l)
		}
	}
	// The words of a heading may stand nearer to each other than the columns do.
	figures := slices.DeleteFunc(slices.Clone(body), func(l textLine) bool {
		return len(l.chunks) < most && !slices.ContainsFunc(l.chunks, chunk.isFigure)
	})
	if len(figures) >= 3 {
		body = figures
	}
	r.separators = separators(body, len(body)/12)
	for _, narrow := range narrowSeparators(r.lines) {
		if !slices.ContainsFunc(r.separators, func(s separator) bool { return s.overlap(narrow.span) > 0 }) {
			r.separators = append(r.separators, narrow)
		}
	}
	slices.SortFunc(r.separators, func(a, b separator) int { return cmp.Compare(a.lo, b.lo) })
	r.dropEmptyColumns()
	r.x0, r.x1 = r.lines[0].x0, r.lines[0].x1
	for _, l := range r.lines {
		r.x0, r.x1 = min(r.x0, l.x0), max(r.x1, l.x1)
	}
	r.findTexts(body)
}

// findTexts measures what the text of each column takes up in its rows.
func (r *region) findTexts(body []textLine) {
	r.texts = make([]span, r.columns())
	for i := range r.texts {
		r.texts[i] = r.limits(i)
	}
	measured := make([]bool, len(r.texts))
	for _, l := range body {
		for _, c := range l.chunks {
			i := r.columnAt((c.x0 + c.x1) / 2)
			if s := r.limits(i); c.x0 < s.lo || c.x1 > s.hi {
				continue
			}
			if !measured[i] {
				r.texts[i], measured[i] = span{c.x0, c.x1}, true
			}
			r.texts[i] = span{min(r.texts[i].lo, c.x0), max(r.texts[i].hi, c.x1)}
		}
	}
}

// dropEmptyColumns joins a column that has text in one line only, such as a heading that is centred over figures at
// the left, with the nearer neighbour that has none there.
func (r *region) dropEmptyColumns() {
	for c := 0; c < r.columns() && r.columns() > 1; {
		separator := -1
		if r.filled(c) <= 1 {
			separator = r.complement(c)
		}
		if separator < 0 {
			c++
			continue
		}
		r.separators = slices.Delete(r.separators, separator, separator+1)
	}
}

// filled is the number of lines with text in a column.
func (r *region) filled(column int) int {
	n := 0
	for _, l := range r.lines {
		if l.in(r, column) {
			n++
		}
	}
	return n
}

func (t textLine) in(r *region, column int) bool {
	return slices.ContainsFunc(t.chunks, func(k chunk) bool { return r.columnAt((k.x0+k.x1)/2) == column })
}

// complement is the separator to a neighbour that has no text where the column has: the narrower one, -1 for none.
func (r *region) complement(column int) int {
	best, width := -1, 0.0
	for _, other := range []int{column - 1, column + 1} {
		if other < 0 || other >= r.columns() || slices.ContainsFunc(r.lines, func(l textLine) bool { return l.in(r, column) && l.in(r, other) }) {
			continue
		}
		between := min(column, other)
		if w := r.separators[between].hi - r.separators[between].lo; best < 0 || w < width {
			best, width = between, w
		}
	}
	return best
}

// separators are the intervals that at most the tolerated number of lines cover, and that some lines have text at both sides of.
func separators(body []textLine, tolerated int) []separator {
	type edge struct {
		x    float64
		step int
	}
	var all []edge
	size := 0.0
	for _, l := range body {
		size = max(size, l.size)
		for _, c := range l.chunks {
			all = append(all, edge{c.x0, 1}, edge{c.x1, -1})
		}
	}
	slices.SortFunc(all, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(b.step, a.step)) })
	var out []separator
	depth := 0
	for i, e := range all {
		depth += e.step
		if depth > tolerated || i+1 == len(all) || i == 0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].hi >= e.x-0.01 {
			out[n-1].hi = all[i+1].x
			continue
		}
		out = append(out, separator{span: span{e.x, all[i+1].x}})
	}
	return slices.DeleteFunc(out, func(s separator) bool { return s.hi-s.lo < columnGap*size || !supported(body, s.span) })
}

// narrowSeparators are intervals that no word of any line covers, however narrow, where text is aligned to the right
// of them: the columns of wrapped cells, whose full lines end just before the next column.
func narrowSeparators(ls []textLine) []separator {
	var spans []span
	size := 0.0
	for _, l := range ls {
		size = max(size, l.size)
		for _, w := range l.words {
			spans = append(spans, span{w.x0, w.x1})
		}
	}
	words := covered(spans)
	var out []separator
	for i := 1; i < len(words); i++ {
		s := span{words[i-1].hi, words[i].lo}
		if s.hi-s.lo >= 0.1*size && aligned(ls, s) {
			out = append(out, separator{s, true})
		}
	}
	return out
}

// aligned reports whether most lines with text right of the interval begin at its end, and several of them leave
// the white of a column before that.
func aligned(ls []textLine, s span) bool {
	begin, right, wide := 0, 0, 0
	for _, l := range ls {
		for i, w := range l.words {
			if w.x0 < s.hi-0.01 {
				continue
			}
			if w.x0-s.hi < 6*l.size { // further to the right stands another column
				right++
			}
			if w.x0-s.hi < 0.25*l.size {
				begin++
				if i == 0 || w.x0-l.words[i-1].x1 > chunkGap*l.size {
					wide++
				}
			}
			break
		}
	}
	return begin >= 3 && 3*begin >= 2*right && wide >= 2 && 4*wide >= begin
}

// supported reports whether two lines at least have text at both sides of the interval.
func supported(body []textLine, s span) bool {
	n := 0
	for _, l := range body {
		for _, g := range l.gaps() {
			if g.overlap(s) > 0 {
				n++
				break
			}
		}
	}
	return n >= min(2, len(body))
}

// columns is the number of columns.
func (r region) columns() int { return len(r.separators) + 1 }

// columnAt is the column in which x lies.
func (r region) columnAt(x float64) int {
	for i, s := range r.separators {
		if x < s.middle() {
			return i
		}
	}
	return len(r.separators)
}

// limits are the left and right edge of a column.
func (r region) limits(column int) span {
	s := span{r.x0, r.x1}
	if column > 0 {
		s.lo = r.separators[column-1].middle()
	}
	if column < len(r.separators) {
		s.hi = r.separators[column].middle()
	}
	return s
}

// rulesWithin are the horizontal rules of a region: those over most of its width, and shorter ones.
func rulesWithin(horizontal []rule, r region) (wide, short []rule) {
	if len(r.lines) == 0 {
		return nil, nil
	}
	top, bottom := r.lines[0].y0-0.8*r.lines[0].size, r.lines[len(r.lines)-1].y1+0.8*r.lines[len(r.lines)-1].size
	for _, h := range horizontal {
		if h.at < top || h.at > bottom {
			continue
		}
		switch over := min(h.hi, r.x1) - max(h.lo, r.x0); {
		case over > 0.6*(r.x1-r.x0):
			wide = append(wide, h)
		case over > 0:
			short = append(short, h)
		}
	}
	return wide, short
}
