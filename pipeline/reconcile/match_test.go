package reconcile

import (
	"fmt"
	"testing"

	"tiendo/pipeline/progress"
)

// twins is a plan full of tasks that resemble each other. Unit a leads the tasks a…, unit b those b….
var twins = []progress.Task{
	{Code: "a1", Title: "Xây dựng cơ sở dữ liệu đất đai giai đoạn 1"},
	{Code: "a2", Title: "Xây dựng cơ sở dữ liệu đất đai giai đoạn 2"},
	{Code: "a3", Title: "Ban hành Quyết định phê duyệt Đề án phát triển nhân lực số đến năm 2025"},
	{Code: "a4", Title: "Ban hành Quyết định phê duyệt Đề án phát triển nhân lực số đến năm 2030"},
	{Code: "a5", Title: "Hướng dẫn các địa phương triển khai nền tảng học trực tuyến cho học sinh tiểu học"},
	{Code: "a6", Title: "Hướng dẫn các địa phương triển khai nền tảng học trực tuyến cho học sinh trung học"},
	{Code: "a7", Title: "Tỉ lệ thủ tục hành chính trực tuyến toàn trình đạt 80% trong Quý II/2025"},
	{Code: "a8", Title: "Hoà nhập dữ liệu dân cư với dữ liệu thuế"},
	{Code: "a9", Title: "Tổ chức hội nghị sơ kết công tác chuyển đổi số"},
	{Code: "a1.1", Title: "Rà soát hạ tầng mạng tại trụ sở chính"},
	{Code: "a1.10", Title: "Rà soát phần mềm dùng chung của cơ quan"},
	{Code: "b1", Title: "Tổ chức hội nghị tổng kết công tác chuyển đổi số"},
	{Code: "b2", Title: "Xây dựng Luật Dữ liệu"},
	{Code: "b3", Title: "Rà soát hạ tầng mạng tại trụ sở chính"},
}

func twinIndex() *planIndex {
	leads := make([][]string, len(twins))
	for i, t := range twins {
		leads[i] = []string{t.Code[:1]}
	}
	return newPlanIndex(twins, leads)
}

// TestFind holds what a unit writes against the task that a careful clerk would take it for; "" where the clerk would ask back.
func TestFind(t *testing.T) {
	x := twinIndex()
	for name, c := range map[string]struct {
		unit, code, text string
		numbered         bool
		want             string
		verdict          verdict
	}{
		"code alone":                   {"a", "a1.10", "", false, "a1.10", owned},
		"code, other case and dots":    {"a", " A1.10.", "Rà soát phần mềm dùng chung", false, "a1.10", owned},
		"code read as a number":        {"a", "a1.1", "Rà soát phần mềm dùng chung của cơ quan", false, "", doubtful},
		"code and shortened wording":   {"a", "a5", "Nền tảng học trực tuyến tiểu học", false, "a5", owned},
		"code of one, text of another": {"a", "a1", "Xây dựng cơ sở dữ liệu đất đai giai đoạn 2", false, "", doubtful},
		"code and foreign matter":      {"a", "a1", "Mua xe ô tô", false, "", doubtful},
		"running number is no code":    {"a", "1", "Hòa nhập dữ liệu dân cư với dữ liệu thuế", true, "a8", owned},
		"old and new tone placement":   {"a", "", "Hòa nhập dữ liệu dân cư với dữ liệu thuế", false, "a8", owned},
		"y and i":                      {"a", "", "tỷ lệ thủ tục hành chính trực tuyến toàn trình đạt 80 % trong quý II/2025", false, "a7", owned},
		"no accents":                   {"a", "", "XAY DUNG CO SO DU LIEU DAT DAI GIAI DOAN 2", false, "a2", owned},
		"abbreviations":                {"a", "", "Xây dựng CSDL đất đai giai đoạn 1", false, "a1", owned},
		"enumeration before the text":  {"a", "", "3. Tổ chức hội nghị sơ kết công tác chuyển đổi số", false, "a9", owned},
		"a slip of the keyboard":       {"a", "", "Tổ chức hội nghị sơ kết công tác chuyểnn đổi số", false, "a9", owned},
		"a slip in a short word":       {"a", "", "Tổ chức hội ngị sơ kết công tác chuyển đổi số", false, "", doubtful},
		"word order":                   {"a", "", "Phát triển nhân lực số đến năm 2030: ban hành Quyết định phê duyệt Đề án", false, "a4", owned},
		"words added":                  {"a", "", "Tổ chức hội nghị trực tuyến sơ kết công tác chuyển đổi số", false, "a9", owned},
		"a year that nobody has":       {"a", "", "Ban hành Quyết định phê duyệt Đề án phát triển nhân lực số đến năm 2028", false, "", doubtful},
		"no year":                      {"a", "", "Ban hành Quyết định phê duyệt Đề án phát triển nhân lực số", false, "", doubtful},
		"another word":                 {"a", "", "Hướng dẫn các địa phương triển khai nền tảng học trực tuyến cho học sinh mầm non", false, "", doubtful},
		"the other quarter":            {"a", "", "Tỉ lệ thủ tục hành chính trực tuyến toàn trình đạt 80% trong Quý III/2025", false, "", doubtful},
		"another law":                  {"b", "", "Xây dựng Luật Bảo vệ dữ liệu cá nhân", false, "", doubtful},
		"the same words, own task":     {"a", "", "Rà soát hạ tầng mạng tại trụ sở chính", false, "a1.1", owned},
		"the same words, other owner":  {"b", "", "Rà soát hạ tầng mạng tại trụ sở chính", false, "b3", owned},
		"a task of another unit":       {"a", "", "Tổ chức hội nghị tổng kết công tác CĐS", false, "b1", foreign},
		"code of another unit":         {"a", "b2", "Luật Dữ liệu", false, "b2", foreign},
		"nothing like it":              {"a", "", "Sửa chữa trụ sở", false, "", unknown},
		"neither code nor text":        {"a", "", "", false, "", unknown},
		"same words for a third unit":  {"c", "", "Rà soát hạ tầng mạng tại trụ sở chính", false, "", doubtful},
	} {
		t.Run(name, func(t *testing.T) {
			m := x.find(c.unit, progress.Row{Code: c.code, Task: c.text}, c.numbered)
			got := ""
			if m.verdict == owned || m.verdict == foreign {
				got = twins[m.task].Code
			}
			if got != c.want || m.verdict != c.verdict {
				near := ""
				for _, n := range m.nearest {
					near += " " + twins[n].Code
				}
				t.Errorf("task %q verdict %d nearest%s; want %q verdict %d", got, m.verdict, near, c.want, c.verdict)
			}
			if len(m.nearest) > 3 {
				t.Errorf("%d nearest tasks", len(m.nearest))
			}
		})
	}
}

