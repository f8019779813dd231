package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

func texts(row []cell) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = c.Shown()
	}
	return out
}

func TestTwoRowHeading(t *testing.T) {
	f := form{numbered: true, columns: []column{
		{heading: "TT"}, {parent: "Kết quả", heading: "Mô tả"}, {parent: "Kết quả", heading: "Minh chứng"},
	}}
	head := f.head()
	var got [][]string
	for _, row := range head {
		got = append(got, texts(row))
	}
	want := [][]string{{"TT", "Kết quả", ""}, {"", "Mô tả", "Minh chứng"}, {"(1)", "(2)", "(3)"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("heading (-want +got):\n%s", diff)
	}
	if head[0][0].Rows != 2 || head[0][1].Cols != 2 || !head[0][2].Covered || !head[1][0].Covered {
		t.Errorf("spans: %+v", head[:2])
	}
}

func TestTicks(t *testing.T) {
	rep := &report{title: "Việc A", status: progress.Recurring, statusText: "Thường xuyên", result: "Đã làm", evidence: "Quyết định số 5/QĐ-BTTTT", due: progress.Due{Text: "Thường xuyên"}}
	got := ticks.fill(progress.Unit{Name: "Vụ X"}, weekEditions("2025-W20", 1)[0], []*report{rep})
	want := []string{"1", "Việc A", "Thường xuyên", "", "x", "", "Đã làm (Quyết định số 5/QĐ-BTTTT)", ""}
	if diff := cmp.Diff(want, texts(got.sheet.Body[0])); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if row := got.rows[0]; row.Status != progress.InProgress || row.StatusText != "Đang thực hiện" || row.Percent != nil || row.Code != "1" {
		t.Errorf("row read from the ticks: %+v", row)
	}
}

// What a page shows of a cell, and what Excel makes of "6/2025".
func TestCellsAsShown(t *testing.T) {
	fraction, whole := 0.6, 60.0
	for want, c := range map[string]cell{
		"60%":        {Number: &fraction, Format: "0%"},
		"60":         {Number: &whole},
		"30/06/2025": {Date: "2025-06-30", Format: "dd/mm/yyyy"},
		"06/2025":    {Date: "2025-06-01", Format: "mm/yyyy"},
	} {
		if got := c.Shown(); got != want {
			t.Errorf("%+v shows %q, want %q", c, got, want)
		}
	}
	month := form{dates: true}.due(progress.Due{Text: "6/2025", Date: day("2025-06-30"), Precision: progress.MonthOnly})
	if month.Date != "2025-06-01" || month.Format != "mm/yyyy" {
		t.Errorf("6/2025 in a form with dates: %+v", month)
	}
}

func TestStampsKeepTheirLength(t *testing.T) {
	in := []byte("/CreationDate(D:20261122101112+00'00') /ID [ <00112233445566778899AABBCCDDEEFF>\n<00112233445566778899AABBCCDDEEFF> ] /DocChecksum /00112233445566778899AABBCCDDEEFF")
	want := "/CreationDate(D:20250516000000+00'00') /ID [ <00000000000000000000000000000000>\n<00000000000000000000000000000000> ] /DocChecksum /00000000000000000000000000000000"
	if got := string(stamps.ReplaceAllFunc(in, settled)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
