package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// The same weeks say the same of where a task is heading, whether they are remembered whole or as trails; a trail of a unit that has
// been merged since is its successor's.
func TestTrailsTellWhatWholePeriodsTell(t *testing.T) {
	var file caseFile
	rowAt := func(percent float64, forecast string) []caseReturn {
		row := caseRow{Code: "II.4", Status: "in_progress", Percent: &percent, Forecast: forecast}
		return []caseReturn{{Path: "cuc-at/bc.xlsx", Rows: []caseRow{row}}}
	}
	for i, period := range []string{"2025-W16", "2025-W17", "2025-W18", "2025-W19"} {
		file.Earlier = append(file.Earlier, caseWeek{Period: period, Returns: rowAt(float64(20+i), []string{"1/6/2025", "8/6/2025", "8/6/2025", "20/6/2025"}[i])})
	}
	file.Returns = rowAt(25, "28/6/2025")
	in, whole := file.judged(t)
	for _, past := range in.History.Earlier {
		trail := past.Trail()
		for i := range trail.Marks {
			trail.Marks[i].Unit = "tt-uc" // of which cuc-at is the successor
		}
		in.History.Older = append(in.History.Older, trail)
	}
	in.History.Earlier = nil
	outlook := func(j Judgement) (progress.Warning, int) {
		for _, p := range j.Positions {
			if p.Task.Code == "II.4" && p.Warning != nil {
				return *p.Warning, p.ForecastMoves
			}
		}
		t.Fatal("no warning of a task that gains a point a week")
		return progress.Warning{}, 0
	}
	want, moves := outlook(whole)
	got, trailMoves := outlook(Judge(in))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if moves != 3 || trailMoves != 3 { // from 1/6 to 8/6, 20/6 and 28/6
		t.Errorf("the expected day moved %d times, by trails %d, want 3", moves, trailMoves)
	}
}

// TestMissingRowIsToldOnce: whatever the unit reported before and now, each task that it owes and that is neither reported nor confirmed done
// is told of by one finding; and by one still where the office has H12 off.
func TestMissingRowIsToldOnce(t *testing.T) {
	codes := []string{"I.1", "I.2", "I.3", "I.4", "II.3"} // those of vu-kh
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(name string) (rows []caseRow) {
			for _, code := range codes {
				switch rapid.SampledFrom([]string{"", "in_progress", "done"}).Draw(rt, name+" "+code) {
				case "in_progress":
					rows = append(rows, caseRow{Code: code, Status: "in_progress"})
				case "done":
					rows = append(rows, caseRow{Code: code, Status: "done", Completed: "2025-05-01", Evidence: "Quyết định số 12/QĐ-BX ngày 01/5/2025"})
				}
			}
			return rows
		}
		c := caseFile{Earlier: []caseWeek{{Period: "2025-W18", Rows: draw("W18")}, {Period: "2025-W19", Rows: draw("W19")}},
			Returns: []caseReturn{{Path: "vu-kh/bc.xlsx", Rows: append(draw("W20"), caseRow{Code: "IX.9", Task: "Việc ngoài kế hoạch", Status: "in_progress"})}}}
		in, _ := c.judged(t)
		for _, use := range []Use{AsIs, SetOff} {
			in.Rules = map[string]Setting{"H12": {Use: use}}
			out := Judge(in)
			told := map[string]int{}
			for _, f := range out.Findings {
				if f.Rule == "P03" || f.Rule == "H12" {
					told[f.Task]++
					if f.Task == "" {
						rt.Errorf("%s is of no task", f.Rule)
					}
				}
			}
			for _, p := range out.Positions {
				if p.Unit != "vu-kh" {
					continue
				}
				want := 0
				if p.Claim == nil && len(p.Blocked) == 0 {
					want = 1
				}
				if told[p.Task.Code] != want {
					rt.Errorf("H12 %q: task %s, %s, is told of %d times, want %d", use, p.Task.Code, p.Class, told[p.Task.Code], want)
				}
			}
		}
	})
}
