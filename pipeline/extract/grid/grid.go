// Package grid is the one shape in which every format arrives: a document as blocks in reading order, each a
// line of text or a table of cells. Nothing here knows what a heading or a task is; nothing behind it knows
// whether the bytes were a workbook, a PDF, a Word file or CSV.
package grid

import "tiendo/pipeline/progress"

// Document is what a reader of one format found, in reading order.
type Document struct {
	Blocks   []Block
	Findings []progress.Finding // about the file as such: damaged, hidden rows, legacy encoding …
	// Seal is of the synthesis of a lower office: Blocks are then the sheets alone that it names. Nil of any other document.
	Seal *progress.Seal
	// Sheets are the names of all worksheets, of a workbook that is refused too. Nil of other formats.
	Sheets []string
}

// Block is a paragraph of text or a table; exactly one of Text and Table is set.
type Block struct {
	Text   string // a paragraph or line outside any table, NFC, trimmed
	Origin progress.Origin
	Table  *Table
}

// Table is a rectangle of cells as found, before any heading is sought. A worksheet is one table.
// A table that runs on over pages is one Table for each page; package rows joins them.
type Table struct {
	Sheet  string     // name of the worksheet; empty for other formats
	Hidden bool       // the worksheet is hidden
	Page   int        // page of a PDF, from 1; 0 for other formats
	Box    [4]float64 // PDF: x0, y0, x1, y1 in points from the top left corner of the page as it is seen
	// Edges are the x positions, in points, of the column edges (columns+1 of them): a PDF's tables on
	// consecutive pages are one table when their edges agree. Nil for other formats.
	Edges []float64
	// Widths are the widths of the columns in characters, as a worksheet sets them; 0: not set. Nil for other formats.
	Widths []float64
	Rows   []Row // every row has the same number of cells
}

// Row is one row of a table.
type Row struct {
	Hidden bool // hidden or filtered out in the worksheet
	// Open says that no ruling closes the row where the page ends (for the first row of a page: none opens it), so
	// that the row on the next page may continue it. Only PDFs.
	OpenBelow, OpenAbove bool
	Cells                []Cell
}

// Kind is what the format itself says a cell holds.
type Kind uint8

const (
	Empty  Kind = iota
	Text        // words
	Number      // Cell.Number holds it, unformatted
	Date        // Cell.Date holds it; Cell.Precision says how much of it was meant
	Bool        // Cell.Text is TRUE or FALSE
	Error       // #REF!, #DIV/0! … as the workbook cached it; Cell.Text holds it
)

// Cell is one cell. The zero Cell is empty.
type Cell struct {
	// Text is what a careful reader sees in the cell: NFC, inner line breaks kept as \n, outer white space
	// trimmed. Numbers, percents and dates are written as their number format shows them to a Vietnamese user
	// (30/06/2025, 82,5%, 1.10).
	Text      string
	Kind      Kind
	Number    float64
	Date      progress.Date
	Precision progress.Precision // of Date: Day, or Month where the number format shows month and year only
	Percent   bool               // the number format shows a percent: Number 0.6 is 60 %
	Formula   bool               // the value is a formula's cached result
	Uncached  bool               // a formula without a cached value: Text is empty and must not be read as "nothing"
	Hidden    bool               // the column is hidden
	Struck    bool               // all its text is struck through
	Origin    progress.Origin
	// A merged cell's content stands in its first (top left) cell, whose spans are > 1; the others are Covered.
	RowSpan, ColSpan int // 0 and 1 both mean one
	Covered          bool
}
