package reconcile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
	"tiendo/templates"
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

// TestDisplaced: of two valid returns one counts, and of the other it is said why, as it is.
func TestDisplaced(t *testing.T) {
	row := []caseRow{{Code: "I.1", Status: "in_progress", Below: "Xã A", Held: "in_term", From: "a.xlsx"}}
	at := func(path, received string, sequence int64) caseReturn {
		return caseReturn{Path: "vu-kh/" + path, Received: received + " 2025-05-14", Sequence: sequence, Format: path[len(path)-4:], Rows: row}
	}
	of := func(r caseReturn, revision int) caseReturn {
		r.Synthesis, r.Revision = true, revision
		return r
	}
	for name, test := range map[string]struct {
		counts, other caseReturn
		want          string
	}{
		"a later one":                            {at("b.xlsx", "10:00", 2), at("a.xlsx", "09:00", 1), "newer_version"},
		"with one pull":                          {at("b.xlsx", "09:00", 2), at("a.xlsx", "09:00", 1), "same_time"},
		"a workbook after the PDF":               {at("b.xlsx", "10:00", 2), at("a.pdf", "09:00", 1), "other_format"},
		"a PDF after the workbook":               {at("b.pdf", "10:00", 2), at("a.xlsx", "09:00", 1), "other_format"},
		"a workbook and a PDF with one pull":     {at("b.xlsx", "09:00", 2), at("a.pdf", "09:00", 1), "other_format"},
		"a synthesis, and its PDF later":         {of(at("b.xlsx", "09:00", 1), 1), at("a.pdf", "10:00", 2), "synthesis_counts"},
		"a synthesis, and its PDF before":        {of(at("b.xlsx", "10:00", 2), 1), at("a.pdf", "09:00", 1), "synthesis_counts"},
		"an older revision that came later":      {of(at("b.xlsx", "09:00", 1), 2), of(at("a.xlsx", "10:00", 2), 1), "newer_revision"},
		"the same revision, written anew, later": {of(at("b.xlsx", "10:00", 2), 1), of(at("a.xlsx", "09:00", 1), 1), "newer_version"},
	} {
		t.Run(name, func(t *testing.T) {
			_, out := caseFile{Returns: []caseReturn{test.counts, test.other}}.judged(t)
			if e := out.Entries[test.counts.Path]; e.Reason != "counted" {
				t.Errorf("%s: %s", e.Path, e.Reason)
			}
			e := out.Entries[test.other.Path]
			if e.State != progress.Superseded || e.Reason != test.want || e.Facts["other"] != test.counts.Path {
				t.Errorf("%s: %s %s %v, want %s", e.Path, e.State, e.Reason, e.Facts, test.want)
			}
			for _, lang := range templates.Langs {
				if text := templates.In(lang).Fill("entry."+e.Reason, e.Facts); strings.ContainsAny(text, "⟦{") {
					t.Error(text)
				}
			}
		})
	}
}
