package workbook

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
	"tiendo/pipeline/progress"
)

// A run of more empty rows or columns than these is shortened to one in the table: what stands behind it is far
// from it, and said to be so. Formatted emptiness after the last value is worth a note from these on.
const (
	farRows, farColumns             = 100, 40
	manyEmptyRows, manyEmptyColumns = 1000, 256
)

// reader makes tables of sheets.
type reader struct {
	book      *book
	limits    Limits
	cellsLeft int
	textLeft  int
	shown     []shownText             // of each shared string, as shown last
	converted map[legacy.Encoding]int // cells
	doc       grid.Document
}

func (r *reader) find(rule string, severity progress.Severity, variant string, at progress.Origin, pairs ...string) {
	f := progress.Finding{Rule: rule, Severity: severity, Variant: variant, Origin: at}
	if len(pairs) > 0 {
		f.Facts = map[string]string{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Facts[pairs[i]] = pairs[i+1]
	}
	r.doc.Findings = append(r.doc.Findings, f)
}

// axis maps the rows, or the columns, of a sheet to those of its table and back.
type axis struct {
	index  map[int]int // of the table, from 0, by number in the sheet; those left out are not in it
	number []int       // in the sheet, by index of the table
	far    []int       // numbers that follow a long run of empty ones
}

// newAxis lays out numbers, ascending, from 1: with the empty ones between them, but only one of a run longer than far.
func newAxis(numbers []int, far int) axis {
	a := axis{index: map[int]int{}}
	add := func(n int) {
		a.index[n] = len(a.number)
		a.number = append(a.number, n)
	}
	last := 0
	for _, n := range numbers {
		if n-last-1 > far {
			add(last + 1)
			a.far = append(a.far, n)
		} else {
			for gap := last + 1; gap < n; gap++ {
				add(gap)
			}
		}
		add(n)
		last = n
	}
	return a
}

// axisOf lays out numbers, ascending, and none between them.
func axisOf(numbers []int) axis {
	a := axis{index: map[int]int{}, number: numbers}
	for i, n := range numbers {
		a.index[n] = i
	}
	return a
}

// within returns the part of a span that the axis shows, as indexes; false where it shows nothing of it.
func (a axis) within(s span) (first, last int, ok bool) {
	first, ok = a.index[s.first]
	if !ok {
		return 0, 0, false
	}
	after, _ := slices.BinarySearch(a.number, s.last+1)
	return first, after - 1, true
}

// readSheet adds a sheet's table and findings to the document.
func (r *reader) readSheet(entry sheetEntry) error {
	body, ok := r.book.pkg.Take(entry.part)
	if !ok {
		return archive.Damaged(entry.part)
	}
	s, err := readSheet(entry.part, body, r.cellsLeft, r.sealedColumns(entry.name))
	if err != nil {
		return err
	}
	rows, columns, err := r.layOut(s)
	if err != nil || len(rows.number) == 0 {
		return err
	}
	t := &grid.Table{Sheet: entry.name, Hidden: entry.hidden, Rows: make([]grid.Row, len(rows.number))}
	names := make([]string, len(columns.number))
	for i, column := range columns.number {
		names[i] = grid.ColumnName(column)
	}
	for i, number := range rows.number {
		t.Rows[i].Cells = emptyRow(entry.name, strconv.Itoa(number), names)
	}
	for _, row := range s.rows {
		at := &t.Rows[rows.index[row.number]]
		at.Hidden = row.hidden
		for _, stored := range row.cells {
			c := &at.Cells[columns.index[stored.column]]
			if err := r.fill(c, stored); err != nil {
				return archive.Damaged(entry.part)
			}
			if r.textLeft -= len(c.Text); r.textLeft < 0 {
				return archive.Refuse("output")
			}
		}
	}
	covered := merge(t, s.merges, rows, columns)
	hideColumns(t, columns, s.hidden)
	t.Widths = make([]float64, len(columns.number))
	for _, w := range s.widths {
		first, _ := slices.BinarySearch(columns.number, w.first)
		for i := first; i < len(columns.number) && columns.number[i] <= w.last; i++ {
			t.Widths[i] = w.width
		}
	}
	r.doc.Blocks = append(r.doc.Blocks, grid.Block{Origin: progress.Origin{Sheet: entry.name}, Table: t})
	n := notes{reader: r, sheet: s, table: t}
	n.formulas()
	n.hidden(entry)
	n.covered(covered)
	n.margins(rows, columns)
	return nil
}

// layOut decides which rows and columns of the sheet the table has.
func (r *reader) layOut(s *sheet) (rows, columns axis, err error) {
	used := make([]bool, sheetColumns+1)
	numbers := make([]int, 0, len(s.rows))
	for _, row := range s.rows {
		numbers = append(numbers, row.number)
		for _, c := range row.cells {
			used[c.column] = true
		}
	}
	var columnNumbers []int
	for column, is := range used {
		if is {
			columnNumbers = append(columnNumbers, column)
		}
	}
	rows, columns = newAxis(numbers, farRows), newAxis(columnNumbers, farColumns)
	if s.only != nil {
		columns = axisOf(s.only)
	}
	cells := len(rows.number) * len(columns.number)
	switch {
	case len(rows.number) > r.limits.Rows:
		return rows, columns, archive.TooMany("rows", len(rows.number), r.limits.Rows)
	case len(columns.number) > r.limits.Columns:
		return rows, columns, archive.TooMany("columns", len(columns.number), r.limits.Columns)
	case cells > r.cellsLeft:
		return rows, columns, archive.TooMany("cells", cells, r.cellsLeft)
	}
	r.cellsLeft -= cells
	return rows, columns, nil
}

func emptyRow(sheet, row string, columns []string) []grid.Cell {
	cells := make([]grid.Cell, len(columns))
	for i, column := range columns {
		cells[i].Origin = progress.Origin{Sheet: sheet, Cell: column + row}
	}
	return cells
}

// fill gives a cell its value. The error says that the workbook refers to a string that it does not have.
func (r *reader) fill(c *grid.Cell, stored sheetCell) error {
	s := plainStyle
	if stored.style < len(r.book.styles) {
		s = r.book.styles[stored.style]
	}
	c.Formula = stored.formula
	switch {
	case stored.formula && stored.value == "" && stored.rich == nil && stored.kind != "str":
		c.Uncached = true
	case stored.kind == "s":
		index, err := strconv.Atoi(stored.value)
		if err != nil || index < 0 || index >= len(r.book.strings) {
			return archive.Damaged("")
		}
		r.fillShared(c, index, stored.style, s)
	case stored.kind == "inlineStr" && stored.rich != nil:
		r.fillText(c, stored.rich, s)
	case stored.kind == "b":
		c.Kind, c.Text = grid.Bool, "FALSE"
		if isTrue(stored.value, false) {
			c.Text = "TRUE"
		}
	case stored.kind == "e":
		c.Kind, c.Text = grid.Error, clean(stored.value)
	case stored.kind == "d":
		r.fillISODate(c, stored.value, s)
	case stored.kind == "" || stored.kind == "n":
		if v, ok := parseNumber(stored.value); ok {
			s.format.show(c, v, r.book.date1904)
			c.Struck = s.struck
			break
		}
		fallthrough
	default:
		r.fillText(c, richText{{text: stored.value}}, s)
	}
	return nil
}

// shownText is a string as a style shows it.
type shownText struct {
	known  bool
	style  int // index
	filled bool
	text   string
	from   legacy.Encoding
	struck bool
}

// fillShared gives a cell a shared string. Most cells with the same string have the same style: they share the text,
// which is converted and composed once.
func (r *reader) fillShared(c *grid.Cell, index, styleIndex int, s style) {
	memo := &r.shown[index]
	if !memo.known || memo.style != styleIndex {
		*memo = showIn(r.book.strings[index], s)
		memo.style = styleIndex
	}
	r.put(c, *memo)
}

func (r *reader) fillText(c *grid.Cell, text richText, s style) { r.put(c, showIn(text, s)) }

func showIn(text richText, s style) shownText {
	shown, from, struck := text.show(s)
	filled := shown != ""
	if filled {
		shown = strings.TrimSpace(s.format.showText(shown))
	}
	return shownText{known: true, filled: filled, text: shown, from: from, struck: struck}
}

func (r *reader) put(c *grid.Cell, shown shownText) {
	if !shown.filled {
		return
	}
	c.Kind, c.Text, c.Struck = grid.Text, shown.text, shown.struck
	if shown.from != legacy.None {
		r.converted[shown.from]++
	}
}

// fillISODate reads a date stored as 2025-06-30T00:00:00, which Strict workbooks may hold in place of a number.
func (r *reader) fillISODate(c *grid.Cell, value string, s style) {
	day, _, _ := strings.Cut(clean(value), "T")
	date, err := progress.ParseDate(day)
	if err != nil || date.IsZero() {
		r.fillText(c, richText{{text: value}}, s)
		return
	}
	epoch := progress.Date{Year: 1899, Month: 12, Day: 30}
	f, _ := s.format.pick(1)
	if !f.date || !f.has("ymd") {
		f = parseFormat(builtin[14])[0]
	}
	f.showDate(c, float64(epoch.DaysUntil(date)), false)
}

// parseNumber reads a number as workbooks store them; ParseFloat alone would also take words and hexadecimals.
func parseNumber(value string) (float64, bool) {
	value = strings.TrimSpace(value)
	if strings.Trim(value, "0123456789+-.eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(value, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// merge marks merged cells, as far as the table shows them, and returns the covered cells that held something: a
// reader never sees it, so it is taken out. Of merges that overlap, which no spreadsheet makes, the first counts.
func merge(t *grid.Table, merges []area, rows, columns axis) (covered []grid.Cell) {
	taken := make([][]bool, len(t.Rows))
	for i := range taken {
		taken[i] = make([]bool, len(columns.number))
	}
	for _, m := range merges {
		top, bottom, ok1 := rows.within(span{m.top, m.bottom})
		left, right, ok2 := columns.within(span{m.left, m.right})
		if !ok1 || !ok2 || top == bottom && left == right {
			continue
		}
		// Rows are taken one by one until one overlaps, so that no cell is looked at more than once for all merges.
		last := top - 1
		for row := top; row <= bottom && free(taken[row][left:right+1]); row++ {
			last = row
		}
		if last < top {
			continue
		}
		first := &t.Rows[top].Cells[left]
		first.RowSpan, first.ColSpan = last-top+1, right-left+1
		for row := top; row <= last; row++ {
			for column := left; column <= right; column++ {
				taken[row][column] = true
				c := &t.Rows[row].Cells[column]
				if c == first {
					continue
				}
				if filled(*c) {
					covered = append(covered, *c)
				}
				*c = grid.Cell{Covered: true, Hidden: c.Hidden, Origin: c.Origin}
			}
		}
	}
	return covered
}

func free(cells []bool) bool {
	for _, taken := range cells {
		if taken {
			return false
		}
	}
	return true
}

// hideColumns marks the cells of hidden columns.
func hideColumns(t *grid.Table, columns axis, hidden []span) {
	change := make([]int, len(columns.number)+1) // in how many spans a column is, against the one before
	for _, h := range hidden {
		first, _ := slices.BinarySearch(columns.number, h.first)
		after, _ := slices.BinarySearch(columns.number, h.last+1)
		change[first]++
		change[after]--
	}
	spans := 0
	for i := range columns.number {
		if spans += change[i]; spans == 0 {
			continue
		}
		for row := range t.Rows {
			t.Rows[row].Cells[i].Hidden = true
		}
	}
}
