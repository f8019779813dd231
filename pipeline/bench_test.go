package pipeline

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/synthesize"
	"tiendo/pipeline/write/report"
	"tiendo/pipeline/write/workbook"
	"tiendo/templates"
)

// scaleOffice makes an office of that many units, each with 20 tasks, once for a benchmark.
func scaleOffice(b *testing.B, units int) string {
	b.Helper()
	dir := b.TempDir()
	rows := min(20, 24_000/units) // as many tasks as a worker of 512 MiB reads in one plan
	cmd := exec.Command("go", "run", "../cmd/samples", "scale", "--units", fmt.Sprint(units), "--rows", fmt.Sprint(rows), "--weeks", "1", "--seed", "1", "--out", dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	if err := os.MkdirAll(filepath.Join(dir, "reports"), 0o750); err != nil {
		b.Fatal(err)
	}
	return dir
}

// inflateAndTokenise is the baseline: every workbook of the inbox inflated and cut into XML tokens, nothing kept.
func inflateAndTokenise(b *testing.B, inbox string) (took time.Duration, bytes int64) {
	b.Helper()
	start := time.Now()
	err := filepath.WalkDir(inbox, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			return err
		}
		defer z.Close()
		for _, f := range z.File {
			if err := tokenise(f); err != nil {
				return err
			}
			bytes += int64(f.UncompressedSize64)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start), bytes
}

func tokenise(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
		_, err := io.Copy(io.Discard, r)
		return err
	}
	for dec := xml.NewDecoder(r); ; {
		if _, err := dec.RawToken(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// BenchmarkJob is the main job on offices of three sizes: pull, read in worker processes, judge, sum, write, publish. It prints rows
// and inflated megabytes a second, the ratio to the plain baseline in the same run, and the peak memory of this
// process and of its largest worker.
func BenchmarkJob(b *testing.B) {
	for _, units := range []int{16, 200, 2000} {
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) {
			master := scaleOffice(b, units)
			baseline, inflated := inflateAndTokenise(b, filepath.Join(master, "inbox"))
			b.ReportAllocs()
			rows := 0
			for b.Loop() {
				b.StopTimer()
				d := benchDesk(b, master)
				b.StartTimer()
				d, p := benchPulled(b, d)
				closed, err := Close(context.Background(), d, p)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				rows = closed.Synthesis.Reporting.RowsCounted
				d.Readers.Close()
				if err := d.Ledger.Close(); err != nil {
					b.Fatal(err)
				}
				if rows == 0 {
					b.Fatal("no row counts")
				}
				b.StartTimer()
			}
			each := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(rows)/each.Seconds(), "rows/s")
			b.ReportMetric(float64(inflated)/1e6/each.Seconds(), "MB/s")
			b.ReportMetric(float64(each)/float64(baseline), "x-baseline")
			b.ReportMetric(peak(syscall.RUSAGE_SELF), "peak-MB")
			b.ReportMetric(peak(syscall.RUSAGE_CHILDREN), "worker-peak-MB")
		})
	}
}

// benchDesk is a desk with an empty state on the office's inbox.
func benchDesk(b *testing.B, master string) Desk {
	b.Helper()
	d := Desk{Office: sampleOffice(master)}
	d.Office.State, d.Office.Reports = b.TempDir(), b.TempDir()
	d.Office.FileMemory = 3 << 30 // the plan of 2,000 units has 40,000 tasks
	d.Now = func() time.Time { return time.Date(2025, 5, 16, 17, 5, 0, 0, d.Office.Zone) }
	var err error
	if d.Readers, err = newPool(d.Office); err != nil {
		b.Fatal(err)
	}
	if d.Ledger, err = ledger.Open(context.Background(), d.Office.State); err != nil {
		b.Fatal(err)
	}
	return d
}

// peak is the largest resident size so far, in MB.
func peak(who int) float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(who, &usage); err != nil {
		return 0
	}
	return float64(usage.Maxrss) / 1024
}

