package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
)

// unmarked is the severity of a cell about which there is no finding.
const unmarked progress.Severity = ""

// severityFill is the colour that marks a severity, in the list and in the copy. Colour never stands alone: a word or a comment says the
// same.
var severityFill = map[progress.Severity]string{
	progress.SeverityError: "F8CBAD", progress.SeverityWarning: "FFE699", progress.SeverityNote: "DDEBF7",
}

// nameCopies gives the sheets of the copy their names: those of the original, as far as a workbook may have them beside our own.
func (b *book) nameCopies() {
	taken := map[string]bool{}
	for _, key := range []string{"answer.sheet.receipt", "answer.sheet.findings"} {
		taken[strings.ToLower(b.words.Say(key))] = true
	}
	for _, s := range b.answer.Copy.Sheets {
		name := sheetName(s.Name, "")
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = sheetName(s.Name, fmt.Sprintf(" (%d)", n))
		}
		taken[strings.ToLower(name)] = true
		b.copyNames = append(b.copyNames, name)
	}
}

// sheetName makes a name that every spreadsheet takes: 31 UTF-16 units, none of []:*?/\, no quote at either end.
func sheetName(name, suffix string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	name = cmp.Or(strings.Trim(name, "' "), "_")
	for len(utf16.Encode([]rune(name+suffix))) > excelize.MaxSheetNameLength {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return strings.TrimRight(name, "' ") + suffix
}

// sheetOf is the sheet of the copy in which the finding's cell stands; empty where there is none.
func (b *book) sheetOf(f progress.Finding) string {
	if f.File != b.answer.Submission.File || f.Origin.Cell == "" {
		return ""
	}
	at := slices.IndexFunc(b.answer.Copy.Sheets, func(s progress.CopySheet) bool { return s.Name == f.Origin.Sheet })
	if at < 0 {
		return ""
	}
	return b.copyNames[at]
}

// copyLine says in the receipt whether there is a marked copy.
func (b *book) copyLine() string {
	switch {
	case len(b.answer.Copy.Sheets) > 0:
		return b.words.Say("answer.copy.made")
	case b.answer.Submission.File == "":
		return b.words.Say("answer.copy.no_file")
	}
	return b.words.Say("answer.copy.none")
}

// mark is what the findings say of one cell.
type mark struct {
	severity progress.Severity // the gravest
	texts    []string
}

// copies adds the sheets of the unit's workbook with the cells of the findings marked.
func (b *book) copies() error {
	marks := make([]map[[2]int]mark, len(b.copyNames))
	for _, f := range b.answer.Findings { // the gravest of a file come first
		column, row, err := excelize.CellNameToCoordinates(f.Origin.Cell)
		sheet := b.sheetOf(f)
		if sheet == "" || err != nil {
			continue
		}
		i := slices.Index(b.copyNames, sheet)
		if marks[i] == nil {
			marks[i] = map[[2]int]mark{}
		}
		m := marks[i][[2]int{row, column}]
		if m.severity == unmarked || f.Severity.Rank() < m.severity.Rank() {
			m.severity = f.Severity
		}
		message, remedy := b.words.Finding(f)
		m.texts = append(m.texts, b.words.Say("severity."+string(f.Severity))+" "+f.Rule+": "+message+" "+remedy)
		marks[i][[2]int{row, column}] = m
	}
	for i, s := range b.answer.Copy.Sheets {
		if err := b.copySheet(b.copyNames[i], s, marks[i]); err != nil {
			return fmt.Errorf("copy of sheet %q: %w", s.Name, err)
		}
	}
	return nil
}

// placed is a cell of a copy at its place.
type placed struct {
	row, column int
	cell        progress.CopyCell
	mark        mark
}

// copySheet writes one sheet of the copy. It is streamed: a value in the last row that a sheet can have costs no more than one in the first.
func (b *book) copySheet(name string, s progress.CopySheet, marks map[[2]int]mark) error {
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	cells, err := place(s, marks)
	if err != nil {
		return err
	}
	for _, c := range cells {
		if c.mark.texts != nil {
			if err := b.file.AddComment(name, comment(c)); err != nil {
				return err
			}
		}
	}
	if s.Hidden && len(marks) == 0 {
		if err := b.file.SetSheetVisible(name, false); err != nil {
			return err
		}
	}
	if err := landscape(b.file, name); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	widths := map[int]float64{}
	for _, width := range s.Widths {
		column, _, err := excelize.CellNameToCoordinates(width.Cell)
		if err != nil {
			return err
		}
		widths[column] = width.Width
		if err := w.SetColWidth(column, column, width.Width); err != nil {
			return err
		}
	}
	if err := b.fillCopy(w, cells, widths); err != nil {
		return err
	}
	return w.Flush()
}

// place sorts the cells of a sheet by their places; a marked cell that shows nothing is one of them.
func place(s progress.CopySheet, marks map[[2]int]mark) ([]placed, error) {
	var out []placed
	seen := map[[2]int]bool{}
	for _, c := range s.Cells {
		column, row, err := excelize.CellNameToCoordinates(c.Cell)
		if err != nil {
			return nil, err
		}
		at := [2]int{row, column}
		seen[at] = true
		out = append(out, placed{row, column, c, marks[at]})
	}
	for at, m := range marks {
		if !seen[at] {
			out = append(out, placed{row: at[0], column: at[1], mark: m})
		}
	}
	slices.SortFunc(out, func(a, b placed) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column)) })
	return out, nil
}

