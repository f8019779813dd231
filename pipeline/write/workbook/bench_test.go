package workbook

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/write/heap"
	"tiendo/templates"
)

// BenchmarkXLSX writes workbooks of four sizes. x-excelize is the time beside that of the library's own stream, which is given as
// many sheets, rows and cells with the same values and nothing else: no styles, tables, links or charts. MiB-held is the most memory that
// was in use at once beyond the synthesis itself, excelize-MiB-held that of the library's stream.
func BenchmarkXLSX(b *testing.B) {
	for _, o := range []office{
		{units: 16, tasksEach: 8, weeks: 6}, {units: 2000, tasksEach: 10, weeks: 12}, {units: 500, tasksEach: 50, weeks: 12}, {units: 1000, tasksEach: 50, weeks: 12},
	} {
		s := o.synthesis()
		b.Run(fmt.Sprintf("%d units, %d tasks", o.units, o.units*o.tasksEach), func(b *testing.B) {
			data, _, err := writeBytes(s, templates.In(templates.Vietnamese), rowLimit)
			if err != nil {
				b.Fatal(err)
			}
			bare, bareHeld := bareLibrary(b, data)
			gauge := heap.NewGauge()
			if _, err := XLSX(gauge, s, templates.In(templates.Vietnamese)); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if _, err := XLSX(io.Discard, s, templates.In(templates.Vietnamese)); err != nil {
					b.Fatal(err)
				}
			}
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(len(s.Tasks))/each.Seconds(), "rows/s")
			b.ReportMetric(float64(len(data))/1e6, "MB/file")
			b.ReportMetric(float64(each)/float64(bare), "x-excelize")
			b.ReportMetric(float64(gauge.Most)/(1<<20), "MiB-held")
			b.ReportMetric(float64(bareHeld)/(1<<20), "excelize-MiB-held")
		})
	}
}

// bareLibrary is how long the library's stream needs for the cells of a workbook, the best of two, and how much it holds.
func bareLibrary(b *testing.B, data []byte) (best time.Duration, held int64) {
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
	best = time.Hour
	for range 2 {
		gauge := heap.NewGauge()
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
		best = min(best, time.Since(start))
		if _, err := gauge.Write(out.Bytes()); err != nil {
			b.Fatal(err)
		}
		held = gauge.Most
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return best, held
}
