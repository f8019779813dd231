package report

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// BenchmarkPDF draws editions of three sizes. x-gofpdf is the time beside that of the bare library, which is given the same texts,
// already set, for as many pages: what remains is measuring, breaking lines, tables, links and lines.
func BenchmarkPDF(b *testing.B) {
	for _, o := range []office{
		{kind: progress.Week, units: 16, tasks: 120, history: true},
		{kind: progress.Month, units: 200, tasks: 2500, history: true},
		{kind: progress.Month, units: 2000, tasks: 25000, history: true},
	} {
		b.Run(fmt.Sprintf("%d units, %d tasks", o.units, o.tasks), func(b *testing.B) {
			s := o.synthesis()
			var texts []drawn
			if _, _, err := draw(s, templates.Vietnamese, func(d drawn) { texts = append(texts, d) }); err != nil {
				b.Fatal(err)
			}
			bare := bareTime(b, texts)
			b.ReportAllocs()
			b.ResetTimer()
			pages := 0
			for b.Loop() {
				pdf, _, err := PDF(s, templates.Vietnamese)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(pdf)))
				pages = bytes.Count(pdf, []byte("/Type /Page\n"))
			}
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(pages)/each.Seconds(), "pages/s")
			b.ReportMetric(float64(each)/float64(bare), "x-gofpdf")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapSys>>20), "MiB-heap") // the most so far: sizes go upwards
		})
	}
}

// bareTime is how long the library alone needs to put the texts on their pages, the best of three.
func bareTime(b *testing.B, texts []drawn) time.Duration {
	b.Helper()
	best := time.Hour
	for range 3 {
		start := time.Now()
		pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: a4Width, Ht: a4Height}})
		pdf.SetAutoPageBreak(false, 0)
		pdf.AddUTF8FontFromBytes("serif", "", templates.TrueType(templates.FaceRegular))
		pdf.SetFont("serif", "", 9)
		for _, d := range texts {
			for pdf.PageNo() < d.page {
				pdf.AddPage()
			}
			pdf.Text(d.x0, d.y1, d.text)
		}
		var out bytes.Buffer
		if err := pdf.Output(&out); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}
