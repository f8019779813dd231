package extract_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func explain(t *testing.T, name string, data []byte) extract.Explanation {
	t.Helper()
	e, err := extract.Explain(data, name, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// columnsOf lists the columns as heading → field, or → why it was not read.
func columnsOf(h extract.Heading) []string {
	var out []string
	for _, c := range h.Columns {
		out = append(out, c.Heading+" → "+string(c.Field)+string(c.Unread))
	}
	return out
}

// The forms of the sample office, as a clerk reads their headings.
var (
	officeForm = []string{"STT → no", "Mã nhiệm vụ → code", "Nhiệm vụ → task", "Đơn vị chủ trì → lead", "Sản phẩm → product",
		"Thời hạn hoàn thành → due", "Trạng thái → status", "Tỷ lệ hoàn thành (%) → percent", "Ngày hoàn thành → completed",
		"Kết quả thực hiện → result", "Số hiệu văn bản kết quả → evidence", "Lý do chậm → reason", "Khó khăn, vướng mắc → difficulty",
		"Đề xuất, kiến nghị → proposal"}
	groupedForm = []string{"STT → no", "Tên nhiệm vụ → task", "Sản phẩm đầu ra → product", "Thời hạn hoàn thành → due", "Trạng thái → status",
		"% hoàn thành → percent", "Ngày hoàn thành → completed", "Kết quả hiện nay → result", "Văn bản sản phẩm đầu ra → evidence", "Nguyên nhân → reason"}
)

// TestExplainSample explains a return of each format, and finds the words of each task, as the seed of the sample office wrote them, in
// the pictures.
func TestExplainSample(t *testing.T) {
	tests := map[string]struct {
		file     string
		at       progress.Origin // of the heading; of a PDF its page
		form     []string
		leftOut  [3]int // groups, lines of the closing block, continued lines: counted by hand
		pictures []string
	}{
		"workbook": {"vu-khtc/BC_VuKHTC_Tuan20.xlsx", progress.Origin{Sheet: "Báo cáo", Cell: "A6"}, officeForm, [3]int{0, 2, 0}, []string{"sheet-1"}},
		"word":     {"hv-bcvt/HV_BCVT_T20 (du).docx", progress.Origin{Table: 1, Cell: "A1"}, groupedForm, [3]int{5, 0, 0}, []string{"table-1"}},
		"csv":      {"vu-tccb/vu-tccb_2025-W20.csv", progress.Origin{Cell: "A3"}, officeForm, [3]int{}, []string{"table-1"}},
		"pdf":      {"vu-bc/BC tuan 20 Vu Buu chinh.pdf", progress.Origin{Page: 1}, groupedForm, [3]int{6, 0, 1}, []string{"page-1", "page-2"}},
	}
	known := map[string][]progress.Row{}
	for _, f := range readTruth(t).Periods["2025-W20"].Files {
		known[f.Path] = f.Truth
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(office, "inbox", filepath.FromSlash(tt.file)))
			if err != nil {
				t.Fatal(err)
			}
			truth := known["inbox/"+tt.file]
			e := explain(t, filepath.Base(tt.file), data)
			if len(e.Headings) != 1 || len(truth) == 0 {
				t.Fatalf("%d headings, %d rows in the truth; want one, and some", len(e.Headings), len(truth))
			}
			h := e.Headings[0]
			h.Origin.Box = nil
			if diff := cmp.Diff(tt.at, h.Origin); diff != "" {
				t.Errorf("heading (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.form, columnsOf(h)); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			if h.Rows != len(truth) {
				t.Errorf("%d rows, want %d", h.Rows, len(truth))
			}
			if got := [3]int{h.LeftOut.Groups, h.LeftOut.Closing, h.LeftOut.Continued}; got != tt.leftOut {
				t.Errorf("left out %v, want %v", got, tt.leftOut)
			}
			var names []string
			var all strings.Builder
			for _, p := range e.Pictures {
				names = append(names, p.Name)
				all.WriteString(textOf(t, p.SVG(tt.file, templates.In(templates.Vietnamese))) + " ")
			}
			if diff := cmp.Diff(tt.pictures, names); diff != "" {
				t.Errorf("pictures (-want +got):\n%s", diff)
			}
			for _, row := range truth {
				for _, word := range strings.Fields(row.Task)[:4] { // all that fits a cell for sure
					if !strings.Contains(all.String(), word) {
						t.Errorf("no picture shows %q of %q", word, row.Task)
					}
				}
			}
			for _, label := range []string{"nhiệm vụ", "thời hạn", "tình trạng", "kết quả thực hiện"} {
				if !strings.Contains(all.String(), " "+label+" ") {
					t.Errorf("no picture has the label %q", label)
				}
			}
		})
	}
}

