package rows

import (
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// Tables of sums, which stand before, beside and below the tasks and are none.

// countsTasks reports a table of sums: where its heading names the task, figures stand.
func (r *reader) countsTasks(h *heading, below []line) bool {
	k := h.indexOf(r.keyField())
	var cells []grid.Cell
	for _, l := range below[:min(len(below), enough)] {
		if k < len(l.cells) && l.cells[k].own() != "" && !isNumbering(l) {
			cells = append(cells, *l.cells[k].Cell)
		}
	}
	return shareOf(cells, func(c grid.Cell) bool { return c.Kind == grid.Number || onlyFigures.MatchString(c.Text) }) > 0.5
}

// otherTable reports whether line i heads a table that is none of tasks, such as the sums below them: it names a column of running numbers
// and none of tasks, or stands apart above a line of figures.
func (r *reader) otherTable(lines []line, i int) bool {
	if !r.mayHead(lines[i]) {
		return false
	}
	h := r.name(lines[i : i+1])
	if h.has(r.keyField()) || len(h.named()) < 3 || h.exacts() == 0 {
		return false
	}
	for _, c := range h.columns {
		if c.field == progress.FieldNo && c.match == exact {
			return true
		}
	}
	return i > 0 && lines[i-1].filled() < 2 && i+1 < len(lines) && figures(lines[i+1]) >= 2 && 2*figures(lines[i+1]) >= len(h.named())
}

func figures(l line) int {
	n := 0
	for _, c := range l.cells {
		if c.anchor == nil && (c.Kind == grid.Number || c.Text != "" && onlyFigures.MatchString(c.Text)) {
			n++
		}
	}
	return n
}
