package rows_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// The notation of the case files in testdata. A document is written as it is seen:
//
//	== sheet Báo cáo       a worksheet begins; "== hidden sheet X" a hidden one
//	== page 2 open         the part of a table on a page begins; open: no ruling opens its first row
//	== table               a table of a text document begins
//	| STT | Nhiệm vụ |     a row; "~| … |" is a hidden row
//	any other line         a paragraph
//
// In a cell: < belongs to the merged cell at its left, ^ to the one above, \n is a line break, #1.1 a number, %0.6 a
// number shown as a percent, @2025-06-30 a date, @2025-06 a date shown as a month, ~text struck through.
func parseDocument(t *testing.T, text string) grid.Document {
	t.Helper()
	var doc grid.Document
	var table *grid.Table
	words := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "== "):
			table = newTable(t, strings.Fields(line[3:]), &words)
			doc.Blocks = append(doc.Blocks, grid.Block{Table: table})
		case strings.HasPrefix(line, "|"), strings.HasPrefix(line, "~|"):
			addRow(t, table, words, line)
		default:
			table = nil
			doc.Blocks = append(doc.Blocks, grid.Block{Text: line})
		}
	}
	for _, b := range doc.Blocks {
		if b.Table != nil {
			mergeCells(b.Table)
		}
	}
	return doc
}

func newTable(t *testing.T, words []string, tables *int) *grid.Table {
	t.Helper()
	table := &grid.Table{}
	if words[0] == "hidden" {
		table.Hidden, words = true, words[1:]
	}
	switch words[0] {
	case "sheet":
		table.Sheet = strings.Join(words[1:], " ")
	case "page":
		table.Page, _ = strconv.Atoi(words[1])
		if len(words) > 2 {
			table.Rows = append(table.Rows, grid.Row{OpenAbove: true}) // completed by the first row
		}
	case "table":
		*tables++
	default:
		t.Fatalf("unknown line == %s", words[0])
	}
	return table
}

func addRow(t *testing.T, table *grid.Table, tables int, line string) {
	t.Helper()
	row := grid.Row{Hidden: strings.HasPrefix(line, "~")}
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(line, "~"), "|"), "|")
	if n := len(table.Rows); n == 1 && len(table.Rows[0].Cells) == 0 {
		row.OpenAbove = true
		table.Rows = nil
	}
	for i, text := range strings.Split(line, "|") {
		c := parseCell(t, strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n"))
		at := fmt.Sprintf("%c%d", 'A'+i, len(table.Rows)+1)
		switch {
		case table.Sheet != "":
			c.Origin = progress.Origin{Sheet: table.Sheet, Cell: at}
		case table.Page > 0:
			c.Origin = progress.Origin{Page: table.Page, Cell: at}
		default:
			c.Origin = progress.Origin{Table: tables, Cell: at}
		}
		row.Cells = append(row.Cells, c)
	}
	if len(table.Rows) > 0 && len(row.Cells) != len(table.Rows[0].Cells) {
		t.Fatalf("row %q has %d cells, the first has %d", line, len(row.Cells), len(table.Rows[0].Cells))
	}
	table.Rows = append(table.Rows, row)
}

func parseCell(t *testing.T, s string) grid.Cell {
	t.Helper()
	switch {
	case s == "":
		return grid.Cell{}
	case s == "<" || s == "^":
		return grid.Cell{Text: s, Covered: true}
	case strings.HasPrefix(s, "#") && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
		x, err := strconv.ParseFloat(s[1:], 64)
		if err != nil {
			t.Fatal(err)
		}
		return grid.Cell{Text: s[1:], Kind: grid.Number, Number: x}
	case strings.HasPrefix(s, "%") && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
		x, err := strconv.ParseFloat(s[1:], 64)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(strconv.FormatFloat(x*100, 'f', -1, 64), ".", ",", 1) + "%"
		return grid.Cell{Text: text, Kind: grid.Number, Number: x, Percent: true}
	case strings.HasPrefix(s, "@"):
		iso, precision := s[1:], progress.Day
		if len(iso) == 7 {
			iso, precision = iso+"-01", progress.MonthOnly
		}
		d, err := progress.ParseDate(iso)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year)
		if precision == progress.MonthOnly {
			text = text[3:]
		}
		return grid.Cell{Text: text, Kind: grid.Date, Date: d, Precision: precision}
	case strings.HasPrefix(s, "~"):
		return grid.Cell{Text: s[1:], Kind: grid.Text, Struck: true}
	}
	return grid.Cell{Text: s, Kind: grid.Text}
}

// mergeCells gives the first cell of every merged block its spans.
func mergeCells(t *grid.Table) {
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			if t.Rows[i].Cells[j].Covered {
				continue
			}
			c := &t.Rows[i].Cells[j]
			c.ColSpan, c.RowSpan = 1, 1
			for j+c.ColSpan < len(t.Rows[i].Cells) && t.Rows[i].Cells[j+c.ColSpan].Text == "<" {
				c.ColSpan++
			}
			for i+c.RowSpan < len(t.Rows) && t.Rows[i+c.RowSpan].Cells[j].Text == "^" {
				c.RowSpan++
			}
		}
	}
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			if c := &t.Rows[i].Cells[j]; c.Covered {
				c.Text = ""
			}
		}
	}
}