// TestExplainReadsLikeRead: for every good file of the corpus the same rows are counted as are read, the same findings told, and all that
// is drawn is well-formed.
func TestExplainReadsLikeRead(t *testing.T) {
	files, err := filepath.Glob("testdata/ok/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".json" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reading, e := readFile(t, file), explain(t, filepath.Base(file), data)
		rows := 0
		for _, h := range e.Headings {
			rows += h.Rows
		}
		if rows != len(reading.Rows) {
			t.Errorf("%s: %d rows below headings, %d read", file, rows, len(reading.Rows))
		}
		if diff := cmp.Diff(reading.Findings, e.Findings); diff != "" {
			t.Errorf("%s: findings (-read +explained):\n%s", file, diff)
		}
		if len(e.Pictures) == 0 {
			t.Errorf("%s has no picture", file)
		}
		for _, p := range e.Pictures {
			textOf(t, p.SVG(file, templates.In(templates.Vietnamese)))
		}
	}
}

// textOf is the text of a drawing, texts parted by spaces. The drawing must be well-formed and have the elements of a drawing alone:
// nothing that runs, links or loads.
func textOf(t *testing.T, svg []byte) string {
	t.Helper()
	known := map[string]bool{"svg": true, "title": true, "rect": true, "path": true, "text": true}
	var b strings.Builder
	for dec := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !known[token.Name.Local] {
				t.Errorf("element %s in a drawing", token.Name.Local)
			}
			for _, a := range token.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Name.Local, "href") || a.Name.Local == "style" {
					t.Errorf("attribute %s in a drawing", a.Name.Local)
				}
			}
		case xml.CharData:
			b.WriteString(" " + string(token) + " ")
		}
	}
}

// TestExplainColumns says of each column why it was not read, and counts what is no row.
func TestExplainColumns(t *testing.T) {
	tests := map[string]struct {
		table    []string
		headings [][]string
		refused  bool
		left     string
	}{
		"every reason": {
			[]string{
				"STT;Tên nhiệm vụ;Đơn vị tính;Thời hạn;Tình trạng;Thời tiết;Thời hạn xử lý",
				";I. Nhóm một;;;;;",
				"1;Việc một;cái;30/6/2025;Đang thực hiện;nắng;30/6/2025",
				"2;Việc hai;cái;30/6/2025;Hoàn thành;mưa;30/6/2025",
				";Ghi chú: số liệu tạm tính;;;;;",
				";Tổng cộng;;;;2;",
			},
			[][]string{{"STT → no", "Tên nhiệm vụ → task", "Đơn vị tính → ignored", "Thời hạn → due", "Tình trạng → status", "Thời tiết → unknown", "Thời hạn xử lý → second"}},
			false, "groups 1, totals 1, notes 1, closing 0",
		},
		"no column of tasks": {
			[]string{"STT;Món ăn;Thời hạn;Tình trạng;Ghi chú", "1;Phở;30/6/2025;Hoàn thành;x"},
			[][]string{{"STT → no", "Món ăn → unknown", "Thời hạn → due", "Tình trạng → status", "Ghi chú → note"}},
			true, "groups 0, totals 0, notes 0, closing 0",
		},
		"one table of two": {
			[]string{"STT;Nhiệm vụ;Tình trạng;Thời hạn;Ghi chú", "1;Việc một;Hoàn thành;30/6/2025;x", "STT;Nhiệm vụ;Kết quả;Thời hạn;Kết quả", "1;Việc hai;xong;30/6/2025;chưa"},
			[][]string{{"STT → no", "Nhiệm vụ → task", "Tình trạng → status", "Thời hạn → due", "Ghi chú → note"},
				{"STT → no", "Nhiệm vụ → task", "Kết quả → result", "Thời hạn → due", "Kết quả → result"}},
			true, "groups 0, totals 0, notes 0, closing 0",
		},
		"no heading at all": {[]string{"một;hai;ba", "1;2;3"}, nil, false, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := explain(t, "a.csv", []byte(strings.Join(tt.table, "\n")))
			var got [][]string
			for _, h := range e.Headings {
				got = append(got, columnsOf(h))
				if h.Refused != tt.refused || h.Refused == (h.Rows > 0) {
					t.Errorf("refused %v with %d rows, want %v", h.Refused, h.Rows, tt.refused)
				}
				left := fmt.Sprintf("groups %d, totals %d, notes %d, closing %d", h.LeftOut.Groups, h.LeftOut.Totals, h.LeftOut.Notes, h.LeftOut.Closing)
				if left != tt.left {
					t.Errorf("left out: %s; want %s", left, tt.left)
				}
			}
			if diff := cmp.Diff(tt.headings, got); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			if e.Headings == nil || e.Findings == nil {
				t.Error("JSON would show null for a list")
			}
		})
	}
}

