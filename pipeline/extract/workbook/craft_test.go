package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// parts is a workbook taken apart.
type parts map[string]string

const (
	mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relNS  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relURL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// craft is a workbook of one sheet with that content of its element worksheet.
func craft(worksheet string) parts {
	return parts{
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         relations("rId1", "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml":     `<workbook ` + mainNS + ` ` + relNS + `><sheets><sheet name="BC" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relations("rId1", "worksheet", "worksheets/sheet1.xml",
			"rId2", "sharedStrings", "sharedStrings.xml", "rId3", "styles", "styles.xml"),
		"xl/worksheets/sheet1.xml": `<worksheet ` + mainNS + `>` + worksheet + `</worksheet>`,
		"xl/sharedStrings.xml":     `<sst ` + mainNS + `><si><t>không</t></si><si><t>một</t></si></sst>`,
		"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts><numFmt numFmtId="164" formatCode="mm/yyyy"/><numFmt numFmtId="165" formatCode="&quot;Tổ &quot;@"/></numFmts>` +
			`<fonts><font><name val="Times New Roman"/></font><font><strike/><name val=".VnTimeH"/></font><font><name val="Wingdings"/></font></fonts>` +
			`<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="49"/><xf numFmtId="0" fontId="1"/><xf numFmtId="165"/>` +
			`<xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="16"/><xf numFmtId="0" fontId="2"/></cellXfs></styleSheet>`,
	}
}

func relations(triples ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+2 < len(triples); i += 3 {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, triples[i], relURL, triples[i+1], triples[i+2])
	}
	return b.String() + `</Relationships>`
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

// with returns the workbook with one part replaced; an empty text takes it out.
func (p parts) with(name, text string) parts {
	p = maps.Clone(p)
	p[name] = text
	if text == "" {
		delete(p, name)
	}
	return p
}

// edit returns the workbook with words of one part replaced.
func (p parts) edit(name, old, new string) parts {
	if !strings.Contains(p[name], old) {
		panic(old + " is not in " + name)
	}
	return p.with(name, strings.ReplaceAll(p[name], old, new))
}

func rows(data string) string { return "<sheetData>" + data + "</sheetData>" }

func TestCellValues(t *testing.T) {
	text := func(s string) truth { return truth{Text: s, Kind: "text"} }
	for name, c := range map[string]struct {
		cell string
		want truth
	}{
		"shared string":              {`<c r="A1" t="s"><v>1</v></c>`, text("một")},
		"without reference":          {`<c t="s"><v>1</v></c>`, text("một")},
		"inline string":              {`<c r="A1" t="inlineStr"><is><t xml:space="preserve"> chữ </t></is></c>`, text("chữ")},
		"rich text":                  {`<c r="A1" t="inlineStr"><is><r><t>Bộ </t></r><r><rPr><b/><rFont val="Arial"/></rPr><t xml:space="preserve">Y tế</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></is></c>`, text("Bộ Y tế")},
		"run in a legacy font":       {`<c r="A1" t="inlineStr"><is><r><t>Số </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>hîp</t></r></is></c>`, text("Số hợp")},
		"all runs struck":            {`<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>a</t></r><r><rPr><strike val="1"/></rPr><t>b</t></r></is></c>`, truth{Text: "ab", Kind: "text", Struck: true}},
		"one run struck":             {`<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>a</t></r><r><t>b</t></r></is></c>`, text("ab")},
		"struck style, capital font": {`<c r="A1" s="4" t="inlineStr"><is><t>bé</t></is></c>`, truth{Text: "BỘ", Kind: "text", Struck: true}},
		"tick":                       {`<c r="A1" s="9" t="inlineStr"><is><t>ü</t></is></c>`, text("✓")},
		"control escaped":            {`<c r="A1" t="inlineStr"><is><t>a_x000D_` + "\n" + `b_x005F_x000D_</t></is></c>`, text("a\nb_x000D_")},
		"entities":                   {`<c r="A1" t="inlineStr"><is><t>&lt;&amp;&#272;&#x1ED9;</t></is></c>`, text("<&Độ")},
		"CDATA":                      {`<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>`, text("a<b")},
		"only white space":           {`<c r="A1" t="inlineStr"><is><t>  ` + "\u00A0" + `</t></is></c><c r="B1"><v>1</v></c>`, truth{Kind: "empty"}},
		"text format around":         {`<c r="A1" s="5" t="s"><v>1</v></c>`, text("Tổ một")},
		"formula text":               {`<c r="A1" t="str"><f>A2</f><v>xong</v></c>`, text("xong")},
		"formula with empty text":    {`<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>`, truth{Kind: "empty"}},
		"formula without value":      {`<c r="A1"><f>B1+1</f></c>`, truth{Kind: "empty", Uncached: true}},
		"formula with empty value":   {`<c r="A1"><f>B1+1</f><v/></c>`, truth{Kind: "empty", Uncached: true}},
		"shared formula":             {`<c r="A1"><f t="shared" si="0"/><v>3</v></c>`, truth{Text: "3", Kind: "number", Number: 3}},
		"float noise":                {`<c r="A1"><v>0.30000000000000004</v></c>`, truth{Text: "0,3", Kind: "number", Number: 0.30000000000000004}},
		"large code":                 {`<c r="A1"><v>123456789012</v></c>`, truth{Text: "123456789012", Kind: "number", Number: 123456789012}},
		"exponent":                   {`<c r="A1"><v>1.5E-3</v></c>`, truth{Text: "0,0015", Kind: "number", Number: 0.0015}},
		"number that is none":        {`<c r="A1"><v>Infinity</v></c>`, text("Infinity")},
		"number in text format":      {`<c r="A1" s="3"><v>1.5</v></c>`, truth{Text: "1,5", Kind: "number", Number: 1.5}},
		"true":                       {`<c r="A1" t="b"><v>1</v></c>`, truth{Text: "TRUE", Kind: "bool"}},
		"error":                      {`<c r="A1" t="e"><v>#DIV/0!</v></c>`, truth{Text: "#DIV/0!", Kind: "error"}},
		"built-in date":              {`<c r="A1" s="1"><v>45838</v></c>`, truth{Text: "30/06/2025", Kind: "date", Date: progress.Date{Year: 2025, Month: 6, Day: 30}, Precision: progress.Day}},
		"month":                      {`<c r="A1" s="2"><v>45809</v></c>`, truth{Text: "06/2025", Kind: "date", Date: progress.Date{Year: 2025, Month: 6, Day: 1}, Precision: progress.MonthOnly}},
		"day and month":              {`<c r="A1" s="8"><v>45809</v></c>`, truth{Text: "01/06", Kind: "date", Date: progress.Date{Year: 2025, Month: 6, Day: 1}, Precision: progress.Day}},
		"ISO date":                   {`<c r="A1" s="1" t="d"><v>2025-06-30T00:00:00</v></c>`, truth{Text: "30/06/2025", Kind: "date", Date: progress.Date{Year: 2025, Month: 6, Day: 30}, Precision: progress.Day}},
		"day before the false leap":  {`<c r="A1" s="1"><v>59</v></c>`, truth{Text: "28/02/1900", Kind: "date", Date: progress.Date{Year: 1900, Month: 2, Day: 28}, Precision: progress.Day}},
		"the false leap day":         {`<c r="A1" s="1"><v>60</v></c>`, text("29/02/1900")},
		"day after the false leap":   {`<c r="A1" s="1"><v>61</v></c>`, truth{Text: "01/03/1900", Kind: "date", Date: progress.Date{Year: 1900, Month: 3, Day: 1}, Precision: progress.Day}},
		"zero as date":               {`<c r="A1" s="1"><v>0</v></c>`, text("00/01/1900")},
		"time of day":                {`<c r="A1" s="6"><v>0.5</v></c>`, truth{Text: "12:00", Kind: "number", Number: 0.5}},
		"hours elapsed":              {`<c r="A1" s="7"><v>1.5</v></c>`, truth{Text: "36:00:00", Kind: "number", Number: 1.5}},
		"negative date":              {`<c r="A1" s="1"><v>-1</v></c>`, truth{Text: "-1", Kind: "number", Number: -1}},
		"style that is not there":    {`<c r="A1" s="999"><v>2</v></c>`, truth{Text: "2", Kind: "number", Number: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, craft(rows(`<row r="1">`+c.cell+`</row>`)).zip())
			if len(doc.Blocks) != 1 {
				t.Fatalf("refused: %v", doc.Findings)
			}
			if diff := cmp.Diff(c.want, truthOf(doc.Blocks[0].Table.Rows[0].Cells[0])); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestSameContentInManyWritings reads one small sheet written as different programs would.
func TestSameContentInManyWritings(t *testing.T) {
	plain := craft(rows(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1"><v>5</v></c></row><row r="3"><c r="B3" t="s"><v>0</v></c></row>`))
	sheet, strs := "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	strict := maps.Clone(plain)
	for name, text := range strict {
		strict[name] = strings.NewReplacer(
			"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
		).Replace(text)
	}
	moved := plain.edit("_rels/.rels", "xl/workbook.xml", "/XL/Workbook.XML").with("xl/workbook.xml", "").with("XL/Workbook.XML", plain["xl/workbook.xml"])
	back := plain.with(sheet, "").with(`xl\worksheets\sheet1.xml`, plain[sheet]).edit("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", `worksheets\sheet1.xml`)
	for name, p := range map[string]parts{
		"plain":    plain,
		"strict":   strict,
		"prefixed": plain.with(sheet, `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="C1"><x:v>5</x:v></x:c></x:row><x:row r="3"><x:c r="B3" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`),
		"without references": plain.with(sheet, `<worksheet `+mainNS+`>`+
			rows(`<row><c t="s"><v>1</v></c><c/><c><v>5</v></c></row><row/><row><c/><c t="s"><v>0</v></c></row>`)+`</worksheet>`),
		"byte order mark":           plain.with(sheet, "\uFEFF<?xml version=\"1.0\"?>\r\n"+plain[sheet]),
		"UTF-16":                    plain.with(strs, utf16(plain[strs])),
		"absolute target, any case": moved,
		"back-slashes":              back,
		"rows in disorder": plain.with(sheet, `<worksheet `+mainNS+`>`+
			rows(`<row r="3"><c r="B3" t="s"><v>0</v></c></row><row r="1"><c r="C1"><v>5</v></c><c r="A1" t="s"><v>1</v></c></row>`)+`</worksheet>`),
		"wrong dimension":     plain.edit(sheet, "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`),
		"comment like a row":  plain.edit(sheet, "</sheetData>", "<!-- <row> --></sheetData>"),
		"control with anchor": plain.edit(sheet, "</sheetData>", `</sheetData><controls><anchor xmlns:xdr="x"><from><xdr:row>5</xdr:row></from></anchor></controls>`),
		"trailing formatting": plain.edit(sheet, "</sheetData>", `<row r="9"><c r="H9" s="1"/></row></sheetData>`),
		"fonts of conditions": plain.edit("xl/styles.xml", "<fonts>",
			`<dxfs><dxf><font><strike/></font><numFmt numFmtId="0" formatCode="0.00"/></dxf></dxfs><cellStyleXfs><xf fontId="1"/></cellStyleXfs><fonts>`),
		"styles without cell formats": plain.with("xl/styles.xml", `<styleSheet xml:space="preserve"/>`),
		"unused font and theme":       plain.with("xl/theme/theme1.xml", "<theme/>"),
	} {
		t.Run(name, func(t *testing.T) {
			want := map[string]map[string]truth{"BC": {
				"A1": {Text: "một", Kind: "text"}, "C1": {Text: "5", Kind: "number", Number: 5}, "B3": {Text: "không", Kind: "text"},
			}}
			doc := mustRead(t, p.zip())
			if diff := cmp.Diff(want, filledCells(doc)); diff != "" {
				t.Errorf("-want +got:\n%s\n%v", diff, doc.Findings)
			}
			if len(doc.Blocks) == 1 && (len(doc.Blocks[0].Table.Rows) != 3 || len(doc.Blocks[0].Table.Rows[1].Cells) != 3) {
				t.Error("the table is not three by three")
			}
		})
	}
}

func utf16(s string) string {
	out := []byte{0xFF, 0xFE}
	for _, r := range s { // no character here is beyond the first plane
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestRefusals(t *testing.T) {
	good := craft(rows(`<row r="1"><c r="A1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row>`))
	sheet := "xl/worksheets/sheet1.xml"
	twice := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range slices.Sorted(maps.Keys(good)) {
			f, _ := w.Create(name)
			f.Write([]byte(good[name]))
		}
		f, _ := w.Create("XL/worksheets/SHEET1.xml")
		f.Write([]byte(good[sheet]))
		w.Close()
		return b.Bytes()
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"sheet cut off":            {good.edit(sheet, "</row></sheetData></worksheet>", "").zip(), "damaged"},
		"sheet ends early":         {good.edit(sheet, "</worksheet>", "").zip(), "damaged"},
		"tags crossed":             {good.edit(sheet, "</v></c>", "</c></v>").zip(), "damaged"},
		"something after the end":  {good.edit(sheet, "</worksheet>", "</worksheet><row/>").zip(), "damaged"},
		"not UTF-8":                {good.edit("xl/sharedStrings.xml", "không", "kh\xF4ng").zip(), "damaged"},
		"control character":        {good.edit("xl/sharedStrings.xml", "không", "kh\x00ng").zip(), "damaged"},
		"unknown entity":           {good.edit("xl/sharedStrings.xml", "không", "&nbsp;").zip(), "damaged"},
		"document type":            {good.with(sheet, `<!DOCTYPE worksheet [<!ENTITY a "b">]>`+good[sheet]).zip(), "damaged"},
		"string that is not there": {good.edit(sheet, "<v>1</v>", "<v>2</v>").zip(), "damaged"},
		"strings missing":          {good.with("xl/sharedStrings.xml", "").zip(), "damaged"},
		"strings empty":            {good.with("xl/sharedStrings.xml", "<sst/>").zip(), "damaged"},
		"styles missing":           {good.with("xl/styles.xml", "").zip(), "damaged"},
		"styles cut off":           {good.edit("xl/styles.xml", "</styleSheet>", "").zip(), "damaged"},
		"sheet missing":            {good.with(sheet, "").zip(), "damaged"},
		"relationships missing":    {good.with("xl/_rels/workbook.xml.rels", "").zip(), "damaged"},
		"workbook missing":         {good.with("xl/workbook.xml", "").zip(), "damaged"},
		"content types missing":    {good.with("[Content_Types].xml", "").zip(), "damaged"},
		"part twice":               {twice(), "damaged"},
		"name leaves the package":  {good.with("../a.xml", "<a/>").zip(), "damaged"},
		"absolute name":            {good.with("/a.xml", "<a/>").zip(), "damaged"},
		"sheet listed twice":       {listed(good, `<sheet name="B2" sheetId="2" r:id="rId1"/>`).zip(), "damaged"},
		"strings listed twice":     {related(good, "rId9", "sharedStrings", "sharedStrings.xml").zip(), "damaged"},
		"sheet without relationship": {related(listed(good, `<sheet name="B2" sheetId="2" r:id=""/>`), "rId9", "worksheet", "worksheets/sheet2.xml").
			with("xl/worksheets/sheet2.xml", good[sheet]).zip(), "damaged"},
		"number format without end":   {good.edit("xl/styles.xml", "mm/yyyy", "0"+strings.Repeat("%", 5000)).zip(), "damaged"},
		"row beyond the sheet":        {craft(rows(`<row r="200000000"><c><v>1</v></c></row>`)).zip(), "damaged"},
		"row 0":                       {craft(rows(`<row r="0"><c><v>1</v></c></row>`)).zip(), "damaged"},
		"row twice":                   {craft(rows(`<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>`)).zip(), "damaged"},
		"cell twice":                  {craft(rows(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`)).zip(), "damaged"},
		"cell of another row":         {craft(rows(`<row r="1"><c r="A2"><v>1</v></c></row>`)).zip(), "damaged"},
		"cell beyond the last column": {craft(rows(`<row r="1"><c r="XFE1"><v>1</v></c></row>`)).zip(), "damaged"},
		"every column on many rows":   {craft(rows(wideRows(60))).zip(), "too_many_columns"},
		"no sheet":                    {good.edit("xl/workbook.xml", `<sheet name="BC" sheetId="1" r:id="rId1"/>`, "").zip(), "no_sheet"},
		"a chart alone":               {good.edit("xl/_rels/workbook.xml.rels", "relationships/worksheet", "relationships/chartsheet").zip(), "no_sheet"},
		"nothing in any cell":         {craft(rows(`<row r="1"><c r="A1" s="1"/></row>`)).zip(), "no_sheet"},
		"binary workbook":             {good.edit("_rels/.rels", "xl/workbook.xml", "xl/workbook.bin").with("xl/workbook.bin", "\x83\x01").zip(), "binary_workbook"},
		"bomb":                        {good.with("xl/media/image1.png", strings.Repeat("\x00", 70<<20)).zip(), "too_big"},
		"dense small bomb":            {good.with("xl/media/image1.png", strings.Repeat("\x00", 8<<20)).zip(), "too_big"},
		"not a ZIP file":              {[]byte("PK\x03\x04 and nothing more"), "damaged"},
		"empty file":                  {nil, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, c.data)
			if len(doc.Blocks) != 0 || len(doc.Findings) != 1 {
				t.Fatalf("%d blocks, findings %v", len(doc.Blocks), doc.Findings)
			}
			f := doc.Findings[0]
			if f.Rule != "F06" || f.Severity != progress.SeverityError || f.Variant != c.want {
				t.Errorf("%s.%s %s; want F06.%s error", f.Rule, f.Variant, f.Severity, c.want)
			}
		})
	}
}

// wideRows are n rows with a cell in every eighth column.
func wideRows(n int) string {
	var b strings.Builder
	for row := 1; row <= n; row++ {
		fmt.Fprintf(&b, `<row r="%d">`, row)
		for column := 1; column <= sheetColumns; column += 8 {
			fmt.Fprintf(&b, `<c r="%s"><v>1</v></c>`, grid.CellName(row, column))
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}

func TestLimits(t *testing.T) {
	data := craft(rows(`<row r="1"><c><v>1</v></c><c><v>2</v></c></row><row r="2"><c><v>1</v></c></row>`)).zip()
	for name, c := range map[string]struct {
		limits Limits
		want   string
	}{
		"at the limit": {Limits{Rows: 2, Columns: 2, Cells: 4, Text: 3}, ""},
		"rows":         {Limits{Rows: 1}, "too_many_rows"},
		"columns":      {Limits{Columns: 1}, "too_many_columns"},
		"cells":        {Limits{Cells: 3}, "too_many_cells"},
		"text":         {Limits{Text: 2}, "output"},
		"parts":        {Limits{Archive: archive.Limits{Entries: 6}}, "too_many_entries"},
		"one part":     {Limits{Archive: archive.Limits{Part: 300}}, "too_big"},
		"all parts":    {Limits{Archive: archive.Limits{Total: 1000}}, "too_big"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(data, c.limits)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(doc.Findings) == 1 {
				said(t, doc.Findings[0])
				got = doc.Findings[0].Variant
				if strings.HasPrefix(got, "too_many_c") && doc.Findings[0].Origin.Sheet != "BC" {
					t.Errorf("refused at %q; want the sheet", doc.Findings[0].Origin)
				}
			}
			if got != c.want {
				t.Errorf("refused as %q; want %q", got, c.want)
			}
		})
	}
}

func TestFarAndEmpty(t *testing.T) {
	for name, c := range map[string]struct {
		worksheet string
		rows      int
		columns   int
		findings  []string
	}{
		"stray cell at the end of the sheet": {
			rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>`),
			3, 3, []string{"F13.stray BC!XFD1048576"}},
		"a cell in the last column of 20,000 rows": {
			rows(lastColumn(20_000)), 20_000, 3, []string{"F13.stray BC!XFD1"}},
		"a gap that is not far": {
			rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="102"><c r="AP102"><v>2</v></c></row>`),
			102, 42, nil},
		"formatted to the end": {
			rows(`<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576" s="1"/></row>`),
			1, 1, []string{"F13.formatted BC"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := mustRead(t, craft(c.worksheet).zip())
			if diff := cmp.Diff(c.findings, found(doc)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			table := doc.Blocks[0].Table
			if len(table.Rows) != c.rows || len(table.Rows[0].Cells) != c.columns {
				t.Errorf("table %d by %d; want %d by %d", len(table.Rows), len(table.Rows[0].Cells), c.rows, c.columns)
			}
		})
	}
}

func lastColumn(n int) string {
	var b strings.Builder
	for row := 1; row <= n; row++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>`, row, row, row)
	}
	return b.String()
}

func TestMergedCells(t *testing.T) {
	sheet := rows(`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>`+
		`<row r="2"><c r="A2"><v>4</v></c><c r="C2"><v>6</v></c></row>`) +
		`<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B1:C1"/><mergeCell ref="C2:F9"/><mergeCell ref="H1:J4"/></mergeCells>`
	doc := mustRead(t, craft(sheet).zip())
	var got []string
	for _, row := range doc.Blocks[0].Table.Rows {
		for _, c := range row.Cells {
			got = append(got, fmt.Sprintf("%s %s %dx%d %v", c.Origin.Cell, c.Text, c.RowSpan, c.ColSpan, c.Covered))
		}
	}
	want := []string{ // B1:C1 overlaps A1:B2; C2:F9 and H1:J4 go beyond what the sheet holds
		"A1 1 2x2 false", "B1  0x0 true", "C1 3 0x0 false",
		"A2  0x0 true", "B2  0x0 true", "C2 6 0x0 false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"F12.covered BC"}, found(doc)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if f := doc.Findings[0].Facts; f["count"] != "2" || f["found"] != "B1" {
		t.Errorf("covered data: %v; want 2 cells, B1 the first", f)
	}
}

func TestNotesAboutTheFile(t *testing.T) {
	p := craft(rows(`<row r="1"><c r="A1"><v>1</v></c></row>`))
	p = p.edit("xl/_rels/workbook.xml.rels", "</Relationships>",
		`<Relationship Id="rId8" Type="`+relURL+`externalLink" Target="externalLinks/externalLink1.xml"/>`+
			`<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`)
	if diff := cmp.Diff([]string{"F15.external", "F06.macro"}, found(mustRead(t, p.zip()))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestHostileSizesStayQuick reads what is small as a file and large as a sheet. Slow means minutes here, so the
// bound is generous to a busy machine.
func TestHostileSizesStayQuick(t *testing.T) {
	var merges, empty, spans, pieces strings.Builder
	for i := 1; i <= 50_000; i++ {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:XFD%d"/><mergeCell ref="A1:XFD1048576"/>`, i, i)
		fmt.Fprintf(&spans, `<col min="1" max="16384" hidden="1"/>`)
		pieces.WriteString(`a<!---->`)
	}
	for i := 1; i <= 1_048_576; i++ {
		fmt.Fprintf(&empty, `<row r="%d" s="1" customFormat="1"/>`, i)
	}
	data := rows(lastColumn(2000))
	for name, worksheet := range map[string]string{
		"merges":         data + `<mergeCells>` + merges.String() + `</mergeCells>`,
		"empty rows":     rows(`<row r="1"><c r="A1"><v>1</v></c></row>` + strings.TrimPrefix(empty.String(), `<row r="1" s="1" customFormat="1"/>`)),
		"columns":        `<cols>` + spans.String() + `</cols>` + data,
		"text in pieces": rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + pieces.String() + `</t></is></c></row>`),
	} {
		t.Run(name, func(t *testing.T) {
			data := craft(worksheet).zip()
			start := time.Now()
			doc := mustRead(t, data)
			if took := time.Since(start); took > 20*time.Second || len(doc.Blocks) != 1 {
				t.Errorf("took %v; %v", took, doc.Findings)
			}
		})
	}
}
