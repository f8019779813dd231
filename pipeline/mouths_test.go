package pipeline

import (
	"bytes"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/publish"
	"tiendo/pipeline/write/report"
	"tiendo/pipeline/write/workbook"
	"tiendo/templates"
)

// pdfBytes is the PDF of a synthesis in memory.
func pdfBytes(s progress.Synthesis, lang templates.Lang) ([]byte, []report.Printed, error) {
	var out bytes.Buffer
	printed, err := report.PDF(&out, s, lang)
	return out.Bytes(), printed, err
}

// bookBytes is the workbook of a synthesis in memory.
func bookBytes(s progress.Synthesis, words *templates.Words) ([]byte, map[string]workbook.Place, error) {
	var out bytes.Buffer
	places, err := workbook.XLSX(&out, s, words)
	return out.Bytes(), places, err
}

// inMemory is a file of an edition that was rendered into memory.
func inMemory(data []byte) publish.File {
	return publish.File{Content: bytes.NewReader(data), Size: int64(len(data))}
}

// TestTwoMouthsOneTruth holds every figure that the PDF prints against the synthesis and against its cell of the
// workbook, in both languages.
func TestTwoMouthsOneTruth(t *testing.T) {
	s := openSample(t).closed[period20].Synthesis
	for _, lang := range templates.Langs {
		t.Run(string(lang), func(t *testing.T) {
			words := templates.In(lang)
			_, printed, err := pdfBytes(s, lang)
			if err != nil {
				t.Fatal(err)
			}
			data, places, err := bookBytes(s, words)
			if err != nil {
				t.Fatal(err)
			}
			book, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			onPage1 := 0
			for _, p := range printed {
				f, ok := s.Figure(p.Figure)
				if !ok {
					t.Errorf("page %d prints %s, which is no figure of the synthesis", p.Page, p.Figure)
					continue
				}
				if p.Page == 1 {
					onPage1++
				}
				if want, ok := wordsOf(words, s, f, p.Aspect); ok && p.Text != want {
					t.Errorf("page %d prints %s (%s) as %q, the synthesis has %q", p.Page, p.Figure, p.Aspect, p.Text, want)
				}
				place, ok := places[p.Figure]
				if !ok {
					t.Errorf("%s is printed and stands in no cell", p.Figure)
					continue
				}
				raw, err := book.GetCellValue(place.Sheet, place.Cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if want := cellOf(f.Value); !sameNumber(raw, want) {
					t.Errorf("%s is %q in %s, want %v", p.Figure, raw, place, want)
				}
			}
			if onPage1 < 15 {
				t.Errorf("only %d figures on page 1 were compared", onPage1)
			}
		})
	}
}

// wordsOf is how the figure must read. Changes are compared where there is something to compare with.
func wordsOf(w *templates.Words, s progress.Synthesis, f progress.Figure, aspect report.Aspect) (string, bool) {
	percent := func(x float64, ok bool) (string, bool) { return w.Decimal(x, 1) + " %", ok }
	switch aspect {
	case report.Number:
		return w.Int(f.Value.Count), true
	case report.Percentage:
		return percent(f.Value.Share.Percent())
	case report.Fraction:
		return w.Int(f.Value.Share.Num) + "/" + w.Int(f.Value.Share.Den), true
	case report.Portion:
		return percent(progress.Share{Num: f.Value.Count, Den: s.Total.Counts.Dated()}.Percent())
	case report.Change:
		if f.Previous == nil || f.Value.Share != nil {
			return "", false
		}
		change, ok := f.Value.Change(*f.Previous)
		sign := ""
		if change > 0 {
			sign = "+"
		} else if change < 0 {
			sign = "−"
		}
		return sign + w.Int(int(math.Abs(change))), ok
	}
	return "", false
}

// cellOf is the number that a cell must hold; NaN stands for a gap.
func cellOf(v progress.Value) float64 {
	if v.Share == nil {
		return float64(v.Count)
	}
	if v.Share.Den == 0 {
		return math.NaN()
	}
	return float64(v.Share.Num) / float64(v.Share.Den)
}

func sameNumber(raw string, want float64) bool {
	if math.IsNaN(want) {
		_, err := strconv.ParseFloat(raw, 64)
		return err != nil
	}
	got, err := strconv.ParseFloat(raw, 64)
	return err == nil && math.Abs(got-want) < 1e-9
}

// TestPDFCanBeReadBack reads our own PDF with our own reader: every task of the plan must come out of its tables, word for
// word, and every figure of page 1 must be among the words of page 1.
func TestPDFCanBeReadBack(t *testing.T) {
	s := openSample(t).closed[period20].Synthesis
	data, printed, err := pdfBytes(s, templates.Vietnamese)
	if err != nil {
		t.Fatal(err)
	}
	pages := pdfPages(t, data)
	all := squeeze(strings.Join(pages, "\n"))
	for _, task := range s.Tasks {
		if !strings.Contains(all, squeeze(task.Task.Title)) {
			t.Errorf("the PDF lost the words of %s: %s", task.Task.Code, task.Task.Title)
		}
	}
	first := squeeze(pages[0])
	for _, p := range printed {
		if p.Page == 1 && !strings.Contains(first, squeeze(p.Text)) {
			t.Errorf("page 1 does not say %q (%s)", p.Text, p.Figure)
		}
	}
}

// pdfPages is the text of each page, tables included, as our own reader finds it.
func pdfPages(t *testing.T, data []byte) []string {
	t.Helper()
	doc, err := pdf.Read(data, pdf.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	add := func(page int, text string) {
		for len(pages) < page {
			pages = append(pages, "")
		}
		pages[page-1] += text + "\n"
	}
	for _, b := range doc.Blocks {
		if b.Table == nil {
			add(b.Origin.Page, b.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				add(b.Table.Page, cell.Text)
			}
		}
	}
	if len(pages) == 0 {
		t.Fatalf("nothing was read: %v", doc.Findings)
	}
	return pages
}

// TestMouthsAgreeInEveryEdition: what was written well is never held back, in either language and layout.
func TestMouthsAgreeInEveryEdition(t *testing.T) {
	closed := openSample(t).closed
	for _, id := range slices.Sorted(maps.Keys(closed)) {
		for _, lang := range templates.Langs {
			for _, profile := range templates.Profiles() {
				s := closed[id].Synthesis
				s.Office.Profile = profile
				file, printed, err := pdfBytes(s, lang)
				if err != nil {
					t.Fatal(err)
				}
				book, places, err := bookBytes(s, templates.In(lang))
				if err != nil {
					t.Fatal(err)
				}
				if err := checkMouths(inMemory(file), printed, inMemory(book), places); err != nil {
					t.Errorf("%s, %s, %s: %v", id, lang, profile, err)
				}
			}
		}
	}
}

// TestMouthsThatDisagree: an edition whose PDF and workbook say different things is not published, whichever of the two is wrong.
func TestMouthsThatDisagree(t *testing.T) {
	right := openSample(t).closed[period20].Synthesis
	wrong := right
	wrong.Total.Counts.Overdue += 3 // as if one of the writers had taken another number
	draw := func(s progress.Synthesis) ([]byte, []report.Printed, []byte, map[string]workbook.Place) {
		file, printed, err := pdfBytes(s, templates.Vietnamese)
		if err != nil {
			t.Fatal(err)
		}
		book, places, err := bookBytes(s, templates.In(templates.Vietnamese))
		if err != nil {
			t.Fatal(err)
		}
		return file, printed, book, places
	}
	file, printed, book, places := draw(right)
	if len(printed) < 30 {
		t.Fatalf("only %d figures are printed", len(printed))
	}
	otherFile, otherPrinted, otherBook, otherPlaces := draw(wrong)
	without := maps.Clone(places)
	delete(without, "total.overdue")
	tests := map[string]struct {
		err  error
		want string
	}{
		"as they are":            {checkMouths(inMemory(file), printed, inMemory(book), places), ""},
		"another PDF":            {checkMouths(inMemory(otherFile), otherPrinted, inMemory(book), places), "total.overdue"},
		"another workbook":       {checkMouths(inMemory(file), printed, inMemory(otherBook), otherPlaces), "total.overdue"},
		"words that are not so":  {checkMouths(inMemory(otherFile), printed, inMemory(book), places), "total.overdue"},
		"a figure in no cell":    {checkMouths(inMemory(file), printed, inMemory(book), without), "total.overdue"},
		"a PDF that is cut off":  {checkMouths(inMemory(file[:len(file)/2]), printed, inMemory(book), places), ""},
		"a workbook that is not": {checkMouths(inMemory(file), printed, inMemory(book[:len(book)/2]), places), "does not open"},
	}
	for name, tt := range tests {
		switch {
		case name == "as they are":
			if tt.err != nil {
				t.Error(tt.err)
			}
		case !errors.Is(tt.err, ErrMouths) || !strings.Contains(tt.err.Error(), tt.want):
			t.Errorf("%s: %v, want one that names %q", name, tt.err, tt.want)
		}
	}
}

func TestSameFigure(t *testing.T) {
	tests := []struct {
		aspect     report.Aspect
		text, cell string
		want       bool
	}{
		{report.Number, "1.234", "1234", true}, {report.Number, "1,234", "1234", true}, {report.Number, "12", "123", false}, {report.Number, "0", "", false},
		{report.Percentage, "36,3 %", "0.3625", true}, {report.Percentage, "36,2 %", "0.3625", true}, {report.Percentage, "36,4 %", "0.3625", false},
		{report.Percentage, "100,0 %", "1", true}, {report.Fraction, "71/95", "0.747368421052632", true}, {report.Fraction, "71/96", "0.747368421052632", false},
		{report.Fraction, "0/0", "–", true}, {report.Percentage, "–", "", true}, {report.Percentage, "–", "0", false}, {report.Fraction, "1.000/2.000", "0.5", true},
	}
	for _, tt := range tests {
		if got := sameFigure(tt.aspect, tt.text, tt.cell); got != tt.want {
			t.Errorf("%s %q and the cell %q: %v", tt.aspect, tt.text, tt.cell, got)
		}
	}
}

func TestSameInputsSameBytes(t *testing.T) {
	s := openSample(t).closed[period20].Synthesis
	for _, lang := range templates.Langs {
		var pdfs, books [][]byte
		for range 3 {
			pdf, _, err := pdfBytes(s, lang)
			if err != nil {
				t.Fatal(err)
			}
			book, _, err := bookBytes(s, templates.In(lang))
			if err != nil {
				t.Fatal(err)
			}
			pdfs, books = append(pdfs, pdf), append(books, book)
		}
		differ := func(x [][]byte) bool {
			return slices.ContainsFunc(x, func(b []byte) bool { return !bytes.Equal(b, x[0]) })
		}
		if differ(pdfs) || differ(books) {
			t.Errorf("%s: same synthesis, other bytes: PDF %v, workbook %v", lang, differ(pdfs), differ(books))
		}
	}
}

// squeeze drops white space: where lines are broken is the layout's business.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// TestHostileWordsStopNoEdition: whatever a unit writes, be it what no sound text holds, the figures of the edition are found again.
func TestHostileWordsStopNoEdition(t *testing.T) {
	s := openSample(t).closed[period20].Synthesis
	hostile := strings.Repeat("a¿b¡c¤ ", 40)
	poison := func(list []progress.TaskLine) []progress.TaskLine {
		list = slices.Clone(list)
		for i, line := range list {
			if line.Claim != nil {
				claim := *line.Claim
				claim.Row.Reason, claim.Row.Proposal, claim.Row.Difficulty, claim.Row.Result = hostile, hostile, hostile, hostile
				list[i].Claim = &claim
			}
		}
		return list
	}
	s.Urgent, s.Overdue, s.Tasks, s.Unconfirmed, s.DueSoon = poison(s.Urgent), poison(s.Overdue), poison(s.Tasks), poison(s.Unconfirmed), poison(s.DueSoon)
	s.Voices = nil // page 1 quotes the rows themselves
	data, printed, err := pdfBytes(s, templates.Vietnamese)
	if err != nil {
		t.Fatal(err)
	}
	book, places, err := bookBytes(s, templates.In(templates.Vietnamese))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkMouths(inMemory(data), printed, inMemory(book), places); err != nil {
		t.Error(err)
	}
}

// TestMouthsAgreeWhateverTheNames: names that fill lines, or have no space to break at, hold back no edition.
func TestMouthsAgreeWhateverTheNames(t *testing.T) {
	closed := openSample(t).closed
	for _, suffix := range []string{
		" thuộc Bộ Thông tin và Truyền thông, phụ trách chuyển đổi số và giao dịch điện tử khu vực phía Nam", strings.Repeat("Vụ/Cục", 40), " 2025", " (12/34)", "",
	} {
		for id, c := range closed {
			s := c.Synthesis
			rename := func(lines []progress.Line) []progress.Line {
				lines = slices.Clone(lines)
				for i := range lines {
					lines[i].Name += suffix
				}
				return lines
			}
			s.Units, s.Groups, s.Persons, s.Best, s.Worst = rename(s.Units), rename(s.Groups), rename(s.Persons), rename(s.Best), rename(s.Worst)
			s.UnitNames = maps.Clone(s.UnitNames)
			for code := range s.UnitNames {
				s.UnitNames[code] += suffix
			}
			s.Urgent, s.Overdue = slices.Clone(s.Urgent), slices.Clone(s.Overdue)
			for _, list := range [][]progress.TaskLine{s.Urgent, s.Overdue} {
				for i := range list {
					list[i].UnitName += suffix
					list[i].Task.Title += suffix
				}
			}
			file, printed, err := pdfBytes(s, templates.Vietnamese)
			if err != nil {
				t.Fatal(err)
			}
			book, places, err := bookBytes(s, templates.In(templates.Vietnamese))
			if err != nil {
				t.Fatal(err)
			}
			if err := checkMouths(inMemory(file), printed, inMemory(book), places); err != nil {
				t.Errorf("%s with names ending in %.20q: %v", id, suffix, err)
			}
		}
	}
}

// TestSaysAcrossEdges has what the reader finds on page 1 of an office of 20,000 positions: its tiles lie over the edges of the table below,
// and the cell that holds the words of three ends before the last of them.
func TestSaysAcrossEdges(t *testing.T) {
	page := pageTexts{1: {
		{[]float64{85, 267.8, 416.1, 284.3}, "20.000 vụ 4.832 /18.166 = 26,6 % 7.805 /18.166 = 43,0 %"},
		{[]float64{416.1, 267.8, 544.2, 284.3}, "8.453 /18.166 = 46,5 %"},
	}}
	for _, c := range []struct {
		text string
		box  [4]float64
		want bool
	}{
		{"43,0 %", [4]float64{406.9, 273.6, 431, 283}, true},
		{"46,5 %", [4]float64{525.3, 273.6, 549.4, 283}, true},
		{"3,0 %", [4]float64{406.9, 273.6, 431, 283}, false},    // a part of a longer number
		{"43,0 %", [4]float64{525.3, 273.6, 549.4, 283}, false}, // in another tile
		{"43,0 %", [4]float64{406.9, 308.6, 431, 318.1}, false}, // below
		{"46,5 %", [4]float64{288.4, 273.6, 312.6, 283}, false}, // not here
	} {
		if got := page.says(report.Printed{Page: 1, Text: c.text, Box: c.box}); got != c.want {
			t.Errorf("%s at %v: %v", c.text, c.box, got)
		}
	}
}