// benchPulled reads the registers and pulls the inbox; the period is this week.
func benchPulled(b *testing.B, d Desk) (Desk, progress.Period) {
	b.Helper()
	d, err := WithRegisters(context.Background(), d)
	if err != nil {
		b.Fatal(err)
	}
	if err := Pull(context.Background(), d, false); err != nil {
		b.Fatal(err)
	}
	p, err := progress.ParsePeriod(period20)
	if err != nil {
		b.Fatal(err)
	}
	return d, p
}

// benchJudged is an office of that many units whose returns were pulled and judged.
func benchJudged(b *testing.B, units int) (Desk, progress.Period, judged) {
	b.Helper()
	d := benchDesk(b, scaleOffice(b, units))
	b.Cleanup(func() { d.Readers.Close(); _ = d.Ledger.Close() })
	d, p := benchPulled(b, d)
	j, err := judge(context.Background(), d, p)
	if err != nil {
		b.Fatal(err)
	}
	return d, p, j
}

// BenchmarkStages times the stages one by one on an office of 200 units: reading beside the plain baseline, then everything
// behind it, each with its rows a second.
func BenchmarkStages(b *testing.B) {
	d, p, j := benchJudged(b, 200)
	ctx := context.Background()
	stage := func(name string, work func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := work(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(j.synthesis.Tasks)*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	b.Run("read", func(b *testing.B) { benchRead(b, d.Office.Inbox) })
	stage("judge-and-sum", func() error {
		_, err := judge(ctx, d, p)
		return err
	})
	stage("check-sums", func() error {
		if problems := synthesize.Check(j.synthesis); len(problems) > 0 {
			return fmt.Errorf("%v", problems)
		}
		return nil
	})
	stage("pdf", func() error {
		_, err := report.PDF(io.Discard, j.synthesis, templates.Vietnamese)
		return err
	})
	stage("workbook", func() error {
		_, err := workbook.XLSX(io.Discard, j.synthesis, templates.In(templates.Vietnamese))
		return err
	})
}

// benchRead reads every workbook of an inbox, from bytes to rows, in this process.
func benchRead(b *testing.B, inbox string) {
	files, err := filepath.Glob(filepath.Join(inbox, "*", "*.xlsx"))
	if err != nil || len(files) == 0 {
		b.Fatal("no returns", err)
	}
	baseline, inflated := inflateAndTokenise(b, inbox)
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		rows = 0
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			r, err := extract.Read(data, filepath.Base(f), extract.Options{})
			if err != nil || len(r.Rows) == 0 {
				b.Fatal(err, r.Findings)
			}
			rows += len(r.Rows)
		}
	}
	each := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(rows)/each.Seconds(), "rows/s")
	b.ReportMetric(float64(inflated)/1e6/each.Seconds(), "MB/s")
	b.ReportMetric(float64(each)/float64(baseline), "x-baseline")
}

// BenchmarkReadPDF reads a report of some 150 pages of ruled tables, and where poppler is installed prints the ratio of its time to
// that of `pdftotext -bbox` on the same file.
func BenchmarkReadPDF(b *testing.B) {
	_, _, j := benchJudged(b, 100)
	data, _, err := pdfBytes(j.synthesis, templates.Vietnamese)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	pages := 0
	for b.Loop() {
		doc, err := pdf.Read(data, pdf.Limits{})
		if err != nil || len(doc.Blocks) == 0 {
			b.Fatal(err, doc.Findings)
		}
		pages = doc.Blocks[len(doc.Blocks)-1].Origin.Page
		if t := doc.Blocks[len(doc.Blocks)-1].Table; t != nil {
			pages = t.Page
		}
	}
	each := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(pages)/each.Seconds(), "pages/s")
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return
	}
	file := filepath.Join(b.TempDir(), "report.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		b.Fatal(err)
	}
	fastest := time.Hour
	for range 3 {
		start := time.Now()
		if out, err := exec.Command("pdftotext", "-bbox", file, os.DevNull).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		fastest = min(fastest, time.Since(start))
	}
	b.ReportMetric(float64(each)/float64(fastest), "x-pdftotext")
}
