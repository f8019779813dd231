package answer

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func sampleAnswer(t *testing.T) progress.Answer {
	t.Helper()
	period, err := progress.ParsePeriod("2025-W20")
	if err != nil {
		t.Fatal(err)
	}
	return progress.Answer{
		Office: "Văn phòng Ban Chỉ đạo", Unit: progress.Unit{Code: "vu-a", Name: "Vụ An Toàn"}, Period: period,
		DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, Revision: 1, Zone: time.FixedZone("ICT", 7*3600),
		Submission: progress.Submission{
			Unit: "vu-a", Period: period.ID, Punctuality: progress.Late, File: "vu-a/=bc.xlsx", SHA256: "abc123",
			Received: time.Date(2025, 5, 16, 9, 30, 0, 0, time.UTC), RowsRead: 9, RowsCounted: 7, RowsOwed: 8, Errors: 1, Warnings: 1,
		},
		Entries: []progress.Entry{
			{Path: "vu-a/=bc.xlsx", State: progress.Accepted, Reason: "counted", Period: period.ID},
			{Path: "vu-a/quet.pdf", State: progress.Rejected, Reason: "refused", Facts: map[string]string{"rule": "F06"}},
		},
		Findings: []progress.Finding{
			{Rule: "R11", Severity: progress.SeverityError, Unit: "vu-a", Task: "I.1", File: "vu-a/=bc.xlsx",
				Origin: progress.Origin{Sheet: "BC", Cell: "H5"}, Facts: map[string]string{"found": "30/10/2025", "expected": "16/05/2025"}},
			{Rule: "H04", Severity: progress.SeverityWarning, Unit: "vu-a", Task: "I.2", File: "vu-a/=bc.xlsx", Since: "2025-W18",
				Origin: progress.Origin{Sheet: "BC", Cell: "A6"}, Facts: map[string]string{"found": "3"}},
		},
	}
}

// Another program reads back what the clerk gets.
func TestAnswer(t *testing.T) {
	for _, lang := range templates.Langs {
		words := templates.In(lang)
		data, err := XLSX(sampleAnswer(t), words)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		receipt, err := f.GetRows(words.Say("answer.sheet.receipt"))
		if err != nil {
			t.Fatal(err)
		}
		has := map[string]bool{}
		for _, row := range receipt {
			for _, c := range row {
				has[c] = true
			}
		}
		for _, want := range []string{"Vụ An Toàn (vu-a)", "16:30 16/05/2025", "abc123", "vu-a/=bc.xlsx", "vu-a/quet.pdf", words.Say("punctuality.late"), "16/05/2025"} {
			if !has[want] {
				t.Errorf("%s: the receipt does not say %q", lang, want)
			}
		}
		findings, err := f.GetRows(words.Say("answer.sheet.findings"))
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) != 3 {
			t.Fatalf("%s: %d rows, want a heading and two findings", lang, len(findings))
		}
		message, remedy := words.Finding(sampleAnswer(t).Findings[0])
		if row := findings[1]; row[1] != "R11" || row[4] != "I.1" || row[5] != message || row[6] != remedy {
			t.Errorf("%s: first finding %q", lang, row)
		}
		if row := findings[2]; row[7] != "2025-W18" {
			t.Errorf("%s: since %q", lang, row)
		}
		for _, sheet := range f.GetSheetList() {
			for _, cell := range []string{"A2", "B8", "C2"} {
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s!%s is a formula: %s", sheet, cell, formula)
				}
			}
		}
		for range 10 {
			if again, err := XLSX(sampleAnswer(t), words); err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%s: the same answer gave other bytes (%v)", lang, err)
			}
		}
	}
}

func TestAnswerToSilence(t *testing.T) {
	a := sampleAnswer(t)
	a.Submission = progress.Submission{Unit: "vu-a", Period: "2025-W20", Punctuality: progress.Missing, RowsOwed: 8}
	a.Entries, a.Findings = nil, nil
	words := templates.In(templates.Vietnamese)
	data, err := XLSX(a, words)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue(words.Say("answer.sheet.findings"), "A2"); got != words.Say("answer.clean") {
		t.Errorf("the list of nothing says %q", got)
	}
}
