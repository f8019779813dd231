package main

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inbox is a file of the sample office's inbox.
func inbox(path ...string) string {
	return filepath.Join(append([]string{"..", "..", "samples", "bo-tttt", "inbox"}, path...)...)
}

// TestExplainTellsHowColumnsWereRead asks about a form with a heading that nobody taught.
func TestExplainTellsHowColumnsWereRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	table := "STT;Nhiệm vụ;Tình trạng;Thời tiết\n;I. Nhóm một;;\n1;Việc một;Hoàn thành;nắng\n;Tổng cộng;1;\n"
	if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string][]string{
		"en": {"table headings found: 1; task rows read: 1", "“Nhiệm vụ” → task (task)", "“Tình trạng” → status (status)", "“Thời tiết” → not read",
			"templates/vocabulary/headings.yaml", `FIELD_ID: […, "Thời tiết"]`, "deadline (due)", "names of groups: 1; totals: 1"},
		"vi": {"“Tình trạng” → tình trạng (status)", "“Thời tiết” → không đọc", `MÃ_TRƯỜNG: […, "Thời tiết"]`, "thời hạn (due)", "tên nhóm: 1; dòng tổng cộng: 1"},
	}
	for lang, wants := range tests {
		status, out, errs := call(t, "extract", "--explain", "--lang", lang, file)
		if status != exitDone {
			t.Errorf("%s: exit status %d\n%s%s", lang, status, out, errs)
		}
		mustSay(t, "explain", out, wants...)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); err != nil || len(left) != 1 {
		t.Errorf("without a folder named, nothing is written: %v %v", left, err)
	}
}

// TestExplainKeepsItsContract holds the JSON against the fields that other programs depend on.
func TestExplainKeepsItsContract(t *testing.T) {
	status, out, errs := call(t, "extract", "--explain", "--json", inbox("vu-khtc", "BC_VuKHTC_Tuan20.xlsx"))
	if status != exitDone {
		t.Fatalf("exit status %d: %s", status, errs)
	}
	var e map[string]any
	if err := json.Unmarshal([]byte(out), &e); err != nil {
		t.Fatal(err)
	}
	keys := func(v any) []string { return slices.Sorted(maps.Keys(v.(map[string]any))) }
	first := func(v any) any { return v.([]any)[0] }
	heading := first(e["headings"])
	column := first(heading.(map[string]any)["columns"])
	for what, pair := range map[string][2][]string{
		"file":    {keys(e), {"file", "findings", "headings"}},
		"heading": {keys(heading), {"columns", "left_out", "origin", "rows"}},
		"column":  {keys(column), {"field", "heading", "origin"}},
	} {
		if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
			t.Errorf("keys of a %s (-want +got):\n%s", what, diff)
		}
	}
	want := map[string]any{"heading": "STT", "field": "no", "origin": map[string]any{"sheet": "Báo cáo", "cell": "A6"}}
	if diff := cmp.Diff(want, column); diff != "" {
		t.Errorf("first column (-want +got):\n%s", diff)
	}
}

// TestExplainDraws writes one drawing for each page, under names that do not collide, and says where they are.
func TestExplainDraws(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "pictures")
	pdf := inbox("vu-bc", "BC tuan 20 Vu Buu chinh.pdf")
	status, out, errs := call(t, "extract", "--explain-dir", dir, "--lang", "en", pdf, pdf, inbox("hv-bcvt", "HV_BCVT_T20.xlsx"))
	if status != exitAttention { // the last one is half a file
		t.Errorf("exit status %d, want %d\n%s", status, exitAttention, errs)
	}
	want := []string{"BC tuan 20 Vu Buu chinh.pdf (2).page-1.svg", "BC tuan 20 Vu Buu chinh.pdf (2).page-2.svg",
		"BC tuan 20 Vu Buu chinh.pdf.page-1.svg", "BC tuan 20 Vu Buu chinh.pdf.page-2.svg"}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
		mustSay(t, "explain", out, filepath.Join(dir, e.Name()))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("drawings (-want +got):\n%s", diff)
	}
	data, err := os.ReadFile(filepath.Join(dir, want[2]))
	if err != nil {
		t.Fatal(err)
	}
	var drawing struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Texts   []string `xml:"text"`
	}
	if err := xml.Unmarshal(data, &drawing); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(drawing.Texts, " ")
	for _, words := range []string{"VỤ BƯU CHÍNH", "Tổ chức quán triệt nhiệm", "30/11/2026", "deadline", "day of completion"} {
		if !strings.Contains(said, words) {
			t.Errorf("page 1 does not show %q: %s", words, said)
		}
	}
}
