package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// refusedWhole reports whether nothing was read and one error says why.
func refusedWhole(doc grid.Document) bool {
	return len(doc.Blocks) == 0 && len(doc.Findings) == 1 && doc.Findings[0].Severity == progress.SeverityError
}

// TestDamagedFileIsRefusedOrWhole flips bytes of a workbook and cuts it off. What is still read must be all of it.
func TestDamagedFileIsRefusedOrWhole(t *testing.T) {
	for _, name := range []string{"return.xlsx", "return-libreoffice.xlsx"} {
		whole := load(t, name)
		want := mustRead(t, whole)
		check := func(what string, at int, mutant []byte) {
			doc := mustRead(t, mutant)
			if !refusedWhole(doc) && !cmp.Equal(want.Blocks, doc.Blocks) {
				t.Errorf("%s: %s at byte %d is read as something else", name, what, at)
			}
		}
		for at := 0; at < len(whole); at += 5 {
			mutant := bytes.Clone(whole)
			mutant[at] ^= 1 << (at % 8)
			check("one bit flipped", at, mutant)
			mutant[at] = ^whole[at]
			check("all bits flipped", at, mutant)
		}
		for at := 0; at < len(whole); at += 50 {
			check("cut off", at, whole[:at])
		}
	}
}

// TestPartCutOffIsRefused cuts off the parts themselves, in a package that is in order.
func TestPartCutOffIsRefused(t *testing.T) {
	p := unpack(t, load(t, "return-libreoffice.xlsx"))
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} {
		text := strings.TrimRight(p[name], " \r\n")
		if text == "" {
			t.Fatalf("%s is not in the fixture", name)
		}
		for at := 1; at < len(text); at += 1 + len(text)/150 {
			if doc := mustRead(t, p.with(name, text[:at]).zip()); !refusedWhole(doc) {
				t.Errorf("%s cut off at %d of %d is read", name, at, len(text))
			}
		}
	}
}

func unpack(t *testing.T, data []byte) parts {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := parts{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p[f.Name] = string(text)
	}
	return p
}

// checkShape holds what must be true of whatever is read.
func checkShape(t *testing.T, doc grid.Document) {
	t.Helper()
	if len(doc.Blocks) == 0 && !refusedWhole(doc) {
		t.Fatalf("nothing read and not refused: %v", doc.Findings)
	}
	for _, b := range doc.Blocks {
		for _, row := range b.Table.Rows {
			if len(row.Cells) != len(b.Table.Rows[0].Cells) {
				t.Fatal("the table is no rectangle")
			}
			for _, c := range row.Cells {
				if c.Text != strings.TrimSpace(c.Text) || c.Origin.Cell == "" || c.Covered && filled(c) {
					t.Fatalf("cell %+v", c)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range []parts{
		craft(rows(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`)),
		craft(rows(`<row r="1"><c r="A1" s="1"><v>45838</v></c></row>`) + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`),
	} {
		f.Add(p.zip())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(data, Limits{Cells: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		checkShape(t, doc)
	})
}

func FuzzSheet(f *testing.F) {
	f.Add(rows(`<row r="1" hidden="1"><c r="A1" t="s"><v>1</v></c><c t="inlineStr"><is><r><t>x</t></r></is></c></row>`), "General")
	f.Add(`<cols><col min="1" max="2" hidden="1"/></cols>`+rows(`<row><c s="5"><f>A1</f><v>45838.5</v></c></row>`)+
		`<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="A2:C9"/></mergeCells>`, "[$-42A]dd/mm/yyyy;@")
	f.Fuzz(func(t *testing.T, worksheet, code string) {
		p := craft(worksheet).edit("xl/styles.xml", `&quot;Tổ &quot;@`, strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(code))
		doc, err := Read(p.zip(), Limits{Cells: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		checkShape(t, doc)
	})
}

func FuzzFormat(f *testing.F) {
	for _, code := range []string{"General", "0.00", `#,##0.0,,;[Red]-0;"-";@`, "[h]:mm:ss", "[$-42A]dd mmmm yyyy", `[>=1000]0," k";0`, "# ??/??", "0.0E+0"} {
		f.Add(code, 1234.5)
	}
	f.Fuzz(func(t *testing.T, code string, v float64) {
		var c grid.Cell
		parseFormat(code).show(&c, v, false)
		if c.Kind == grid.Empty {
			t.Errorf("%g as %q is shown as nothing at all", v, code)
		}
	})
}
