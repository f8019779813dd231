package pipeline

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/write/publish"
	"tiendo/pipeline/write/report"
	"tiendo/pipeline/write/workbook"
)

// ErrMouths is rule T06: the PDF and the workbook of an edition do not say the same. A fault of the program; nothing is published.
var ErrMouths = errors.New("the PDF and the workbook do not say the same")

// checkMouths reads both files back as a stranger would: every figure that the PDF says it prints must stand where it says so, word for
// word, and be the number in its cell of the workbook. It knows nothing of the synthesis, which may be right and badly written.
func checkMouths(drawn publish.File, printed []report.Printed, book publish.File, places map[string]workbook.Place) error {
	last := 0
	for _, p := range printed {
		last = max(last, p.Page)
	}
	pages, err := textOf(drawn, last)
	if err != nil {
		return err
	}
	const held = 1 << 20 // bytes of a part of the workbook; larger ones are unpacked to disk
	cells, err := excelize.OpenReader(book.Reader(), excelize.Options{UnzipXMLSizeLimit: held, UnzipSizeLimit: math.MaxInt64, RawCellValue: true})
	if err != nil {
		return fmt.Errorf("%w: the workbook does not open: %w", ErrMouths, err)
	}
	defer cells.Close()
	for _, p := range printed {
		if !pages.says(p) {
			return fmt.Errorf("%w: page %d does not say %q where %s stands", ErrMouths, p.Page, p.Text, p.Figure)
		}
		place, ok := places[p.Figure]
		if !ok {
			return fmt.Errorf("%w: %s stands on page %d and in no cell", ErrMouths, p.Figure, p.Page)
		}
		cell, err := cells.GetCellValue(place.Sheet, place.Cell)
		if err != nil {
			return err
		}
		if !sameFigure(p.Aspect, p.Text, cell) {
			return fmt.Errorf("%w: %s is %q on page %d and %q in %s", ErrMouths, p.Figure, p.Text, p.Page, cell, place)
		}
	}
	return nil
}

// sameFigure reports whether the words of the PDF are the number of the cell, as exactly as they are printed. Portions and changes are
// of two cells; where they stand is all that can be held against one.
func sameFigure(aspect report.Aspect, text, cell string) bool {
	value, err := strconv.ParseFloat(cell, 64)
	switch {
	case aspect != report.Number && aspect != report.Percentage && aspect != report.Fraction:
		return true
	case !strings.ContainsAny(text, "0123456789"):
		return err != nil // a gap is a gap in both
	}
	switch aspect {
	case report.Number:
		return err == nil && digitsOf(text) == value
	case report.Percentage: // with one decimal
		return err == nil && math.Abs(digitsOf(text)/10-100*value) <= 0.05+1e-9
	case report.Fraction:
		num, den, _ := strings.Cut(text, "/")
		if digitsOf(den) == 0 {
			return err != nil // a rate with nothing in its denominator is a gap
		}
		return err == nil && math.Abs(digitsOf(num)/digitsOf(den)-value) < 1e-9
	}
	return true
}

// digitsOf is the number that the digits of a text make, whatever separates them.
func digitsOf(text string) float64 {
	n, _ := strconv.ParseFloat("0"+strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text), 64)
	return n
}

// words is a piece of text of a page and where it stands.
type words struct {
	box  []float64
	text string
}

// pageTexts is what stands on each page, as our own reader finds it.
type pageTexts map[int][]words

// textOf reads a PDF of ours up to a page.
func textOf(file publish.File, last int) (pageTexts, error) {
	doc, err := pdf.ReadOwn(file.Content, file.Size, last)
	if err != nil {
		return nil, fmt.Errorf("%w: the PDF cannot be read back: %w", ErrMouths, err)
	}
	out := pageTexts{}
	for _, b := range doc.Blocks {
		if b.Table == nil {
			out[b.Origin.Page] = append(out[b.Origin.Page], words{b.Origin.Box, b.Text})
			continue
		}
		for _, row := range b.Table.Rows {
			out.addCells(b.Table.Page, row.Cells)
		}
	}
	return out, nil
}

func (t pageTexts) addCells(page int, cells []grid.Cell) {
	for _, c := range cells {
		if c.Text != "" {
			t[page] = append(t[page], words{c.Origin.Box, c.Text})
		}
	}
}

// says reports whether the figure's words stand at its place, and are no part of a longer number. Across, it is enough that the places meet: the
// reader may take tiles for cells, and the box of a cell ends at its edge, though its last words go beyond.
func (t pageTexts) says(p report.Printed) bool {
	y := (p.Box[1] + p.Box[3]) / 2
	for _, w := range t[p.Page] {
		if len(w.box) == 4 && p.Box[2] >= w.box[0] && p.Box[0] <= w.box[2] && y >= w.box[1] && y <= w.box[3] && holds(w.text, p.Text) {
			return true
		}
	}
	return false
}

// holds reports whether the text has the words; how wide their spaces are is the layout's business.
func holds(text, wanted string) bool {
	text, wanted = strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(wanted), " ")
	for from := 0; wanted != ""; {
		at := strings.Index(text[from:], wanted)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(wanted)
		if !endsInDigit(text[:start]) && !startsWithDigit(text[end:]) {
			return true
		}
		from = start + 1
	}
	return false
}

func endsInDigit(s string) bool     { return s != "" && unicode.IsDigit(rune(s[len(s)-1])) }
func startsWithDigit(s string) bool { return s != "" && unicode.IsDigit(rune(s[0])) }
