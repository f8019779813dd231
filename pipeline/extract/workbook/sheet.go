package workbook

import (
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
)

// The size of a worksheet (ECMA-376); what lies beyond was not written by a spreadsheet.
const (
	sheetRows    = 1_048_576
	sheetColumns = 16_384
)

// sheet is a worksheet as stored: the cells that hold something, by rows, and what is said about them.
type sheet struct {
	rows    []sheetRow // ascending, only those with cells
	merges  []area
	hidden  []span // columns
	widths  []columnWidth
	lastRow int // the last row and column that are mentioned at all, filled or formatted
	lastCol int
	only    []int // columns that are kept, ascending; nil: all are
	left    int   // cells that may still be kept
}

type sheetRow struct {
	number int
	hidden bool
	cells  []sheetCell // ascending
}

// sheetCell is a cell as stored.
type sheetCell struct {
	column  int
	style   int
	kind    string // attribute t: s, str, inlineStr, b, e, d, n
	value   string
	rich    richText // of kind inlineStr
	formula bool
}

type span struct{ first, last int }

// columnWidth is the width that a run of columns is given, in characters.
type columnWidth struct {
	span
	width float64
}

// area is a rectangle of cells, corners included, counted from 1.
type area struct{ top, left, bottom, right int }

// readSheet reads a worksheet part. It is refused unless it is read to its end, the places of its cells make sense,
// and as many rows were read as a plain count of the tags finds. No more than limit cells are kept,
// and of the columns those of only, unless it is nil.
func readSheet(name string, body string, limit int, only []int) (*sheet, error) {
	x := archive.NewXML(body)
	if !x.Next() || x.Name != "worksheet" {
		return nil, archive.Damaged(name)
	}
	s := &sheet{only: only, left: limit}
	read, ok := 0, true
	for ok && x.Next() {
		if x.Kind != archive.Start {
			continue
		}
		switch x.Name {
		case "sheetData":
			read, ok = s.readRows(x)
		case "col":
			ok = s.readColumn(x)
		case "mergeCell":
			m, valid := parseArea(x.Attr("ref"))
			s.merges = append(s.merges, m)
			ok = valid
		case "cols", "mergeCells":
		default:
			x.Skip()
		}
	}
	if s.left < 0 {
		return nil, archive.TooMany("cells", limit+1, limit)
	}
	if !ok || x.Err() != nil || read != countRows(x.Source()) || !s.order() {
		return nil, archive.Damaged(name)
	}
	return s, nil
}

func (s *sheet) readColumn(x *archive.XML) bool {
	first, err1 := strconv.Atoi(x.Attr("min"))
	last, err2 := strconv.Atoi(x.Attr("max"))
	if err1 != nil || err2 != nil || first < 1 || last < first {
		return false
	}
	if isTrue(x.Attr("hidden"), false) || isZero(x.Attr("width")) {
		s.hidden = append(s.hidden, span{first, last})
	}
	if width, ok := parseNumber(x.Attr("width")); ok && width > 0 && width <= 255 {
		s.widths = append(s.widths, columnWidth{span{first, last}, width})
	}
	return true
}

// readRows reads the element sheetData, whose Start is at hand. It returns the number of rows read, and false
// where their places make no sense.
func (s *sheet) readRows(x *archive.XML) (rows int, ok bool) {
	number := 0
	for outside := x.Depth() - 1; x.Next() && x.Depth() > outside; {
		if x.Kind != archive.Start {
			continue
		}
		if x.Name != "row" {
			x.Skip()
			continue
		}
		rows++
		number++
		if ref := x.Attr("r"); ref != "" {
			n, err := strconv.Atoi(ref)
			if err != nil {
				return rows, false
			}
			number = n
		}
		if number < 1 || number > sheetRows {
			return rows, false
		}
		if !s.readRow(x, number) {
			return rows, false
		}
	}
	return rows, true
}

