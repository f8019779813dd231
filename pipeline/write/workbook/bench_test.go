package workbook

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/templates"
)

// BenchmarkXLSX writes workbooks of three sizes. x-excelize is the time beside that of the library's own stream, which is given as
// many sheets, rows and cells with the same values and nothing else: no styles, tables, links or charts.
func BenchmarkXLSX(b *testing.B) {
	for _, o := range []office{
		{units: 16, tasksEach: 8, weeks: 6}, {units: 2000, tasksEach: 10, weeks: 12}, {units: 500, tasksEach: 50, weeks: 12},
	} {
		s := o.synthesis()
		b.Run(fmt.Sprintf("%d units, %d tasks", o.units, o.units*o.tasksEach), func(b *testing.B) {
			data, _, err := XLSX(s, templates.In(templates.Vietnamese))
			if err != nil {
				b.Fatal(err)
			}
			bare := bareTime(b, data)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if data, _, err = XLSX(s, templates.In(templates.Vietnamese)); err != nil {
					b.Fatal(err)
				}
			}
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(len(s.Tasks))/each.Seconds(), "rows/s")
			b.ReportMetric(float64(len(data))/1e6, "MB/file")
			b.ReportMetric(float64(each)/float64(bare), "x-excelize")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapSys>>20), "MiB-heap") // the most so far
		})
	}
}

// bareTime is how long the library's stream needs for the cells of a workbook, the best of two.
func bareTime(b *testing.B, data []byte) time.Duration {
	b.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	var sheets [][][]any
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		sheet := make([][]any, len(rows))
		for i, row := range rows {
			for _, text := range row {
				sheet[i] = append(sheet[i], text)
			}
		}
		sheets = append(sheets, sheet)
	}
	best := time.Hour
	for range 2 {
		start := time.Now()
		f := excelize.NewFile()
		for i, sheet := range sheets {
			name := "S" + string(rune('A'+i))
			if _, err := f.NewSheet(name); err != nil {
				b.Fatal(err)
			}
			w, err := f.NewStreamWriter(name)
			if err != nil {
				b.Fatal(err)
			}
			for r, row := range sheet {
				if err := w.SetRow(ref(1, r+1), row); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				b.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}
