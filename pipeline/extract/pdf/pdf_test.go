package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// page makes a PDF with one page of 300 × 200 points, that content, and Helvetica as /F1.
func page(content string, more ...string) []byte {
	return pageWith(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content), more...)
}

func pageWith(contents string, more ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	objects := append([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>",
		contents,
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
	}, more...)
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer\n<</Root 1 0 R>>\n%%EOF\n")
	return b.Bytes()
}

func texts(doc grid.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		if b.Table == nil {
			out = append(out, b.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, c.Text)
			}
			out = append(out, strings.Join(cells, " | "))
		}
	}
	return out
}

// TestText reads what the operators of a content stream draw.
func TestText(t *testing.T) {
	tests := map[string]struct {
		file []byte
		want []string
	}{
		"plain": {page("BT /F1 12 Tf 20 100 Td (Hello world) Tj ET"), []string{"Hello world"}},
		"octal and escapes": {page(`BT /F1 12 Tf 20 100 Td (A\(b\)\101\
C) Tj ET`), []string{"A(b)AC"}},
		"hexadecimal":             {page("BT /F1 12 Tf 20 100 Td <48 65 6C6C6F> Tj ET"), []string{"Hello"}},
		"space by distance":       {page("BT /F1 12 Tf 20 100 Td [(to) -400 (day)] TJ ET"), []string{"to day"}},
		"no space by kerning":     {page("BT /F1 12 Tf 20 100 Td [(to) -80 (day)] TJ ET"), []string{"today"}},
		"next line":               {page("BT /F1 12 Tf 14 TL 20 100 Td (one) Tj T* (two) Tj (three) ' ET"), []string{"one", "two", "three"}},
		"order of drawing":        {page("BT /F1 12 Tf 20 50 Td (below) Tj 0 40 Td (above) Tj ET"), []string{"above", "below"}},
		"printed twice for bold":  {page("BT /F1 12 Tf 20 100 Td (bold) Tj ET BT /F1 12 Tf 20.3 100 Td (bold) Tj ET"), []string{"bold"}},
		"twice the same letter":   {page("BT /F1 12 Tf 20 100 Td (Hill) Tj ET"), []string{"Hill"}},
		"outside the page":        {page("BT /F1 12 Tf 20 100 Td (in) Tj 400 0 Td (out) Tj ET"), []string{"in"}},
		"stack underflow":         {page("Q Q BT /F1 12 Tf 20 100 Td (still) Tj ET Q"), []string{"still"}},
		"operators without words": {page("Tj TJ Tf 1 Tm cm BT /F1 12 Tf 20 100 Td (still) Tj ET"), []string{"still"}},
		"inline image skipped":    {page("BI /W 1 /H 1 /BPC 8 /CS /G ID (EI \x00) EI Q BT /F1 12 Tf 20 100 Td (after) Tj ET"), []string{"after"}},
		"unclosed string":         {page("BT /F1 12 Tf 20 100 Td (open) Tj (never closed"), []string{"open"}},
		"form": {
			page("q 1 0 0 1 10 20 cm /X1 Do Q BT /F1 12 Tf 20 20 Td (page) Tj ET",
				"<</Type/XObject/Subtype/Form/BBox[0 0 200 100]/Matrix[1 0 0 1 0 50]/Length 36>>stream\nBT /F1 12 Tf 20 50 Td (form) Tj ET Q\nendstream"),
			[]string{"form", "page"},
		},
		"replacement text": {page("BT /F1 12 Tf 20 100 Td /Span <</ActualText <FEFF1EC7>>> BDC (e) Tj (x) Tj EMC (n) Tj ET"), []string{"ện"}},
		"junk before and behind": {
			append(append([]byte("HTTP/1.1 200 OK\r\n\r\n"), page("BT /F1 12 Tf 20 100 Td (kept) Tj ET")...), bytes.Repeat([]byte("\x00junk"), 500)...),
			[]string{"kept"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(tt.file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, texts(doc)); diff != "" {
				t.Errorf("text (-want +got):\n%s%v", diff, doc.Findings)
			}
		})
	}
}

