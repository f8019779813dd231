package pipeline

import (
	"context"
	"fmt"
	"runtime/metrics"
	"testing"
	"time"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
)

// BenchmarkYear judges a week of an office of 2,000 units and 25,000 tasks of which the ledger holds the 52 weeks before: how long the
// history takes to load and the week to judge, and the most that the heap held, history included.
func BenchmarkYear(b *testing.B) {
	const units, tasks, weeks = 2000, 25000, 52
	ctx, dir := context.Background(), b.TempDir()
	in := yearOffice(b, dir, units, tasks, weeks)
	b.ResetTimer()
	var load, judge time.Duration
	peak := watchHeap()
	for range b.N {
		started := time.Now()
		l, err := ledger.OpenReadOnly(ctx, dir)
		if err != nil {
			b.Fatal(err)
		}
		if in.History, err = l.History(ctx, in.Period); err != nil {
			b.Fatal(err)
		}
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
		if n := len(in.History.Earlier) + len(in.History.Older); n != weeks {
			b.Fatalf("%d weeks of history, want %d", n, weeks)
		}
		loaded := time.Now()
		out := reconcile.Judge(in)
		load, judge = load+loaded.Sub(started), judge+time.Since(loaded)
		if warned := countWarned(out); len(out.Positions) != tasks || warned == 0 {
			b.Fatalf("%d positions, %d of them warned of", len(out.Positions), warned)
		}
		in.History = progress.History{}
	}
	b.ReportMetric(load.Seconds()/float64(b.N), "load-s")
	b.ReportMetric(judge.Seconds()/float64(b.N), "judge-s")
	b.ReportMetric(peak(), "peak-heap-MB")
}

func countWarned(out reconcile.Judgement) (n int) {
	for _, p := range out.Positions {
		if p.Warning != nil {
			n++
		}
	}
	return n
}

// yearOffice publishes the weeks into a ledger in dir, and is what the week after them is judged by. A task gains from one to two points a
// week and is due within a year of its first report.
func yearOffice(b *testing.B, dir string, units, tasks, weeks int) reconcile.Input {
	b.Helper()
	ctx := context.Background()
	in := reconcile.Input{Period: progress.WeekOf(progress.Date{Year: 2025, Month: 5, Day: 16}), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, SoonDays: 7}
	var list []progress.Unit
	for u := range units {
		list = append(list, progress.Unit{Code: fmt.Sprintf("u%d", u), Name: fmt.Sprintf("Đơn vị %d", u), Reports: true})
	}
	in.Units = progress.NewUnits(list)
	for i := range tasks {
		u := i % units
		in.Plan.Tasks = append(in.Plan.Tasks, progress.Task{
			Code: fmt.Sprintf("%d.%d", u, i/units), Title: fmt.Sprintf("Xây dựng quy định số %d về quản lý, khai thác dữ liệu chuyên ngành của đơn vị %d", i, u),
			Leads: []string{list[u].Code}, Product: "Quyết định", Due: progress.Due{Text: "31/12/2025", Date: in.DataDate.AddDays(i%200 + 1)},
		})
	}
	row := func(i, week int) progress.Row {
		percent := min(95, float64(week)*(1+float64(i%10)/10))
		t := in.Plan.Tasks[i]
		return progress.Row{Origin: progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", i/units+5)}, Code: t.Code, Task: t.Title, Due: t.Due.Text, DueDate: t.Due.Date,
			Status: progress.InProgress, StatusText: "Đang thực hiện", Percent: &percent, Result: fmt.Sprintf("Đã làm việc với %d đơn vị", week), Reason: "Chờ ý kiến"}
	}
	l, err := ledger.Open(ctx, dir)
	if err != nil {
		b.Fatal(err)
	}
	period := in.Period
	for range weeks {
		period = period.Previous()
	}
	for week := range weeks {
		past := progress.Past{Period: period, DataDate: period.Start.AddDays(4)}
		for i, t := range in.Plan.Tasks {
			past.Positions = append(past.Positions, progress.Position{Task: t, Unit: t.Leads[0], Period: period.ID, Class: progress.InTerm,
				Claim: &progress.Claim{Row: row(i, week), File: t.Leads[0] + "/bc.xlsx", SHA256: t.Leads[0]}})
		}
		if err := l.Intend(ctx, ledger.Edition{Past: past, Revision: 1, Manifest: "{}"}); err != nil {
			b.Fatal(err)
		}
		if err := l.Published(ctx, period.ID, 1); err != nil {
			b.Fatal(err)
		}
		period = period.Next()
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	in.Returns = make([]progress.Return, units)
	for u := range in.Returns {
		in.Returns[u] = progress.Return{Unit: list[u].Code, Period: in.Period.ID, Path: list[u].Code + "/bc.xlsx", SHA256: list[u].Code + "now"}
	}
	for i := range tasks {
		r := &in.Returns[i%units].Reading
		r.Rows = append(r.Rows, row(i, weeks))
	}
	return in
}

// watchHeap looks at the heap every few milliseconds; the function it returns ends that and tells the most it held, in MB.
func watchHeap() func() float64 {
	stop, most := make(chan struct{}), make(chan float64)
	go func() {
		sample, peak := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}, 0.0
		for {
			metrics.Read(sample)
			peak = max(peak, float64(sample[0].Value.Uint64())/1e6)
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(stop); return <-most }
}
