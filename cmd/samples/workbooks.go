package main

import (
	"strings"

	"tiendo/pipeline/progress"
)

// planSheet is the plan as a coordinator keeps it in Excel.
func planSheet(tasks []progress.Task) sheet {
	s := sheet{
		Name:  "Kế hoạch",
		Title: []string{"KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2025", "Phiên bản: 2025.1 (hiệu lực từ ngày 20/01/2025)"},
		Head: [][]cell{heading("Mã nhiệm vụ", "Nhóm nhiệm vụ", "Giai đoạn", "Nhiệm vụ", "Sản phẩm", "Cơ quan giao", "Văn bản giao việc",
			"Ngày giao", "Đơn vị chủ trì", "Đơn vị phối hợp", "Lãnh đạo phụ trách", "Cán bộ chủ trì",
			"Thời hạn hoàn thành", "Thời hạn ban đầu", "Văn bản gia hạn")},
		Widths: []float64{9, 24, 18, 60, 28, 18, 28, 12, 32, 32, 18, 18, 16, 16, 32},
	}
	for _, t := range tasks {
		original := ""
		if t.Extension != "" {
			original = t.OriginalDue.Text
		}
		s.Body = append(s.Body, []cell{
			{Text: t.Code}, {Text: t.Group}, {Text: t.Phase}, {Text: t.Title}, {Text: t.Product}, {Text: t.Authority}, {Text: t.Mandate},
			{Date: t.Assigned.String(), Format: "dd/mm/yyyy"}, {Text: t.LeadText}, {Text: t.Cooperating}, {Text: t.Leader}, {Text: t.Person},
			{Text: t.Due.Text}, {Text: original}, {Text: t.Extension},
		})
	}
	return s
}

// unitSheet is the register of units.
func unitSheet(units []progress.Unit) sheet {
	s := sheet{
		Name:   "Đơn vị",
		Title:  []string{"DANH MỤC ĐƠN VỊ BÁO CÁO"},
		Head:   [][]cell{heading("Mã đơn vị", "Tên đơn vị", "Tên gọi khác", "Đơn vị cấp trên", "Cấp", "Thủ trưởng đơn vị", "Cán bộ đầu mối", "Email", "Nộp báo cáo")},
		Widths: []float64{12, 46, 36, 14, 12, 22, 22, 28, 12},
	}
	for _, u := range units {
		reports := "Không"
		if u.Reports {
			reports = "Có"
		}
		s.Body = append(s.Body, []cell{
			{Text: u.Code}, {Text: u.Name}, {Text: strings.Join(u.Aliases, "; ")}, {Text: u.Parent}, {Text: u.Level},
			{Text: u.Head}, {Text: u.Person}, {Text: u.Email}, {Text: reports},
		})
	}
	return s
}

func heading(texts ...string) []cell {
	row := make([]cell, len(texts))
	for i, text := range texts {
		row[i] = cell{Text: text, Bold: true}
	}
	return row
}
