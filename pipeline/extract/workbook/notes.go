package workbook

import (
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// notes finds what is worth telling about one sheet.
type notes struct {
	*reader
	sheet *sheet
	table *grid.Table
}

func filled(c grid.Cell) bool { return c.Kind != grid.Empty || c.Uncached }

// origin is the sheet as a whole.
func (n notes) origin() progress.Origin { return progress.Origin{Sheet: n.table.Sheet} }

// formulas finds cells whose value is not known: rule F15. What is hidden is not read and not complained of.
func (n notes) formulas() {
	if n.table.Hidden {
		return
	}
	for _, row := range n.table.Rows {
		for _, c := range row.Cells {
			switch {
			case row.Hidden || c.Hidden:
			case c.Kind == grid.Error:
				n.find("F15", progress.SeverityError, "error", c.Origin, "found", c.Text)
			case c.Uncached:
				n.find("F15", progress.SeverityError, "uncached", c.Origin)
			}
		}
	}
}

// hidden finds data that nobody sees: rule F12.
func (n notes) hidden(entry sheetEntry) {
	if entry.hidden {
		n.find("F12", progress.SeverityNote, "sheet", n.origin(), "found", entry.name)
		return
	}
	firstRow, rows := "", 0
	columns := map[int]bool{}
	for _, row := range n.table.Rows {
		data := false
		for i, c := range row.Cells {
			if !filled(c) {
				continue
			}
			data = true
			if c.Hidden {
				columns[i] = true
			}
		}
		if row.Hidden && data {
			rows++
			if firstRow == "" {
				firstRow = strings.TrimLeft(row.Cells[0].Origin.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
			}
		}
	}
	if rows > 0 {
		n.find("F12", progress.SeverityNote, "rows", n.origin(), "sheet", entry.name, "count", strconv.Itoa(rows), "found", firstRow)
	}
	var names []string
	for i, c := range n.table.Rows[0].Cells {
		if columns[i] {
			names = append(names, strings.TrimRight(c.Origin.Cell, "0123456789"))
		}
	}
	if len(names) > 0 {
		n.find("F12", progress.SeverityNote, "columns", n.origin(),
			"sheet", entry.name, "count", strconv.Itoa(len(names)), "found", strings.Join(names, ", "))
	}
}

// covered tells of data under merged cells.
func (n notes) covered(cells []grid.Cell) {
	if len(cells) > 0 {
		n.find("F12", progress.SeverityNote, "covered", n.origin(),
			"sheet", n.table.Sheet, "count", strconv.Itoa(len(cells)), "found", cells[0].Origin.Cell)
	}
}

// margins finds what stands far from the table, and formatting that goes on long after the last value: rule F13.
func (n notes) margins(rows, columns axis) {
	below := grid.Cell{}
	if len(rows.far) > 0 {
		below = n.first(rows.index[rows.far[0]], 0)
		n.stray(below)
	}
	if len(columns.far) > 0 {
		if beside := n.first(0, columns.index[columns.far[0]]); beside.Origin.Cell != below.Origin.Cell {
			n.stray(beside)
		}
	}
	last := n.table.Rows[len(n.table.Rows)-1].Cells[len(columns.number)-1].Origin.Cell
	emptyRows := n.sheet.lastRow - rows.number[len(rows.number)-1]
	emptyColumns := n.sheet.lastCol - columns.number[len(columns.number)-1]
	count := max(emptyRows, emptyColumns)
	if emptyRows >= manyEmptyRows || emptyColumns >= manyEmptyColumns {
		n.find("F13", progress.SeverityNote, "formatted", n.origin(),
			"sheet", n.table.Sheet, "count", strconv.Itoa(count), "found", last)
	}
}

func (n notes) stray(c grid.Cell) {
	if !filled(c) {
		return
	}
	n.find("F13", progress.SeverityNote, "stray", c.Origin, "found", shorten(c.Text))
}

// first returns the first cell with something in it from that row and column on; an empty one where a merged cell
// covers all there was.
func (n notes) first(row, column int) grid.Cell {
	for _, r := range n.table.Rows[row:] {
		for _, c := range r.Cells[column:] {
			if filled(c) {
				return c
			}
		}
	}
	return grid.Cell{}
}

// shorten quotes the beginning of a long text.
func shorten(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
