package pdf

import (
	"fmt"
	"testing"
)

// Every parser of foreign bytes ends, and without a panic; what it makes of them is bounded. FuzzRead goes through all of them together.

func FuzzLexer(f *testing.F) {
	for _, s := range []string{"<</A[1 -2.5 (x\\(y\\)\\101)]/B<48 65>>>", "BT /F1 12 Tf (a) Tj ET", "[[[", "<<<<", "(((", "1 0 R", "%c\n/N#20"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := lexer{data: data}
		for n := 0; ; n++ {
			if _, ok := l.next(); !ok {
				break
			}
			if n > 2*len(data)+2 {
				t.Fatal("more tokens than bytes")
			}
		}
	})
}

func FuzzCMap(f *testing.F) {
	f.Add([]byte("1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0041> <1EC7> endbfchar 1 beginbfrange <0050> <0060> <0061> endbfrange"))
	f.Add([]byte("1 begincidrange <00> <ff> 3 endcidrange /WMode 1 def"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		m := parseCMap(data)
		for _, s := range [][]byte{{0}, {0, 0x41}, {0xff, 0xff, 1, 2}} {
			c, _ := m.next(s)
			m.text(c)
			m.cid(c)
		}
	})
}

// FuzzContent interprets content on a page with a font, a form and a layer.
func FuzzContent(f *testing.F) {
	for _, s := range []string{"BT /F1 12 Tf 20 100 Td (a) Tj ET", "q 1 0 0 1 0 0 cm /X1 Do Q", "/OC /L BDC EMC EMC", "BI /W 1 ID x EI", "0 0 10 10 re f 3 Tr", "[(a) -200 (b)] TJ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		doc, err := Read(page(content, streamObject("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", content)), Limits{})
		if err != nil || len(doc.Blocks) > 0 && len(doc.Findings) > 0 && doc.Findings[0].Severity == "error" && doc.Findings[0].Rule == "F06" {
			t.Fatalf("half refused: %v %v", err, doc.Findings)
		}
	})
}

// FuzzFilters decodes content through every filter, with and without a predictor.
func FuzzFilters(f *testing.F) {
	f.Add([]byte("4254202F46312031322054662028612920546A204554>"), 0)
	f.Add([]byte("<~6<#'\\7PQ#@1a#b0+>GQ(+?(u.+B2ko-qIocCi:FtDfTZ).9(%)78s~>"), 1)
	f.Add([]byte{0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01}, 2)
	f.Add([]byte{4, 'B', 'T', ' ', 'E', 'T', 254, 'x', 128}, 3)
	f.Add([]byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1}, 4)
	filters := []string{"/ASCIIHexDecode", "/ASCII85Decode", "/LZWDecode", "/RunLengthDecode", "/FlateDecode"}
	f.Fuzz(func(t *testing.T, data []byte, kind int) {
		name := filters[uint(kind)%uint(len(filters))]
		for _, parms := range []string{"", "/DecodeParms<</Predictor 12/Columns 4>>", "/DecodeParms<</Predictor 2/Columns 3/Colors 3>>"} {
			entries := fmt.Sprintf("<</Filter%s%s/Length %d>>stream\n%s\nendstream", name, parms, len(data), data)
			if _, err := Read(pageWith(entries), Limits{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}
