package pipeline

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// anySynthesis is an office's synthesis with positions in every state, and words that try to be more than words.
func anySynthesis(t *rapid.T) progress.Synthesis {
	period, err := progress.ParsePeriod(rapid.SampledFrom([]string{"2025-W20", "2025-05", "2025-H1"}).Draw(t, "period"))
	if err != nil {
		t.Fatal(err)
	}
	s := progress.Synthesis{
		Office: progress.Office{Name: "Văn phòng UBND tỉnh", Unit: rapid.SampledFrom([]string{"", "tinh-a"}).Draw(t, "unit above")},
		Period: period, DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, DueAt: time.Date(2025, 5, 16, 15, 0, 0, 0, time.UTC), Revision: 1, PlanVersion: "abc",
		Total: progress.Line{ID: "total"}, UnitNames: map[string]string{},
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "positions") {
		l := progress.TaskLine{UnitName: typed(taskWords, 1, 3).Draw(t, "unit")}
		l.Unit = "x" + string(rune('a'+i))
		l.Task = progress.Task{Code: "I.1", Title: "Nhiệm vụ " + typed(taskWords, 1, 5).Draw(t, "title"), Group: typed(taskWords, 0, 2).Draw(t, "group"),
			Product: typed(taskWords, 0, 2).Draw(t, "product"), Due: progress.Due{Text: rapid.SampledFrom(deadlines).Draw(t, "due")}}
		l.Class = rapid.SampledFrom(progress.Classes).Draw(t, "class")
		if rapid.IntRange(0, 3).Draw(t, "reported") > 0 {
			row := progress.Row{StatusText: rapid.SampledFrom([]string{"Đang thực hiện", "Hoàn thành", "Chưa triển khai"}).Draw(t, "status"),
				Origin: progress.Origin{Sheet: "Báo cáo", Cell: "B7"}}
			if rapid.Bool().Draw(t, "has percent") {
				p := float64(rapid.IntRange(0, 1000).Draw(t, "percent")) / 10
				row.Percent = &p
			}
			for _, to := range []*string{&row.Result, &row.Evidence, &row.Difficulty, &row.Proposal, &row.Reason, &row.Note} {
				*to = typed(typedWords, 0, 4).Draw(t, "text")
			}
			l.Claim = &progress.Claim{Row: row, File: typed(typedWords, 1, 2).Draw(t, "file") + ".xlsx", SHA256: rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "hash"), Received: s.DueAt}
			if l.Class.IsDone() {
				l.Completed = progress.Date{Year: 2025, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 130).Draw(t, "completed"))
				l.CompletedAssumed = rapid.Bool().Draw(t, "assumed")
			}
		}
		s.Tasks = append(s.Tasks, l)
	}
	return s
}

// TestSynthesisRoundTrip: what one office publishes the one above reads, line by line; nothing of it is taken for changed.
func TestSynthesisRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, lang := anySynthesis(t), rapid.SampledFrom(templates.Langs).Draw(t, "language")
		data, _, err := bookBytes(s, templates.In(lang))
		if err != nil {
			t.Fatal(err)
		}
		reading, err := extract.Read(data, "TongHop.xlsx", extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range reading.Findings {
			t.Fatalf("%s %s %v %v", f.Rule, f.Variant, f.Origin, f.Facts)
		}
		if want := map[bool]string{true: "tinh-a", false: "Văn phòng UBND tỉnh"}[s.Office.Unit != ""]; reading.Unit != want || reading.Period != s.Period.ID {
			t.Fatalf("unit %q, period %q", reading.Unit, reading.Period)
		}
		if reading.Seal == nil || reading.Seal.Changed {
			t.Fatalf("the seal: %+v", reading.Seal)
		}
		var got, want []raisedLine
		for _, r := range reading.Rows {
			p := r.Parts[0]
			got = append(got, raisedLine{r.Code, r.Task, p.Unit, p.UnitCode, p.Class, r.StatusText, percentOr(r.Percent), r.Completed, r.Result, r.Evidence, r.Due, p.File, p.SHA256})
		}
		for _, l := range s.Tasks {
			x := raisedLine{Code: l.Task.Code, Task: seen(l.Task.Title), Unit: seen(l.UnitName), UnitCode: l.Unit, Class: l.Class, Percent: -1, Due: l.Task.Due.Text}
			if c := l.Claim; c != nil {
				x.Status, x.Percent, x.Result, x.Evidence, x.File, x.SHA256 = c.Row.StatusText, percentOr(c.Row.Percent), seen(c.Row.Result), seen(c.Row.Evidence), seen(c.File), c.SHA256
			}
			if !l.CompletedAssumed {
				x.Completed = l.Completed
			}
			want = append(want, x)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestSynthesisWithoutItsHiddenSheet: whatever stands in a synthesis, once its hidden sheet is gone that is said, and none of its lines is a
// row of the unit that sends it.
func TestSynthesisWithoutItsHiddenSheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, lang := anySynthesis(t), rapid.SampledFrom(templates.Langs).Draw(t, "language")
		data, _, err := bookBytes(s, templates.In(lang))
		if err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		var out bytes.Buffer
		if err := errors.Join(book.DeleteSheet(progress.HiddenSheet), book.Write(&out)); err != nil {
			t.Fatal(err)
		}
		reading, err := extract.Read(out.Bytes(), "TongHop.xlsx", extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		requireLostSeal(t, reading)
	})
}

