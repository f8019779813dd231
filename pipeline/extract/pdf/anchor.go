package pdf

import (
	"cmp"
	"slices"
)

// interleaved is the distance, in ems, below which two baselines are of one row: cells of one and of two lines, each
// centred in its row, stand half a line apart.
const interleaved = 0.85

// rowAnchors are the lines that make rows: those with a number in the first column where it numbers the rows, else those
// with most of the figures. None where no line is without: then every line stands for itself.
func rowAnchors(ls []rowLine) []int {
	numbered := isNumbered(ls)
	most := 0
	for _, l := range ls {
		most = max(most, l.figures())
	}
	var out []int
	for i, l := range ls {
		few := l.figures() == 0 || 5*l.figures() < 2*most && (!l.has(0) || beginsLower(l.cells[0].words[0].text))
		if numbered && !l.has(0) || !numbered && few {
			continue
		}
		if n := len(out); n > 0 && l.base-ls[out[n-1]].base < interleaved*l.size && !l.shares(ls[out[n-1]]) {
			continue
		}
		out = append(out, i)
	}
	if len(out) == len(ls) {
		return nil
	}
	return out
}

// entry is the text of one line in one column.
type entry struct {
	line int
	cell cellChunk
	row  int // index of its anchor, or len(anchors)+n for the nth row without one
}

// aroundAnchors gathers the lines of each column into cells, by the distance of their baselines, and gives each cell
// to the anchor beside it, whether the row has its text at the top, in the middle or at the bottom.
func aroundAnchors(ls []rowLine, anchors []int) []streamRow {
	var all []entry
	free := len(anchors)
	byColumn := map[int][]entry{}
	columns := 0
	for i, l := range ls {
		for _, c := range l.cells {
			byColumn[c.from] = append(byColumn[c.from], entry{line: i, cell: c})
			columns = max(columns, c.from+1)
		}
	}
	for c := range columns {
		for _, cell := range cellsOf(ls, byColumn[c]) {
			free = assign(ls, anchors, cell, free)
			all = append(all, cell...)
		}
	}
	return rowsOf(ls, mergeFree(ls, all, len(anchors)))
}

// cellsOf cuts the entries of a column where the distance between baselines exceeds that of the lines of one cell.
func cellsOf(ls []rowLine, column []entry) [][]entry {
	pitch := 0.0
	for i := 1; i < len(column); i++ {
		d := ls[column[i].line].base - ls[column[i-1].line].base
		if d > interleaved*ls[column[i].line].size && (pitch == 0 || d < pitch) {
			pitch = d
		}
	}
	var out [][]entry
	for i, e := range column {
		l := ls[e.line]
		if i == 0 || ls[e.line].base-ls[column[i-1].line].base > min(pitch*1.06+0.2, lineReach*l.size) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e)
	}
	return out
}

// assign gives a cell to the one anchor beside it; line by line where there are several. A cell beside none is a row of
// its own: the title of a section, a row without figures.
func assign(ls []rowLine, anchors []int, cell []entry, free int) int {
	first, last := ls[cell[0].line], ls[cell[len(cell)-1].line]
	var beside []int
	for k, a := range anchors {
		if b := ls[a].base; b > first.base-sameLine*first.size && b < last.base+sameLine*last.size {
			beside = append(beside, k)
		}
	}
	switch len(beside) {
	case 0:
		for i := range cell {
			cell[i].row = free
		}
		return free + 1
	case 1:
		for i := range cell {
			cell[i].row = beside[0]
		}
		return free
	}
	return assignLines(ls, anchors, cell, beside, free)
}

// assignLines gives each line of a column without white between its rows to the anchor at its height, or above it, or,
// where only the line below completes a label, to that.
func assignLines(ls []rowLine, anchors []int, cell []entry, beside []int, free int) int {
	anchorOf := func(e entry) int {
		for _, k := range beside {
			if d := ls[anchors[k]].base - ls[e.line].base; d > -sameLine*ls[e.line].size && d < sameLine*ls[e.line].size {
				return k
			}
		}
		return -1
	}
	for i := range cell {
		if k := anchorOf(cell[i]); k >= 0 {
			cell[i].row = k
			continue
		}
		continuing := cell[i].cell.from > 0 || beginsLower(cell[i].cell.words[0].text)
		next := -1
		if i+1 < len(cell) {
			next = anchorOf(cell[i+1])
		}
		switch {
		case i > 0 && continuing:
			cell[i].row = cell[i-1].row
		case next >= 0 && (continuing || beginsLower(cell[i+1].cell.words[0].text)):
			cell[i].row = next
		default:
			cell[i].row = free
			free++
		}
	}
	return free
}

// mergeFree makes one row of the cells without anchor that stand beside each other.
func mergeFree(ls []rowLine, all []entry, anchors int) []entry {
	base := map[int]float64{} // first baseline of each row without anchor
	for _, e := range all {
		if b, ok := base[e.row]; e.row >= anchors && (!ok || ls[e.line].base < b) {
			base[e.row] = ls[e.line].base
		}
	}
	for i, e := range all {
		if e.row < anchors {
			continue
		}
		for other := anchors; other < e.row; other++ {
			if b, ok := base[other]; ok && max(b-base[e.row], base[e.row]-b) < interleaved*ls[e.line].size {
				all[i].row = other
				break
			}
		}
	}
	return all
}

// rowsOf gathers entries into rows, from top to bottom.
func rowsOf(ls []rowLine, all []entry) []streamRow {
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.cell.from, b.cell.from))
	})
	var order []int
	rows := map[int]*streamRow{}
	for _, e := range all {
		row, ok := rows[e.row]
		if !ok {
			row = &streamRow{}
			rows[e.row] = row
			order = append(order, e.row)
		}
		if n := len(row.lines); n > 0 && row.lines[n-1].base == ls[e.line].base {
			row.lines[n-1].cells = append(row.lines[n-1].cells, e.cell)
			continue
		}
		l := ls[e.line]
		l.cells = []cellChunk{e.cell}
		row.lines = append(row.lines, l)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(middle(rows[a]), middle(rows[b])) })
	out := make([]streamRow, len(order))
	for i, k := range order {
		out[i] = *rows[k]
	}
	return out
}

// middle is the height between the first and the last line of a row.
func middle(r *streamRow) float64 {
	return (r.lines[0].base + r.lines[len(r.lines)-1].base) / 2
}
