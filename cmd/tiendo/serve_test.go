package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"tiendo/pipeline"
	"tiendo/pipeline/ledger"
	"tiendo/templates"
)

// TestMain lets the test program be its own worker process, as the real program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerArg {
		os.Exit(serveWorker(os.Stdin, os.Stdout))
	}
	status := m.Run()
	for _, dir := range leftBehind {
		_ = os.RemoveAll(dir)
	}
	os.Exit(status)
}

// leftBehind are folders that several tests share, removed when all are done.
var leftBehind []string

// call runs a command line and returns the exit status and what was printed.
func call(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	status = execute(args, &out, &errs)
	return status, out.String(), errs.String()
}

// newSample makes the sample office with its past in a folder of the test.
func newSample(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "office")
	if status, out, errs := call(t, "init", dir, "--sample"); status != exitDone {
		t.Fatalf("init --sample: exit status %d\n%s%s", status, out, errs)
	}
	return dir
}

// openDesk opens the desk of an office for a test of serve.
func openDesk(t *testing.T, dir string) pipeline.Desk {
	t.Helper()
	office, found, err := loadConfig(filepath.Join(dir, configName))
	if err != nil || len(found.list) > 0 {
		t.Fatal(err, found.say(templates.In(templates.English)))
	}
	office.Quiet, office.Version = 0, version
	l, err := ledger.Open(context.Background(), office.State)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	readers, err := newReaders(office)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(readers.Close)
	return pipeline.Desk{Office: office, Ledger: l, Readers: readers}
}

// serving runs serve beside the test until stop is called.
func serving(t *testing.T, d pipeline.Desk, clock clockwork.Clock) (periods chan string, failures chan error, stop func() error) {
	t.Helper()
	periods, failures = make(chan string, 100), make(chan error, 100)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- serve(ctx, d, clock, func(err error) {
			if err != nil {
				failures <- err
			}
		}, func(c pipeline.Closed) { periods <- c.Synthesis.Period.ID },
			func(context.Context, pipeline.Desk) error { return nil })
	}()
	t.Cleanup(cancel)
	return periods, failures, func() error { cancel(); return <-ended }
}

func next(t *testing.T, periods chan string, failures chan error) string {
	t.Helper()
	select {
	case p := <-periods:
		return p
	case err := <-failures:
		t.Fatal("serve failed:", err)
	case <-time.After(2 * time.Minute):
		t.Fatal("serve closed nothing")
	}
	return ""
}

// nextWaking is next after the clock was moved: a wake that finds the work before it still at its end is skipped, and the next
// one does what is due, as it does in life.
func nextWaking(t *testing.T, clock *clockwork.FakeClock, periods chan string, failures chan error) string {
	t.Helper()
	for range 120 {
		select {
		case p := <-periods:
			return p
		case err := <-failures:
			t.Fatal("serve failed:", err)
		case <-time.After(time.Second):
			clock.Advance(wake)
		}
	}
	t.Fatal("serve closed nothing")
	return ""
}

// TestServe walks through the life of a server: it was off for two weeks and a month's close, catches up once and in
// order, does nothing while nothing is due, closes the next week when its time comes, revises it for a late return, and stops
// when told.
func TestServe(t *testing.T) {
	dir := newSample(t)
	d := openDesk(t, dir)
	for i := range d.Office.Editions {
		d.Office.Editions[i].ReviseDays = 1
	}
	hanoi := d.Office.Zone
	clock := clockwork.NewFakeClockAt(time.Date(2025, 6, 2, 9, 0, 0, 0, hanoi))
	periods, failures, stop := serving(t, d, clock)

	var got []string
	for range 4 {
		got = append(got, next(t, periods, failures))
	}
	if want := []string{"2025-W20", "2025-W21", "2025-05", "2025-W22"}; !slices.Equal(got, want) {
		t.Fatalf("caught up %v, want %v", got, want)
	}

	// Friday 6 June, a minute after the close.
	advance(t, clock, time.Date(2025, 6, 6, 17, 1, 0, 0, hanoi))
	if p := nextWaking(t, clock, periods, failures); p != "2025-W23" {
		t.Errorf("closed %s, want 2025-W23", p)
	}

	// Two late returns: that of the week just closed is taken into a revision by the night's pull, that of a week whose
	// days of grace are over is not.
	for _, week := range []string{"21", "23"} {
		late := "BÁO CÁO TUẦN " + week + " NĂM 2025\nMã nhiệm vụ;Nhiệm vụ;Tình trạng;Tỷ lệ hoàn thành\nI.4;Báo cáo muộn;Đang thực hiện;10%\n"
		if err := os.WriteFile(filepath.Join(dir, "inbox", "cuc-bc", "BC tuan "+week+".csv"), []byte(late), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	advance(t, clock, time.Date(2025, 6, 6, 22, 1, 0, 0, hanoi))
	if p := nextWaking(t, clock, periods, failures); p != "2025-W23" {
		t.Errorf("revised %s, want 2025-W23", p)
	}
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	select {
	case p := <-periods:
		t.Errorf("%s was closed once more", p)
	case err := <-failures:
		t.Error("a failure nobody heard:", err)
	default:
	}
	editions, err := d.Ledger.Editions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	revised := 0
	for _, e := range editions {
		if e.Revision > 1 {
			revised++
		}
		if e.Revision > 2 || e.Revision == 2 && e.Past.Period.ID != "2025-W23" {
			t.Errorf("%s was published as r%d: closed twice", e.Past.Period.ID, e.Revision)
		}
	}
	if revised != 1 {
		t.Errorf("%d revisions, want that of 2025-W23", revised)
	}
}

// advance moves the clock to a time, once the scheduler waits on it, so that each wake is one step of the test.
func advance(t *testing.T, clock *clockwork.FakeClock, to time.Time) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := clock.BlockUntilContext(ctx, 1); err != nil {
		t.Fatal("the scheduler waits for nothing:", err)
	}
	clock.Advance(to.Sub(clock.Now()))
}

func TestNightlyPull(t *testing.T) {
	ctx := context.Background()
	d, err := pipeline.WithRegisters(ctx, openDesk(t, newSample(t)))
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) {
		d.Now = func() time.Time { return time.Date(2025, 5, day, hour, minute, 0, 0, d.Office.Zone) }
	}
	due := func(want bool, when string) {
		t.Helper()
		got, err := pipeline.PullIsDue(ctx, d)
		if err != nil || got != want {
			t.Errorf("%s: pull due is %v, %v; want %v", when, got, err, want)
		}
	}
	at(13, 22, 1)
	due(true, "the first night after the replay's last pull on 9 May")
	if err := pipeline.Pull(ctx, d, false); err != nil {
		t.Fatal(err)
	}
	due(false, "a minute after it was done")
	at(14, 21, 59)
	due(false, "before the next night's hour")
	at(14, 22, 0)
	due(true, "at the hour")
	at(17, 3, 0)
	due(true, "three days later: one pull, not three")
	if err := pipeline.Pull(ctx, d, false); err != nil {
		t.Fatal(err)
	}
	due(false, "after it")
	at(16, 23, 0)
	due(true, "the clock was a day ahead when the last pull was made")
	if err := pipeline.Pull(ctx, d, false); err != nil {
		t.Fatal(err)
	}
	due(false, "after the clock was set right")
}
