package progress

// Copy is what a reader sees in a workbook, without anything that acts: values as they are shown, widths and merged cells, hidden rows and columns too. No
// formula, macro, link or picture of the workbook is in it.
type Copy struct {
	Sheets []CopySheet `json:"sheets"`
}

// CopySheet is a worksheet of a [Copy].
type CopySheet struct {
	Name   string      `json:"name"`
	Hidden bool        `json:"hidden"`
	Cells  []CopyCell  `json:"cells"` // those that show something, row by row
	Widths []CopyWidth `json:"widths"`
}

// CopyCell is a cell of a [CopySheet].
type CopyCell struct {
	Cell string `json:"cell"` // its place in the original: B7
	Text string `json:"text"`
	// Number is set where the text is how the number is written without a format, so that it can be a number in the copy.
	Number  *float64 `json:"number,omitempty"`
	RowSpan int      `json:"row_span,omitempty"` // 0 and 1 both mean one
	ColSpan int      `json:"col_span,omitempty"`
}

// CopyWidth is the width of the column in which a cell stands, in characters.
type CopyWidth struct {
	Cell  string  `json:"cell"`
	Width float64 `json:"width"`
}
