package workbook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listed returns the workbook with a sheet more in its list.
func listed(p parts, sheet string) parts {
	return p.edit("xl/workbook.xml", "</sheets>", sheet+"</sheets>")
}

// related returns the workbook with a relationship more of its workbook part.
func related(p parts, id, kind, target string) parts {
	return p.edit("xl/_rels/workbook.xml.rels", "</Relationships>",
		`<Relationship Id="`+id+`" Type="`+relURL+kind+`" Target="`+target+`"/></Relationships>`)
}

// TestSheetsWithoutCells reads a workbook that has, beside its table, a sheet with buttons alone, whose places speak
// of rows of their own, and a module of macros, which stands in no part.
func TestSheetsWithoutCells(t *testing.T) {
	p := craft(rows(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`))
	p = listed(p, `<sheet name="Nút" sheetId="2" r:id="rId8"/><sheet name="Module1" sheetId="3" state="veryHidden" r:id=""/>`)
	p = related(p, "rId8", "worksheet", "worksheets/sheet2.xml").with("xl/worksheets/sheet2.xml", `<worksheet `+mainNS+` xmlns:xdr="x"><sheetData/>`+
		`<controls><control><controlPr><anchor><from><xdr:row>6</xdr:row></from><to><xdr:row>7</xdr:row></to></anchor></controlPr></control></controls></worksheet>`)
	want := map[string]map[string]truth{"BC": {"A1": {Text: "một", Kind: "text"}}}
	doc := mustRead(t, p.zip())
	if diff := cmp.Diff(want, filledCells(doc)); diff != "" || len(doc.Findings) > 0 {
		t.Errorf("-want +got:\n%s\n%v", diff, doc.Findings)
	}
}

// TestStringInSeveralStyles shows one shared string in cells of different styles by turns.
func TestStringInSeveralStyles(t *testing.T) {
	p := craft(rows(`<row r="1"><c t="s"><v>1</v></c><c t="s" s="5"><v>1</v></c><c t="s"><v>1</v></c><c t="s" s="5"><v>1</v></c></row>`))
	want := map[string]map[string]truth{"BC": {
		"A1": {Text: "một", Kind: "text"}, "B1": {Text: "Tổ một", Kind: "text"},
		"C1": {Text: "một", Kind: "text"}, "D1": {Text: "Tổ một", Kind: "text"},
	}}
	if diff := cmp.Diff(want, filledCells(mustRead(t, p.zip()))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
