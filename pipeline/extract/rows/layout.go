package rows

import (
	"slices"

	"tiendo/pipeline/extract/grid"
)

// layout is a table in the making.
type layout struct {
	before, after []line
	labels        []grid.Cell
	keys          []string
	cards         []card
	bullets       map[string]bool // that stand before known labels
}

// column is the key of the column for a label.
func (b *layout) column(p labelled) string {
	if !slices.Contains(b.keys, p.key) {
		b.keys, b.labels = append(b.keys, p.key), append(b.labels, p.label)
	}
	return p.key
}

// table writes the lines before, the heading, a row for each task, and the lines after.
func (b *layout) table() *grid.Table {
	t := &grid.Table{}
	numbered := slices.ContainsFunc(b.cards, func(c card) bool { return c.number.Text != "" })
	b.lines(t, b.before)
	var heading []grid.Cell
	if numbered {
		heading = append(heading, grid.Cell{Text: "STT", Kind: grid.Text, Origin: b.labels[0].Origin})
	}
	t.Rows = append(t.Rows, grid.Row{Cells: append(heading, b.labels...)})
	for _, c := range b.cards {
		var row grid.Row
		if numbered {
			row.Cells = append(row.Cells, c.number)
		}
		for _, key := range b.keys {
			value := grid.Cell{}
			if v := c.values[key]; v != nil {
				value = *v
			}
			value.RowSpan, value.ColSpan, value.Covered = 0, 0, false
			row.Cells = append(row.Cells, value)
		}
		t.Rows = append(t.Rows, row)
	}
	b.lines(t, b.after)
	width := 0
	for _, row := range t.Rows {
		width = max(width, len(row.Cells))
	}
	for i := range t.Rows {
		t.Rows[i].Cells = append(t.Rows[i].Cells, make([]grid.Cell, width-len(t.Rows[i].Cells))...)
	}
	return t
}

// lines copies lines as they are seen.
func (b *layout) lines(t *grid.Table, lines []line) {
	for _, l := range lines {
		var row grid.Row
		for _, c := range l.cells {
			if c.anchor != nil {
				row.Cells = append(row.Cells, grid.Cell{Origin: c.Origin})
				continue
			}
			alone := *c.Cell
			alone.RowSpan, alone.ColSpan = 0, 0
			row.Cells = append(row.Cells, alone)
		}
		t.Rows = append(t.Rows, row)
	}
}
