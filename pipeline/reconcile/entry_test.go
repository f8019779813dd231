package reconcile

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEntries: where each file ends, why, and which findings of its reader are still told.
func TestEntries(t *testing.T) {
	row := []caseRow{{Code: "I.1", Status: "in_progress"}}
	fault := []caseFinding{{Rule: "R02", Severity: "warning", Cell: "G5"}}
	_, out := caseFile{Returns: []caseReturn{
		{Path: "vu-kh/1.xlsx", Sha: "one", Received: "08:00 2025-05-14", Rows: row, Findings: fault},
		{Path: "vu-kh/2.pdf", Sha: "two", Received: "09:00 2025-05-14", Findings: []caseFinding{{Rule: "F06", Severity: "error", Variant: "damaged"}}},
		{Path: "vu-kh/3.xlsx", Sha: "three", Received: "10:00 2025-05-14", Rows: row, Findings: fault},
		{Path: "vu-kh/4.xlsx", Sha: "three", Received: "11:00 2025-05-14", Rows: row, Findings: fault},
		{Path: "vu-kh/5.xlsx", Sha: "five", Received: "12:00 2025-05-14"},
		{Path: "vu-kh/6.xlsx", Sha: "six", Received: "13:00 2025-05-14", Unit: "Vụ Pháp chế", Rows: row},
		{Path: "phong-1/a.xlsx", Rows: row},
		{Path: "a.xlsx", Rows: row},
	}}.judged(t)
	got := map[string]string{}
	for path, e := range out.Entries {
		got[path] = fmt.Sprintf("%s %s %v", e.State, e.Reason, e.Facts)
	}
	want := map[string]string{
		"vu-kh/1.xlsx":   "superseded newer_version map[other:vu-kh/3.xlsx]",
		"vu-kh/2.pdf":    "rejected refused map[rule:F06]",
		"vu-kh/3.xlsx":   "accepted counted map[period:2025-W20]",
		"vu-kh/4.xlsx":   "duplicate same_bytes map[other:vu-kh/3.xlsx]",
		"vu-kh/5.xlsx":   "rejected refused map[rule:F03]",
		"vu-kh/6.xlsx":   "rejected refused map[rule:F04]",
		"phong-1/a.xlsx": "rejected refused map[rule:F04]",
		"a.xlsx":         "rejected refused map[rule:F04]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var told []string
	for _, f := range out.Findings {
		if f.Rule == "R02" || f.Rule == "F06" {
			told = append(told, f.Rule+" "+f.Unit+" "+f.Task+" "+f.File)
		}
	}
	if diff := cmp.Diff([]string{"F06 vu-kh  vu-kh/2.pdf", "R02 vu-kh I.1 vu-kh/3.xlsx"}, told); diff != "" {
		t.Errorf("findings of the readers -want +got:\n%s", diff)
	}
	for _, s := range out.Submissions {
		if s.Unit == "vu-kh" && (s.File != "vu-kh/3.xlsx" || s.Punctuality != "on_time" || s.RowsRead != 1 || s.RowsCounted != 1 ||
			s.RowsOwed != 5 || !cmp.Equal(s.Superseded, []string{"vu-kh/1.xlsx"})) {
			t.Errorf("%+v", s)
		}
	}
}
