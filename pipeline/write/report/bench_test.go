package report

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/heap"
	"tiendo/templates"
)

// BenchmarkPDF draws editions of four sizes. x-gofpdf is the time beside that of the bare library, which is given the same texts,
// already set, for as many pages: what remains is measuring, breaking lines, tables, links and lines. MiB-held is the most memory that was
// in use at once beyond the synthesis itself, gofpdf-MiB-held that of the bare library.
func BenchmarkPDF(b *testing.B) {
	for _, o := range []office{
		{kind: progress.Week, units: 16, tasks: 120, history: true},
		{kind: progress.Month, units: 200, tasks: 2500, history: true},
		{kind: progress.Month, units: 2000, tasks: 25000, history: true},
		{kind: progress.Month, units: 4000, tasks: 50000, history: true},
	} {
		b.Run(fmt.Sprintf("%d units, %d tasks", o.units, o.tasks), func(b *testing.B) {
			s := o.synthesis()
			var texts []drawn
			if _, _, err := drawBytes(s, templates.Vietnamese, func(d drawn) { texts = append(texts, d) }); err != nil {
				b.Fatal(err)
			}
			bare, bareHeld := bareLibrary(b, texts)
			gauge := heap.NewGauge()
			if _, err := PDF(gauge, s, templates.Vietnamese); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				if _, err := PDF(io.Discard, s, templates.Vietnamese); err != nil {
					b.Fatal(err)
				}
			}
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(texts[len(texts)-1].page)/each.Seconds(), "pages/s")
			b.ReportMetric(float64(each)/float64(bare), "x-gofpdf")
			b.ReportMetric(float64(gauge.Size)/1e6, "MB/file")
			b.ReportMetric(float64(gauge.Most)/(1<<20), "MiB-held")
			b.ReportMetric(float64(bareHeld)/(1<<20), "gofpdf-MiB-held")
		})
	}
}

// bareLibrary is how long the library alone needs to put the texts on their pages, the best of three, and how much it holds.
func bareLibrary(b *testing.B, texts []drawn) (best time.Duration, held int64) {
	b.Helper()
	best = time.Hour
	for range 3 {
		gauge := heap.NewGauge()
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
		if _, err := gauge.Write(out.Bytes()); err != nil {
			b.Fatal(err)
		}
		held = gauge.Most
		runtime.KeepAlive(pdf)
	}
	return best, held
}
