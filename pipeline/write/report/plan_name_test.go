package report

import (
	"io"
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// TestPlanName: names in capitals become words of a sentence; nothing else is touched.
func TestPlanName(t *testing.T) {
	for name, want := range map[string]string{
		"KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2025":                                 "Kế hoạch chuyển đổi số năm 2025",
		"KẾ HOẠCH 286-KH/BCĐTW VỀ KHOA HỌC, CÔNG NGHỆ":                    "Kế hoạch 286-KH/BCĐTW về khoa học, công nghệ",
		"KẾ HOẠCH ỨNG DỤNG CNTT CỦA BỘ THÔNG TIN VÀ TRUYỀN THÔNG, QUÝ II": "Kế hoạch ứng dụng CNTT của Bộ Thông tin và Truyền thông, quý II",
		"CHƯƠNG TRÌNH NGHỊ QUYẾT CỦA CHÍNH PHỦ VIỆT NAM":                  "Chương trình nghị quyết của Chính phủ Việt Nam",
		"Kế hoạch số 02 của UBND":                                         "Kế hoạch số 02 của UBND",
		"":                                                                "",
	} {
		s := progress.Synthesis{PlanName: name, Office: progress.Office{Parent: "Bộ Thông tin và Truyền thông"}}
		if got := newDocument(io.Discard, s, templates.Vietnamese).planName(); got != want {
			t.Errorf("%q is set as %q, not %q", name, got, want)
		}
	}
}