// requireLostSeal fails unless all that is said of a file is that it is a synthesis without its hidden sheet.
func requireLostSeal(t rapid.TB, r progress.Reading) {
	t.Helper()
	if len(r.Rows) > 0 || r.Seal != nil || len(r.Findings) != 1 || r.Findings[0].Rule != "F18" || r.Findings[0].Variant != "no_seal" {
		t.Errorf("%d rows, seal %v, findings %v", len(r.Rows), r.Seal, r.Findings)
	}
}

// TestSynthesisTooLargeForAReturn: of a synthesis the columns that are read count alone, so that one without its hidden sheet may be more than
// a return may hold. To copy its table into another file, as is said of a return, would help nobody.
func TestSynthesisTooLargeForAReturn(t *testing.T) {
	s := progress.Synthesis{Office: progress.Office{Name: "Văn phòng UBND tỉnh"}, Period: progress.Period{ID: "2025-W20"}, UnitNames: map[string]string{}}
	data, _, err := bookBytes(s, templates.In(templates.Vietnamese))
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	wide := make([]int, 5000)
	var out bytes.Buffer
	if err := errors.Join(book.SetSheetRow(templates.In(templates.Vietnamese).Say("workbook.sheet.method"), "A9", &wide),
		book.DeleteSheet(progress.HiddenSheet), book.Write(&out)); err != nil {
		t.Fatal(err)
	}
	reading, err := extract.Read(out.Bytes(), "TongHop.xlsx", extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	requireLostSeal(t, reading)
}

// TestReturnWithASheetOfASynthesis: who puts the list of all tasks beside his own return sends a return.
func TestReturnWithASheetOfASynthesis(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	w := templates.In(templates.Vietnamese)
	const own = "Báo cáo"
	list := w.Say("workbook.sheet.tasks")
	var headings []string
	for _, key := range []string{"code", "task", "unit", "class", "percent", "unit_code", "previous_class", "status", "completed_assumed", "blocked", "sha256"} {
		headings = append(headings, w.Say("workbook.column."+key))
	}
	_, added := book.NewSheet(list)
	var out bytes.Buffer
	if err := errors.Join(added, book.SetSheetName("Sheet1", own),
		book.SetSheetRow(own, "A1", &[]string{"Mã nhiệm vụ", "Nhiệm vụ", "Tình trạng", "Tỷ lệ hoàn thành"}),
		book.SetSheetRow(own, "A2", &[]string{"I.1", "Số hóa hồ sơ hộ tịch", "Đang thực hiện", "60%"}),
		book.SetSheetRow(list, "A1", &headings), book.Write(&out)); err != nil {
		t.Fatal(err)
	}
	reading, err := extract.Read(out.Bytes(), "BC.xlsx", extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(reading.Rows) != 1 || reading.Rows[0].Code != "I.1" {
		t.Errorf("rows %+v, findings %v", reading.Rows, reading.Findings)
	}
}

// raisedLine is what the office above must read of a position.
type raisedLine struct {
	Code, Task, Unit, UnitCode string
	Class                      progress.Class
	Status                     string
	Percent                    float64 // -1: none
	Completed                  progress.Date
	Result, Evidence           string
	Due, File, SHA256          string
}

func percentOr(p *float64) float64 {
	if p == nil {
		return -1
	}
	return *p
}

// seen is a text as a cell shows it.
func seen(s string) string {
	return strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(s, "\t", " ")))
}