// TestDrawingIsHarmless: what stands in a file, or in its name, is text in the drawing and nothing else.
func TestDrawingIsHarmless(t *testing.T) {
	hostile := []string{`<script>alert(1)</script>`, `"onload="x`, `]]>&lt;&#x0;`, `</text><a href="x">`}
	file := "STT,Nhiệm vụ,Tình trạng,Thời hạn,Ghi chú\n"
	for i, s := range hostile {
		file += fmt.Sprintf("%d,việc,Đang thực hiện,30/6/2025,\"%s\"\n", i+1, strings.ReplaceAll(s, `"`, `""`))
	}
	e := explain(t, "a.csv", []byte(file))
	if len(e.Pictures) != 1 {
		t.Fatalf("%d pictures: %v", len(e.Pictures), e.Findings)
	}
	e.Pictures[0].Words = append(e.Pictures[0].Words, pdf.Word{Text: "\x00\x01\x0b\xff\ufffe"}) // a font of a PDF may draw anything
	text := textOf(t, e.Pictures[0].SVG(`</title><script>`, templates.In(templates.English)))
	for _, want := range []string{`</title><script>`, `<script>alert(1)</script>`, `"onload="x`} {
		if !strings.Contains(text, want) {
			t.Errorf("the drawing does not show %s as text", want)
		}
	}
}

// TestHiddenIsDrawnApart: what the workbook hides is shown as hidden, and nothing in it is marked as read.
func TestHiddenIsDrawnApart(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"STT", "Nhiệm vụ", "Tình trạng"}, {1, "Việc tuần trước", "Hoàn thành"}, {2, "Việc tuần này", "Đang thực hiện"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetRowVisible("Sheet1", 2, false); err != nil {
		t.Fatal(err)
	}
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	e := explain(t, "a.xlsx", data.Bytes())
	if len(e.Pictures) != 1 || len(e.Headings) != 1 || e.Headings[0].Rows != 1 {
		t.Fatalf("%d pictures, headings %+v", len(e.Pictures), e.Headings)
	}
	p := e.Pictures[0]
	if len(p.Hidden) != 3 || len(p.Marks) != 6 {
		t.Errorf("%d cells hidden, %d marked; want 3 and 6: a heading and a row", len(p.Hidden), len(p.Marks))
	}
	for _, m := range p.Marks {
		for _, h := range p.Hidden {
			if m.Box == h {
				t.Errorf("a hidden cell is marked as read: %v", m)
			}
		}
	}
}

// TestRefusedFileHasNoPicture: of a scan there is nothing to draw, and the finding says why.
func TestRefusedFileHasNoPicture(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(office, "inbox", "tt-cps", "Scan_BC_tuan20.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	e := explain(t, "Scan_BC_tuan20.pdf", data)
	if len(e.Pictures) != 0 || len(e.Headings) != 0 || len(e.Findings) != 1 || e.Findings[0].Variant != "scan" {
		t.Errorf("a scan has %d pictures, %d headings, findings %v", len(e.Pictures), len(e.Headings), e.Findings)
	}
}
