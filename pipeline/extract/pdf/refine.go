package pdf

import "slices"

// A line after the first column and none between the others: what the lattice takes for one column is a table of its
// own, and is divided as one without lines is.

// refine divides the columns of a lattice whose cells hold rows of several chunks.
func (t *drawnTable) refine() {
	for c := t.columns() - 1; c >= 0; c-- {
		r := region{}
		for i, a := range t.cells {
			if a.c0 == c && a.c1 == c+1 {
				for _, ln := range t.lines(i) {
					r.lines = append(r.lines, newTextLine(ln))
				}
			}
		}
		if !r.isColumns() {
			continue
		}
		for i := len(r.separators) - 1; i >= 0; i-- {
			t.insert(c, r.separators[i].middle())
		}
	}
}

// isColumns reports whether nearly all lines of a drawn column are rows with figures of a narrower table.
func (r *region) isColumns() bool {
	tabular, figures := 0, 0
	for _, l := range r.lines {
		if l.isTabular() {
			tabular++
		}
		if len(l.chunks) > 1 && l.chunks[len(l.chunks)-1].isFigure() {
			figures++
		}
	}
	if figures < 3 || 5*tabular < 4*len(r.lines) || 3*figures < 2*len(r.lines) {
		return false
	}
	r.findColumns()
	return len(r.separators) > 0
}

// insert divides unit column c at x. A cell with a word over x spans both parts.
func (t *drawnTable) insert(c int, x float64) {
	t.xs = slices.Insert(t.xs, c+1, x)
	for i := range t.cells {
		a := &t.cells[i]
		switch {
		case a.c0 > c:
			a.c0, a.c1 = a.c0+1, a.c1+1
		case a.c1 > c:
			a.c1++
		}
	}
	for i := range t.cells {
		if a := t.cells[i]; a.c0 == c && a.c1 == c+2 && !crossed(t.content[i], x) {
			t.splitCell(i, x)
		}
	}
	t.at = t.owners()
	t.made = nil
}

func crossed(glyphs []glyph, x float64) bool {
	return slices.ContainsFunc(lines(glyphs), func(l line) bool {
		return slices.ContainsFunc(l.words, func(w word) bool { return w.x0 < x && w.x1 > x })
	})
}

// splitCell divides a cell of two unit columns, and its glyphs, at x.
func (t *drawnTable) splitCell(i int, x float64) {
	a := t.cells[i]
	right := a
	right.c0++
	t.cells[i].c1--
	t.cells = append(t.cells, right)
	beyond := func(g glyph) bool { return g.x+g.dx/2 > x }
	divide := func(all []glyph) (left, rest []glyph) {
		return slices.DeleteFunc(slices.Clone(all), beyond), slices.DeleteFunc(slices.Clone(all), func(g glyph) bool { return !beyond(g) })
	}
	left, rest := divide(t.content[i])
	t.content[i] = left
	t.content = append(t.content, rest)
	for q := range t.turned {
		left, rest := divide(t.turned[q][i])
		t.turned[q][i] = left
		t.turned[q] = append(t.turned[q], rest)
	}
}

// owners is the index of the cell of each unit cell.
func (t *drawnTable) owners() [][]int {
	at := make([][]int, t.rows())
	for r := range at {
		at[r] = make([]int, t.columns())
	}
	for i, a := range t.cells {
		for r := a.r0; r < a.r1; r++ {
			for c := a.c0; c < a.c1; c++ {
				at[r][c] = i
			}
		}
	}
	return at
}
