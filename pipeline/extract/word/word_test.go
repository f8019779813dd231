package word

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func mustRead(t *testing.T, data []byte) grid.Document {
	t.Helper()
	doc, err := Read(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range doc.Findings {
		said(t, f)
	}
	return doc
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

// shown is a document as testdata/make.py writes it down: texts, and tables as rows of cells.
func shown(doc grid.Document) []any {
	var all []any
	for _, b := range doc.Blocks {
		if b.Table == nil {
			all = append(all, b.Text)
			continue
		}
		var rows []any
		for _, row := range b.Table.Rows {
			var cells []any
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			rows = append(rows, cells)
		}
		all = append(all, rows)
	}
	return all
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReadsWhatProducersWrote(t *testing.T) {
	var want []any
	if err := json.Unmarshal(load(t, "return.json"), &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"return.docx", "return-libreoffice.docx"} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, load(t, name))
			if diff := cmp.Diff(want, shown(doc)); diff != "" {
				t.Errorf("-in the file +read:\n%s\n%v", diff, doc.Findings)
			}
			table := doc.Blocks[2].Table
			if title := table.Rows[0].Cells[0]; title.ColSpan != 5 || !table.Rows[0].Cells[4].Covered {
				t.Errorf("the title spans %d columns; want 5", title.ColSpan)
			}
			if lead := table.Rows[2].Cells[2]; lead.RowSpan != 2 || !table.Rows[3].Cells[2].Covered || lead.Origin.Cell != "C3" || lead.Origin.Table != 1 {
				t.Errorf("the lead unit %+v; want it over two rows from C3 of table 1", lead)
			}
			if nested := doc.Blocks[5]; nested.Origin.Table != 3 || nested.Table.Rows[1].Cells[1].Origin.Cell != "B2" {
				t.Errorf("the nested table is %v; want table 3", nested.Origin)
			}
		})
	}
}

type parts map[string]string

