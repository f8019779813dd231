package extract_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
)

// said writes milestones as "task: day text percent cell".
func said(plan progress.Plan) (out []string) {
	for _, t := range plan.Tasks {
		for _, m := range t.Milestones {
			percent := "-"
			if m.Percent != nil {
				percent = fmt.Sprint(*m.Percent)
			}
			out = append(out, fmt.Sprintf("%s: %s %s %s %s", t.Code, m.Due.Date, m.Text, percent, m.Origin))
		}
	}
	return out
}

// Milestones are sorted by their days, whatever their order in the file: of a month the last day counts.
func TestMilestonesOfAPlan(t *testing.T) {
	data, err := os.ReadFile("testdata/rules/sound_milestones.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"I.1: 2025-03-31 Lấy ý kiến - Mốc tiến độ!B3",
		"I.1: 2025-05-31 Trình Chính phủ 60 Mốc tiến độ!B2",
		"I.2: 2025-09-30 Mua sắm 40 Mốc tiến độ!B4",
	}
	if diff := cmp.Diff(want, said(planOf(t, "plan.xlsx", data))); diff != "" {
		t.Error(diff)
	}
}

// Milestones that stand below the plan on its sheet are read as those of a sheet of their own.
func TestMilestonesBelowAPlan(t *testing.T) {
	plan := planOf(t, "plan.csv", []byte("Mã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn\nI.1,Xây dựng Đề án,Vụ A,30/6/2025\nI.2,Xây dựng hệ thống,Vụ A,2025\n,,,\n"+
		"CÁC MỐC TIẾN ĐỘ,,,\nMã nhiệm vụ,Mốc,Thời hạn,Tỷ lệ\nI.2,Mua sắm,30/9/2025,40%\n"))
	if diff := cmp.Diff([]string{"I.2: 2025-09-30 Mua sắm 40 B7"}, said(plan)); diff != "" || len(plan.Tasks) != 2 {
		t.Error(len(plan.Tasks), diff)
	}
}

func planOf(t *testing.T, name string, data []byte) progress.Plan {
	t.Helper()
	register, err := os.ReadFile("testdata/rules/sound_units.csv")
	if err != nil {
		t.Fatal(err)
	}
	units, _ := readUnits(t, string(register))
	plan, findings, err := extract.ReadPlan(data, name, units)
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	return plan
}

