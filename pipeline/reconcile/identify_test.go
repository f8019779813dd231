package reconcile

import (
	"path"
	"strings"
	"testing"

	"tiendo/pipeline/progress"
)

// TestIdentify: unit and period from the file's words, its name and its folders; the open period is 2025-W20.
func TestIdentify(t *testing.T) {
	units := office(t).units(t)
	open, _ := progress.ParsePeriod("2025-W20")
	for name, c := range map[string]struct {
		path, unit, period   string // of the file
		wantUnit, wantPeriod string
		rules                string // of severity error
	}{
		"folder by code":               {"vu-kh/a.xlsx", "", "", "vu-kh", "2025-W20", ""},
		"folder by alias, accentless":  {"VU KH/a.xlsx", "", "", "vu-kh", "2025-W20", ""},
		"folder below the parent's":    {"bo/cuc-at/a.xlsx", "", "", "cuc-at", "2025-W20", ""},
		"folder of a merged unit":      {"tt-uc/a.xlsx", "", "", "cuc-at", "2025-W20", ""},
		"merged unit's name inside":    {"cuc-at/a.xlsx", "Trung tâm Ứng cứu", "", "cuc-at", "2025-W20", ""},
		"name inside a longer wording": {"a.xlsx", "Đơn vị báo cáo: Vụ Pháp chế (đã ký)", "", "vu-pc", "2025-W20", ""},
		"name of the file":             {"BC_Vu Phap che_T5.xlsx", "", "", "vu-pc", "2025-W20", ""},
		"both, one above the other":    {"vu-kh/a.xlsx", "Bộ Dữ liệu - Vụ Kế hoạch", "", "vu-kh", "2025-W20", ""},
		"period inside":                {"vu-kh/a.xlsx", "", "2025-W18", "vu-kh", "2025-W18", ""},
		"period in the name":           {"vu-kh/bc tuan 19.2025.xlsx", "", "", "vu-kh", "2025-W19", ""},
		"period in the folder":         {"vu-kh/Tuần 19/bc.xlsx", "", "", "vu-kh", "2025-W19", ""},
		"period id in the name":        {"vu-kh/2025-W19.xlsx", "", "", "vu-kh", "2025-W19", ""},
		"month in the name":            {"vu-kh/BC tháng 4.xlsx", "", "", "vu-kh", "2025-04", ""},
		"month as a folder":            {"vu-kh/2025-04/BC.xlsx", "", "", "vu-kh", "2025-04", ""},
		"quarter in Roman numbers":     {"vu-kh/BC quý II năm 2025.xlsx", "", "", "vu-kh", "2025-Q2", ""},
		"week in its month's folder":   {"vu-kh/thang 5/BC tuan 20.xlsx", "", "2025-W20", "vu-kh", "2025-W20", ""},
		"week in another month":        {"vu-kh/thang 3/BC tuan 20.xlsx", "", "2025-W20", "vu-kh", "2025-W20", "F05"},
		"no such week":                 {"vu-kh/BC tuan 77.xlsx", "", "", "vu-kh", "2025-W20", ""},
		"year of the plan":             {"vu-kh/BC ke hoach 2025.xlsx", "", "", "vu-kh", "2025-W20", ""},
		"week of another year":         {"vu-kh/BC tuan 20.xlsx", "", "2024-W20", "vu-kh", "2024-W20", ""},
		"two periods":                  {"vu-kh/BC tuan 20.xlsx", "", "2025-W19", "vu-kh", "2025-W20", "F05"},
		"two units":                    {"vu-kh/a.xlsx", "Vụ Pháp chế", "", "vu-kh", "2025-W20", "F04"},
		"nobody":                       {"a.xlsx", "", "", "", "2025-W20", "F04"},
	} {
		t.Run(name, func(t *testing.T) {
			var folders []string
			if dir := path.Dir(c.path); dir != "." {
				folders = strings.Split(dir, "/")
			}
			r := Identify(progress.Return{Path: c.path, Reading: progress.Reading{Unit: c.unit, Period: c.period}}, folders, units, open)
			var errors []string
			for _, f := range r.Findings {
				if f.Severity == progress.SeverityError {
					errors = append(errors, f.Rule)
				}
			}
			if r.Unit != c.wantUnit || r.Period != c.wantPeriod || strings.Join(errors, " ") != c.rules {
				t.Errorf("unit %q period %q errors %v; want %q %q %q", r.Unit, r.Period, errors, c.wantUnit, c.wantPeriod, c.rules)
			}
		})
	}
}

// TestNearestYear: a week without a year is the one nearest to the open period.
func TestNearestYear(t *testing.T) {
	for name, c := range map[string]struct{ file, open, want string }{
		"in January, of December": {"tuan 52", "2025-W02", "2024-W52"},
		"in December, of January": {"tuan 1", "2025-W51", "2026-W01"},
		"in May":                  {"tuan 18", "2025-W20", "2025-W18"},
		"only some years have it": {"tuan 53", "2027-W02", "2026-W53"},
	} {
		open, err := progress.ParsePeriod(c.open)
		if err != nil {
			t.Fatal(err)
		}
		if got := periodNamed(c.file, open); got.ID != c.want {
			t.Errorf("%s: %q", name, got.ID)
		}
	}
}