const relURL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// craft is a document with that body.
func craft(body string) parts {
	return parts{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         `<Relationships><Relationship Id="r1" Type="` + relURL + `officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="r1" Type="` + relURL + `styles" Target="styles.xml"/>` +
			`<Relationship Id="r2" Type="` + relURL + `numbering" Target="numbering.xml"/></Relationships>`,
		"word/styles.xml": `<w:styles xmlns:w="x"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>` +
			`<w:style w:styleId="Old"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>` +
			`<w:style w:styleId="OldChild"><w:basedOn w:val="Old"/></w:style>` +
			`<w:style w:styleId="Numbered"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
		"word/numbering.xml": `<w:numbering xmlns:w="x">` +
			`<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
			`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>` +
			`<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>` +
			`<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>` +
			`<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num></w:numbering>`,
		"word/document.xml": `<w:document xmlns:w="x"><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
	}
}

func (p parts) with(name, text string) parts {
	p = maps.Clone(p)
	p[name] = text
	if text == "" {
		delete(p, name)
	}
	return p
}

func (p parts) zip() []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(p[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func p(runs string) string     { return `<w:p>` + runs + `</w:p>` }
func r(text string) string     { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
func tc(content string) string { return `<w:tc>` + content + `</w:tc>` }
func tr(cells ...string) string {
	return `<w:tr>` + strings.Join(cells, "") + `</w:tr>`
}
func tbl(rows ...string) string { return `<w:tbl>` + strings.Join(rows, "") + `</w:tbl>` }

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []any
	}{
		"runs":                    {p(r("Bộ ") + r("Y tế")), []any{"Bộ Y tế"}},
		"tab, break, hyphens":     {p(`<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e` + "\u00AD" + `f</w:t></w:r>`), []any{"a\tb\nc-def"}},
		"insertion and deletion":  {p(r("quá ") + `<w:del><w:r><w:delText>hạn</w:delText></w:r></w:del><w:ins>` + r("trình") + `</w:ins>`), []any{"quá trình"}},
		"moved":                   {p(`<w:moveFrom>`+r("cũ")+`</w:moveFrom>`+r("a")) + p(`<w:moveTo>`+r("mới")+`</w:moveTo>`), []any{"a", "mới"}},
		"paragraph mark deleted":  {p(`<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>`+r("Đang thực ")) + p(r("hiện")), []any{"Đang thực hiện"}},
		"hidden text":             {p(r("thấy") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> cả</w:t></w:r>`), []any{"thấy cả"}},
		"content control":         {`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p(`<w:sdt><w:sdtContent>`+r("trong")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, []any{"trong"}},
		"link and field":          {p(`<w:hyperlink>` + r("liên kết ") + `</w:hyperlink><w:r><w:fldChar/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>` + r("14/2")), []any{"liên kết 14/2"}},
		"text box, with fallback": {p(r("trước") + `<w:r><mc:AlternateContent xmlns:mc="y"><mc:Choice><w:drawing><w:txbxContent>` + p(r("hộp")) + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p(r("hộp")) + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), []any{"trước", "hộp"}},
		"decomposed":              {p(r("Nguye\u0302\u0303n")), []any{"Nguyễn"}},
		"legacy font of the run":  {p(`<w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>bé</w:t></w:r>`), []any{"BỘ"}},
		"legacy font by style":    {p(`<w:pPr><w:pStyle w:val="OldChild"/></w:pPr>` + r("häc")), []any{"học"}},
		"tick":                    {p(`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>`), []any{"✓"}},
		"check boxes of a form": {p(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>`) +
			p(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>`), []any{"☒", "☐"}},
		"footnote and page number": {p(r("a") + `<w:r><w:footnoteReference w:id="2"/></w:r>`), []any{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, craft(c.body).zip())
			if diff := cmp.Diff(c.want, shown(doc)); diff != "" {
				t.Errorf("-want +got:\n%s\n%v", diff, doc.Findings)
			}
		})
	}
}

func TestAutomaticNumbers(t *testing.T) {
	in := func(num, level int, text string) string {
		return tc(p(fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, num) + text))
	}
	styled := tc(p(`<w:pPr><w:pStyle w:val="Numbered"/></w:pPr>`))
	body := tbl(
		tr(in(2, 0, ""), tc(p(r("nhóm")))),
		tr(in(1, 0, ""), tc(p(r("một")))),
		tr(in(1, 1, ""), tc(p(r("một a")))),
		tr(in(1, 1, ""), tc(p(r("một b")))),
		tr(styled, tc(p(r("hai")))),
		tr(in(1, 1, ""), tc(p(r("hai a")))),
		tr(in(1, 0, r("số gõ tay")), tc(p(r("ba")))),
		tr(in(4, 0, ""), tc(p(r("mười một")))),
		tr(in(4, 0, ""), tc(p(r("mười hai")))),
		tr(in(3, 0, ""), tc(p(r("gạch đầu dòng")))),
		tr(in(2, 0, ""), tc(p(r("nhóm sau")))),
	)
	want := []any{"IV", "1.", "1.a)", "1.b)", "2.", "2.a)", "số gõ tay", "11.", "12.", "", "V"}
	var got []any
	for _, row := range mustRead(t, craft(body).zip()).Blocks[0].Table.Rows {
		got = append(got, row.Cells[0].Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		n            int
		format, want string
	}{
		{1, "lowerLetter", "a"}, {26, "lowerLetter", "z"}, {27, "lowerLetter", "aa"}, {28, "upperLetter", "BB"},
		{4, "upperRoman", "IV"}, {1994, "upperRoman", "MCMXCIV"}, {9, "lowerRoman", "ix"}, {7, "decimalZero", "07"}, {12, "decimalZero", "12"}, {3, "", "3"},
	} {
		if got := numeral(c.n, c.format); got != c.want {
			t.Errorf("%d as %q is %q; want %q", c.n, c.format, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	pr := func(properties string) string { return `<w:tcPr>` + properties + `</w:tcPr>` }
	body := tbl(
		tr(tc(pr(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`)+p(r("A"))), tc(p(r("B"))), tc(p(r("C")))),
		tr(tc(pr(`<w:gridSpan w:val="2"/><w:vMerge/>`)+p("")), tc(pr(`<w:hMerge w:val="restart"/>`)+p(r("D"))), tc(pr(`<w:hMerge/>`)+p(""))),
		`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc(p(r("E")))+tc(pr(`<w:vMerge/>`)+p(r("F")))+`</w:tr>`,
		`<w:tr><w:trPr><w:del/></w:trPr>`+tc(p(r("bỏ")))+`</w:tr>`,
		`<w:tr><w:trPr><w:hidden/></w:trPr>`+tc(p(`<w:r><w:rPr><w:strike/></w:rPr><w:t>G</w:t></w:r>`))+`</w:tr>`,
	)
	table := mustRead(t, craft(body).zip()).Blocks[0].Table
	var got []string
	for _, row := range table.Rows {
		for _, c := range row.Cells {
			got = append(got, fmt.Sprintf("%s=%s %dx%d", c.Origin.Cell, c.Text, c.RowSpan, c.ColSpan))
			if c.Covered {
				got[len(got)-1] = c.Origin.Cell + " covered"
			}
		}
	}
	want := []string{
		"A1=A 2x2", "B1 covered", "C1=B 0x0", "D1=C 0x0",
		"A2 covered", "B2 covered", "C2=D 1x2", "D2 covered",
		"A3= 0x0", "B3=E 0x0", "C3=F 0x0", "D3= 0x0", // a merge that nothing begins is a cell of its own
		"A4=G 0x0", "B4= 0x0", "C4= 0x0", "D4= 0x0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !table.Rows[3].Hidden || table.Rows[2].Hidden || !table.Rows[3].Cells[0].Struck {
		t.Error("the last row alone is hidden, its text struck through")
	}
}

// A cell deleted by a tracked change is gone, and those behind it move up, as Word shows it once the change is accepted.
func TestDeletedCell(t *testing.T) {
	body := tbl(tr(tc(p(r("A")))+tc(`<w:tcPr><w:cellDel/></w:tcPr>`+p(r("bỏ")))+tc(p(r("C")))), tr(tc(p(r("D")))+tc(p(r("E")))))
	var got []string
	for _, row := range mustRead(t, craft(body).zip()).Blocks[0].Table.Rows {
		for _, c := range row.Cells {
			got = append(got, c.Text)
		}
	}
	if diff := cmp.Diff([]string{"A", "C", "D", "E"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestNotes(t *testing.T) {
	doc := mustRead(t, craft(p(`<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>Nhieäm vuï</w:t></w:r>`)).zip())
	if len(doc.Findings) != 1 || doc.Findings[0].Rule != "F14" || doc.Findings[0].Variant != "vni" || doc.Findings[0].Facts["count"] != "1" {
		t.Errorf("findings %v; want one F14.vni of 1", doc.Findings)
	}
}

func refusedWhole(doc grid.Document) bool {
	return len(doc.Blocks) == 0 && len(doc.Findings) == 1 && doc.Findings[0].Severity == progress.SeverityError
}

func TestRefusals(t *testing.T) {
	good := craft(p(r("chữ")) + tbl(tr(tc(p(r("a"))))))
	main := "word/document.xml"
	for name, c := range map[string]struct {
		parts parts
		want  string
	}{
		"no text":                      {craft(p("")), "empty"},
		"a document within":            {craft(p(r("chữ")) + `<w:altChunk r:id="rId9"/>`), "embedded"},
		"document missing":             {good.with(main, ""), "damaged"},
		"styles missing":               {good.with("word/styles.xml", ""), "damaged"},
		"numbering cut off":            {good.with("word/numbering.xml", good["word/numbering.xml"][:300]), "damaged"},
		"another root":                 {good.with(main, "<w:other/>"), "damaged"},
		"two roots":                    {good.with(main, good[main]+"<w:p/>"), "damaged"},
		"a span of millions":           {craft(tbl(tr(tc(`<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>`)))), "too_many_columns"},
		"spans that overflow together": {craft(tbl(tr(strings.Repeat(tc(`<w:tcPr><w:gridSpan w:val="9223372036854775807"/></w:tcPr>`), 3)))), "too_many_columns"},
		"negative column":              {craft(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="-5"/></w:trPr>` + tc(p("")) + `</w:tr></w:tbl>`), "none"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, c.parts.zip())
			if c.want == "none" {
				if len(doc.Blocks) != 1 {
					t.Errorf("refused: %v", doc.Findings)
				}
				return
			}
			if !refusedWhole(doc) || doc.Findings[0].Rule != "F06" || doc.Findings[0].Variant != c.want {
				t.Errorf("findings %v; want F06.%s", doc.Findings, c.want)
			}
		})
	}
}