func TestNumbered(t *testing.T) {
	for name, c := range map[string]struct {
		codes []string
		want  bool
	}{
		"running":               {[]string{"1", "2", "3"}, true},
		"running again":         {[]string{"1", "2", "1.", "2.", "3."}, true},
		"codes between":         {[]string{"I", "1", "I.5", "2"}, true},
		"codes of a plan":       {[]string{"9", "29", "110"}, false},
		"a single row, the 1st": {[]string{"1"}, true},
		"a single row":          {[]string{"17"}, false},
		"no whole number":       {[]string{"I.1", "I.2", ""}, false},
		"none":                  {nil, false},
	} {
		var rows []progress.Row
		for _, code := range c.codes {
			rows = append(rows, progress.Row{Code: code})
		}
		if got := numbered(rows); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNamesDocument(t *testing.T) {
	for text, want := range map[string]bool{
		"88/2025/NĐ-CP": true,
		"Quyết định số 12/QĐ-BTTTT ngày 5/5": true,
		"402-CV/VPĐU":                true,
		"Công văn 15":                true,
		"QĐ số 7":                    true,
		"Đã ban hành Kế hoạch 286":   true,
		"12/QĐ-BTTTT":                true,
		"":                           false,
		"Đã báo cáo 6 tháng đầu năm": false,
		"Kế hoạch 5 năm":             false,
		"Hoàn thành ngày 12/5/2025":  false,
		"Đã tổ chức 2 hội nghị, 3/5 đơn vị dự": false,
		"Đạt 80/100 thủ tục":                   false,
		"Đã trình Bộ trưởng":                   false,
	} {
		if got := namesDocument(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestOneSlip(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"nghi", "ngi"}: true, {"trien", "trein"}: true, {"khai", "khia"}: true, {"khai", "khaj"}: true, {"doan", "doan"}: true,
		{"khai", "khau1"}: false, {"trien", "tie"}: false, {"hinh", "hien"}: false, {"giao", "gioa"}: true, {"abcd", "badc"}: false,
	} {
		if got := oneSlip(pair[0], pair[1]); got != want {
			t.Errorf("%v: %v", pair, got)
		}
		if got := oneSlip(pair[1], pair[0]); got != want {
			t.Errorf("%v turned round: %v", pair, got)
		}
	}
}

func FuzzFind(f *testing.F) {
	x := twinIndex()
	for _, t := range twins {
		f.Add(t.Code, t.Title, true)
	}
	f.Add("", "a) 1.2.3 …", false)
	f.Fuzz(func(t *testing.T, code, text string, numbered bool) {
		m := x.find("a", progress.Row{Code: code, Task: text}, numbered)
		if m.verdict == owned && twins[m.task].Code[0] != 'a' {
			t.Errorf("%q %q: %s is not the unit's own", code, text, fmt.Sprint(m.task))
		}
	})
}
