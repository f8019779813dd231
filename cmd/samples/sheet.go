package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// sheet is a document with one table, whatever program will write it.
type sheet struct {
	Name      string    `json:"name"`
	Title     []string  `json:"title"` // lines above the table
	Head      [][]cell  `json:"head"`
	Body      [][]cell  `json:"body"`
	Foot      []string  `json:"foot"`   // lines below the table
	Widths    []float64 `json:"widths"` // of the columns, in characters
	Landscape bool      `json:"landscape"`
}

// cell is text, or a number or day with the number format that shows it.
type cell struct {
	Text   string   `json:"text,omitempty"`
	Number *float64 `json:"number,omitempty"`
	Date   string   `json:"date,omitempty"` // ISO
	Format string   `json:"format,omitempty"`
	Rows   int      `json:"rows,omitempty"` // spans; 0 and 1 are one
	Cols   int      `json:"cols,omitempty"`
	Bold   bool     `json:"bold,omitempty"`
	// Covered by the span of another cell.
	Covered bool `json:"covered,omitempty"`
}

// Shown is the cell as a page shows it.
func (c cell) Shown() string {
	switch {
	case c.Number != nil && c.Format == "0%":
		return fmt.Sprintf("%.0f%%", *c.Number*100)
	case c.Number != nil:
		return strings.TrimSuffix(strings.Replace(fmt.Sprintf("%.1f", *c.Number), ".", ",", 1), ",0")
	case c.Date != "":
		return shownDate(day(c.Date), c.Format)
	}
	return c.Text
}

func shownDate(d progress.Date, format string) string {
	if format == "mm/yyyy" {
		return fmt.Sprintf("%02d/%d", int(d.Month), d.Year)
	}
	return fmt.Sprintf("%02d/%02d/%d", d.Day, int(d.Month), d.Year)
}

// writeCSV writes the table as CSV with the sign between fields, after its title lines. mark puts a byte order mark first.
func (s sheet) writeCSV(sign rune, mark bool) ([]byte, error) {
	var b bytes.Buffer
	if mark {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.Comma = sign
	w.UseCRLF = mark // Excel writes both
	for _, line := range s.Title {
		if err := w.Write([]string{line}); err != nil {
			return nil, err
		}
	}
	for _, row := range append(append([][]cell{}, s.Head...), s.Body...) {
		record := make([]string, len(row))
		for i, c := range row {
			record[i] = c.Shown()
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// madeAt stands in the properties of every file made here, so that the same seed gives the same bytes.
const madeAt = "2025-05-16T00:00:00Z"

// writeXLSX writes the sheet with excelize.
func (s sheet) writeXLSX() ([]byte, error) { return s.with()() }

// with writes the sheet, and others behind it, with excelize.
func (s sheet) with(others ...sheet) func() ([]byte, error) {
	return func() ([]byte, error) { return writeXLSX(append([]sheet{s}, others...)) }
}

func writeXLSX(sheets []sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheets[0].Name); err != nil {
		return nil, err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "samples", Created: madeAt, Modified: madeAt}); err != nil {
		return nil, err
	}
	w := workbook{f: f, styles: map[string]int{}}
	for i, s := range sheets {
		if i > 0 {
			if _, err := f.NewSheet(s.Name); err != nil {
				return nil, err
			}
		}
		if err := w.fill(s); err != nil {
			return nil, err
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// workbook writes its sheets row by row.
type workbook struct {
	f      *excelize.File
	styles map[string]int // by number format and weight
}

func (w *workbook) fill(s sheet) error {
	stream, err := w.f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for i, width := range s.Widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	line := 0
	put := func(cells []cell) error {
		line++
		return w.row(stream, line, cells)
	}
	for _, text := range s.Title {
		if err := put([]cell{{Text: text, Bold: true, Cols: len(s.Widths)}}); err != nil {
			return err
		}
	}
	if len(s.Title) > 0 {
		line++
	}
	for _, cells := range append(append([][]cell{}, s.Head...), s.Body...) {
		if err := put(cells); err != nil {
			return err
		}
	}
	line++
	for _, text := range s.Foot {
		if err := put([]cell{{Text: text}}); err != nil {
			return err
		}
	}
	return stream.Flush()
}

func (w *workbook) row(stream *excelize.StreamWriter, line int, cells []cell) error {
	values := make([]any, len(cells))
	for i, c := range cells {
		style, err := w.style(c)
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: style, Value: c.value()}
		if c.Rows > 1 || c.Cols > 1 {
			from, to := address(i, line), address(i+max(c.Cols, 1)-1, line+max(c.Rows, 1)-1)
			if err := stream.MergeCell(from, to); err != nil {
				return err
			}
		}
	}
	return stream.SetRow(address(0, line), values)
}

func (w *workbook) style(c cell) (int, error) {
	key := fmt.Sprint(c.Format, c.Bold)
	if id, ok := w.styles[key]; ok {
		return id, nil
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: 11, Bold: c.Bold},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}
	if c.Format != "" {
		style.CustomNumFmt = &c.Format
	}
	id, err := w.f.NewStyle(style)
	w.styles[key] = id
	return id, err
}

func (c cell) value() any {
	switch {
	case c.Number != nil:
		return *c.Number
	case c.Date != "":
		return day(c.Date).Time(time.UTC)
	case c.Text == "":
		return nil
	}
	return c.Text
}

// address is the A1 name of a cell; column from 0, line from 1.
func address(column, line int) string {
	name, err := excelize.CoordinatesToCellName(column+1, line)
	if err != nil {
		panic(err) // only for columns and lines below 1
	}
	return name
}
