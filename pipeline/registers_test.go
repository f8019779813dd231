package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
)

// writeSheet writes a workbook of one sheet.
func writeSheet(t *testing.T, path string, rows ...[]any) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// smallOffice is an office with two units and what plans it is given, in a folder of the test.
func smallOffice(t *testing.T, plans ...PlanFile) Desk {
	t.Helper()
	dir := t.TempDir()
	for _, sub := range []string{"inbox/vu-a", "inbox/vu-b", "reports"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "inbox", Sentinel), []byte("small\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	writeSheet(t, filepath.Join(dir, "units.xlsx"),
		[]any{"Mã đơn vị", "Tên đơn vị", "Phải báo cáo"}, []any{"vu-a", "Vụ An Toàn", "x"}, []any{"vu-b", "Vụ Bưu Phẩm", "x"})
	d := Desk{Office: sampleOffice(dir)}
	d.Office.Quiet = 0
	for i := range plans {
		plans[i].Path = filepath.Join(dir, plans[i].Path)
	}
	d.Office.Plans = plans
	var err error
	if d.Readers, err = newPool(d.Office); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Readers.Close)
	if d.Ledger, err = ledger.Open(context.Background(), d.Office.State); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Ledger.Close() })
	return d
}

// closeWeek drops a return of Vụ An Toàn into the inbox and closes the week.
func closeWeek(t *testing.T, d Desk, week int, rows string) Closed {
	t.Helper()
	ctx := context.Background()
	text := fmt.Sprintf("Đơn vị báo cáo: Vụ An Toàn\nBÁO CÁO TUẦN %d NĂM 2025\nMã nhiệm vụ;Nhiệm vụ;Tình trạng;Ngày hoàn thành;Kết quả;Minh chứng\n%s", week, rows)
	if err := os.WriteFile(filepath.Join(d.Office.Inbox, "vu-a", fmt.Sprintf("tuan %d.csv", week)), []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	p, err := progress.ParsePeriod(fmt.Sprintf("2025-W%02d", week))
	if err != nil {
		t.Fatal(err)
	}
	d.Now = func() time.Time { return p.End.Time(d.Office.Zone).Add(time.Hour) }
	if d, err = WithRegisters(ctx, d); err != nil {
		t.Fatal(err)
	}
	if err := Pull(ctx, d, false); err != nil {
		t.Fatal(err)
	}
	closed, err := Close(ctx, d, p)
	if err != nil {
		t.Fatal(err)
	}
	return closed
}

var planHeading = []any{"Mã nhiệm vụ", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn hoàn thành"}

// A new version of the plan puts a task in front and so renumbers the rest. What was confirmed done stays done, under its new number.
func TestRenumberedPlanKeepsItsHistory(t *testing.T) {
	d := smallOffice(t, PlanFile{Path: "plan.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, planHeading,
		[]any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"},
		[]any{"2", "Kết nối cơ sở dữ liệu bưu phẩm quốc gia", "Vụ Bưu Phẩm", "30/9/2025"})
	first := closeWeek(t, d, 20, "1;Ban hành quy chế quản lý tài khoản người dùng;Hoàn thành;12/5/2025;Đã ban hành quy chế;Quyết định số 15/QĐ-BX ngày 12/5/2025\n")
	writeSheet(t, d.Office.Plans[0].Path, planHeading,
		[]any{"1", "Thí điểm giám sát mã độc tại các vụ", "Vụ Bưu Phẩm", "31/12/2025"},
		[]any{"2", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"},
		[]any{"3", "Kết nối cơ sở dữ liệu bưu phẩm quốc gia", "Vụ Bưu Phẩm", "30/9/2025"})
	second := closeWeek(t, d, 21, "")
	var got []string
	for _, closed := range []Closed{first, second} {
		for _, line := range closed.Synthesis.Tasks {
			if line.Task.ID == "1" && closed.Synthesis.Period.ID == "2025-W20" {
				if line.Class != progress.DoneOnTime {
					t.Errorf("in the first week the task is %s", line.Class)
				}
			} else if closed.Synthesis.Period.ID == "2025-W21" {
				got = append(got, fmt.Sprintf("%s %s %s", line.Task.ID, line.Task.Code, line.Class))
			}
		}
	}
	slices.Sort(got)
	if want := []string{"1 2 done_on_time", "1~2 1 not_reported", "2 3 not_reported"}; !slices.Equal(got, want) {
		t.Errorf("after the renumbering: %v, want %v", got, want)
	}
	if n := len(second.Synthesis.Entered); n != 1 {
		t.Errorf("%d tasks entered, want the one put in front", n)
	}
	if n := len(second.Synthesis.Left); n != 0 {
		t.Errorf("%d tasks left, want none", n)
	}
}

// What words and codes cannot tell, the coordinator does: the id in the plan's own column stands.
func TestThePlanNamesAnId(t *testing.T) {
	d := smallOffice(t, PlanFile{Path: "plan.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, planHeading, []any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"})
	closeWeek(t, d, 20, "1;Ban hành quy chế quản lý tài khoản người dùng;Hoàn thành;12/5/2025;Đã ban hành;Quyết định số 15/QĐ-BX ngày 12/5/2025\n")
	writeSheet(t, d.Office.Plans[0].Path, append([]any{"Mã định danh"}, planHeading...),
		[]any{"1", "9", "Quản trị danh tính số toàn ngành", "Vụ An Toàn", "30/6/2025"})
	second := closeWeek(t, d, 21, "")
	if n := len(second.Synthesis.Tasks); n != 1 {
		t.Fatalf("%d positions", n)
	}
	if p := second.Synthesis.Tasks[0]; p.Task.ID != "1" || p.Task.Code != "9" || p.Class != progress.DoneOnTime {
		t.Errorf("task %s, now %s, is %s; want the history of task 1", p.Task.ID, p.Task.Code, p.Class)
	}
}

// Two plans number their tasks alike. A return is matched by what its rows say, and by which unit leads.
func TestSeveralPlansInOneOffice(t *testing.T) {
	d := smallOffice(t, PlanFile{Key: "KH286", Path: "a.xlsx"}, PlanFile{Key: "CT02", Path: "b.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, []any{"KẾ HOẠCH SỐ 286"}, planHeading,
		[]any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"},
		[]any{"2", "Kết nối cơ sở dữ liệu bưu phẩm quốc gia", "Vụ Bưu Phẩm", "30/9/2025"})
	writeSheet(t, d.Office.Plans[1].Path, []any{"CHƯƠNG TRÌNH CÔNG TÁC 02"}, planHeading,
		[]any{"1", "Xây dựng đề án an toàn dữ liệu cá nhân", "Vụ An Toàn", "31/10/2025"},
		[]any{"2", "Tổ chức diễn tập ứng cứu sự cố", "Vụ An Toàn", "30/11/2025"})
	closed := closeWeek(t, d, 20, "1;Ban hành quy chế quản lý tài khoản người dùng;Đang thực hiện;;;\n"+
		"1;Xây dựng đề án an toàn dữ liệu cá nhân;Chưa triển khai;;;\n"+
		"CT02/2;;Đang thực hiện;;;\n") // by the id alone
	got := map[string]progress.Status{}
	for _, line := range closed.Synthesis.Tasks {
		status := progress.Status("silence")
		if line.Claim != nil {
			status = line.Claim.Row.Status
		}
		got[line.Task.ID] = status
	}
	want := map[string]progress.Status{"KH286/1": progress.InProgress, "KH286/2": "silence", "CT02/1": progress.NotStarted, "CT02/2": progress.InProgress}
	for id, status := range want {
		if got[id] != status {
			t.Errorf("task %s is %q, want %q", id, got[id], status)
		}
	}
	if n := len(closed.Synthesis.Plans); n != 2 {
		t.Errorf("%d plans are named, want 2", n)
	}
	for _, l := range closed.Synthesis.PlanLines {
		if want := map[string]int{"plan.KH286": 2, "plan.CT02": 2}[l.ID]; l.Counts.Total != want {
			t.Errorf("%s has %d positions, want %d", l.ID, l.Counts.Total, want)
		}
	}
}

// What a plan leaves to be mended comes with the registers, each with the file that it stands in, and doctor counts it.
func TestWarningsOfThePlansComeWithTheRegisters(t *testing.T) {
	d := smallOffice(t, PlanFile{Key: "KH286", Path: "a.xlsx"}, PlanFile{Key: "CT02", Path: "b.xlsx"})
	writeSheet(t, d.Office.Plans[0].Path, planHeading, []any{"1", "Ban hành quy chế quản lý tài khoản người dùng", "Vụ An Toàn", "30/6/2025"})
	writeSheet(t, d.Office.Plans[1].Path, append(slices.Clone(planHeading), "Thời hạn ban đầu", "Văn bản gia hạn"),
		[]any{"1", "Xây dựng đề án an toàn dữ liệu cá nhân", "Vụ An Toàn", "31/10/2025", "30/6/2025", ""},
		[]any{"2", "Tổ chức diễn tập ứng cứu sự cố", "Vụ An Toàn", "30/11/2025", "30/11/2025", ""})
	with, err := WithRegisters(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range with.Warnings {
		got = append(got, fmt.Sprintf("%s %s %s %s", f.File, f.Origin.Cell, f.Rule, f.Variant))
	}
	if want := []string{"b.xlsx A2 G11 undocumented"}; !slices.Equal(got, want) { // the deadline was moved, and the row names no document
		t.Errorf("warnings %q, want %q", got, want)
	}
	for _, e := range Examine(context.Background(), d.Office, d.Ledger, nil, d.Readers) {
		if e.What == "registers" && (e.Health != Uneasy || e.Facts["n"] != "1" || e.Facts["tasks"] != "3") {
			t.Errorf("doctor finds the registers %s: %v", e.Health, e.Facts)
		}
	}
}
