package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// TestJoined makes lines of a lower office into one row; what is expected was worked out by hand.
func TestJoined(t *testing.T) {
	share := func(p float64) *float64 { return &p }
	line := func(unit string, status progress.Status, p *float64, completed string, result string) progress.Row {
		r := progress.Row{Code: "I.1", Lead: unit, Status: status, StatusText: string(status), Percent: p, Result: result, Completed: date(t, completed)}
		r.Parts = []progress.Part{{Unit: unit, Status: status, Percent: p, Completed: r.Completed, File: unit + ".xlsx"}}
		return r
	}
	quiet := progress.Row{Code: "I.1", Lead: "Xã C", Parts: []progress.Part{{Unit: "Xã C", Class: progress.NotReported}}}
	for name, c := range map[string]struct {
		lines     []progress.Row
		status    progress.Status
		words     string
		percent   *float64
		completed string
		result    string
		none      bool
	}{
		"one unit is taken as it is": {
			lines:  []progress.Row{line("Xã A", progress.InProgress, nil, "", "đang làm")},
			status: progress.InProgress, words: "in_progress", result: "đang làm",
		},
		"all done, on the last day": {
			lines:  []progress.Row{line("Xã A", progress.Done, nil, "2025-05-02", "xong"), line("Xã B", progress.Done, share(100), "2025-04-30", "")},
			status: progress.Done, words: "done (2/2)", percent: share(100), completed: "2025-05-02", result: "Xã A: xong",
		},
		"all done, one without a day": {
			lines:  []progress.Row{line("Xã A", progress.Done, nil, "2025-05-02", ""), line("Xã B", progress.Done, nil, "", "")},
			status: progress.Done, words: "done (2/2)", percent: share(100),
		},
		"one is not done: 100, 99.95 and 100 are 99.9": {
			lines:  []progress.Row{line("Xã A", progress.Done, nil, "2025-05-02", ""), line("Xã B", progress.InProgress, share(99.95), "", "a"), line("Xã D", progress.Done, nil, "2025-05-02", "b")},
			status: progress.InProgress, words: "done (2/3); in_progress (1/3)", percent: share(99.9), result: "Xã B: a\nXã D: b",
		},
		"one gives no percent: there is no mean": {
			lines:  []progress.Row{line("Xã A", progress.InProgress, share(40), "", ""), line("Xã B", progress.InProgress, nil, "", "")},
			status: progress.InProgress, words: "in_progress (2/2)",
		},
		"done, but one is silent": {
			lines:  []progress.Row{line("Xã A", progress.Done, nil, "2025-05-02", ""), quiet},
			status: progress.InProgress, words: "done (1/2)",
		},
		"none has begun": {
			lines:  []progress.Row{line("Xã A", progress.NotStarted, share(0), "", ""), line("Xã B", progress.NotStarted, share(0), "", "")},
			status: progress.NotStarted, words: "not_started (2/2)", percent: share(0),
		},
		"begun by one": {
			lines:  []progress.Row{line("Xã A", progress.NotStarted, share(0), "", ""), line("Xã B", progress.InProgress, share(25), "", "")},
			status: progress.InProgress, words: "not_started (1/2); in_progress (1/2)", percent: share(12.5),
		},
		"nobody reported": {lines: []progress.Row{quiet}, none: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := joined(c.lines)
			if ok == c.none {
				t.Fatalf("there is a row: %v", ok)
			}
			if c.none {
				return
			}
			if got.Status != c.status || got.StatusText != c.words || got.Completed != date(t, c.completed) || got.Result != c.result {
				t.Errorf("got %s %q %v %q", got.Status, got.StatusText, got.Completed, got.Result)
			}
			if diff := cmp.Diff(c.percent, got.Percent); diff != "" {
				t.Error(diff)
			}
			if len(got.Parts) != len(c.lines) {
				t.Errorf("%d parts of %d lines", len(got.Parts), len(c.lines))
			}
			if got.Lead != "" {
				t.Errorf("the lead %q is of the lower office", got.Lead)
			}
		})
	}
}