// usualWidth is that of a column of which the workbook says nothing, in characters.
const usualWidth = 8.43

// lines is how many lines the words of the cell need.
func (c placed) lines(widths map[int]float64) int {
	if c.cell.RowSpan > 1 {
		return 1
	}
	width := 0.0
	for column := c.column; column < c.column+max(1, c.cell.ColSpan); column++ {
		width += cmp.Or(widths[column], usualWidth)
	}
	return container.Lines(c.cell.Text, width, copySize)
}

// fillCopy writes the cells; each row is as high as its words, for the copy keeps no heights and is read, not only clicked at.
func (b *book) fillCopy(w *excelize.StreamWriter, cells []placed, widths map[int]float64) error {
	for len(cells) > 0 {
		row, n := cells[0].row, 0
		for n < len(cells) && cells[n].row == row {
			n++
		}
		first := cells[0].column
		values, lines := make([]any, cells[n-1].column-first+1), 1
		for _, c := range cells[:n] {
			lines = max(lines, c.lines(widths))
			value := excelize.Cell{StyleID: b.copied[c.mark.severity], Value: container.Text(c.cell.Text)}
			switch {
			case c.cell.Number != nil:
				value.Value = *c.cell.Number
			case container.Acts(c.cell.Text):
				value.StyleID = b.quoted[value.StyleID]
			}
			values[c.column-first] = value
		}
		start, err := excelize.CoordinatesToCellName(first, row)
		if err != nil {
			return err
		}
		if err := w.SetRow(start, values, excelize.RowOpts{Height: container.Height(lines, copySize)}); err != nil {
			return err
		}
		for _, c := range cells[:n] {
			if err := merge(w, c); err != nil {
				return err
			}
		}
		cells = cells[n:]
	}
	return nil
}

func merge(w *excelize.StreamWriter, c placed) error {
	rows, columns := max(1, c.cell.RowSpan), max(1, c.cell.ColSpan)
	if rows == 1 && columns == 1 {
		return nil
	}
	from, err := excelize.CoordinatesToCellName(c.column, c.row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(c.column+columns-1, c.row+rows-1)
	if err != nil {
		return err
	}
	return w.MergeCell(from, to)
}

// comment is the note at a marked cell, in a box that holds its words.
func comment(c placed) excelize.Comment {
	const width, perLine, line = 360, 55, 17 // pixels, characters, pixels
	words := container.Text(strings.Join(c.mark.texts, "\n\n"))
	lines := 1
	for _, part := range strings.Split(words, "\n") {
		lines += 1 + utf8.RuneCountInString(part)/perLine
	}
	cell, _ := excelize.CoordinatesToCellName(c.column, c.row)
	return excelize.Comment{Cell: cell, Author: "tiendo", Width: width, Height: uint(min(600, line*lines)), Paragraph: []excelize.RichTextRun{
		{Text: words, Font: &excelize.Font{Family: font, Size: copySize}},
	}}
}
