package progress

import "fmt"

// Origin is the place in a file that a value was read from. Everything counts from 1. Which fields are set
// depends on the format: a workbook has Sheet and Cell; a PDF Page and Box; a Word file Table and Cell (row and
// column of the table as A1); CSV Cell alone.
type Origin struct {
	Sheet string `json:"sheet,omitempty"`
	Table int    `json:"table,omitempty"`
	Cell  string `json:"cell,omitempty"`
	Page  int    `json:"page,omitempty"`
	// Box is x0, y0, x1, y1 in points from the top left corner of the page as it is seen, rounded to 0.1.
	Box []float64 `json:"box,omitempty"`
}

// IsZero reports whether the origin names no place: it is the file as a whole.
func (o Origin) IsZero() bool {
	return o.Sheet == "" && o.Table == 0 && o.Cell == "" && o.Page == 0
}

// String is the short form for messages and logs: Báo cáo!A9, table 2 B3, page 2 (72,130). The sentences of
// package templates have their own wording.
func (o Origin) String() string {
	switch {
	case o.Sheet != "" && o.Cell != "":
		return o.Sheet + "!" + o.Cell
	case o.Sheet != "":
		return o.Sheet
	case o.Table > 0:
		return fmt.Sprintf("table %d %s", o.Table, o.Cell)
	case o.Page > 0 && len(o.Box) == 4:
		return fmt.Sprintf("page %d (%.0f,%.0f)", o.Page, o.Box[0], o.Box[1])
	case o.Page > 0:
		return fmt.Sprintf("page %d", o.Page)
	}
	return o.Cell
}
