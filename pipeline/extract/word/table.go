package word

import (
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// tableRow is a row of a table as Word stores it.
type tableRow struct {
	before  int // grid columns left out before the first cell
	hidden  bool
	deleted bool
	cells   []tableCell
}

type tableCell struct {
	span     int  // grid columns
	down     bool // begins a merge downwards, or goes on with one
	goesOn   bool // goes on with the merge of the cell above
	leftward bool // goes on with a merge of the cell before
	deleted  bool // by a tracked change
	items    []item
}

// table reads a table.
func (r *reader) table() item {
	r.tables++
	it := item{number: r.tables}
	rows := r.rows()
	it.table = r.layOut(rows, it.number)
	for _, row := range rows {
		for _, c := range row.cells {
			it.nested = append(it.nested, tablesOf(c.items)...)
		}
	}
	return it
}

func tablesOf(items []item) []item {
	var tables []item
	for _, it := range items {
		if it.table != nil {
			tables = append(tables, it)
		}
	}
	return tables
}

// rows reads the rows of a table, also inside content controls and the like.
func (r *reader) rows() []tableRow {
	var rows []tableRow
	r.each(func(name string) {
		switch name {
		case "tr":
			if row := r.row(); !row.deleted {
				rows = append(rows, row)
			}
		case "tblPr", "tblGrid", "del", "moveFrom", "sdtPr":
			r.x.Skip()
		default:
			rows = append(rows, r.rows()...)
		}
	})
	return rows
}

func (r *reader) row() tableRow {
	var row tableRow
	var read func(name string)
	read = func(name string) {
		switch name {
		case "trPr":
			r.each(func(name string) {
				switch name {
				case "gridBefore":
					before, _ := strconv.Atoi(r.x.Attr("val"))
					row.before = min(max(0, before), r.limits.Columns+1)
				case "hidden":
					row.hidden = onOff(r.x)
				case "del":
					row.deleted = true
				}
				r.x.Skip()
			})
		case "tc":
			if c := r.cell(); !c.deleted {
				row.cells = append(row.cells, c)
			}
		case "tblPrEx", "sdtPr":
			r.x.Skip()
		default:
			r.each(read)
		}
	}
	r.each(read)
	return row
}

func (r *reader) cell() tableCell {
	c := tableCell{span: 1}
	r.each(func(name string) {
		switch name {
		case "tcPr":
			r.each(func(name string) {
				switch name {
				case "gridSpan":
					c.span, _ = strconv.Atoi(r.x.Attr("val"))
				case "vMerge":
					c.down, c.goesOn = true, r.x.Attr("val") != "restart"
				case "hMerge":
					c.leftward = r.x.Attr("val") != "restart"
				case "cellDel":
					c.deleted = true
				}
				r.x.Skip()
			})
		case "p":
			c.items = append(c.items, r.paragraph()...)
		case "tbl":
			c.items = append(c.items, r.table())
		case "del", "moveFrom":
			r.x.Skip()
		default:
			c.items = append(c.items, r.content()...)
		}
	})
	c.items = join(c.items)
	c.span = min(max(1, c.span), r.limits.Columns+1)
	return c
}

// layOut makes rows a rectangle. It returns nil, and refuses the file, where the rectangle is beyond all bounds.
func (r *reader) layOut(rows []tableRow, number int) *grid.Table {
	columns := 0
	for _, row := range rows {
		width := row.before
		for _, c := range row.cells {
			width += c.span
		}
		columns = max(columns, width)
	}
	r.cells += len(rows) * columns
	if columns > r.limits.Columns || r.cells > r.limits.Cells {
		what, found, limit := "cells", r.cells, r.limits.Cells
		if columns > r.limits.Columns {
			what, found, limit = "columns", columns, r.limits.Columns
		}
		r.refused = archive.TooMany(what, found, limit)
		r.refused.Origin = progress.Origin{Table: number, Cell: "A1"}
		return &grid.Table{}
	}
	t := &grid.Table{Rows: make([]grid.Row, len(rows))}
	above := make([]*grid.Cell, columns) // first cells of merges downwards, by column
	for i, row := range rows {
		t.Rows[i].Hidden = row.hidden
		t.Rows[i].Cells = make([]grid.Cell, columns)
		for j := range t.Rows[i].Cells {
			t.Rows[i].Cells[j].Origin = progress.Origin{Table: number, Cell: grid.CellName(i+1, j+1)}
		}
		above = place(t.Rows[i].Cells, row, above)
	}
	return t
}

// place puts the cells of a row where they belong. It takes and returns the cells that are being merged downwards.
func place(cells []grid.Cell, row tableRow, above []*grid.Cell) []*grid.Cell {
	next := make([]*grid.Cell, len(above))
	column := row.before
	var left *grid.Cell // the cell before
	for _, c := range row.cells {
		at := &cells[column]
		head := above[column]
		switch {
		case c.goesOn && head != nil && max(1, head.ColSpan) == c.span:
			for j := range c.span {
				cells[column+j].Covered = true
			}
			head.RowSpan = max(1, head.RowSpan) + 1
			head.ColSpan = c.span
			next[column] = head
			left = nil
		case c.leftward && left != nil:
			for j := range c.span {
				cells[column+j].Covered = true
			}
			left.ColSpan = max(1, left.ColSpan) + c.span
			left.RowSpan = 1
		default:
			fill(at, c.items)
			if c.span > 1 {
				at.ColSpan, at.RowSpan = c.span, 1
				for j := 1; j < c.span; j++ {
					cells[column+j].Covered = true
				}
			}
			if c.down {
				next[column] = at
			}
			left = at
		}
		column += c.span
	}
	return next
}

// fill gives a cell the text of what stands in it. An empty cell in a list shows its number: running numbers are
// often made so.
func fill(c *grid.Cell, items []item) {
	var lines []string
	label, struck := "", true
	for _, it := range items {
		if label == "" {
			label = it.label
		}
		switch {
		case it.table != nil:
			lines = append(lines, lineOf(it.table)...)
			struck = false
		default:
			lines = append(lines, it.text)
			struck = struck && (it.struck || it.text == "")
		}
	}
	c.Text = strings.TrimSpace(strings.Join(lines, "\n"))
	c.Struck = struck && c.Text != ""
	if c.Text == "" {
		c.Text = label
	}
	if c.Text != "" {
		c.Kind = grid.Text
	}
}

// lineOf is the text of a nested table, a line for each row, for the cell that it stands in.
func lineOf(t *grid.Table) []string {
	var lines []string
	for _, row := range t.Rows {
		var texts []string
		for _, c := range row.Cells {
			if c.Text != "" {
				texts = append(texts, c.Text)
			}
		}
		lines = append(lines, strings.Join(texts, "\t"))
	}
	return lines
}
