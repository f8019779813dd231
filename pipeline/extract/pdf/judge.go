package pdf

import "slices"

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

// closes reports whether a line below the rows is a note or prose after the table's end: it runs over the columns, and is
// set smaller, or stands below a rule and is long.
func closes(rows []textLine, l textLine, horizontal []rule) bool {
	last := rows[len(rows)-1]
	if !runsOver(rows, l) {
		return false
	}
	b := last.box
	for _, row := range rows {
		b = b.union(row.box)
	}
	below := slices.ContainsFunc(horizontal, func(h rule) bool {
		return h.at > last.base && h.at < l.base && min(h.hi, b.x1)-max(h.lo, b.x0) > 0.6*(b.x1-b.x0)
	})
	return l.size < 0.93*last.size || below && l.x0 < b.x0+l.size && l.x1-l.x0 > 0.6*(b.x1-b.x0)
}

// runsOver reports whether a line covers as much white of each of the last two rows as it leaves: a note, or prose.
func runsOver(rows []textLine, l textLine) bool {
	seen := 0
	for i := len(rows) - 1; i >= 0 && seen < 2; i-- {
		if !rows[i].isTabular() {
			continue
		}
		seen++
		over, left := 0, 0
		for _, g := range rows[i].gaps() {
			if slices.ContainsFunc(l.chunks, func(c chunk) bool { return len(c.words) > 1 && c.x0 < g.lo && c.x1 > g.hi }) {
				over++
			} else if l.x0 < g.lo && l.x1 > g.hi {
				left++
			}
		}
		if over == 0 || over < left {
			return false
		}
	}
	return seen == 2
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
