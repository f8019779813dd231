package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract/grid"
)

// returnOf is a workbook of n rows and nine columns.
func returnOf(tb testing.TB, n int) []byte {
	tb.Helper()
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	for row := 1; row <= n && err == nil; row++ {
		err = w.SetRow("A"+strconv.Itoa(row), []any{
			row, "Xây dựng, trình ban hành đề án số " + strconv.Itoa(row), "Vụ Kế hoạch - Tài chính", "Cục Chuyển đổi số",
			"Quyết định của Bộ trưởng", 45838, 0.6, "Đang thực hiện", "Đã lấy ý kiến các đơn vị, đang tiếp thu, giải trình",
		})
	}
	if err == nil {
		err = w.Flush()
	}
	var b bytes.Buffer
	if err == nil {
		err = book.Write(&b)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// sharedStringsOf is a workbook of n rows and columns columns, every cell a shared string of some words of its own, as
// Excel writes it.
func sharedStringsOf(tb testing.TB, n, columns int) []byte {
	tb.Helper()
	var cells, texts strings.Builder
	for row := range n {
		cells.WriteString("<row r=\"" + strconv.Itoa(row+1) + "\">")
		for column := range columns {
			i := strconv.Itoa(row*columns + column)
			cells.WriteString(`<c r="` + grid.CellName(row+1, column+1) + `" s="0" t="s"><v>` + i + `</v></c>`)
			texts.WriteString("<si><t>Đã trình lãnh đạo Bộ tờ trình số " + i + ", đang tiếp thu ý kiến các đơn vị liên quan</t></si>")
		}
		cells.WriteString("</row>")
	}
	return craft(rows(cells.String())).with("xl/sharedStrings.xml", `<sst `+mainNS+`>`+texts.String()+`</sst>`).zip()
}

// BenchmarkRead reads workbooks of several shapes, and after each reading inflates and tokenises the same parts with
// nothing done about them, by archive/zip and encoding/xml. times-tokenising is how many times as long reading takes,
// measured side by side: it should stay below 3.
func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		name string
		data []byte
		rows int
	}{
		{"50rows", returnOf(b, 50), 50},
		{"5000rows", returnOf(b, 5000), 5000},
		{"200rows_200columns", sharedStringsOf(b, 200, 200), 200},
		{"5000rows_of_strings", sharedStringsOf(b, 5000, 9), 5000},
	} {
		b.Run(c.name, func(b *testing.B) {
			var reading, tokenising time.Duration
			for b.Loop() {
				start := time.Now()
				doc, err := Read(c.data, Limits{})
				read := time.Now()
				if err != nil || len(doc.Blocks) != 1 || len(doc.Blocks[0].Table.Rows) != c.rows {
					b.Fatal(err, doc.Findings)
				}
				if err := inflateAndTokenise(c.data); err != nil {
					b.Fatal(err)
				}
				reading += read.Sub(start)
				tokenising += time.Since(read)
			}
			b.ReportMetric(float64(reading.Microseconds())/float64(b.N), "µs/read")
			b.ReportMetric(float64(reading)/float64(tokenising), "times-tokenising")
		})
	}
}

// inflateAndTokenise is what Read is measured by: reading every part to its end, and the XML of it by encoding/xml.
func inflateAndTokenise(data []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" {
			_, err = io.Copy(io.Discard, r)
		} else {
			for d := xml.NewDecoder(r); err == nil; {
				_, err = d.RawToken()
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	return nil
}