func (s *sheet) readRow(x *archive.XML, number int) bool {
	row := sheetRow{number: number, hidden: isTrue(x.Attr("hidden"), false) || isZero(x.Attr("ht"))}
	s.lastRow = max(s.lastRow, number)
	column := 0
	for outside := x.Depth() - 1; x.Next() && x.Depth() > outside; {
		if x.Kind != archive.Start {
			continue
		}
		if x.Name != "c" {
			x.Skip()
			continue
		}
		column++
		if ref := x.Attr("r"); ref != "" {
			r, c, ok := parseCell(ref)
			if !ok || r != number {
				return false
			}
			column = c
		}
		if column > sheetColumns {
			return false
		}
		s.lastCol = max(s.lastCol, column)
		c := sheetCell{column: column}
		if !c.read(x) {
			return false
		}
		if (c.value != "" || c.rich != nil || c.formula) && s.keeps(column) {
			row.cells = append(row.cells, c)
			if s.left--; s.left < 0 {
				return false
			}
		}
	}
	if len(row.cells) > 0 {
		s.rows = append(s.rows, row)
	}
	return true
}

func (s *sheet) keeps(column int) bool {
	if s.only == nil {
		return true
	}
	_, found := slices.BinarySearch(s.only, column)
	return found
}

// read reads the cell whose Start is at hand, to its End.
func (c *sheetCell) read(x *archive.XML) bool {
	c.kind = x.Attr("t")
	if index := x.Attr("s"); index != "" {
		n, err := strconv.Atoi(index)
		if err != nil || n < 0 {
			return false
		}
		c.style = n
	}
	for outside := x.Depth() - 1; x.Next() && x.Depth() > outside; {
		if x.Kind != archive.Start {
			continue
		}
		switch x.Name {
		case "v":
			c.value = x.ElementText()
		case "is":
			c.rich = readRich(x)
		case "f":
			c.formula = true
			x.Skip()
		default:
			x.Skip()
		}
	}
	return true
}

// order puts rows and cells in ascending order. It returns false where a cell stands twice.
func (s *sheet) order() bool {
	slices.SortStableFunc(s.rows, func(a, b sheetRow) int { return a.number - b.number })
	for i := range s.rows {
		if i > 0 && s.rows[i].number == s.rows[i-1].number {
			return false
		}
		cells := s.rows[i].cells
		ascending := func(a, b sheetCell) int { return a.column - b.column }
		if !slices.IsSortedFunc(cells, ascending) {
			slices.SortStableFunc(cells, ascending)
		}
		for j := 1; j < len(cells); j++ {
			if cells[j].column == cells[j-1].column {
				return false
			}
		}
	}
	return true
}

// countRows counts the row tags in the sheet's data without reading the XML: a second opinion on what was read.
func countRows(part string) int {
	count, inside := 0, false
	for {
		i := strings.IndexByte(part, '<')
		if i < 0 {
			return count
		}
		part = part[i+1:]
		switch {
		case strings.HasPrefix(part, "!--"):
			_, part, _ = strings.Cut(part, "-->")
			continue
		case strings.HasPrefix(part, "![CDATA["):
			_, part, _ = strings.Cut(part, "]]>")
			continue
		}
		name, tag := part, part[:max(0, strings.IndexByte(part, '>'))]
		if end := strings.IndexAny(part[:min(len(part), 80)], " \t\r\n/>"); end > 0 {
			name = part[:end]
		} else if end == 0 { // an end tag
			name = part[1:]
			name = name[:max(0, strings.IndexAny(name, " \t\r\n>"))]
			if localName(name) == "sheetData" {
				inside = false
			}
			continue
		}
		switch localName(name) {
		case "sheetData":
			inside = !strings.HasSuffix(tag, "/") // <sheetData/> has no end tag of its own
		case "row":
			if inside {
				count++
			}
		}
	}
}

func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// parseCell reads a reference such as B12, with or without $.
func parseCell(ref string) (row, column int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if ref[i] == '$' {
			continue
		}
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
		if column > sheetColumns {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(ref[i:])
	return row, column, err == nil && column > 0 && row > 0 && row <= sheetRows
}

// parseArea reads a reference such as A1:C3, or to one cell.
func parseArea(ref string) (area, bool) {
	first, last, found := strings.Cut(ref, ":")
	if !found {
		last = first
	}
	top, left, ok1 := parseCell(first)
	bottom, right, ok2 := parseCell(last)
	return area{top, left, bottom, right}, ok1 && ok2 && top <= bottom && left <= right
}

// isZero reports whether an attribute says a length of nothing.
func isZero(length string) bool {
	n, err := strconv.ParseFloat(length, 64)
	return err == nil && n == 0
}
