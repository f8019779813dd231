package extract_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

const goodUnits = `Mã đơn vị,Tên đơn vị,Tên gọi khác,Đơn vị cấp trên,Nộp báo cáo,Hiệu lực từ,Hiệu lực đến,Đơn vị kế thừa
bo,Bộ A,,,,,,
vu-khtc,Vụ Kế hoạch - Tài chính,Vụ KHTC; Vụ Tài chính,bo,x,,,
cuc-xb,"Cục Xuất bản, In và Phát hành",Cục XBIPH,Bộ A,x,,,
van-phong,Văn phòng,,bo,x,01/01/2024,,
cuc-cu,Cục Cũ,,bo,,,28/02/2025,cuc-xb
`

func readUnits(t *testing.T, csv string) (progress.Units, []string) {
	t.Helper()
	units, findings, err := extract.ReadUnits([]byte(csv), "units.csv")
	if err != nil {
		t.Fatal(err)
	}
	requireWording(t, findings)
	return units, codes(findings)
}

// requireWording holds that every finding has its sentence and remedy in both languages, with no place left open.
func requireWording(t *testing.T, findings []progress.Finding) {
	t.Helper()
	for _, f := range findings {
		for _, lang := range templates.Langs {
			message, remedy := templates.In(lang).Finding(f)
			if strings.ContainsAny(message+remedy, "⟦{") {
				t.Errorf("%s: %s / %s", lang, message, remedy)
			}
		}
	}
}

// codes writes findings as "rule.variant cell: found".
func codes(findings []progress.Finding) []string {
	var out []string
	for _, f := range findings {
		code := f.Rule
		if f.Variant != "" {
			code += "." + f.Variant
		}
		out = append(out, strings.TrimRight(code+" "+f.Origin.Cell+": "+f.Facts["found"], ": "))
	}
	return out
}

