package pdf

import (
	"math"
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
	"tiendo/pipeline/progress"
)

// table makes the grid table of a lattice.
func (l *layout) table(t *drawnTable) *grid.Table {
	out := &grid.Table{Page: l.page, Box: l.seen(t.bounds()).rounded()}
	for _, x := range t.xs {
		out.Edges = append(out.Edges, round(x))
	}
	for r := range t.rows() {
		if parts := t.divide(r); parts != nil {
			out.Rows = append(out.Rows, l.dividedRow(t, r, parts)...)
			continue
		}
		out.Rows = append(out.Rows, l.drawnRow(t, r))
	}
	out.Rows[0].OpenAbove = !t.topDrawn
	out.Rows[len(out.Rows)-1].OpenBelow = !t.bottomDrawn
	return out
}

// drawnRow makes row r of a lattice; the text of a merged cell stands in its first row.
func (l *layout) drawnRow(t *drawnTable, r int) grid.Row {
	row := grid.Row{Cells: make([]grid.Cell, t.columns())}
	for c := range row.Cells {
		i := t.at[r][c]
		a := t.cells[i]
		if a.r0 != r || a.c0 != c {
			row.Cells[c] = grid.Cell{Covered: true, Origin: l.origin(t.box(a))}
			continue
		}
		row.Cells[c] = l.cell(l.cellText(t, i, t.box(a)), t.box(a))
		row.Cells[c].RowSpan, row.Cells[c].ColSpan = a.r1-a.r0, a.c1-a.c0
	}
	return row
}

func (l *layout) cell(text string, b box) grid.Cell {
	c := grid.Cell{Text: text, Origin: l.origin(b), RowSpan: 1, ColSpan: 1}
	if text != "" {
		c.Kind = grid.Text
	}
	return c
}

// join is the text of the lines of one cell or paragraph.
func (l *layout) join(ls []line, b box) string {
	for _, encoding := range []legacy.Encoding{legacy.TCVN3, legacy.VNI} {
		if slices.ContainsFunc(ls, func(ln line) bool {
			return slices.ContainsFunc(ln.words, func(w word) bool { return w.from == encoding })
		}) {
			l.legacy[encoding]++
		}
	}
	return joinLines(ls, b)
}

// cellText is what stands in a cell: first what runs from left to right, then what is turned.
func (l *layout) cellText(t *drawnTable, cell int, b box) string {
	parts := []string{l.join(t.lines(cell), b)}
	for q := range t.turned {
		if g := t.turned[q][cell]; len(g) > 0 {
			parts = append(parts, l.turnedText(g, q, b))
		}
	}
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.Join(parts, "\n")
}

// turnedText is the text of glyphs written in direction q.
func (l *layout) turnedText(glyphs []glyph, q int, b box) string {
	frame := turn(q, b.x1-b.x0, b.y1-b.y0)
	level := make([]glyph, len(glyphs))
	for i, g := range glyphs {
		level[i] = g.in(frame)
	}
	return l.join(lines(level), b.transform(frame))
}

func (l *layout) origin(b box) progress.Origin {
	r := l.seen(b).rounded()
	return progress.Origin{Page: l.page, Box: r[:]}
}

// seen is a box of the frame on the page as it is seen.
func (l *layout) seen(b box) box { return b.transform(l.back) }

func (b box) rounded() [4]float64 {
	return [4]float64{round(b.x0), round(b.y0), round(b.x1), round(b.y1)}
}

func round(x float64) float64 { return math.Round(x*10) / 10 }

func (r region) bounds() box {
	b := r.lines[0].box
	for _, l := range r.lines[1:] {
		b = b.union(l.box)
	}
	return b
}

// streamTable makes the grid table of a region.
func (l *layout) streamTable(r region) *grid.Table {
	b := r.bounds()
	out := &grid.Table{Page: l.page, Box: l.seen(b).rounded(), Edges: []float64{round(b.x0)}}
	for _, s := range r.separators {
		out.Edges = append(out.Edges, round(s.middle()))
	}
	out.Edges = append(out.Edges, round(b.x1))
	for _, row := range r.rows() {
		out.Rows = append(out.Rows, l.streamRow(r, row))
	}
	return out
}

// streamRow makes the cells of a row of which no line is drawn.
func (l *layout) streamRow(r region, row streamRow) grid.Row {
	type content struct {
		lines []line
		to    int
	}
	cells := make([]content, r.columns())
	for _, rl := range row.lines {
		for _, c := range rl.cells {
			in := &cells[c.from]
			if n := len(in.lines); n > 0 && in.lines[n-1].base == rl.base { // two chunks of one line in one column
				in.lines[n-1] = newLine(append(in.lines[n-1].words, c.words...))
			} else {
				cl := c.line()
				cl.base = rl.base
				in.lines = append(in.lines, cl)
			}
			in.to = max(in.to, c.to)
		}
	}
	y0, y1 := row.lines[0].y0, row.lines[0].y1
	for _, rl := range row.lines {
		y0, y1 = min(y0, rl.y0), max(y1, rl.y1)
	}
	out := grid.Row{Cells: make([]grid.Cell, r.columns())}
	for c := 0; c < len(cells); c++ {
		to := max(c, cells[c].to)
		for k := c + 1; k <= to; k++ { // a heading over several columns ends where the next text begins
			if len(cells[k].lines) > 0 {
				to = k - 1
			}
		}
		b := box{r.limits(c).lo, y0, r.limits(to).hi, y1}
		cell := l.cell(l.join(cells[c].lines, b), b)
		cell.ColSpan = to - c + 1
		out.Cells[c] = cell
		for k := c + 1; k <= to; k++ {
			out.Cells[k] = grid.Cell{Covered: true, Origin: l.origin(b)}
		}
		c = to
	}
	return out
}
