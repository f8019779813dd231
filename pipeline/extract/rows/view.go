package rows

import (
	"slices"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// line is a visible row of a table, without its hidden columns.
type line struct {
	cells     []cell
	page      int
	pageStart bool // the first line of a table that runs on from the page before
	skipped   bool // hidden lines stand between it and the line before
	open      bool // no ruling stands between it and the line before, on another page
	caption   bool // a caption between tables: it names a status or a group, and is no row
}

// cell is a cell as it is seen.
type cell struct {
	*grid.Cell
	anchor *grid.Cell // of the merged cell that covers it; nil where none does
	above  bool       // the merged cell begins in a line above
}

// blank is a cell where there is none.
var blank = cell{Cell: &grid.Cell{}}

// seen is what the eye finds in the place: the cell's own content, or that of the merged cell.
func (c cell) seen() grid.Cell {
	if c.anchor != nil {
		return *c.anchor
	}
	return *c.Cell
}

// own is the content that begins in this very cell.
func (c cell) own() string {
	if c.anchor != nil {
		return ""
	}
	return c.Text
}

// view drops hidden rows and columns and looks up what covers each cell.
func view(t *grid.Table) []line {
	if t == nil || t.Hidden || len(t.Rows) == 0 {
		return nil
	}
	hidden := hiddenColumns(t)
	width := len(hidden) - hiddenCount(hidden)
	anchors := anchorsOf(t)
	lines := make([]line, 0, len(t.Rows))
	skipped := false
	for i, row := range t.Rows {
		if row.Hidden {
			skipped = true
			continue
		}
		l := line{page: t.Page, skipped: skipped, open: row.OpenAbove, cells: make([]cell, 0, len(row.Cells))}
		for j := range row.Cells {
			if hidden[j] {
				continue
			}
			seen := cell{Cell: &row.Cells[j]}
			if at, ok := anchors[[2]int{i, j}]; ok {
				seen.anchor = &t.Rows[at[0]].Cells[at[1]]
				seen.above = at[0] < i
			}
			l.cells = append(l.cells, seen)
		}
		for len(l.cells) < width {
			l.cells = append(l.cells, blank) // a reader owes rectangles; a short row is blank at its end
		}
		lines = append(lines, l)
		skipped = false
	}
	return lines
}

// hiddenColumns marks the columns whose every cell is hidden.
func hiddenColumns(t *grid.Table) []bool {
	width := 0
	for _, row := range t.Rows {
		width = max(width, len(row.Cells))
	}
	hidden := make([]bool, width)
	for j := range hidden {
		hidden[j] = true
		for _, row := range t.Rows {
			if j < len(row.Cells) && !row.Cells[j].Hidden {
				hidden[j] = false
				break
			}
		}
	}
	return hidden
}

func hiddenCount(hidden []bool) int {
	n := 0
	for _, h := range hidden {
		if h {
			n++
		}
	}
	return n
}

// anchorsOf maps every covered place to the place of the merged cell's first cell.
func anchorsOf(t *grid.Table) map[[2]int][2]int {
	anchors := map[[2]int][2]int{}
	for i, row := range t.Rows {
		for j, c := range row.Cells {
			if c.RowSpan <= 1 && c.ColSpan <= 1 || c.Covered {
				continue
			}
			for y := i; y < min(i+max(c.RowSpan, 1), len(t.Rows)); y++ {
				for x := j; x < min(j+max(c.ColSpan, 1), len(t.Rows[y].Cells)); x++ {
					if y != i || x != j {
						anchors[[2]int{y, x}] = [2]int{i, j}
					}
				}
			}
		}
	}
	return anchors
}

// filled counts the cells of the line that begin in it and say something.
func (l line) filled() int {
	n := 0
	for _, c := range l.cells {
		if c.own() != "" {
			n++
		}
	}
	return n
}

// first is the first cell with content of its own; nil where the line is blank.
func (l line) first() *cell {
	for i := range l.cells {
		if l.cells[i].own() != "" {
			return &l.cells[i]
		}
	}
	return nil
}

// text is all that the line says by itself.
func (l line) text() string {
	var parts []string
	for _, c := range l.cells {
		if c.own() != "" {
			parts = append(parts, c.Text)
		}
	}
	return strings.Join(parts, " ")
}

// origin is the place of the first cell with content; of the first cell where there is none.
func (l line) origin() progress.Origin {
	if c := l.first(); c != nil {
		return c.Origin
	}
	if len(l.cells) > 0 {
		return l.cells[0].Origin
	}
	return progress.Origin{}
}

// captionLine makes a line of a paragraph between two parts of a table.
func captionLine(text string, at progress.Origin, width int) line {
	l := line{caption: true, cells: slices.Repeat([]cell{blank}, max(width, 1))}
	l.cells[0].Cell = &grid.Cell{Text: text, Kind: grid.Text, Origin: at}
	return l
}
