package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/form"
	"tiendo/templates"
)

// What a clerk may type, and what tries to be more than words.
var (
	typedWords = []string{"Đã trình", "Bộ trưởng", "=1+1", "+84 24", "-", "@SUM(A1)", "\"trích\"", "<b>", "&amp;", "dự thảo lần 2", "Tổng cộng", "I.", "Ghi chú: xem", "100%", "31/12/2025", "không", "\t", "😀", "ngày\n12", "'0123", "Số 12/QĐ-BTTTT"}
	taskWords  = []string{"Xây dựng", "hệ thống", "trình Chính phủ", "ban hành", "quy chế", "dữ liệu dùng chung", "=A1", "(giai đoạn 2)", "năm 2025", "\"một cửa\"", "& chia sẻ", "Tổng hợp"}
	deadlines  = []string{"30/6/2025", "Quý II/2025", "2025", "Thường xuyên", "12/2025", "6 tháng đầu năm 2026"}
)

func typed(from []string, least, most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(from), least, most).Draw(t, "words"), " ")
	})
}

func anyBlank(t *rapid.T) progress.Blank {
	period, err := progress.ParsePeriod(rapid.SampledFrom([]string{"2025-W21", "2025-W01", "2025-05", "2025-Q2", "2025-H1", "2025-9M", "2025"}).Draw(t, "period"))
	if err != nil {
		t.Fatal(err)
	}
	unit := progress.Unit{Code: "vu-a", Name: rapid.SampledFrom([]string{"Vụ An Toàn", "Sở Thông tin và Truyền thông", "Ủy ban nhân dân tỉnh Đắk Lắk", "Cục Chuyển đổi số quốc gia"}).Draw(t, "unit")}
	b := progress.Blank{
		Form:   progress.Form{Version: 1, Unit: unit.Code, Period: period.ID, PlanVersion: rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "plan")},
		Office: "Văn phòng", Unit: unit, Period: period, Plan: "Kế hoạch 286", Done: rapid.IntRange(0, 1).Draw(t, "done"),
	}
	group := ""
	for i := range rapid.IntRange(1, 8).Draw(t, "tasks") {
		if rapid.IntRange(0, 3).Draw(t, "new group") == 0 {
			group = fmt.Sprintf("%s. Nhóm %s", []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII"}[i], typed(taskWords[:6], 1, 2).Draw(t, "group"))
		}
		due := rapid.SampledFrom(deadlines).Draw(t, "due")
		task := progress.Task{Code: fmt.Sprintf("I.%d", i+1), Title: "Nhiệm vụ " + typed(taskWords, 2, 8).Draw(t, "title"), Group: group,
			Product: typed(taskWords, 0, 3).Draw(t, "product"), Due: progress.Due{Text: due}}
		var claim *progress.Claim
		if rapid.Bool().Draw(t, "said before") {
			half := 50.5
			claim = &progress.Claim{Row: progress.Row{StatusText: "Đang thực hiện", Percent: &half, Result: typed(typedWords, 0, 4).Draw(t, "before")}}
		}
		b.Tasks = append(b.Tasks, progress.BlankTask{Task: task, Claim: claim})
	}
	return b
}

// filling is what a clerk put into a line of a form.
type filling struct {
	status    progress.Status
	percent   int // -1: left empty
	completed progress.Date
	texts     map[progress.Field]string
}

var typedFields = []progress.Field{progress.FieldResult, progress.FieldEvidence, progress.FieldDifficulty, progress.FieldProposal, progress.FieldReason}

func anyFilling(t *rapid.T) filling {
	f := filling{percent: rapid.IntRange(-1, 100).Draw(t, "percent"), texts: map[progress.Field]string{}}
	if rapid.IntRange(0, 4).Draw(t, "has status") > 0 {
		f.status = rapid.SampledFrom(form.Statuses).Draw(t, "status")
	}
	if rapid.Bool().Draw(t, "is completed") {
		f.completed = progress.Date{Year: 2025, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 300).Draw(t, "day"))
	}
	for _, field := range typedFields {
		f.texts[field] = typed(typedWords, 0, 5).Draw(t, string(field))
	}
	return f
}

