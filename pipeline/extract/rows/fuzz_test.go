package rows_test

import (
	"strings"
	"testing"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// FuzzRead reads tables of any shape: ragged rows, spans beyond the edge, several tables. Every row must have a place and a task or code, and
// a refused document none.
func FuzzRead(f *testing.F) {
	f.Add("STT|Nhiệm vụ|Tình trạng\n1|Việc một|Hoàn thành\n|thêm|\nTổng cộng||\nNơi nhận:", uint16(0x1234))
	f.Add("STT|Nhiệm vụ||STT|Nhiệm vụ\n1|a||2|b", uint16(3))
	f.Add("TT|Nhiệm vụ|Tình trạng|\n||Hoàn thành|Đang thực hiện\nI|Nhóm\n1|Việc|x|", uint16(0xffff))
	f.Add("a\n\fSTT|Nhiệm vụ|%\n1|x|0,5\n2|y|80\f2|z|30", uint16(77))
	f.Add("1. Nhiệm vụ: Việc|\n- Thời hạn: 15/5|\n- Tiến độ: Hoàn thành|x\n+ thêm\n\nNhiệm vụ số 2\nNhiệm vụ|Hai|Thời hạn:|30/6\nTình trạng|", uint16(5))
	f.Add("STT|1|2\nNhiệm vụ|a|b\nThời hạn|30/6/2025|\nÝ kiến|x\nTình trạng|Hoàn thành|\n\nGhi chú: x", uint16(9))
	f.Fuzz(func(t *testing.T, text string, shape uint16) {
		if len(text) > 4000 {
			return
		}
		var doc grid.Document
		for page, part := range strings.Split(text, "\f") {
			table := &grid.Table{Page: page * int(shape&1)}
			for i, line := range strings.Split(part, "\n") {
				row := grid.Row{OpenAbove: shape>>3&1 == 1}
				for j, s := range strings.Split(line, "|") {
					c := grid.Cell{Text: strings.TrimSpace(s), Kind: grid.Text, Origin: progress.Origin{Page: 1, Cell: "A1"}}
					if (i*7+j*3+int(shape))%11 == 0 {
						c.RowSpan, c.ColSpan = int(shape>>4&3), int(shape>>6&3)
					}
					c.Hidden = shape>>9&1 == 1 && j == 1
					row.Cells = append(row.Cells, c)
				}
				table.Rows = append(table.Rows, row)
			}
			doc.Blocks = append(doc.Blocks, grid.Block{Table: table}, grid.Block{Text: part[:min(len(part), 20)]})
		}
		for _, kind := range []rows.Kind{rows.Return, rows.Plan, rows.UnitRegister} {
			result := rows.Read(doc, kind, templates.BuiltinVocabulary())
			for _, row := range result.Rows {
				if row.Origin.IsZero() || kind != rows.UnitRegister && row.Task == "" && row.Code == "" {
					t.Errorf("a row without place or content: %+v", row)
				}
			}
			if result.Period != "" {
				if _, err := progress.ParsePeriod(result.Period); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
