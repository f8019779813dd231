package pdf

import (
	"cmp"
	"slices"
)

// A table without lines between its columns shows by the white that all its rows leave at the same places. region is
// such a run of lines; its columns lie between the separators.
type region struct {
	lines      []textLine
	rules      []rule // horizontal ones within it
	separators []separator
	x0, x1     float64
}

// separator is the white between two columns. An aligned one is narrow, but no word of any row reaches into it.
type separator struct {
	span
	aligned bool
}

// regions splits the lines of a zone, from top to bottom, into tables and other lines.
func regions(ls []textLine, horizontal []rule) (tables []region, rest []textLine) {
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
		r.rules = rulesWithin(horizontal, r)
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
		if ls[i].table != nil || !near(ls[i-1], ls[i]) {
			break
		}
		if ls[i].isTabular() && follows(ls[start:end], ls[i]) {
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
	r.rules = rulesWithin(horizontal, r)
	return r, end, r.isTable()
}

// near reports whether the white between two lines is small enough for one table.
func near(a, b textLine) bool { return b.y0-a.y1 <= rowReach*max(a.size, b.size) }

// follows reports whether a line leaves white where the last rows did.
func follows(rows []textLine, l textLine) bool {
	gaps := l.gaps()
	seen := 0
	for i := len(rows) - 1; i >= 0 && seen < 3; i-- {
		if !rows[i].isTabular() {
			continue
		}
		seen++
		shared := 0
		theirs := rows[i].gaps()
		for _, g := range gaps {
			for _, t := range theirs {
				if g.overlap(t) >= columnGap*l.size {
					shared++
					break
				}
			}
		}
		if 2*shared >= min(len(gaps), len(theirs)) && shared > 0 {
			return true
		}
	}
	return false
}

// crosses reports whether a line runs over white that the last row leaves.
func crosses(rows []textLine, l textLine) bool {
	for i := len(rows) - 1; i >= 0; i-- {
		if !rows[i].isTabular() {
			continue
		}
		for _, g := range rows[i].gaps() {
			for _, c := range l.chunks {
				if c.x0 < g.lo && c.x1 > g.hi {
					return true
				}
			}
		}
		return false
	}
	return false
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
}

// dropEmptyColumns joins a column that has text in one line only, the heading's, with the neighbour that is nearer.
func (r *region) dropEmptyColumns() {
	for c := 1; c < len(r.separators); {
		filled := 0
		for _, l := range r.lines {
			if slices.ContainsFunc(l.chunks, func(k chunk) bool { return r.columnAt((k.x0+k.x1)/2) == c }) {
				filled++
			}
		}
		if filled > 1 || len(r.lines) < 4 {
			c++
			continue
		}
		narrower := c
		if left, right := r.separators[c-1], r.separators[c]; left.hi-left.lo < right.hi-right.lo {
			narrower = c - 1
		}
		r.separators = slices.Delete(r.separators, narrower, narrower+1)
	}
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

// continues reports whether the line below the last row is its last cell going on.
func (r region) continues(l textLine) bool {
	last := r.lines[len(r.lines)-1]
	if len(r.separators) == 0 || l.table != nil || len(l.chunks) != 1 || l.base-last.base > lineReach*last.size || l.base-last.base < 0.5*last.size {
		return false
	}
	column := r.columnAt(l.x0)
	if s := r.limits(column); l.x1 > s.hi+0.5*l.size {
		return false
	}
	if column == 0 && !beginsLower(l.words[0].text) {
		return false
	}
	for _, above := range r.lines[max(0, len(r.lines)-3):] {
		if slices.ContainsFunc(above.chunks, func(c chunk) bool { return r.columnAt(c.x0) == column }) {
			return true
		}
	}
	return false
}

// fits reports whether a line below the last row keeps to the columns: the next row of a table whose rows are high and
// have their text at the top, or further lines of the cells of the last row.
func (r region) fits(l textLine) bool {
	last := r.lines[len(r.lines)-1]
	if r.columns() < 3 || l.table != nil || l.y0-last.y1 > 3*rowReach*l.size {
		return false
	}
	occupied := map[int]bool{}
	for _, w := range l.words {
		for _, s := range r.separators {
			if middle := (w.x0 + w.x1) / 2; middle > s.lo && middle < s.hi || w.x0 < s.lo-0.01 && w.x1 > s.hi+0.01 {
				return false
			}
		}
		occupied[r.columnAt((w.x0+w.x1)/2)] = true
	}
	if l.base-last.base <= lineReach*l.size {
		return !occupied[0] && len(occupied) > 0 || 2*len(occupied) >= r.columns()
	}
	return occupied[0] && 2*len(occupied) >= r.columns()
}

// isHeading reports whether a line right above the table stands over its columns, not over its left edge as a title does.
func (r region) isHeading(l textLine) bool {
	first := r.lines[0]
	if len(r.separators) == 0 || l.table != nil || first.y0-l.y1 > 0.9*first.size || l.x1 > r.x1+first.size {
		return false
	}
	return l.x0 > r.separators[0].lo && len(l.words) < 12 || l.isTabular() && l.x0 >= r.x0-first.size && follows(r.lines[:1], l)
}

// isTable judges whether the lines are a table and not prose that happens to leave white.
func (r region) isTable() bool {
	if len(r.separators) == 0 {
		return false
	}
	tabular, figures, cells := 0, 0, 0
	for _, l := range r.lines {
		if l.isTabular() {
			tabular++
		}
		for _, c := range l.chunks {
			cells++
			if c.isFigure() {
				figures++
			}
		}
	}
	if tabular < 2 {
		return false
	}
	ruled := len(r.rules) >= 2
	if r.columns() >= 3 {
		return tabular >= 3 || ruled || 3*figures >= cells
	}
	if r.isListing() || r.isProse() {
		return false
	}
	return ruled || tabular >= 4 && 3*figures >= cells || tabular >= 3 && r.hasFigureColumn() || tabular >= 6
}

// hasFigureColumn reports whether one column holds figures only, below its heading.
func (r region) hasFigureColumn() bool {
	for column := 1; column < r.columns(); column++ {
		figures, others := 0, 0
		for _, l := range r.lines {
			for _, c := range l.chunks {
				if r.columnAt(c.x0) != column {
					continue
				}
				if c.isFigure() {
					figures++
				} else {
					others++
				}
			}
		}
		if figures >= 3 && others <= 1+figures/4 {
			return true
		}
	}
	return false
}

// isListing reports whether the first column is bullets or numbers of a list, and the second its prose.
func (r region) isListing() bool {
	marks, long, n := 0, 0, 0
	for _, l := range r.lines {
		if !l.isTabular() {
			continue
		}
		n++
		if len(l.chunks[0].words) == 1 && (beginsItem(l.chunks[0].words[0].text)) {
			marks++
		}
		if c := l.chunks[len(l.chunks)-1]; len(c.words) >= 6 {
			long++
		}
	}
	return 4*marks >= 3*n && 2*long >= n
}

// isProse reports whether both columns are full lines of text.
func (r region) isProse() bool {
	full, n := 0, 0
	for _, l := range r.lines {
		for _, c := range l.chunks {
			n++
			s := r.limits(r.columnAt(c.x0))
			if len(c.words) >= 5 && c.x1-c.x0 > 0.75*(s.hi-s.lo) {
				full++
			}
		}
	}
	return 2*full >= n
}

func rulesWithin(horizontal []rule, r region) []rule {
	if len(r.lines) == 0 {
		return nil
	}
	top, bottom := r.lines[0].y0-0.8*r.lines[0].size, r.lines[len(r.lines)-1].y1+0.8*r.lines[len(r.lines)-1].size
	var out []rule
	for _, h := range horizontal {
		if h.at >= top && h.at <= bottom && min(h.hi, r.x1)-max(h.lo, r.x0) > 0.6*(r.x1-r.x0) {
			out = append(out, h)
		}
	}
	return out
}
