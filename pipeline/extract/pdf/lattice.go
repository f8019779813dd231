package pdf

import "slices"

// lattice is a table drawn with lines: the column edges xs, the row edges ys, and which of its unit cells belong
// together.
type lattice struct {
	xs, ys []float64
	cells  []area // in reading order
	at     [][]int
	// topDrawn and bottomDrawn say that a line closes the table there.
	topDrawn, bottomDrawn bool
}

// area is a cell of a lattice: rows r0 to r1-1, columns c0 to c1-1.
type area struct {
	r0, c0, r1, c1 int
}

func (l *lattice) rows() int    { return len(l.ys) - 1 }
func (l *lattice) columns() int { return len(l.xs) - 1 }

func (l *lattice) bounds() box {
	return box{l.xs[0], l.ys[0], l.xs[len(l.xs)-1], l.ys[len(l.ys)-1]}
}

func (l *lattice) box(a area) box {
	return box{l.xs[a.c0], l.ys[a.r0], l.xs[a.c1], l.ys[a.r1]}
}

// newLattice makes the table that a net of lines draws; nil where it draws none. The outline need not be drawn: tables
// open at the sides, and those that the page breaks off, end where their lines end.
func newLattice(n net) *lattice {
	if len(n.horizontal)+len(n.vertical) < 3 || len(n.vertical) == 0 || len(n.horizontal) == 0 {
		return nil
	}
	b := n.bounds()
	xs := []float64{b.x0, b.x1}
	for _, v := range n.vertical {
		xs = append(xs, v.at)
	}
	ys := []float64{b.y0, b.y1}
	for _, h := range n.horizontal {
		ys = append(ys, h.at)
	}
	l := &lattice{xs: edges(xs), ys: edges(ys)}
	if l.rows() < 1 || l.columns() < 1 || l.rows()*l.columns() > 200_000 {
		return nil
	}
	l.topDrawn = drawn(n.horizontal, b.y0, b)
	l.bottomDrawn = drawn(n.horizontal, b.y1, b)
	l.join(l.walls(n))
	return l
}

// drawn reports whether lines cover at least half of the table's width at that height.
func drawn(horizontal []rule, y float64, b box) bool {
	covered := 0.0
	for _, h := range horizontal {
		if h.at > y-narrowCell && h.at < y+narrowCell {
			covered += h.hi - h.lo
		}
	}
	return covered >= (b.x1-b.x0)/2
}

// walls says of each unit cell whether a line stands at its right and at its bottom. It is drawn where lines cover
// more than half of that side.
func (l *lattice) walls(n net) (right, below [][]bool) {
	right, below = l.marks(), l.marks()
	for c := range l.columns() {
		for r := range l.rows() {
			right[r][c] = c == l.columns()-1 || covers(n.vertical, l.xs[c+1], l.ys[r], l.ys[r+1])
			below[r][c] = r == l.rows()-1 || covers(n.horizontal, l.ys[r+1], l.xs[c], l.xs[c+1])
		}
	}
	return right, below
}

func (l *lattice) marks() [][]bool {
	m := make([][]bool, l.rows())
	for i := range m {
		m[i] = make([]bool, l.columns())
	}
	return m
}

func covers(rules []rule, at, lo, hi float64) bool {
	first, _ := slices.BinarySearchFunc(rules, at-narrowCell, func(r rule, at float64) int {
		if r.at < at {
			return -1
		}
		return 1
	})
	covered := 0.0
	for _, r := range rules[first:] {
		if r.at > at+narrowCell {
			break
		}
		if part := min(r.hi, hi) - max(r.lo, lo); part > 0 {
			covered += part
		}
	}
	return covered > (hi-lo)/2
}

// join makes cells of the unit cells that no wall separates.
func (l *lattice) join(right, below [][]bool) {
	rows, columns := l.rows(), l.columns()
	l.at = make([][]int, rows)
	for r := range l.at {
		l.at[r] = make([]int, columns)
		for c := range l.at[r] {
			l.at[r][c] = -1
		}
	}
	for r := range rows {
		for c := range columns {
			if l.at[r][c] >= 0 {
				continue
			}
			a := l.grow(area{r, c, r + 1, c + 1}, right, below)
			for i := a.r0; i < a.r1; i++ {
				for k := a.c0; k < a.c1; k++ {
					l.at[i][k] = len(l.cells)
				}
			}
			l.cells = append(l.cells, a)
		}
	}
}

// grow enlarges a cell to the right and downwards while nothing separates it from free neighbours, and while it stays
// a rectangle.
func (l *lattice) grow(a area, right, below [][]bool) area {
	for a.c1 < l.columns() && !right[a.r0][a.c1-1] && l.at[a.r0][a.c1] < 0 {
		a.c1++
	}
	for a.r1 < l.rows() {
		for c := a.c0; c < a.c1; c++ {
			if below[a.r1-1][c] || l.at[a.r1][c] >= 0 || c+1 < a.c1 && right[a.r1][c] {
				return a
			}
		}
		if a.c0 > 0 && !right[a.r1][a.c0-1] && l.at[a.r1][a.c0-1] < 0 || a.c1 < l.columns() && !right[a.r1][a.c1-1] {
			return a // the row below reaches beyond the sides of this cell
		}
		a.r1++
	}
	return a
}

// find is the index of the cell at a point, -1 where the point is outside.
func (l *lattice) find(x, y float64) int {
	c, r := interval(l.xs, x), interval(l.ys, y)
	if c < 0 || r < 0 {
		return -1
	}
	return l.at[r][c]
}

// interval is the index of the interval between two edges that holds x, -1 outside.
func interval(edges []float64, x float64) int {
	i, _ := slices.BinarySearch(edges, x)
	if i == len(edges) || i == 0 && x < edges[0]-1 {
		return -1
	}
	return max(0, i-1)
}