// milestoneBook is a plan of two tasks with a second sheet; merge are cells of that to be merged.
func milestoneBook(t *testing.T, name string, lines [][]any, merge ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	put := func(sheet string, lines [][]any) {
		for i, line := range lines {
			if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &line); err != nil {
				t.Fatal(err)
			}
		}
	}
	put("Sheet1", [][]any{{"Mã nhiệm vụ", "Nhiệm vụ", "Cơ quan chủ trì", "Mốc thời gian"}, {"I.1", "Xây dựng Đề án", "Vụ A", "30/6/2025"}, {"I.2", "Xây dựng hệ thống", "Vụ A", "2025"}})
	if _, err := f.NewSheet(name); err != nil {
		t.Fatal(err)
	}
	put(name, lines)
	for i := 0; i+1 < len(merge); i += 2 {
		if err := f.MergeCell(name, merge[i], merge[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSheetsOfMilestones(t *testing.T) {
	title := []any{"CÁC MỐC TIẾN ĐỘ"}
	tests := map[string]struct {
		sheet string
		lines [][]any
		merge []string
		want  []string
	}{
		"a code merged over its milestones, titles and names of tasks beside": {"Trang 2",
			[][]any{title, {}, {"Mã nhiệm vụ", "Nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ phải đạt"}, {"I.1", "Xây dựng Đề án", "Dự thảo", "30/4/2025", "30 %"}, {nil, nil, "Trình", "31/5/2025", 60.0}},
			[]string{"A4", "A5"},
			[]string{"I.1: 2025-04-30 Dự thảo 30 Trang 2!C4", "I.1: 2025-05-31 Trình 60 Trang 2!C5"}},
		"fractions in the whole column": {"Mốc", [][]any{{"Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ"}, {"I.2", "Một nửa", "6/2025", 0.5}, {"I.2", "Xong", "9/2025", 1.0}}, nil,
			[]string{"I.2: 2025-06-30 Một nửa 50 Mốc!B2", "I.2: 2025-09-30 Xong 100 Mốc!B3"}},
		"no column of percents, English": {"Steps", [][]any{{"Task code", "Milestone", "Due date"}, {"I.2", "Tender", "6/2025"}, {}, {"I.1", "Draft", "5/2025"}}, nil,
			[]string{"I.1: 2025-05-31 Draft - Steps!B4", "I.2: 2025-06-30 Tender - Steps!B2"}},
		"groups, a sum and who made the sheet are no milestones": {"Mốc", [][]any{{"STT", "Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ"}, {"I", "Thể chế"}, {1.0, "I.1", "Trình", "31/5/2025", "60%"},
			{nil, "Tổng cộng", "1 mốc"}, {}, {nil, "Người lập biểu", nil, "Thủ trưởng đơn vị"}}, nil, []string{"I.1: 2025-05-31 Trình 60 Mốc!C3"}},
		"headings of others, explained in brackets": {"Các mốc 2025", [][]any{{"Mã\nnhiệm vụ", "Mốc hoàn thành", "Hạn hoàn thành\n(ngày/tháng/năm)", "Tiến độ yêu cầu (%)"}, {"I.1", "Trình", "31/5/2025", "60%"}}, nil,
			[]string{"I.1: 2025-05-31 Trình 60 Các mốc 2025!B2"}},
		"the columns of the plan beside them": {"Mốc", [][]any{{"Mã nhiệm vụ", "Nhiệm vụ", "Cơ quan chủ trì", "Mốc", "Thời hạn"}, {"I.1", "Xây dựng Đề án", "Vụ A", "Trình", "31/5/2025"}}, nil,
			[]string{"I.1: 2025-05-31 Trình - Mốc!D2"}},
		"headings and no line":    {"Mốc tiến độ", [][]any{{"Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ phải đạt"}}, nil, nil},
		"a blank sheet":           {"Mốc tiến độ", nil, nil, nil},
		"a sheet of other things": {"Ghi chú", [][]any{{"Người lập", "Ngày"}, {"Văn phòng", "01/01/2025"}}, nil, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			plan := planOf(t, "plan.xlsx", milestoneBook(t, test.sheet, test.lines, test.merge...))
			if len(plan.Tasks) != 2 || plan.Tasks[0].Due.Text != "30/6/2025" {
				t.Errorf("the plan itself reads as %+v", plan.Tasks)
			}
			if diff := cmp.Diff(test.want, said(plan)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A lone 1 is one per cent or all: nobody knows. A missing column is named.
func TestMilestonesThatNobodyCanRead(t *testing.T) {
	tests := map[string]struct {
		lines [][]any
		want  []string
	}{
		"a lone 1":                              {[][]any{{"Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ"}, {"I.1", "Trình", "31/5/2025", 1.0}}, []string{"G12.percent D2: 1"}},
		"no column of days":                     {[][]any{{"Mã nhiệm vụ", "Mốc", "Tỷ lệ"}, {"I.1", "Trình", 60.0}}, []string{"G01 B1"}},
		"no task and no day":                    {[][]any{{"Mã nhiệm vụ", "Mốc", "Thời hạn"}, {"I.1", "Trình", "31/5/2025"}, {nil, "Ký", nil}}, []string{"G12.no_task A3"}},
		"a sheet without headings, by its name": {[][]any{{"Mã nhiệm vụ", "Công việc", "Hạn"}, {"I.1", "Trình", "31/5/2025"}}, []string{"G01.milestones"}},
		"the last day is in term":               {[][]any{{"Mã nhiệm vụ", "Mốc", "Thời hạn"}, {"I.1", "Trình", "30/6/2025"}, {"I.1", "Ký", "01/7/2025"}}, []string{"G12.after_deadline B3: 01/7/2025"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			register, err := os.ReadFile("testdata/rules/sound_units.csv")
			if err != nil {
				t.Fatal(err)
			}
			units, _ := readUnits(t, string(register))
			plan, findings, err := extract.ReadPlan(milestoneBook(t, "Mốc", test.lines), "plan.xlsx", units)
			if err != nil || len(plan.Tasks) > 0 {
				t.Errorf("%d tasks, %v", len(plan.Tasks), err)
			}
			requireWording(t, findings)
			if diff := cmp.Diff(test.want, codes(findings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