// TestDamagedFileIsRefusedOrWhole flips bytes and cuts off the file and its parts. What is read must be all of it.
func TestDamagedFileIsRefusedOrWhole(t *testing.T) {
	whole := load(t, "return-libreoffice.docx")
	want := mustRead(t, whole)
	for at := 0; at < len(whole); at += 23 {
		mutant := bytes.Clone(whole)
		mutant[at] ^= 1 << (at % 8)
		for _, data := range [][]byte{mutant, whole[:at]} {
			if doc := mustRead(t, data); !refusedWhole(doc) && !cmp.Equal(want.Blocks, doc.Blocks) {
				t.Errorf("damage at byte %d is read as something else", at)
			}
		}
	}
	zr, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	all := parts{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	for _, name := range []string{"word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"} {
		text := strings.TrimRight(all[name], " \r\n")
		for at := 1; at < len(text); at += 1 + len(text)/100 {
			if doc := mustRead(t, all.with(name, text[:at]).zip()); !refusedWhole(doc) {
				t.Errorf("%s cut off at %d of %d is read", name, at, len(text))
			}
		}
	}
}

func FuzzBody(f *testing.F) {
	f.Add(p(r("a")) + tbl(tr(tc(p(r("b"))))))
	f.Add(tbl(tr(tc(`<w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`)), tr(tc(`<w:tcPr><w:vMerge/></w:tcPr>`+tbl(tr(tc(p("")))))), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr></w:tr>`))
	f.Add(p(`<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:sym w:char="F0FC"/></w:r>`))
	f.Fuzz(func(t *testing.T, body string) {
		doc, err := Read(craft(body).zip(), Limits{Cells: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Blocks) == 0 && !refusedWhole(doc) {
			t.Fatalf("nothing read and not refused: %v", doc.Findings)
		}
		for _, b := range doc.Blocks {
			if (b.Table == nil) == (b.Text == "") {
				t.Fatal("a block is a text or a table")
			}
			if b.Table == nil {
				continue
			}
			for i, row := range b.Table.Rows {
				if len(row.Cells) != len(b.Table.Rows[0].Cells) {
					t.Fatal("the table is no rectangle")
				}
				for j, c := range row.Cells {
					if i+c.RowSpan > len(b.Table.Rows) || j+c.ColSpan > len(row.Cells) || c.Covered && c.Text != "" {
						t.Fatalf("cell %+v", c)
					}
				}
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(craft(p(r("a"))).zip())
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := Read(data, Limits{}); err != nil || len(doc.Blocks) == 0 && !refusedWhole(doc) {
			t.Fatal(err, doc.Findings)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	row := tr(tc(p(r("1"))), tc(p(r("Xây dựng, trình ban hành đề án"))), tc(p(r("Vụ Kế hoạch - Tài chính"))), tc(p(r("30/06/2025"))), tc(p(r("Đang thực hiện"))))
	data := craft(tbl(strings.Repeat(row, 1000))).zip()
	for b.Loop() {
		if doc, err := Read(data, Limits{}); err != nil || len(doc.Blocks) != 1 {
			b.Fatal(err, doc.Findings)
		}
	}
}