// TestUnicode reads fonts by their maps, encodings and glyph names.
func TestUnicode(t *testing.T) {
	composite := func(cmap string) []byte {
		return page("BT /F2 12 Tf 20 100 Td <00411EC700E0> Tj ET",
			"null", fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(cmap), cmap),
			"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</Subtype/CIDFontType2/DW 600>>]>>")
	}
	simple := func(encoding string) []byte {
		return page("BT /F2 12 Tf 20 100 Td <414243> Tj ET", "null", "null",
			"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 65/Widths[600 600 600]/Encoding<</Differences[65 "+encoding+"]>>>>")
	}
	tests := map[string]struct {
		file []byte
		want string
	}{
		// One range over all codes, as gofpdf, TCPDF and mPDF write it: the carry goes into the high byte.
		"range with carry": {composite("1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange"), "Aệà"},
		"single codes":     {composite("1 begincodespacerange <0000> <FFFF> endcodespacerange 3 beginbfchar <0041> <0054> <1EC7> <00660069> <00E0> <D83DDE00> endbfchar"), "Tfi😀"},
		"range of a list":  {composite("1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0041> <0041> [<0041>] <00E0> <00E1> [<0042> <0043>] endbfrange 1 beginbfchar <1EC7> <1EC7> endbfchar"), "AệB"},
		"glyph names":      {simple("/uni1EA1 /ohorndotbelow /Dcroat"), "ạợĐ"},
		"names with parts": {simple("/f_i /a.alt /acircumflexhookabove"), "fiaẩ"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			file := bytes.Replace(tt.file, []byte("/F1 5 0 R"), []byte("/F1 5 0 R/F2 8 0 R"), 1)
			doc, err := Read(file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.want}, texts(doc)); diff != "" {
				t.Errorf("text (-want +got):\n%s%v", diff, doc.Findings)
			}
		})
	}
}

// deflated is a content stream that inflates to n spaces.
func deflated(n int) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(bytes.Repeat([]byte(" "), n)) // a buffer takes everything
	_ = w.Close()
	return fmt.Sprintf("<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream", b.Len(), b.String())
}

// TestRefusals lists what is refused, and why.
func TestRefusals(t *testing.T) {
	plain := page("BT /F1 12 Tf 20 100 Td (Hello world) Tj ET")
	image := "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream"
	loop := "<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<</XObject<</X1 6 0 R>>>>/Length 23>>stream\n/X1 Do /X1 Do /X1 Do   \nendstream"
	tests := map[string]struct {
		file    []byte
		limits  Limits
		variant string
		page    int
	}{
		"empty":                 {nil, Limits{}, "damaged", 0},
		"no PDF":                {[]byte("<html>not here</html>"), Limits{}, "damaged", 0},
		"no page":               {bytes.Replace(plain, []byte("[3 0 R]"), []byte("[]"), 1), Limits{}, "damaged", 0},
		"page missing":          {bytes.Replace(plain, []byte("[3 0 R]"), []byte("[9 0 R]"), 1), Limits{}, "damaged", 0},
		"fewer pages than told": {bytes.Replace(plain, []byte("/Count 1"), []byte("/Count 2"), 1), Limits{}, "damaged", 0},
		"content missing":       {bytes.Replace(plain, []byte("/Contents 4 0 R"), []byte("/Contents 9 0 R"), 1), Limits{}, "damaged", 0},
		"page tree in a loop":   {bytes.Replace(plain, []byte("[3 0 R]"), []byte("[2 0 R]"), 1), Limits{}, "over_limits", 0},
		"form in itself":        {page("/X1 Do", loop), Limits{}, "over_limits", 1},
		"too many operators":    {page(strings.Repeat("q Q ", 1000)), Limits{Operators: 500}, "over_limits", 1},
		"too many states":       {page(strings.Repeat("q ", 1000)), Limits{}, "over_limits", 1},
		"too many glyphs":       {page("BT /F1 12 Tf 20 100 Td " + strings.Repeat("(aaaaaaaaaa) Tj ", 100) + "ET"), Limits{Glyphs: 15}, "over_limits", 1},
		"damaged content":       {pageWith("<</Length 12/Filter/FlateDecode>>stream\nnot deflated\nendstream"), Limits{}, "damaged_page", 1},
		"unknown filter":        {pageWith("<</Length 12/Filter/XYDecode>>stream\nnot deflated\nendstream"), Limits{}, "damaged", 0},
		"bomb":                  {pageWith(deflated(DefaultLimits.Stream + 1)), Limits{}, "over_limits", 1},
		"nested arrays":         {page(strings.Repeat("[", 1_000_000)), Limits{}, "empty", 0},
		"scan":                  {page("/X1 Do", image), Limits{}, "scan", 1},
		"nothing on it":         {page("0 0 m 10 10 l S"), Limits{}, "empty", 0},
		"undecodable text":      {page("BT /F9 12 Tf 20 100 Td (\x01\x02\x03) Tj ET"), Limits{}, "bad_text", 1},
		"wrongly decoded":       {page("BT /F1 12 Tf 20 100 Td (Th\xbfi h\xbfn ho\xe0n th\xe0nh) Tj ET"), Limits{}, "bad_text", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(tt.file, tt.limits)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc.Blocks) > 0 || len(doc.Findings) != 1 {
				t.Fatalf("%d blocks, findings %v; expected a refusal", len(doc.Blocks), doc.Findings)
			}
			f := doc.Findings[0]
			if f.Rule != "F06" || f.Severity != progress.SeverityError || f.Variant != tt.variant || f.Origin.Page != tt.page {
				t.Errorf("%+v; expected F06.%s of page %d", f, tt.variant, tt.page)
			}
		})
	}
}

