package rows_test

import (
	"strings"
	"testing"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/templates"
)

// declare reads a document that has the lines above a small table.
func declare(t *testing.T, lines string) rows.Result {
	t.Helper()
	doc := parseDocument(t, "== table\n| STT | Nhiệm vụ | Tình trạng | Thời hạn |\n| 1 | Việc tuần 33 năm 2024 | Hoàn thành | Tháng 1/2024 |")
	var blocks []grid.Block
	for line := range strings.SplitSeq(lines, "\n") {
		blocks = append(blocks, grid.Block{Text: line})
	}
	doc.Blocks = append(blocks, doc.Blocks...)
	return rows.Read(doc, rows.Return, templates.BuiltinVocabulary())
}

func TestDeclaredPeriod(t *testing.T) {
	for lines, want := range map[string]string{
		"BÁO CÁO TUẦN 20 NĂM 2025": "2025-W20", "Báo cáo tuần 20/2025": "2025-W20", "Tuần thứ 5 năm 2026": "2026-W05", "Kỳ báo cáo: Tuần 20-2025": "2025-W20",
		"(từ ngày 12/5/2025 đến ngày 18/5/2025)":                 "2025-W20",
		"Từ 12/5 đến 16/5/2025":                                  "2025-W20",
		"Từ ngày 12 tháng 5 đến ngày 18 tháng 5 năm 2025":        "2025-W20",
		"Tuần 20 (12/5/2025 - 18/5/2025)":                        "2025-W20",
		"Báo cáo tuần 1\nTừ ngày 29/12/2025 đến ngày 04/01/2026": "2026-W01",
		"BÁO CÁO THÁNG 8/2025":                                   "2025-08",
		"Kỳ báo cáo: tháng 9 năm 2025":                           "2025-09",
		"Từ ngày 01/8/2025 đến ngày 31/8/2025":                   "2025-08",
		"BÁO CÁO QUÝ II/2025":                                    "2025-Q2",
		"Quý 3 năm 2025":                                         "2025-Q3",
		"BÁO CÁO 6 THÁNG ĐẦU NĂM 2025":                           "2025-H1",
		"Kết quả 6 tháng cuối năm 2025":                          "2025-H2",
		"Báo cáo 9 tháng năm 2025":                               "2025-9M",
		"BÁO CÁO NĂM 2025":                                       "2025",
		"Kỳ báo cáo: năm 2025":                                   "2025",
		"Period: 2025-W20":                                       "2025-W20",
		"Report for week 20 of 2025\nPeriod: 2025-05":            "2025-05",
		"Tuần 20\nHà Nội, ngày 16 tháng 5 năm 2025":              "2025-W20",
		"Hà Nội, ngày 16 tháng 5 năm 2025":                       "",
		"Số: 12/BC-SYT ngày 16/5/2025":                           "",
		"(Kèm theo Công văn số 33/VP ngày 02/01/2024 về báo cáo tháng 12/2023)\nBáo cáo tuần 20/2025": "2025-W20",
		"BÁO CÁO TIẾN ĐỘ THỰC HIỆN KẾ HOẠCH 286 NĂM 2025\nTháng 5":                                    "2025-05",
		"Báo cáo công việc tuần 20/2025\nKế hoạch tuần tới: tuần 21/2025":                             "2025-W20",
		// 1 May 2025 is a Thursday, so however weeks of a month are counted its third is that of the 12th; 1 June is a Sunday.
		"BÁO CÁO TUẦN 3 THÁNG 5 NĂM 2025":                  "2025-W20",
		"Báo cáo tuần thứ 3 tháng 5/2025":                  "2025-W20",
		"BÁO CÁO TUẦN 2 THÁNG 6 NĂM 2025":                  "",
		"Kỳ báo cáo: T5/2025":                              "2025-05",
		"BÁO CÁO THÁNG NĂM NĂM 2025":                       "2025-05",
		"PROGRESS REPORT – MAY 2025":                       "2025-05",
		"Báo cáo ngày 12-16/5/2025":                        "2025-W20",
		"Từ ngày 12 đến ngày 16 tháng 5 năm 2025":          "2025-W20",
		"Từ 00h00 ngày 12/5/2025 đến 24h00 ngày 18/5/2025": "2025-W20",
		"Báo cáo 6T/2025":                                  "2025-H1",
		"BÁO CÁO TUẦN 60 NĂM 2025":                         "",
		"Kính gửi Văn phòng Bộ":                            "",
	} {
		if got := declare(t, lines).Period; got != want {
			t.Errorf("%q: %q, want %q", lines, got, want)
		}
	}
}

func TestDeclaredUnit(t *testing.T) {
	for lines, want := range map[string]string{
		"BỘ TÀI CHÍNH\nVỤ NGÂN SÁCH NHÀ NƯỚC\nBÁO CÁO TUẦN 20": "VỤ NGÂN SÁCH NHÀ NƯỚC",
		"BỘ TÀI CHÍNH\nBÁO CÁO":                                "BỘ TÀI CHÍNH",
		"BỘ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVỤ PHÁP CHẾ Độc lập - Tự do - Hạnh phúc\nBÁO CÁO": "VỤ PHÁP CHẾ",
		"Đơn vị báo cáo: Vụ Kế hoạch - Tài chính":                                                           "Vụ Kế hoạch - Tài chính",
		"Đơn vị: Sở Y tế   Kỳ báo cáo: tuần 20/2025":                                                        "Sở Y tế",
		"Đơn vị báo cáo: ……………":                                                                             "",
		"Đơn vị tính: nhiệm vụ":                                                                             "",
		"BÁO CÁO của Sở Y tế về tiến độ thực hiện nhiệm vụ":                                                 "Sở Y tế",
		"BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ CỦA CỤC THUẾ TUẦN 20/2025":                                      "CỤC THUẾ",
		"BÁO CÁO TIẾN ĐỘ - VĂN PHÒNG UBND TỈNH":                                                             "VĂN PHÒNG UBND TỈNH",
		"BÁO CÁO TIẾN ĐỘ NHIỆM VỤ\nTrung tâm Thông tin":                                                     "Trung tâm Thông tin",
		"Reporting unit: Department of Planning":                                                            "Department of Planning",
		"BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ":                                                              "",
		"Báo cáo tuần 20 năm 2025":                                                                          "",
		"ỦY BAN NHÂN DÂN TỈNH A\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 1/BC-SKHCN":                                  "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
	} {
		if got := declare(t, lines).Unit; got != want {
			t.Errorf("%q: %q, want %q", lines, got, want)
		}
	}
}
