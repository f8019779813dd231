package delimited

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func texts(doc grid.Document) [][]string {
	var all [][]string
	for _, b := range doc.Blocks {
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			all = append(all, cells)
		}
	}
	return all
}

// said fails unless both languages have the sentences of a finding, with every place in them filled.
func said(t *testing.T, f progress.Finding) {
	t.Helper()
	for _, lang := range templates.Langs {
		message, remedy := templates.In(lang).Finding(f)
		if strings.ContainsAny(message+remedy, "⟦{}") {
			t.Errorf("%s.%s in %s: %s %s", f.Rule, f.Variant, lang, message, remedy)
		}
	}
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want [][]string
	}{
		"commas":                    {"STT,Nhiệm vụ\n1,Đề án\n", [][]string{{"STT", "Nhiệm vụ"}, {"1", "Đề án"}}},
		"mark of UTF-8, CRLF":       {"\xEF\xBB\xBFSTT,Hạn\r\n1,3/2025\r\n", [][]string{{"STT", "Hạn"}, {"1", "3/2025"}}},
		"semicolons, decimal comma": {"STT;Tỷ lệ;Ghi chú\n1;82,5;a, b\n2;60,0;c, d\n", [][]string{{"STT", "Tỷ lệ", "Ghi chú"}, {"1", "82,5", "a, b"}, {"2", "60,0", "c, d"}}},
		"tabs":                      {"a\tb, c; d\n1\t2\n", [][]string{{"a", "b, c; d"}, {"1", "2"}}},
		"sep line":                  {"sep=;\r\na,b;c\n", [][]string{{"a,b", "c"}}},
		"quotes":                    {"a,\"x, \"\"y\"\"\nz\",c\n1,2,3", [][]string{{"a", "x, \"y\"\nz", "c"}, {"1", "2", "3"}}},
		"quotes inside and after":   {"a,Luật \"Đất đai\"\n\"Luật\" sửa đổi,b\n", [][]string{{"a", "Luật \"Đất đai\""}, {"Luật sửa đổi", "b"}}},
		"title above, ragged rows":  {"BÁO CÁO TUẦN 6\n\nSTT,Nhiệm vụ,Hạn\n1,Đề án\n2,Kế hoạch,30/6/2025\n", [][]string{{"BÁO CÁO TUẦN 6", "", ""}, {"", "", ""}, {"STT", "Nhiệm vụ", "Hạn"}, {"1", "Đề án", ""}, {"2", "Kế hoạch", "30/6/2025"}}},
		"empty margins":             {"a,b,,\n1,2,,\n,,,\n\n", [][]string{{"a", "b"}, {"1", "2"}}},
		"one column":                {"Kính gửi\nBộ Y tế\n", [][]string{{"Kính gửi"}, {"Bộ Y tế"}}},
		"old line ends":             {"a;b\r1;2\r", [][]string{{"a", "b"}, {"1", "2"}}},
		"decomposed letters":        {"Nguye\u0302\u0303n;b\n", [][]string{{"Nguyễn", "b"}}},
		"codes stay as written":     {"1.10;007;=1+1\n", [][]string{{"1.10", "007", "=1+1"}}},
		"UTF-16 little-endian":      {"\xFF\xFEa\x00\t\x00\xD9\x1E\n\x00", [][]string{{"a", "ộ"}}},
		"UTF-16 big-endian":         {"\xFE\xFF\x00a\x00\t\x1E\xD9\x00\n", [][]string{{"a", "ộ"}}},
		"UTF-16 without mark":       {"S\x00T\x00T\x00\t\x00a\x00\n\x00", [][]string{{"STT", "a"}}},
		"UTF-16 without mark, big":  {"\x00S\x00T\x00T\x00\t\x1E\xD9\x00\n", [][]string{{"STT", "ộ"}}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(c.data), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, texts(doc)); diff != "" {
				t.Errorf("-want +got:\n%s\n%v", diff, doc.Findings)
			}
			if len(doc.Findings) > 0 {
				t.Errorf("findings %v", doc.Findings)
			}
		})
	}
}

