package pdf

import "tiendo/pipeline/extract/grid"

// A heading drawn with lines over rows without any: the lattice ends where the rows begin, and the columns of the rows
// are those of the heading.

// maxHeadedRows is the most rows that a drawn heading has.
const maxHeadedRows = 3

// heads reports whether the drawn table is the heading of the rows below it.
func (t *drawnTable) heads(r region) bool {
	own, rows := t.bounds(), r.bounds()
	between := rows.y0 - own.y1
	if t.rows() > maxHeadedRows || between < -touch || between > 1.2*r.lines[0].size || rows.x0 < own.x0-touch || rows.x1 > own.x1+touch {
		return false
	}
	for _, l := range r.lines {
		for _, w := range l.words {
			for _, x := range t.xs[1 : len(t.xs)-1] {
				if w.x0 < x-1 && w.x1 > x+1 {
					return false
				}
			}
		}
	}
	return true
}

// headedTable makes one table of a drawn heading and the rows below it.
func (l *layout) headedTable(t *drawnTable, r region) *grid.Table {
	r.x0, r.x1 = t.xs[0], t.xs[len(t.xs)-1]
	r.separators, r.texts = nil, nil
	for i, x := range t.xs {
		if i > 0 {
			r.texts = append(r.texts, span{t.xs[i-1], x})
		}
		if i > 0 && i < len(t.xs)-1 {
			r.separators = append(r.separators, separator{span{x - 1, x + 1}, true})
		}
	}
	out := l.table(t)
	out.Rows[len(out.Rows)-1].OpenBelow = false
	out.Rows = append(out.Rows, l.streamTable(r).Rows...)
	out.Box = l.seen(t.bounds().union(r.bounds())).rounded()
	return out
}
