package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
