package pdf

import (
	"math"
	"slices"

	"tiendo/pipeline/extract/grid"
)

// A table with lines around it and between its columns, but none between its rows, is one high row to the lattice. Its
// real rows show by lines of text that stand at the same heights in most columns.

// rowPart is one of the rows that a drawn row holds: for each column the lines of its cell.
type rowPart struct {
	cells  [][]line
	y0, y1 float64
}

// divide returns the rows that row r of the lattice holds; nil where it is one.
func (t *drawnTable) divide(r int) []rowPart {
	var columns []int // unit columns at which the row's cells begin
	var cells [][]line
	for c := range t.columns() {
		i := t.at[r][c]
		a := t.cells[i]
		if a.r1-a.r0 > 1 {
			return nil
		}
		if a.c0 == c {
			columns = append(columns, c)
			cells = append(cells, t.lines(i))
		}
	}
	ls := t.baselines(columns, cells)
	if !t.holdsRows(ls, cells) && !t.holdsLines(r, columns, cells) {
		return nil
	}
	return t.parts(ls)
}

// manyRows is how many drawn rows show that the table's rows are drawn, one by one.
const manyRows = 5

// holdsRows reports whether several lines reach over most columns and hold figures. Where the rows of the table are drawn one by
// one, a line that leaves the first column empty is no row: it is the wrapped rest of the one above.
func (t *drawnTable) holdsRows(ls []rowLine, cells [][]line) bool {
	filled := 0
	for _, c := range cells {
		if len(c) > 0 {
			filled++
		}
	}
	rows := 0
	for _, l := range ls {
		rest := t.rows() >= manyRows && l.cells[0].from > 0
		if !rest && len(l.cells) >= 3 && 5*len(l.cells) >= 3*filled && l.figures() >= 2 {
			rows++
		}
	}
	return rows >= 2
}

// holdsLines reports whether the cells of a row stand line beside line, and are not paragraphs.
func (t *drawnTable) holdsLines(r int, columns []int, cells [][]line) bool {
	filled, high := 0, 0
	var longest []line
	for _, ls := range cells {
		if len(ls) > 0 {
			filled++
		}
		if len(ls) > len(longest) {
			longest = ls
		}
	}
	if filled < 2 || len(longest) < 2 {
		return false
	}
	for i, ls := range cells {
		if 10*len(ls) >= 7*len(longest) && !isWrapped(ls, t.box(t.cells[t.at[r][columns[i]]])) && besideEachOther(ls, longest) {
			high++
		}
	}
	if len(longest) == 2 {
		return high == filled && filled >= 3
	}
	return 10*high >= 7*filled
}

// isWrapped reports whether the lines are a paragraph: most end where the next word would not have fitted.
func isWrapped(ls []line, b box) bool {
	full := 0
	for i := 1; i < len(ls); i++ {
		first := ls[i].words[0]
		if ls[i-1].x1-ls[i-1].x0+first.x1-first.x0+wordGap*first.size > b.x1-b.x0-0.6*first.size {
			full++
		}
	}
	return 2*full >= len(ls)-1 && len(ls) > 1
}

func besideEachOther(ls, others []line) bool {
	beside := 0
	for _, l := range ls {
		if slices.ContainsFunc(others, func(o line) bool { return math.Abs(l.base-o.base) < 0.35*l.size }) {
			beside++
		}
	}
	return 5*beside >= 4*len(ls)
}

// baselines groups the lines of all cells by their height.
func (t *drawnTable) baselines(columns []int, cells [][]line) []rowLine {
	var out []rowLine
	for i, ls := range cells {
		for _, ln := range ls {
			tl := textLine{line: ln, chunks: []chunk{newChunk(ln.words)}}
			cell := cellChunk{tl.chunks[0], columns[i], columns[i]}
			k, found := slices.BinarySearchFunc(out, ln, func(o rowLine, l line) int {
				switch {
				case o.base < l.base-0.35*l.size:
					return -1
				case o.base > l.base+0.35*l.size:
					return 1
				}
				return 0
			})
			if !found {
				out = slices.Insert(out, k, rowLine{textLine: tl})
			}
			out[k].cells = append(out[k].cells, cell)
			out[k].box = out[k].box.union(ln.box)
		}
	}
	return out
}

// parts groups the lines into rows, as in a table without lines.
func (t *drawnTable) parts(ls []rowLine) []rowPart {
	var rows []streamRow
	if anchors := rowAnchors(ls); len(anchors) > 1 {
		rows = aroundAnchors(ls, anchors)
	} else {
		rows = group(ls, region{}.rowStarts(ls))
	}
	out := make([]rowPart, len(rows))
	for i, row := range rows {
		out[i] = rowPart{cells: make([][]line, t.columns()), y0: row.lines[0].y0}
		for _, l := range row.lines {
			out[i].y1 = max(out[i].y1, l.y1)
			for _, c := range l.cells {
				out[i].cells[c.from] = append(out[i].cells[c.from], c.line())
			}
		}
	}
	return out
}

// dividedRow makes the rows that row r of the lattice holds.
func (l *layout) dividedRow(t *drawnTable, r int, parts []rowPart) []grid.Row {
	rows := make([]grid.Row, len(parts))
	for i, p := range parts {
		rows[i].Cells = make([]grid.Cell, t.columns())
		for c := range rows[i].Cells {
			a := t.cells[t.at[r][c]]
			b := t.box(a)
			b.y0, b.y1 = p.y0, p.y1
			if a.c0 != c {
				rows[i].Cells[c] = grid.Cell{Covered: true, Origin: l.origin(b)}
				continue
			}
			rows[i].Cells[c] = l.cell(l.join(p.cells[c], b), b)
			rows[i].Cells[c].ColSpan = a.c1 - a.c0
		}
	}
	return rows
}

// lines are the lines of a cell, made once.
func (t *drawnTable) lines(cell int) []line {
	if t.made == nil {
		t.made = make([][]line, len(t.cells))
	}
	if t.made[cell] == nil && len(t.content[cell]) > 0 {
		t.made[cell] = lines(t.content[cell])
	}
	return t.made[cell]
}
