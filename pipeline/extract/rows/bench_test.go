package rows_test

import (
	"fmt"
	"testing"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// large is a return of n tasks in groups of fifty, with the columns of an ordinary form.
func large(n int) grid.Document {
	text := func(s string) grid.Cell {
		if s == "" {
			return grid.Cell{}
		}
		return grid.Cell{Text: s, Kind: grid.Text}
	}
	table := &grid.Table{Sheet: "BC"}
	add := func(cells ...string) {
		row := grid.Row{}
		for j, s := range cells {
			c := text(s)
			c.Origin = progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("%c%d", 'A'+j, len(table.Rows)+1)}
			row.Cells = append(row.Cells, c)
		}
		table.Rows = append(table.Rows, row)
	}
	add("STT", "Mã nhiệm vụ", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn hoàn thành", "Tình trạng", "Tỷ lệ (%)", "Kết quả thực hiện", "Khó khăn, vướng mắc", "Ghi chú")
	for i := range n {
		if i%50 == 0 {
			add("", "", fmt.Sprintf("NHÓM NHIỆM VỤ %d", i/50+1), "", "", "", "", "", "", "")
		}
		add(fmt.Sprint(i+1), fmt.Sprintf("NV-%05d", i+1), fmt.Sprintf("Xây dựng cơ sở dữ liệu dùng chung số %d", i+1), "Cục Chuyển đổi số quốc gia", "Quý II/2025",
			"Đang thực hiện", fmt.Sprint(i%100), fmt.Sprintf("Đã trình lãnh đạo Bộ lần %d", i%7), "", "")
	}
	return grid.Document{Blocks: []grid.Block{{Table: table}}}
}

func TestLargeReturn(t *testing.T) {
	got := rows.Read(large(2000), rows.Return, templates.BuiltinVocabulary())
	if len(got.Rows) != 2000 || len(got.Findings) > 0 {
		t.Fatalf("%d rows of 2000, findings %v", len(got.Rows), got.Findings)
	}
	if g := got.Rows[1999].Group; g != "NHÓM NHIỆM VỤ 40" {
		t.Errorf("group %q", g)
	}
}

func BenchmarkRead(b *testing.B) {
	doc := large(5000)
	b.ReportAllocs()
	for b.Loop() {
		rows.Read(doc, rows.Return, templates.BuiltinVocabulary())
	}
	b.ReportMetric(5000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
