package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
	"testing"
)

// parts is a workbook taken apart with the standard library alone, so that nothing of the library that wrote it
// helps to read it.
type parts map[string][]byte

func unpack(t testing.TB, data []byte) parts {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := parts{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err) // a wrong checksum arrives here
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("part %s stands twice in the container", f.Name)
		}
		out[f.Name] = b
	}
	return out
}

func (p parts) decode(t testing.TB, name string, into any) {
	t.Helper()
	if err := xml.Unmarshal(p[name], into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

type relationships struct {
	Relationship []struct {
		ID         string `xml:"Id,attr"`
		Type       string `xml:",attr"`
		Target     string `xml:",attr"`
		TargetMode string `xml:",attr"`
	}
}

// rels leads from relationship ids of a part to parts.
func (p parts) rels(t testing.TB, name string) map[string]string {
	t.Helper()
	relsName := path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")
	out := map[string]string{}
	if p[relsName] == nil {
		return out
	}
	var r relationships
	p.decode(t, relsName, &r)
	for _, rel := range r.Relationship {
		target := rel.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(name), target)
		}
		out[rel.ID] = strings.TrimPrefix(target, "/")
	}
	return out
}

type workbookXML struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		RID  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
	DefinedNames []struct {
		Name  string `xml:"name,attr"`
		Local string `xml:"localSheetId,attr"`
		Text  string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

// sheets leads from the names of sheets, in order, to their parts.
func (p parts) sheets(t testing.TB) (names []string, part map[string]string) {
	t.Helper()
	var wb workbookXML
	p.decode(t, "xl/workbook.xml", &wb)
	rels := p.rels(t, "xl/workbook.xml")
	part = map[string]string{}
	for _, s := range wb.Sheets {
		names = append(names, s.Name)
		part[s.Name] = rels[s.RID]
	}
	return names, part
}

type worksheetXML struct {
	Dimension struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Rows []struct {
		R     int `xml:"r,attr"`
		Cells []struct {
			R       string  `xml:"r,attr"`
			T       string  `xml:"t,attr"`
			S       int     `xml:"s,attr"`
			V       string  `xml:"v"`
			Text    string  `xml:"is>t"`
			Formula *string `xml:"f"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Merges []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Links []struct {
		Ref      string `xml:"ref,attr"`
		Location string `xml:"location,attr"`
		RID      string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"hyperlinks>hyperlink"`
	Tables []struct {
		RID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"tableParts>tablePart"`
}

// shown is a cell as it was read back: its text, or the digits of its number, and whether its words are marked as words.
type shown struct {
	text   string
	number string
	quoted bool
}

// cells reads every cell of the workbook, by place.
func (p parts) cells(t testing.TB) map[Place]shown {
	t.Helper()
	out := map[Place]shown{}
	var looks struct {
		Xfs []struct {
			Quoted bool `xml:"quotePrefix,attr"`
		} `xml:"cellXfs>xf"`
	}
	p.decode(t, "xl/styles.xml", &looks)
	names, part := p.sheets(t)
	for _, name := range names {
		var ws worksheetXML
		p.decode(t, part[name], &ws)
		for _, row := range ws.Rows {
			for _, c := range row.Cells {
				out[Place{name, c.R}] = shown{text: c.Text, number: c.V, quoted: c.S < len(looks.Xfs) && looks.Xfs[c.S].Quoted}
			}
		}
	}
	return out
}