func TestReadUnits(t *testing.T) {
	units, faults := readUnits(t, goodUnits)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	got := []string{}
	for _, u := range units.All() {
		got = append(got, strings.Join([]string{u.Code, u.Name, strings.Join(u.Aliases, "/"), u.Parent, map[bool]string{true: "reports"}[u.Reports], u.ValidTo.String(), u.Successor}, "|"))
	}
	want := []string{
		"bo|Bộ A|||||",
		"vu-khtc|Vụ Kế hoạch - Tài chính|Vụ KHTC/Vụ Tài chính|bo|reports||",
		"cuc-xb|Cục Xuất bản, In và Phát hành|Cục XBIPH|bo|reports||",
		"van-phong|Văn phòng||bo|reports||",
		"cuc-cu|Cục Cũ||bo||2025-02-28|cuc-xb",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadUnitsRefuses(t *testing.T) {
	const head = "Mã đơn vị,Tên đơn vị,Tên gọi khác,Đơn vị cấp trên,Hiệu lực từ,Đơn vị kế thừa\n"
	for name, c := range map[string]struct {
		csv  string
		want []string
	}{
		"code twice":         {head + "a,Vụ A,,,,\na,Vụ B,,,,\n", []string{"G02 A3: a"}},
		"unknown parent":     {head + "a,Vụ A,,z,,\n", []string{"G05.parent D2: z"}},
		"unknown successor":  {head + "a,Vụ A,,,,z\n", []string{"G05.successor F2: z"}},
		"ring of parents":    {head + "a,Vụ A,,b,,\nb,Vụ B,,a,,\n", []string{"G06.parent D2: b", "G06.parent D3: a"}},
		"impossible date":    {head + "a,Vụ A,,,31/6/2025,\n", []string{"G07 E2: 31/6/2025"}},
		"name twice":         {head + "a,Vụ A,,,,\nb,Vụ B,vụ a,,,\n", []string{"G08 A3: vụ a"}},
		"no code":            {head + ",Vụ A,,,,\n", []string{"G09.unit_code B2: Vụ A"}},
		"no column of codes": {"STT,Tên đơn vị,Cấp trên\n1,Vụ A,\n", []string{"G01 A1", "G09.unit_code A2: Vụ A"}},
		"no heading":         {"Đây là,một tệp khác\n1,2\n", []string{"F08.none"}},
	} {
		t.Run(name, func(t *testing.T) {
			units, faults := readUnits(t, c.csv)
			if len(units.All()) > 0 {
				t.Error("a refused register has units")
			}
			if diff := cmp.Diff(c.want, faults); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadPlanResolvesLeads(t *testing.T) {
	units, _ := readUnits(t, goodUnits)
	for lead, want := range map[string][]string{
		"Vụ Kế hoạch - Tài chính":                    {"vu-khtc"},
		"vụ kế hoạch tài chính":                      {"vu-khtc"},
		"Vụ KHTC, Văn phòng":                         {"vu-khtc", "van-phong"},
		"Vụ KHTC; Cục Xuất bản, In và Phát hành":     {"vu-khtc", "cuc-xb"},
		"Cục Xuất bản, In và Phát hành và Văn phòng": {"cuc-xb", "van-phong"},
		"Văn phòng Vụ KHTC":                          {"van-phong", "vu-khtc"},
		"Vụ KHTC\nVăn phòng":                         {"vu-khtc", "van-phong"},
		"Các đơn vị thuộc Bộ":                        {"vu-khtc", "cuc-xb", "van-phong"},
		"Các bộ, ngành, địa phương":                  {"vu-khtc", "cuc-xb", "van-phong"},
		"Văn phòng; các đơn vị thuộc Bộ":             {"van-phong", "vu-khtc", "cuc-xb"},
		"Vụ KHTC, Vụ Không Có":                       nil,
		"Vụ Không Có":                                nil,
	} {
		csv := "Mã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành\nI.1,Việc,\"" + lead + "\",2025\n"
		plan, findings, err := extract.ReadPlan([]byte(csv), "plan.csv", units)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		if len(plan.Tasks) > 0 {
			got = plan.Tasks[0].Leads
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", lead, got, want)
		}
		if want == nil && (len(findings) != 1 || findings[0].Rule != "G03" || findings[0].Origin.Cell != "C2") {
			t.Errorf("%q: %v", lead, codes(findings))
		}
	}
}

func TestReadPlan(t *testing.T) {
	units, _ := readUnits(t, goodUnits)
	const csv = `KẾ HOẠCH 286,,,,,,
Phiên bản 2025.2,,,,,,
TT,Nhiệm vụ,Cơ quan chủ trì,Kết quả,Thời hạn hoàn thành,Thời hạn ban đầu,Ngày giao
I,Thể chế,,,,,
I.1,Xây dựng Nghị định,Vụ KHTC,Nghị định,30/9/2025,Quý II/2025,09/01/2025
I.2,Tuyên truyền,Văn phòng,,Thường xuyên,,
`
	plan, findings, err := extract.ReadPlan([]byte(csv), "plan.csv", units)
	if err != nil || !slices.Equal(codes(findings), []string{"G11.undocumented A5: Quý II/2025"}) || findings[0].Severity != progress.SeverityWarning {
		t.Fatal(codes(findings), err)
	}
	if plan.Name != "KẾ HOẠCH 286" || plan.Version != "2025.2" || len(plan.Tasks) != 2 {
		t.Fatalf("%q %q, %d tasks", plan.Name, plan.Version, len(plan.Tasks))
	}
	a, b := plan.Tasks[0], plan.Tasks[1]
	if a.Code != "I.1" || a.Group != "Thể chế" || a.Product != "Nghị định" || a.Due.Date.String() != "2025-09-30" ||
		a.OriginalDue.Date.String() != "2025-06-30" || a.Assigned.String() != "2025-01-09" || a.Origin.Cell != "A5" {
		t.Errorf("%+v", a)
	}
	if !b.Due.Regular || b.OriginalDue.Text != "Thường xuyên" {
		t.Errorf("%+v", b)
	}
}

func TestReadPlanRefuses(t *testing.T) {
	units, _ := readUnits(t, goodUnits)
	const head = "Mã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành,Ngày giao\n"
	for name, c := range map[string]struct {
		csv  string
		want []string
	}{
		"every fault at once": {
			head + "I.1,Một,Văn phòng,2025,\nI.1,Hai,Vụ Lạ,31/6/2025,9/2025\nI.2,Ba,,,\n,Bốn,Văn phòng,2025,\n",
			[]string{"G02 A3: I.1", "G03.unknown C3: Vụ Lạ", "G04.unreadable D3: 31/6/2025", "G07 E3: 9/2025", "G03.blank A4", "G04.blank A4", "G09.code B5: Bốn"},
		},
		"columns missing": {"Mã nhiệm vụ,Nhiệm vụ,Ghi chú\nI.1,Một,\n", []string{"G01 A1", "G01 A1", "G03.blank A2", "G04.blank A2"}},
		"rows missing":    {head, []string{"G09.empty A1"}},
	} {
		t.Run(name, func(t *testing.T) {
			plan, findings, err := extract.ReadPlan([]byte(c.csv), "plan.csv", units)
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Tasks) > 0 {
				t.Error("a refused plan has tasks")
			}
			requireWording(t, findings)
			if diff := cmp.Diff(c.want, codes(findings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTables(t *testing.T) {
	got, err := extract.Tables([]byte("a,b\n1,\n"), "x.csv", extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := extract.TablesReading{File: "x.csv", Tables: []extract.Table{{Rows: [][]string{{"a", "b"}, {"1", ""}}}}, Findings: []progress.Finding{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRefusal: a file that no reader takes has no rows and one finding, and the JSON shows empty lists.
func TestRefusal(t *testing.T) {
	got, err := extract.Read([]byte("%PDF-1.4 cut off"), "bc.pdf", extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !got.Refused() || got.Rows == nil || got.Format != "pdf" || len(got.SHA256) != 64 || len(got.Findings) != 1 || got.Findings[0].Rule != "F06" {
		t.Errorf("%+v", got)
	}
}

func TestReadWaivers(t *testing.T) {
	tests := map[string]struct {
		csv    string
		want   []string
		faults []string
	}{
		"one of each": {
			"Mã phát hiện,Người cho phép,Lý do,Đến ngày\n0a1b2c3d4e5f6071,Chánh Văn phòng,\"Tài liệu mật, không gửi\",30/6/2025\n1111111111111111,Phó Chánh Văn phòng,Chờ sáp nhập,31/12/2025\n",
			[]string{
				"0a1b2c3d4e5f6071|Chánh Văn phòng|Tài liệu mật, không gửi|2025-06-30|waivers.csv A2",
				"1111111111111111|Phó Chánh Văn phòng|Chờ sáp nhập|2025-12-31|waivers.csv A3",
			}, nil,
		},
		"a heading alone": {"Mã phát hiện,Người cho phép,Lý do,Đến ngày\n", nil, nil},
		"no column of days": {
			"Mã phát hiện,Người cho phép,Lý do\n0a1b2c3d4e5f6071,A,b\n", nil, []string{"G01 A1"},
		},
		"every fault at once": {
			"Key,Allowed by,Reason,Until\naa,A,,30/6/2025\naa,,x,31/6/2025\nbb,B,y,\n,C,z,30/6/2025\n", nil,
			[]string{"G02 A3: aa", "G07 D3: 31/6/2025", "G09.reason C2: aa", "G09.until D4: bb", "G09.waived A5", "G09.waived_by B3: aa"},
		},
		"no such table": {"a,b\n1,2\n", nil, []string{"G01.none"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			waivers, findings, err := extract.ReadWaivers([]byte(tt.csv), "waivers.csv")
			if err != nil {
				t.Fatal(err)
			}
			requireWording(t, findings)
			var got []string
			for _, w := range waivers {
				got = append(got, strings.Join([]string{w.Key, w.By, w.Reason, w.Until.String(), w.File + " " + w.Origin.Cell}, "|"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("waivers (-want +got):\n%s", diff)
			}
			faults := codes(findings)
			slices.Sort(faults)
			if diff := cmp.Diff(tt.faults, faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
