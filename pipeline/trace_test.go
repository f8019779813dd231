package pipeline

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// Every figure of the published week is traced to as many positions as it says, and every row behind a position stands, as
// another program reads the sent workbook, in the very row of the sheet that the trace names.
func TestTraceEveryFigureToItsCells(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	published := s.closed[period20].Synthesis
	tracer, err := newTracer(ctx, s.desk, period20)
	if err != nil {
		t.Fatal(err)
	}
	tracer.d.Units = progress.NewUnits(nil) // today's register is another: the figures are those that were published
	again, in := tracer.sum()
	for _, f := range published.Figures() {
		tracer.traced.Figure = nil
		tracer.figureOf(again, in, f.ID)
		got := tracer.traced.Figure
		if got == nil || got.Value.Count != f.Value.Count || (got.Value.Share == nil) != (f.Value.Share == nil) {
			t.Fatalf("%s: traced %+v, published %+v", f.ID, got, f.Value)
		}
		checkScore(t, *got)
		if got.Counted != nil && len(got.Counted) != f.Value.Count {
			t.Errorf("%s is %d, and %d positions are behind it", f.ID, f.Value.Count, len(got.Counted))
		}
	}
	traced, err := Trace(ctx, s.desk, period20, "total.total")
	if err != nil {
		t.Fatal(err)
	}
	books := map[string]*excelize.File{}
	checked := 0
	for _, p := range traced.Figure.Counted {
		if p.Row == nil || p.Carried || filepath.Ext(p.Row.File) != ".xlsx" {
			continue
		}
		book := books[p.Row.File]
		if book == nil {
			if book, err = excelize.OpenFile(filepath.Join(s.desk.Office.Inbox, p.Row.File)); err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			books[p.Row.File] = book
		}
		if !lineHolds(t, book, p.Row.Origin, p.Title) {
			t.Errorf("task %s of %s: no cell beside %v in %s has the task's words", p.Task, p.Unit, p.Row.Origin, p.Row.File)
		}
		checked++
	}
	if checked < 20 {
		t.Errorf("only %d positions lead to a cell of a workbook", checked)
	}
}

// checkScore reckons the score of a unit from the parts that it is traced to, by the weights of the method annex.
func checkScore(t *testing.T, f TracedFigure) {
	t.Helper()
	if f.Value.Tenths == nil || !strings.HasSuffix(f.ID, ".score") {
		return
	}
	annex := map[progress.Measure]int{"own_on_schedule": 50, "punctual": 20, "complete": 15, "clean": 15}
	sum, weights := 0, 0
	for _, p := range f.Parts {
		if p.Weight != annex[p.Measure] {
			t.Errorf("%s: %s weighs %d", f.ID, p.Measure, p.Weight)
		}
		if p.Share.Den > 0 { // in hundred thousandths
			sum += p.Weight * 100_000 * p.Share.Num / p.Share.Den
			weights += p.Weight
		}
	}
	if got := float64(sum) / float64(weights) / 1000; len(f.Parts) != len(annex) || math.Abs(got-*f.Value.Tenths) > 0.051 {
		t.Errorf("%s is %v, its parts %v come to %v", f.ID, *f.Value.Tenths, f.Parts, got)
	}
}

// lineHolds reports whether a cell in the sheet's row of the origin has the words, spelling aside.
func lineHolds(t *testing.T, book *excelize.File, o progress.Origin, words string) bool {
	t.Helper()
	_, line, err := excelize.CellNameToCoordinates(o.Cell)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(o.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range rows[line-1] {
		if a, b := progress.FoldSpelling(cell), progress.FoldSpelling(words); a == b || len(a) > 20 && (strings.Contains(b, a) || strings.Contains(a, b)) {
			return true
		}
	}
	return false
}

func TestTraceTasksAndFiles(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	task, err := Trace(ctx, s.desk, "", "iv.3") // codes are found whatever their case
	if err != nil {
		t.Fatal(err)
	}
	periods := map[string]int{}
	for _, p := range task.Task.Positions {
		periods[p.Period]++
	}
	leads := len(task.Task.Task.Leads)
	for _, id := range []string{"2025-W15", "2025-W16", "2025-W17", "2025-W18", "2025-W19", "2025-W20"} {
		if periods[id] != leads {
			t.Errorf("%s has %d positions of a task with %d leads", id, periods[id], leads)
		}
	}

	const name = "vu-khtc/BC_VuKHTC_Tuan20.xlsx"
	for _, asked := range []string{name, "BC_VuKHTC_Tuan20.xlsx", `vu-khtc\BC_VuKHTC_Tuan20.xlsx`, filepath.Join(s.desk.Office.Inbox, name)} {
		file, err := Trace(ctx, s.desk, period20, asked)
		if err != nil {
			t.Fatalf("%s: %v", asked, err)
		}
		// By the sample's README: 8 rows, each about a task of the unit.
		if f := file.File; f == nil || f.Entry.Path != name || f.Entry.State != progress.Accepted || len(f.Rows) != 8 {
			t.Fatalf("%s: %+v", asked, file.File)
		}
		for _, r := range file.File.Rows {
			if r.Task == "" || r.Class == "" {
				t.Errorf("%s: the row at %v decides nothing", asked, r.Origin)
			}
		}
	}
	byHash, err := Trace(ctx, s.desk, period20, "32c6f385d5fd")
	if err != nil || byHash.File == nil || !strings.HasPrefix(byHash.File.Entry.SHA256, "32c6f385d5fd") {
		t.Errorf("by hash: %+v, %v", byHash.File, err)
	}
	if _, err := Trace(ctx, s.desk, period20, "không có"); !errors.Is(err, ErrUntraced) {
		t.Errorf("nothing of that name: %v", err)
	}
	if _, err := Trace(ctx, s.desk, "2024-W01", "total.total"); !errors.Is(err, ErrNotPublished) {
		t.Errorf("a period that was never published: %v", err)
	}
}