// TestPassword refuses files of qpdf that open with a password only.
func TestPassword(t *testing.T) {
	for _, name := range []string{"password", "password_rc4"} {
		doc := readFile(t, "testdata/err/"+name+".pdf")
		if len(doc.Blocks) != 0 || len(doc.Findings) != 1 || doc.Findings[0].Variant != "encrypted" {
			t.Errorf("%s: %d blocks, %v; expected F06.encrypted alone", name, len(doc.Blocks), doc.Findings)
		}
	}
}

// TestFindings lists what is read, and marked.
func TestFindings(t *testing.T) {
	image := "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream"
	old := "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+.VnTime/Encoding/WinAnsiEncoding/FirstChar 32/Widths[" + strings.Repeat("600 ", 224) + "]>>"
	tests := map[string]struct {
		file []byte
		want []string // text, then findings
	}{
		"hidden text of a scan":  {page("/X1 Do BT 3 Tr /F1 12 Tf 20 100 Td (Recognised) Tj ET", image), []string{"Recognised", "F06.ocr_layer note"}},
		"text cut off by a cell": {page("q 0 90 100 30 re W n BT /F1 12 Tf 20 100 Td (Seen) Tj 200 0 Td (unseen) Tj ET Q"), []string{"Seen", "F06.cut_off note"}},
		"TCVN3": {
			bytes.Replace(page("BT /F2 12 Tf 20 100 Td (Bé Khoa h\xe4c) Tj ET", "null", old), []byte("/F1 5 0 R"), []byte("/F1 5 0 R/F2 7 0 R"), 1),
			[]string{"Bộ Khoa học", "F14.tcvn3 note"},
		},
		"from top to bottom": {
			bytes.Replace(page("BT /F2 12 Tf 20 100 Td <0041> Tj ET", "null", "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniJIS-UTF16-V/DescendantFonts[<</DW 1000>>]>>"),
				[]byte("/F1 5 0 R"), []byte("/F1 5 0 R/F2 7 0 R"), 1),
			[]string{"F06.vertical error"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(bytes.ReplaceAll(tt.file, []byte("é"), []byte{0xe9}), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got := texts(doc)
			for _, f := range doc.Findings {
				got = append(got, fmt.Sprintf("%s.%s %s", f.Rule, f.Variant, f.Severity))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("text and findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOverlap marks rows that are printed over each other.
func TestOverlap(t *testing.T) {
	doc := readFile(t, "testdata/calc_overflow.pdf")
	if len(doc.Findings) != 1 || doc.Findings[0].Variant != "overlap" || doc.Findings[0].Origin.Page != 1 {
		t.Errorf("%v; expected F06.overlap of page 1", doc.Findings)
	}
}

// TestMutants changes bytes of sound files: each mutant is read or refused, in time, and what is read is text.
func TestMutants(t *testing.T) {
	seeds, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(seeds) == 0 {
		t.Fatal("no seeds", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	rounds := 12
	if testing.Short() {
		rounds = 2
	}
	for _, file := range seeds {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for range rounds {
			checkMutant(t, file, mutate(r, data))
		}
	}
}

func mutate(r *rand.Rand, data []byte) []byte {
	out := bytes.Clone(data)
	for range 1 + r.IntN(8) {
		at := r.IntN(len(out))
		switch r.IntN(4) {
		case 0:
			out[at] = byte(r.IntN(256))
		case 1:
			out = append(out[:at], out[min(len(out), at+1+r.IntN(200)):]...)
		case 2:
			piece := bytes.Clone(out[at:min(len(out), at+r.IntN(300))])
			out = append(out[:at:at], append(piece, out[at:]...)...)
		case 3:
			for i := at; i < len(out) && i < at+40; i++ {
				if out[i] >= '0' && out[i] <= '9' {
					out[i] = byte('0' + r.IntN(10))
				}
			}
		}
	}
	return out
}

func checkMutant(t *testing.T, name string, data []byte) {
	t.Helper()
	start := time.Now()
	doc, err := Read(data, Limits{})
	if err != nil {
		t.Fatalf("mutant of %s: %v", name, err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("mutant of %s took %v", name, d)
	}
	if len(doc.Blocks) == 0 && len(doc.Findings) == 0 {
		t.Errorf("mutant of %s: neither read nor refused", name)
	}
	for _, s := range texts(doc) {
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
			t.Errorf("mutant of %s: %q is no NFC text", name, s)
		}
	}
}

// FuzzRead finds bytes that make the reader panic or hang.
func FuzzRead(f *testing.F) {
	f.Add(page("BT /F1 12 Tf 20 100 Td (Hello) Tj ET"))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>"))
	f.Fuzz(func(t *testing.T, data []byte) { checkMutant(t, "corpus", data) })
}

// TestOrigins checks that each cell's box holds its place on the page as seen, whatever the rotation.
func TestOrigins(t *testing.T) {
	for _, name := range []string{"calc_head_once", "rotated"} {
		doc := readFile(t, "testdata/"+name+".pdf")
		table := doc.Blocks[0].Table
		if table == nil {
			t.Fatalf("%s begins with %q, expected a table", name, doc.Blocks[0].Text)
		}
		for i, row := range table.Rows {
			for c, cell := range row.Cells {
				b := cell.Origin.Box
				if cell.Origin.Page != 1 || len(b) != 4 || b[0] >= b[2] || b[1] >= b[3] || b[0] < table.Box[0] || b[3] > table.Box[3] {
					t.Errorf("%s row %d column %d: origin %v outside %v", name, i, c, cell.Origin, table.Box)
				}
			}
		}
	}
}

// BenchmarkRead reads a ruled table of four pages; pages/s is to be compared with pdftotext -bbox on the same file.
func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/calc_ruled.pdf")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if doc, err := Read(data, Limits{}); err != nil || len(doc.Blocks) == 0 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(4*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// TestOpenRow marks a row that the page breaks off: its sides run on below the last line.
func TestOpenRow(t *testing.T) {
	lines := "20 180 m 280 180 l S 20 150 m 280 150 l S 20 180 m 20 60 l S 100 180 m 100 60 l S 280 180 m 280 60 l S "
	text := "BT /F1 12 Tf 30 160 Td (No) Tj 80 0 Td (Task) Tj -80 -40 Td (1) Tj 80 0 Td (begun) Tj ET"
	doc, err := Read(page(lines+text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"No | Task", "1 | begun"}, texts(doc)); diff != "" {
		t.Fatalf("rows (-want +got):\n%s", diff)
	}
	rows := doc.Blocks[0].Table.Rows
	if rows[0].OpenAbove || rows[0].OpenBelow || !rows[1].OpenBelow {
		t.Errorf("open above %v, below %v and %v; expected the last row alone to be open below", rows[0].OpenAbove, rows[0].OpenBelow, rows[1].OpenBelow)
	}
	if diff := cmp.Diff([]float64{20, 100, 280}, doc.Blocks[0].Table.Edges); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}
