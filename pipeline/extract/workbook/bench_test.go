package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
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

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{50, 5000} {
		data := returnOf(b, n)
		b.Run(strconv.Itoa(n)+"rows", func(b *testing.B) {
			for b.Loop() {
				if doc, err := Read(data, Limits{}); err != nil || len(doc.Blocks) != 1 || len(doc.Blocks[0].Table.Rows) != n {
					b.Fatal(err, doc.Findings)
				}
			}
		})
	}
}

// BenchmarkInflateAndTokenise is what Read is measured by: reading every part to its end, and the XML of it by
// encoding/xml, with nothing done about it.
func BenchmarkInflateAndTokenise(b *testing.B) {
	for _, n := range []int{50, 5000} {
		data := returnOf(b, n)
		b.Run(strconv.Itoa(n)+"rows", func(b *testing.B) {
			for b.Loop() {
				if err := inflateAndTokenise(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

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
