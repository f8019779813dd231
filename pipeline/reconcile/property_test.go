package reconcile

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// drawPeriod draws an office, its plan and what its units sent for one week: several versions, copies, refused files, rows
// about own, foreign and unknown tasks, in any state.
func drawPeriod(t *rapid.T) Input {
	var list []progress.Unit
	for i := range rapid.IntRange(1, 5).Draw(t, "units") {
		list = append(list, progress.Unit{Code: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("Đơn vị %d", i), Reports: rapid.Bool().Draw(t, "reports")})
	}
	in := Input{
		Units: progress.NewUnits(list), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, SoonDays: 7,
		Period: progress.WeekOf(progress.Date{Year: 2025, Month: 5, Day: 16}),
		DueAt:  time.Date(2025, 5, 16, 15, 0, 0, 0, time.UTC),
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "tasks") {
		task := progress.Task{Code: fmt.Sprintf("I.%d", i), Title: fmt.Sprintf("Nhiệm vụ số %d", i)}
		for _, u := range list {
			if rapid.Bool().Draw(t, "leads") {
				task.Leads = append(task.Leads, u.Code)
			}
		}
		if days := rapid.IntRange(-60, 60).Draw(t, "due in days"); days > 50 {
			task.Due.Regular = true
		} else if days > -50 {
			task.Due.Date = in.DataDate.AddDays(days)
		}
		in.Plan.Tasks = append(in.Plan.Tasks, task)
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "returns") {
		r := progress.Return{
			Path: fmt.Sprintf("f%d.xlsx", i), SHA256: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "bytes"), Period: in.Period.ID,
			Unit:     rapid.SampledFrom([]string{"u0", "u1", "u2", "u9", ""}).Draw(t, "unit"),
			Received: in.DueAt.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "hours")) * time.Hour),
			Sequence: int64(rapid.IntRange(0, 3).Draw(t, "sequence")),
		}
		if rapid.IntRange(0, 4).Draw(t, "refused") == 0 {
			r.Reading.Findings = []progress.Finding{{Rule: "F06", Severity: progress.SeverityError}}
		} else {
			r.Reading.Rows = drawRows(t, in)
		}
		in.Returns = append(in.Returns, r)
	}
	return in
}

func drawRows(t *rapid.T, in Input) []progress.Row {
	var rows []progress.Row
	for n := range rapid.IntRange(0, 6).Draw(t, "rows") {
		row := progress.Row{
			Origin:   progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", n+2)},
			Code:     fmt.Sprintf("I.%d", rapid.IntRange(0, 9).Draw(t, "code")),
			Status:   rapid.SampledFrom([]progress.Status{progress.Done, progress.InProgress, progress.NotStarted, progress.Paused}).Draw(t, "status"),
			Evidence: rapid.SampledFrom([]string{"", "QĐ 5/QĐ-BDL"}).Draw(t, "evidence"),
		}
		if rapid.Bool().Draw(t, "dated") {
			row.Completed = in.DataDate.AddDays(rapid.IntRange(-40, 3).Draw(t, "completed in days"))
		}
		rows = append(rows, row)
	}
	return rows
}

// drawDutiful draws a last return of each unit, with a row about every task that it leads, so that there is something to lose.
func drawDutiful(t *rapid.T, in Input) []progress.Return {
	var out []progress.Return
	for _, u := range in.Units.All() {
		r := progress.Return{
			Path: u.Code + "/all.xlsx", SHA256: u.Code, Unit: u.Code, Period: in.Period.ID, Received: in.DueAt.Add(3 * time.Hour),
		}
		for n, task := range in.Plan.Tasks {
			if slices.Contains(task.Leads, u.Code) {
				r.Reading.Rows = append(r.Reading.Rows, progress.Row{
					Origin: progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", n+2)}, Code: task.Code, Evidence: "QĐ 5/QĐ-BDL",
					Status: rapid.SampledFrom([]progress.Status{progress.Done, progress.InProgress}).Draw(t, "status"),
				})
			}
		}
		out = append(out, r)
	}
	return out
}

// TestOrderOfReturns: the order of returns and of the register's returns in memory changes nothing.
func TestOrderOfReturns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawPeriod(t)
		want := Judge(in)
		in.Returns = rapid.Permutation(in.Returns).Draw(t, "order")
		if diff := cmp.Diff(want, Judge(in)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestEveryEntryEndsOnce: each return has an entry, each unit that owes at most one accepted return, and each position one of the
// eight classes.
func TestEveryEntryEndsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawPeriod(t)
		out := Judge(in)
		accepted := map[string]int{}
		for _, r := range in.Returns {
			e, ok := out.Entries[r.Path]
			if !ok || e.State == "" || e.Reason == "" {
				t.Fatalf("%s ended in %+v", r.Path, e)
			}
			if e.State == progress.Accepted {
				accepted[e.Unit]++
			}
		}
		for _, s := range out.Submissions {
			received := s.Punctuality == progress.OnTime || s.Punctuality == progress.Late
			if received != (accepted[s.Unit] == 1) || accepted[s.Unit] > 1 || s.RowsCounted > s.RowsOwed {
				t.Fatalf("%+v with %d accepted", s, accepted[s.Unit])
			}
		}
		for _, p := range out.Positions {
			if !slices.Contains(progress.Classes, p.Class) {
				t.Fatalf("class %q", p.Class)
			}
		}
	})
}

// TestSilenceNeverHelps: take away all that one unit sent, and neither rate rises.
func TestSilenceNeverHelps(t *testing.T) {
	rates := func(in Input) (done, dated, pastDue int) {
		for _, p := range Judge(in).Positions {
			if p.Class != progress.Regular {
				dated++
			}
			if p.Class.IsDone() {
				done++
			}
			if p.PastDue {
				pastDue++
			}
		}
		return done, dated, pastDue
	}
	rapid.Check(t, func(t *rapid.T) {
		in := drawPeriod(t)
		in.Returns = append(in.Returns, drawDutiful(t, in)...)
		done, dated, pastDue := rates(in)
		unit := rapid.SampledFrom(in.Units.All()).Draw(t, "silent").Code
		in.Returns = slices.DeleteFunc(slices.Clone(in.Returns), func(r progress.Return) bool { return r.Unit == unit })
		d, n, p := rates(in)
		if n != dated || d > done || d*(done+pastDue) > done*(d+p) {
			t.Fatalf("spoke: %d/%d, %d past due; silent: %d/%d, %d past due", done, dated, pastDue, d, n, p)
		}
	})
}
