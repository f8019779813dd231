package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/write/container"
)

// line is one row of a sheet.
type line struct {
	cells  []cell
	height float64 // points; 0: as high as its words need
}

// sheet describes one sheet before it is written. All of it is known beforehand, so that a sheet of any length is written
// in one pass.
type sheet struct {
	name   string
	widths []float64 // of the columns, in characters
	rows   int
	row    func(i int) line // i from 0
	// table is the name of the Excel table; empty where the sheet has none. It begins with the row of headings
	// and runs to the last row.
	table    string
	headings int // number of the row of headings, from 1; it and the rows above stay in view. 0: nothing does
	frozen   int // columns that stay in view
	portrait bool
	printed  int // columns that are printed, from the first; 0: all
	rules    []rule
	charts   []placedChart
}

// rule is a conditional format of one column below the row of headings.
type rule struct {
	column int // from 0
	when   excelize.ConditionalFormatOptions
}

// placedChart is a chart and the cell of its upper left corner.
type placedChart struct {
	cell  string
	chart *excelize.Chart
	combo []*excelize.Chart
}

// linkLimit bounds the links of one sheet. Excel keeps 65,530; a reader of longer lists filters them.
const linkLimit = 5000

// add writes a sheet at the end of the book.
func (b *book) add(s sheet) error {
	if err := b.open(s); err != nil {
		return fmt.Errorf("sheet %s: %w", s.name, err)
	}
	if err := b.stream(s); err != nil {
		return fmt.Errorf("sheet %s: %w", s.name, err)
	}
	return nil
}

// open makes the sheet and sets what stands before and after its rows.
func (b *book) open(s sheet) error {
	if err := b.newSheet(s.name); err != nil {
		return err
	}
	if err := b.file.SetSheetDimension(s.name, "A1:"+ref(len(s.widths), s.rows)); err != nil {
		return err
	}
	if err := b.layOut(s); err != nil {
		return err
	}
	for _, r := range s.rules {
		if err := b.mark(s, r); err != nil {
			return err
		}
	}
	for _, c := range s.charts {
		if err := b.file.AddChart(s.name, c.cell, c.chart, c.combo...); err != nil {
			return err
		}
	}
	return nil
}

