package pdf

import (
	"math"
	"slices"
)

// Text that is too high for its row is drawn over the rows below it. Where that happens, position alone would put
// a cell's second line into its neighbour; but producers draw a cell's lines one after the other, so the order of
// drawing tells whose they are.

// stroke is a run of glyphs drawn one after the other on one baseline.
type stroke struct {
	first, last int // glyphs first to last-1
	box
	base, size float64
}

// strokes groups glyphs in the order in which they were drawn; none reaches over a column of the table.
func (t *drawnTable) strokes(glyphs []glyph) []stroke {
	var out []stroke
	column := -1
	for i, g := range glyphs {
		b := g.bounds()
		before := column
		column = interval(t.xs, g.x+g.dx/2)
		if n := len(out); n > 0 && column == before {
			s := &out[n-1]
			if math.Abs(g.y-s.base) < 0.1*g.size && b.x0 > s.x1-0.5*g.size && b.x0 < s.x1+g.size {
				s.last, s.box = i+1, s.box.union(b)
				continue
			}
		}
		out = append(out, stroke{first: i, last: i + 1, box: b, base: g.y, size: g.size})
	}
	return out
}

// collide reports whether two strokes are printed over each other: other than by printing twice for bold, and other
// than an index beside its letter.
func (s stroke) collide(o stroke) bool {
	between := math.Abs(s.base - o.base)
	if between >= 0.7*s.size || math.Abs(s.size-o.size) > 0.2*s.size || min(s.x1, o.x1)-max(s.x0, o.x0) <= s.size {
		return false
	}
	again := math.Abs(s.x0-o.x0) < overprint*s.size && math.Abs(s.x1-o.x1) < overprint*s.size
	return between > 0.15*s.size || !again
}

// below reports whether s is the line after o in one cell.
func (s stroke) below(o stroke) bool {
	pitch := s.base - o.base
	return pitch > 0.85*s.size && pitch < 1.4*s.size && math.Abs(s.size-o.size) < 0.2*s.size && min(s.x1, o.x1) > max(s.x0, o.x0)
}

// overprintReach is how many strokes of a cell before it one is compared with: two cells print over each other soon.
const overprintReach = 64

// overprinted is the number of strokes that collide with another one in the table's cells.
func overprinted(t *drawnTable, all []stroke) int {
	cells := map[int][]stroke{}
	n := 0
	for _, s := range all {
		c := t.find((s.x0+s.x1)/2, s.base-0.3*s.size)
		if c < 0 {
			continue
		}
		near := cells[c][max(0, len(cells[c])-overprintReach):]
		if slices.ContainsFunc(near, s.collide) {
			n++
		}
		cells[c] = append(cells[c], s)
	}
	return n
}

// homes gives each stroke of a table with overprinted rows the cell in which its paragraph belongs: the one that
// holds the first line, or, where the paragraph is centred and begins outside its row, the middle. -1: no cell.
func homes(t *drawnTable, all []stroke) []int {
	out := make([]int, len(all))
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && all[end].below(all[end-1]) && t.column(all[end]) == t.column(all[start]) {
			end++
		}
		first, last := all[start], all[end-1]
		cell := t.find((first.x0+first.x1)/2, first.base-0.3*first.size)
		if cell < 0 || first.y0 < t.box(t.cells[cell]).y0-0.35*first.size {
			cell = t.find((first.x0+first.x1)/2, (first.y0+last.y1)/2)
		}
		for i := start; i < end; i++ {
			out[i] = cell
		}
		start = end
	}
	return out
}

func (t *drawnTable) column(s stroke) int { return interval(t.xs, (s.x0+s.x1)/2) }