// fillForm types into a form as a clerk does and returns its bytes. It finds the cells by heading and by task.
func fillForm(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, data []byte, w *templates.Words, b progress.Blank, fillings []filling) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := w.Say("form.sheet")
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	columnOf, heading := map[string]int{}, -1
	for i, row := range rows {
		if at := slices.Index(row, w.Say("form.column.status")); at >= 0 {
			heading = i
			for j, text := range row {
				columnOf[text] = j + 1
			}
		}
	}
	if heading < 0 {
		t.Fatal("the form has no heading")
	}
	put := func(row int, field progress.Field, value any) {
		cell, err := excelize.CoordinatesToCellName(columnOf[w.Say("form.column."+string(field))], row)
		if err == nil {
			err = f.SetCellValue(sheet, cell, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, task := range b.Tasks {
		row := slices.IndexFunc(rows[heading+1:], func(r []string) bool { return len(r) > 0 && r[0] == task.Number() }) + heading + 2
		if row == heading+1 {
			t.Fatalf("no line for %s", task.Number())
		}
		x := fillings[i]
		if x.status != "" {
			put(row, progress.FieldStatus, w.Say("form.status."+string(x.status)))
		}
		if x.percent >= 0 {
			put(row, progress.FieldPercent, float64(x.percent)/100)
		}
		if !x.completed.IsZero() {
			put(row, progress.FieldCompleted, float64(progress.Date{Year: 1899, Month: 12, Day: 30}.DaysUntil(x.completed)))
		}
		for field, text := range x.texts {
			if text != "" {
				put(row, field, text)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readsBack holds what was read in a filled form against what was typed.
func readsBack(t interface{ Errorf(string, ...any) }, reading progress.Reading, w *templates.Words, b progress.Blank, fillings []filling) {
	if diff := gocmp.Diff(&b.Form, reading.Form); diff != "" {
		t.Errorf("marker (-made +read)\n%s", diff)
	}
	if reading.Unit != b.Unit.Name || reading.Period != b.Period.ID {
		t.Errorf("read as of %q for %q, made for %q, %q", reading.Unit, reading.Period, b.Unit.Name, b.Period.ID)
	}
	if len(reading.Rows) != len(b.Tasks) {
		t.Errorf("%d rows of %d tasks", len(reading.Rows), len(b.Tasks))
		return
	}
	same := func(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }
	for i, row := range reading.Rows {
		task, x := b.Tasks[i].Task, fillings[i]
		want := map[string]string{
			"code": task.Code, "task": same(task.Title), "group": task.Group, "product": same(task.Product), "due": task.Due.Text,
			"status": string(x.status), "completed": x.completed.String(), "percent": "",
		}
		if x.percent >= 0 {
			want["percent"] = fmt.Sprint(x.percent)
		}
		got := map[string]string{
			"code": row.Code, "task": row.Task, "group": row.Group, "product": row.Product, "due": row.Due, "status": string(row.Status),
			"completed": row.Completed.String(), "percent": "",
		}
		if row.Percent != nil {
			got["percent"] = fmt.Sprint(*row.Percent)
		}
		read := map[progress.Field]string{progress.FieldResult: row.Result, progress.FieldEvidence: row.Evidence, progress.FieldDifficulty: row.Difficulty,
			progress.FieldProposal: row.Proposal, progress.FieldReason: row.Reason}
		for field, text := range x.texts {
			want[string(field)], got[string(field)] = same(text), read[field]
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("line %d (-typed +read)\n%s", i+1, diff)
		}
	}
	for _, f := range reading.Findings {
		if f.Rule != "R02" && f.Rule != "R03" { // a day typed into a text cell …
			t.Errorf("finding %s.%s %v %v", f.Rule, f.Variant, f.Origin, f.Facts)
		}
	}
}

// A filled form is read back exactly: every value, whose it is, for when, and from which plan it was made.
func TestFormReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := templates.In(rapid.SampledFrom(templates.Langs).Draw(t, "language"))
		b := anyBlank(t)
		fillings := make([]filling, len(b.Tasks))
		for i := range fillings {
			fillings[i] = anyFilling(t)
		}
		data, err := form.XLSX(b, w)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := form.XLSX(b, w); err != nil || !bytes.Equal(data, again) {
			t.Fatalf("the same blank gave other bytes (%v)", err)
		}
		reading, err := extract.Read(fillForm(t, data, w, b, fillings), "Mau.xlsx", extract.Options{})
		if err != nil {
			t.Fatal(err)
		}
		readsBack(t, reading, w, b, fillings)
	})
}

// At the close every unit finds its form for the next week: its own open tasks, and nothing filled in.
func TestUnitsFindTheirForms(t *testing.T) {
	s := openSample(t)
	next, err := progress.ParsePeriod("2025-W21")
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]int{} // by the truth of the sample: done in W20 is not owed in W21
	for _, p := range s.truth.Periods[period20].Positions {
		if !p.Class.IsDone() {
			open[p.Unit]++
		}
	}
	dir := s.desk.Office.Returns
	made, err := Forms(context.Background(), s.desk, next, "", dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != len(open) {
		t.Errorf("%d forms, %d units with open tasks", len(made), len(open))
	}
	for _, f := range made {
		if f.New {
			t.Errorf("%s: the close had left no form, or another one", f.Unit)
		}
		if f.Tasks != open[f.Unit] {
			t.Errorf("%s: %d tasks in the form, %d are open", f.Unit, f.Tasks, open[f.Unit])
		}
	}
	d := s.desk
	d.Plan.SHA256 = strings.Repeat("0", 64)
	other, err := Forms(context.Background(), d, next, made[0].Unit, t.TempDir())
	if err != nil || len(other) != 1 || !other[0].New {
		t.Errorf("one unit's form elsewhere: %v %v", other, err)
	}
}