// newSheet appends an empty sheet. A new file has one already, which becomes the first.
func (b *book) newSheet(name string) error {
	if b.sheets == 0 {
		b.sheets++
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	b.sheets++
	_, err := b.file.NewSheet(name)
	return err
}

// layOut sets how the sheet is shown and printed: A4, one page wide, page numbers, headings on every page.
func (b *book) layOut(s sheet) error {
	orientation := "landscape"
	if s.portrait {
		orientation = "portrait"
	}
	steps := []func() error{
		func() error { return b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: ptr(true)}) },
		func() error {
			return b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
				Size: ptr(9), Orientation: &orientation, FitToWidth: ptr(1), FitToHeight: ptr(0),
			})
		},
		func() error {
			return b.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{ // inches: 20, 15, 20, 15 mm
				Top: ptr(0.79), Bottom: ptr(0.79), Left: ptr(0.59), Right: ptr(0.59), Header: ptr(0.3), Footer: ptr(0.3),
				Horizontally: ptr(true),
			})
		},
		func() error {
			return b.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: b.header, OddFooter: b.footer})
		},
		func() error {
			return b.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: ptr(false)})
		},
		func() error { return b.printNames(s) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// printNames says which columns are printed and which row is repeated on every page.
func (b *book) printNames(s sheet) error {
	name := func(name, cells string) error {
		return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm." + name, RefersTo: quoteSheet(s.name) + "!" + cells, Scope: s.name})
	}
	if s.printed > 0 {
		if err := name("Print_Area", "$A$1:"+fixed(s.printed, s.rows)); err != nil {
			return err
		}
	}
	if s.headings > 0 {
		return name("Print_Titles", fmt.Sprintf("$%d:$%d", s.headings, s.headings))
	}
	return nil
}

// mark sets a conditional format on the rows below the headings.
func (b *book) mark(s sheet, r rule) error {
	area := ref(r.column+1, s.headings+1) + ":" + ref(r.column+1, s.rows)
	return b.file.SetConditionalFormat(s.name, area, []excelize.ConditionalFormatOptions{r.when})
}

// stream writes the rows: the first ones now, the rest when the workbook goes out.
func (b *book) stream(s sheet) error {
	w, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	for i, width := range slices.Backward(s.widths) { // excelize writes the last one set first; Excel wants them in order
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if s.headings > 0 {
		if err := w.SetPanes(panes(s)); err != nil {
			return err
		}
	}
	links := 0
	for i := range s.rows {
		if i == early {
			b.container.Fill(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets), b.rest(s, links))
		}
		l := b.bound(s.row(i), &links)
		if err := b.note(w, s, i+1, l); err != nil {
			return err
		}
		if i < early {
			if err := b.set(w, s, i+1, l); err != nil {
				return err
			}
		}
	}
	if s.table != "" {
		err := w.AddTable(&excelize.Table{
			Range: ref(1, s.headings) + ":" + ref(len(s.widths), s.rows), Name: s.table,
			StyleName: "TableStyleLight1", ShowRowStripes: ptr(true),
		})
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

// panes keeps the rows down to the headings, and the first columns, in view.
func panes(s sheet) *excelize.Panes {
	corner, pane := ref(s.frozen+1, s.headings+1), "bottomLeft"
	if s.frozen > 0 {
		pane = "bottomRight"
	}
	return &excelize.Panes{
		Freeze: true, XSplit: s.frozen, YSplit: s.headings, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}
}

// note tells the book what a row is to it: in which cells figures stand, which cells are one, where links lead.
func (b *book) note(w *excelize.StreamWriter, s sheet, row int, l line) error {
	column := 1
	for _, c := range l.cells {
		at, span := ref(column, row), max(c.span, 1)
		if c.figure != "" {
			b.places[c.figure] = Place{Sheet: s.name, Cell: at}
		}
		if c.link != nil {
			if err := b.file.SetCellHyperLink(s.name, at, c.link.String(), "Location"); err != nil {
				return err
			}
		}
		if span > 1 {
			if err := w.MergeCell(at, ref(column+span-1, row)); err != nil {
				return err
			}
		}
		column += span
	}
	return nil
}

// bound takes the links beyond the limit from a row; links counts those of the sheet so far. What leads nowhere must not look as if it
// did.
func (b *book) bound(l line, links *int) line {
	for i, c := range l.cells {
		switch {
		case c.link == nil:
		case *links < linkLimit:
			*links++
		default:
			l.cells[i].link = nil
			if c.style == b.style.link {
				l.cells[i].style = b.style.text
			}
		}
	}
	return l
}

// set writes a row.
func (b *book) set(w *excelize.StreamWriter, s sheet, row int, l line) error {
	values := make([]any, 0, len(s.widths))
	for _, c := range l.cells {
		if text, ok := c.value.(string); ok {
			c.value = nil
			if text = clean(text); text != "" { // a cell with an empty text is not an empty cell
				c.value = text
				if container.Acts(text) {
					c.style = b.style.quoted[c.style]
				}
			}
		}
		values = append(values, excelize.Cell{StyleID: c.style, Value: c.value})
		for range c.span - 1 {
			values = append(values, excelize.Cell{StyleID: c.style})
		}
	}
	return w.SetRow(ref(1, row), values, excelize.RowOpts{Height: b.points(l, s.widths)})
}

// ref is the cell of a column and a row, both from 1: C7.
func ref(column, row int) string { return letters(column) + strconv.Itoa(row) }

// fixed is a cell as defined names and charts give it: $C$7.
func fixed(column, row int) string { return "$" + letters(column) + "$" + strconv.Itoa(row) }

// letters is the name of a column.
func letters(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // columns are few, and count from 1
	}
	return name
}

// quoteSheet is the name of a sheet as it stands in a reference.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

func ptr[T any](v T) *T { return &v }
