package answer

import (
	"bytes"
	"slices"
	"strings"
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

// markedAnswer is the sample answer with the copy of a workbook whose words try to act.
func markedAnswer(t *testing.T) progress.Answer {
	a := sampleAnswer(t)
	sixty, far := 60.0, "=HYPERLINK(\"http://x\",\"y\")"
	a.Copy = progress.Copy{Sheets: []progress.CopySheet{
		{Name: "BC", Widths: []progress.CopyWidth{{Cell: "A1", Width: 44.5}}, Cells: []progress.CopyCell{
			{Cell: "A1", Text: "BÁO CÁO\ntiến độ", ColSpan: 3}, {Cell: "A5", Text: "+1"}, {Cell: "B5", Text: far}, {Cell: "C5", Text: "60", Number: &sixty},
			{Cell: "D5", Text: "1.10"}, {Cell: "A6", Text: "@cmd"}, {Cell: "B6", Text: "-2"}, {Cell: "XFD1048576", Text: "xa"},
		}},
		{Name: "việc CẦN sửa", Cells: []progress.CopyCell{{Cell: "A1", Text: "x"}}},
		{Name: "a/b:[c]*?'", Hidden: true, Cells: []progress.CopyCell{{Cell: "A1", Text: "y"}}},
	}}
	return a
}

// The copy shows the values of the unit's workbook as text or numbers, never anything that acts, with a colour and a comment where something
// was found, also in a cell that shows nothing.
func TestMarkedCopy(t *testing.T) {
	words := templates.In(templates.Vietnamese)
	a := markedAnswer(t)
	data, err := XLSX(a, words)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, err := XLSX(markedAnswer(t), words); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("the same copy gave other bytes (%v)", err)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"Biên nhận", "Việc cần sửa", "BC", "việc CẦN sửa (2)", "a_b__c___"}; !slices.Equal(got, want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	for _, c := range a.Copy.Sheets[0].Cells {
		got, err := f.GetCellValue("BC", c.Cell)
		if err != nil || got != c.Text {
			t.Errorf("%s holds %q, want %q (%v)", c.Cell, got, c.Text, err)
		}
		if formula, _ := f.GetCellFormula("BC", c.Cell); formula != "" {
			t.Errorf("%s is a formula", c.Cell)
		}
		if link, target, _ := f.GetCellHyperLink("BC", c.Cell); link {
			t.Errorf("%s leads to %s", c.Cell, target)
		}
		style, _ := f.GetCellStyle("BC", c.Cell)
		quoted := f.Styles.CellXfs.Xf[style].QuotePrefix
		if acts := strings.ContainsAny(c.Text[:1], "=+-@"); acts != (quoted != nil && *quoted) {
			t.Errorf("%q in %s bears the mark of words: %v", c.Text, c.Cell, !acts)
		}
	}
	if kind, _ := f.GetCellType("BC", "C5"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is copied as type %d", kind)
	}
	if width, _ := f.GetColWidth("BC", "A"); width != 44.5 {
		t.Errorf("column A is %v wide", width)
	}
	if merged, _ := f.GetMergeCells("BC"); len(merged) != 1 || merged[0].GetStartAxis() != "A1" || merged[0].GetEndAxis() != "C1" {
		t.Errorf("merged: %v", merged)
	}
	wantMarks := map[string]struct{ colour, rule string }{"H5": {"F8CBAD", "R11"}, "A6": {"FFE699", "H04"}}
	comments, err := f.GetComments("BC")
	if err != nil || len(comments) != len(wantMarks) {
		t.Fatalf("%d comments, want %d (%v)", len(comments), len(wantMarks), err)
	}
	for _, c := range comments {
		want, ok := wantMarks[c.Cell]
		style, _ := f.GetCellStyle("BC", c.Cell)
		looks, err := f.GetStyle(style)
		if !ok || err != nil || len(looks.Fill.Color) != 1 || looks.Fill.Color[0] != want.colour || len(c.Paragraph) != 1 || !strings.Contains(c.Paragraph[0].Text, want.rule) {
			t.Errorf("%s: %v in %v, want %v", c.Cell, c.Paragraph, looks.Fill.Color, want)
		}
	}
	if visible, _ := f.GetSheetVisible("a_b__c___"); visible {
		t.Error("a hidden sheet without a mark is shown")
	}
	if link, target, _ := f.GetCellHyperLink(words.Say("answer.sheet.findings"), "D2"); !link || target != "'BC'!H5" {
		t.Errorf("the list leads to %q", target)
	}
}

func TestSheetNames(t *testing.T) {
	for given, want := range map[string]string{
		"BC tuần 20": "BC tuần 20", "": "_", "''": "_", "[a]": "_a_", "a\x00b": "a_b", strings.Repeat("ă", 40): strings.Repeat("ă", 31), strings.Repeat("😀", 20): strings.Repeat("😀", 15),
	} {
		if got := sheetName(given, ""); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}