// TestFilesOfOtherPrograms reads what testdata/make.py let LibreOffice and Python's own codecs write.
func TestFilesOfOtherPrograms(t *testing.T) {
	want := [][]string{
		{"STT", "Nhiệm vụ", "Hạn", "Tỷ lệ"},
		{"1.10", "Xây dựng \"Đề án\", trình\nThủ tướng; ban hành", "Quý II/2025", "82,5%"},
		{"2", "Thường xuyên", "", "0%"},
	}
	for name, findings := range map[string]int{
		"libreoffice-comma.csv": 0, "libreoffice-tab-utf16.txt": 0, "python-1258.csv": 1, "python-utf16.tsv": 0,
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Read(data, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, texts(doc)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, f := range doc.Findings {
				said(t, f)
			}
			if len(doc.Findings) != findings || findings == 1 && (doc.Findings[0].Rule != "F14" || doc.Findings[0].Variant != "windows1258") {
				t.Errorf("findings %v; want %d of F14.windows1258", doc.Findings, findings)
			}
		})
	}
}

func TestOriginsCountRecords(t *testing.T) {
	doc, err := Read([]byte("sep=;\na;\"x\ny\"\n\nb;c\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	last := doc.Blocks[0].Table.Rows[2].Cells[1]
	if last.Text != "c" || last.Origin.Cell != "B3" || last.Kind != grid.Text {
		t.Errorf("%+v; want the text c of B3", last)
	}
	if empty := doc.Blocks[0].Table.Rows[1].Cells[0]; empty.Kind != grid.Empty || empty.Origin.Cell != "A2" {
		t.Errorf("%+v; want an empty A2", empty)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		data   string
		limits Limits
		want   string
		cell   string
	}{
		"binary":               {"a,b\n\x00\x01\x02,c\n", Limits{}, "damaged", ""},
		"control character":    {"a,b\x07\n", Limits{}, "damaged", ""},
		"half a UTF-16 letter": {"\xFF\xFEa\x00b", Limits{}, "damaged", ""},
		"UTF-8 with damage":    {"Nhiệm vụ,Hạn\nĐề \xE1n,1\n", Limits{}, "encoding", "A2"},
		"quote never closed":   {"a,b\n1,\"x\n2,y\n", Limits{}, "open_quote", "B2"},
		"empty":                {"", Limits{}, "empty", ""},
		"only white space":     {" \n ;\n", Limits{}, "empty", ""},
		"too many bytes":       {"a,b\n", Limits{Bytes: 3}, "too_big", ""},
		"too many rows":        {"a\nb\n", Limits{Rows: 1}, "too_many_rows", ""},
		"too many columns":     {"a,b\n", Limits{Columns: 1}, "too_many_columns", ""},
		"too many cells":       {"a,b\nc,d\n", Limits{Cells: 3}, "too_many_cells", ""},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read([]byte(c.data), c.limits)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Blocks) != 0 || len(doc.Findings) != 1 {
				t.Fatalf("%d blocks, findings %v", len(doc.Blocks), doc.Findings)
			}
			f := doc.Findings[0]
			said(t, f)
			if f.Rule != "F06" || f.Severity != progress.SeverityError || f.Variant != c.want || f.Origin.Cell != c.cell {
				t.Errorf("%s.%s %s at %q; want F06.%s error at %q", f.Rule, f.Variant, f.Severity, f.Origin.Cell, c.want, c.cell)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "sep=;\na;\"b\"\"\n\"\r\n", "\xFF\xFEa\x00\t\x00", "x\xEC\xE3\n", "\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(data, Limits{Cells: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Blocks) == 0 {
			if len(doc.Findings) != 1 || doc.Findings[0].Severity != progress.SeverityError {
				t.Fatalf("nothing read and not refused: %v", doc.Findings)
			}
			return
		}
		for _, row := range doc.Blocks[0].Table.Rows {
			if len(row.Cells) != len(doc.Blocks[0].Table.Rows[0].Cells) {
				t.Fatal("the table is no rectangle")
			}
			for _, c := range row.Cells {
				if c.Text != strings.TrimSpace(c.Text) || (c.Kind == grid.Text) != (c.Text != "") {
					t.Fatalf("cell %+v", c)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	line := "12;Xây dựng, trình ban hành đề án;\"Vụ Kế hoạch - Tài chính\";30/06/2025;60%;Đang thực hiện\n"
	data := []byte(strings.Repeat(line, 5000))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if doc, err := Read(data, Limits{}); err != nil || len(doc.Blocks) != 1 {
			b.Fatal(err, doc.Findings)
		}
	}
}
