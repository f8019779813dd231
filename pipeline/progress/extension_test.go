package progress_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

func TestParseExtensions(t *testing.T) {
	for text, want := range map[string][]string{ // document | issued | new deadline | text
		"":                                nil,
		"CV 123/VPCP-KSTT ngày 12/5/2025": {"CV 123/VPCP-KSTT|2025-05-12||CV 123/VPCP-KSTT ngày 12/5/2025"},
		"Quyết định số 45/QĐ-TTg ngày 03/02/2025 (đến 30/9/2025)":                    {"Quyết định số 45/QĐ-TTg|2025-02-03|2025-09-30|Quyết định số 45/QĐ-TTg ngày 03/02/2025 (đến 30/9/2025)"},
		"gia hạn đến Quý III/2025 theo Công văn số 88/VP-TH ngày 5 tháng 6 năm 2025": {"Công văn số 88/VP-TH|2025-06-05|2025-09-30|gia hạn đến Quý III/2025 theo Công văn số 88/VP-TH ngày 5 tháng 6 năm 2025"},
		"Lần 1: CV 12/VP-TH ngày 02/3/2025, đến hết ngày 30/6/2025; lần 2: CV 34/VP-TH ngày 01/6/2025, gia hạn từ 30/6/2025 đến 30/9/2025": {
			"CV 12/VP-TH|2025-03-02|2025-06-30|Lần 1: CV 12/VP-TH ngày 02/3/2025, đến hết ngày 30/6/2025",
			"CV 34/VP-TH|2025-06-01|2025-09-30|lần 2: CV 34/VP-TH ngày 01/6/2025, gia hạn từ 30/6/2025 đến 30/9/2025",
		},
		"402-CV/VPĐU ngày 7.4.2025\nTB 9/TB-BTTTT\nngày 8/5/2025": {"402-CV/VPĐU|2025-04-07||402-CV/VPĐU ngày 7.4.2025", "TB 9/TB-BTTTT|2025-05-08||TB 9/TB-BTTTT\nngày 8/5/2025"},
		"CV 1/VP ngày 2/1/2025 và CV 2/VP ngày 3/2/2025":          {"CV 1/VP|2025-01-02||CV 1/VP ngày 2/1/2025", "CV 2/VP|2025-02-03||CV 2/VP ngày 3/2/2025"},
		"Công văn số 77 ngày 1/4/2025 đến Quý III":                {"Công văn số 77|2025-04-01|2025-09-30|Công văn số 77 ngày 1/4/2025 đến Quý III"},
		"CV 5/VP ngày 31/4/2025":                                  {"CV 5/VP|||CV 5/VP ngày 31/4/2025"},
		"CV 1/VP ngày 2/1/2025 + CV 2/VP ngày 3/2/2025":           {"CV 1/VP|2025-01-02||CV 1/VP ngày 2/1/2025", "CV 2/VP|2025-02-03||CV 2/VP ngày 3/2/2025"},
		"Công văn số: 12/VPCP-KSTT, ngày ban hành: 12/5/2025":     {"Công văn số: 12/VPCP-KSTT|2025-05-12||Công văn số: 12/VPCP-KSTT, ngày ban hành: 12/5/2025"},
		"công văn 123/vpcp-kstt ngày 12/5/2025":                   {"công văn 123/vpcp-kstt|2025-05-12||công văn 123/vpcp-kstt ngày 12/5/2025"},
		"Công điện số 16/CĐ-TTg ngày 8/2/2025":                    {"Công điện số 16/CĐ-TTg|2025-02-08||Công điện số 16/CĐ-TTg ngày 8/2/2025"},
		"Quyết định số 45/2025/QĐ-TTg ngày 12/5/2025":             {"Quyết định số 45/2025/QĐ-TTg|2025-05-12||Quyết định số 45/2025/QĐ-TTg ngày 12/5/2025"},
		"TB 12/TB-VPCP (ngày 12/5/2025)":                          {"TB 12/TB-VPCP|2025-05-12||TB 12/TB-VPCP (ngày 12/5/2025)"},
		"CV 1/VP ngày 12/5":                                       {"CV 1/VP|||CV 1/VP ngày 12/5"},
		"gia hạn 30 ngày theo CV 1/VP ngày 12/5/2025":             {"CV 1/VP|2025-05-12||gia hạn 30 ngày theo CV 1/VP ngày 12/5/2025"},
		"đã gia hạn 02 lần":                                       {"|||đã gia hạn 02 lần"},
		"theo ý kiến chỉ đạo tại cuộc họp ngày 12/5/2025":         {"|||theo ý kiến chỉ đạo tại cuộc họp ngày 12/5/2025"},
		"theo ý kiến của lãnh đạo":                                {"|||theo ý kiến của lãnh đạo"},
	} {
		var got []string
		for _, e := range progress.ParseExtensions(text) {
			got = append(got, strings.Join([]string{e.Document, e.Issued.String(), e.Due.Date.String(), e.Text}, "|"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// TestParseExtensionsLosesNothing: whatever the text, its letters and digits are in the extensions.
func TestParseExtensionsLosesNothing(t *testing.T) {
	for _, text := range []string{"; ;", "a;b\n\nc, d và e", "CV 1/VP,CV 2/VP, và CV 3/VP", "(((", "lần 2:", "đến ", "CV 1/VP; \n; CV 1/VP"} {
		var got string
		for _, e := range progress.ParseExtensions(text) {
			got += " " + e.Text
		}
		drop := func(s string) string {
			return strings.NewReplacer(" ", "", ";", "", "\n", "", ",", "", "và", "").Replace(s)
		}
		if drop(got) != drop(text) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The deadline of a move is said without the word that leads to its document.
func TestDeadlineBeforeItsDocument(t *testing.T) {
	for _, text := range []string{"điều chỉnh từ 30/6/2025 sang 31/12/2025 theo QĐ 100/QĐ-BTTTT ngày 15/6/2025", "gia hạn đến 31/12/2025 (tại QĐ 100/QĐ-BTTTT ngày 15/6/2025)"} {
		if got := progress.ParseExtensions(text); len(got) != 1 || got[0].Due.Text != "31/12/2025" {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// FuzzParseExtensions: whatever stands in the column, every word of it but those between two documents is in an extension, in order.
func FuzzParseExtensions(f *testing.F) {
	for _, text := range []string{"CV 1/VP ngày 2/1/2025 và CV 2/VP; lần 2: đến Quý III/2025\ngia hạn 30 ngày", "(TB số 12/TB-VPCP), & + QĐ 45/2025/QĐ-TTg", "Co\u0302ng va\u0306n 1/vp"} {
		f.Add(text)
	}
	words := func(text string) (out []string) {
		for _, w := range strings.Fields(strings.NewReplacer(";", " ", ",", " ").Replace(text)) {
			if w != "và" && w != "and" && w != "+" && w != "&" {
				out = append(out, w)
			}
		}
		return out
	}
	f.Fuzz(func(t *testing.T, text string) {
		var got []string
		for _, e := range progress.ParseExtensions(text) {
			got = append(got, words(e.Text)...)
		}
		if diff := cmp.Diff(words(text), got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		progress.Task{Extension: text, Due: progress.Due{Text: "x"}}.DeadlineHistory()
		progress.DocumentNumbers(text)
	})
}

// TestStoredPlan: a plan of the ledger keeps the words of its column; the extensions and the history are read from them.
func TestStoredPlan(t *testing.T) {
	const stored = `{"Code":"I.1","Due":{"text":"31/12/2025","date":"2025-12-31"},"OriginalDue":{"text":"30/6/2025","date":"2025-06-30"},
		"Extension":"CV 12/VP-TH ngày 02/6/2025 (đến 30/9/2025); CV 34/VP-TH ngày 01/9/2025"}`
	var task progress.Task
	if err := json.Unmarshal([]byte(stored), &task); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range task.DeadlineHistory() {
		got = append(got, s.From.Text+" → "+s.To.Text+" "+s.Words())
	}
	want := []string{"30/6/2025 → 30/9/2025 CV 12/VP-TH ngày 02/6/2025 (đến 30/9/2025)", "30/9/2025 → 31/12/2025 CV 34/VP-TH ngày 01/9/2025"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
