package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// streamObject makes a stream object of content with those entries.
func streamObject(entries, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", entries, len(content), content)
}

// manyPages makes a PDF with a page of 300 × 200 points for each content, Helvetica as /F1 and an image as /X1.
func manyPages(contents ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	kids := ""
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		streamObject("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x")}
	for _, c := range contents {
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</X1 4 0 R>>>>>>", n+1), streamObject("", c))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(contents))
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer\n<</Root 1 0 R>>\n%%EOF\n")
	return b.Bytes()
}

// writing is a page of eight lines of text; scan is an image over the whole page with a running head; outlines is three hundred shapes
// of the size of letters with a page number.
func writing() string {
	text := "BT /F1 8 Tf 20 180 Td "
	for i := range 8 {
		text += fmt.Sprintf("(Line %d says what was done in the week, in plain words.) Tj 0 -12 Td ", i)
	}
	return text + "ET"
}

func outlines() string {
	text := "BT /F1 8 Tf 150 10 Td (2) Tj ET "
	for i := range 300 {
		x, y := 20+8*(i%30), 180-12*(i/30)
		text += fmt.Sprintf("%d %d m %d %d %d %d %d %d c %d %d %d %d %d %d c h f ", x, y, x, y+4, x+1, y+8, x+3, y+8, x+5, y+8, x+6, y+4, x+6, y)
	}
	return text
}

const scan = "q 300 0 0 200 0 0 cm /X1 Do Q BT /F1 8 Tf 20 190 Td (Office of Digital Affairs, page 1) Tj ET"

// strips is a scan cut into strips, as many scanners deliver them.
func strips() string {
	text := ""
	for y := 0; y < 200; y += 20 {
		text += fmt.Sprintf("q 300 0 0 20 0 %d cm /X1 Do Q ", y)
	}
	return text
}

// TestPagesThatAreNoText: a page that is a picture, or whose letters are drawings, is named; a file of nothing else is refused.
func TestPagesThatAreNoText(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		want []string // variant, severity, pages
	}{
		"a scan with a running head":    {manyPages(scan), []string{"scan error 1"}},
		"a scan in strips":              {manyPages(strips(), scan), []string{"scan error 1"}},
		"outlines with a page number":   {manyPages(outlines()), []string{"outlined error 1"}},
		"scans behind a page of text":   {manyPages(writing(), scan, strips(), writing(), scan), []string{"scanned_page warning 2–3, 5"}},
		"outlines among pages of text":  {manyPages(writing(), outlines(), writing()), []string{"outlined_page warning 2"}},
		"a logo beside the text":        {manyPages("q 60 0 0 40 20 150 cm /X1 Do Q " + writing()), nil},
		"text upon a picture as ground": {manyPages("q 300 0 0 200 0 0 cm /X1 Do Q " + writing()), nil},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(tt.file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range doc.Findings {
				got = append(got, fmt.Sprintf("%s %s %s", f.Variant, f.Severity, f.Facts["page"]))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if refused := len(tt.want) == 1 && strings.Contains(tt.want[0], "error"); refused != (len(doc.Blocks) == 0) {
				t.Errorf("%d blocks", len(doc.Blocks))
			}
		})
	}
}

// withAnnotations is a page with the word Form and those annotations; the appearances that they name are objects 6 and on.
func withAnnotations(annotations string, more ...string) []byte {
	file := page("BT /F1 12 Tf 20 150 Td (Form) Tj ET", more...)
	return bytes.Replace(file, []byte("/Contents 4 0 R"), []byte("/Annots["+annotations+"]/Contents 4 0 R"), 1)
}

// TestAnnotations: what was filled into fields or typed upon the page is read where it stands; signatures, stamps, notes and what is
// hidden are not.
func TestAnnotations(t *testing.T) {
	look := func(text string) string {
		return streamObject("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>", "/Tx BMC BT /F1 10 Tf 2 5 Td ("+text+") Tj ET EMC")
	}
	for name, tt := range map[string]struct {
		annotations string
		looks       []string
		want        []string
	}{
		"a text field": {"<</Subtype/Widget/FT/Tx/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("In progress")}, []string{"Form", "In progress"}},
		"a check box": {"<</Subtype/Widget/FT/Btn/AS/Yes/Rect[20 100 120 120]/AP<</N<</Yes 6 0 R/Off 7 0 R>>>>>>",
			[]string{look("X"), look("empty")}, []string{"Form", "X"}},
		"a box that is not checked": {"<</Subtype/Widget/FT/Btn/AS/Off/Rect[20 100 120 120]/AP<</N<</Yes 6 0 R>>>>>>", []string{look("X")}, []string{"Form"}},
		"typed upon the page":       {"<</Subtype/FreeText/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("60 percent")}, []string{"Form", "60 percent"}},
		"a signature":               {"<</Subtype/Widget/FT/Sig/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("Signed by")}, []string{"Form"}},
		"a signature by its parent": {"<</Subtype/Widget/Parent<</FT/Sig>>/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("Signed by")}, []string{"Form"}},
		"a stamp":                   {"<</Subtype/Stamp/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("RECEIVED")}, []string{"Form"}},
		"a hidden field":            {"<</Subtype/Widget/FT/Tx/F 2/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", []string{look("secret")}, []string{"Form"}},
		"in another size":           {"<</Subtype/Widget/FT/Tx/Rect[20 100 220 140]/AP<</N 6 0 R>>>>", []string{look("Twice as large")}, []string{"Form", "Twice as large"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := Read(withAnnotations(tt.annotations, tt.looks...), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, texts(doc)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			if len(doc.Blocks) == 2 {
				if b := doc.Blocks[1].Origin.Box; len(b) != 4 || b[0] < 20 || b[0] > 30 || b[1] < 60 || b[3] > 105 {
					t.Errorf("the field's text stands at %v, its rectangle at 20–, 60–100", b)
				}
			}
		})
	}
}

// TestFieldsWithoutLook: where the file leaves it to the viewer to draw the fields, what was filled in is read where they stand.
func TestFieldsWithoutLook(t *testing.T) {
	const underWay = "<FEFF0110 0061006E0067 0020 007400681EF1 00630020 006800691EC7006E>" // Đang thực hiện
	stale := streamObject("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>", "BT /F1 10 Tf 2 5 Td (Fill in here) Tj ET")
	for name, tt := range map[string]struct {
		annotations string
		anew        bool
		want        []string
	}{
		"a text field":                      {"<</Subtype/Widget/FT/Tx/V(In progress)/Rect[20 100 120 120]>>", false, []string{"In progress"}},
		"in UTF-16":                         {"<</Subtype/Widget/FT/Tx/V" + underWay + "/Rect[20 100 120 120]>>", false, []string{"Đang thực hiện"}},
		"of the field above":                {"<</Subtype/Widget/Parent<</FT/Tx/V(60%)>>/Rect[20 100 120 120]>>", false, []string{"60%"}},
		"in several lines":                  {"<</Subtype/Widget/FT/Tx/Ff 4096/V(The plan was sent to all units, and nine of them have answered.)/Rect[20 60 120 120]>>", false, []string{"The plan was sent to all units, and nine of them have answered."}},
		"longer than its rectangle":         {"<</Subtype/Widget/FT/Tx/V(The plan was sent to all units, and nine of them)/Rect[20 100 120 120]>>", false, []string{"The plan was sent to all units, and nine of them"}},
		"a list that shows other words":     {"<</Subtype/Widget/FT/Ch/V(2)/Opt[[(1)(Not begun)][(2)(Under way)]]/Rect[20 100 120 120]>>", false, []string{"Under way"}},
		"a password":                        {"<</Subtype/Widget/FT/Tx/Ff 8192/V(secret)/Rect[20 100 120 120]>>", false, nil},
		"hidden":                            {"<</Subtype/Widget/FT/Tx/F 2/V(secret)/Rect[20 100 120 120]>>", false, nil},
		"a signature":                       {"<</Subtype/Widget/FT/Sig/V<</Contents<00>/Name(Nobody)>>/Rect[20 100 120 120]>>", false, nil},
		"empty":                             {"<</Subtype/Widget/FT/Tx/V()/Rect[20 100 120 120]>>", true, nil},
		"its look, unless told otherwise":   {"<</Subtype/Widget/FT/Tx/V(Done)/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", false, []string{"Fill in here"}},
		"a look that is no longer true":     {"<</Subtype/Widget/FT/Tx/V(Done)/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", true, []string{"Done"}},
		"a look behind one that was narrow": {"<</Subtype/Widget/FT/Tx/V(Much too long for it)/Rect[20 60 60 80]>><</Subtype/Widget/FT/Tx/Rect[20 100 120 120]/AP<</N 6 0 R>>>>", false, []string{"Fill in here", "Much too long for it"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := withAnnotations(tt.annotations, stale)
			if tt.anew {
				file = bytes.Replace(file, []byte("/Type/Catalog"), []byte("/Type/Catalog/AcroForm<</NeedAppearances true>>"), 1)
			}
			doc, err := Read(file, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Join(append([]string{"Form"}, tt.want...), " ")
			if got := strings.Join(texts(doc), " "); got != want {
				t.Errorf("%q; want %q", got, want)
			}
			for _, b := range doc.Blocks[1:] {
				if b := b.Origin.Box; len(b) != 4 || b[0] < 20 || b[2] > 121 || b[1] < 79 || b[3] > 141 {
					t.Errorf("the field's text stands at %v, the fields within 20–120, 80–140", b)
				}
			}
		})
	}
}

// TestLayers: what belongs to a layer that the document switches off is not read, be it named in the content, on a form or by a rule.
func TestLayers(t *testing.T) {
	content := `BT /F1 12 Tf 20 150 Td (Seen) Tj ET
/OC /Off BDC BT /F1 12 Tf 20 130 Td (Off) Tj ET EMC
/OC /On BDC BT /F1 12 Tf 20 110 Td (On) Tj ET EMC
/OC /Any BDC BT /F1 12 Tf 20 90 Td (Any of both) Tj ET EMC
/OC /All BDC BT /F1 12 Tf 20 70 Td (All of both) Tj ET EMC
/X1 Do`
	file := page(content, streamObject("/Type/XObject/Subtype/Form/OC 7 0 R/BBox[0 0 300 200]/Resources<</Font<</F1 5 0 R>>>>", "BT /F1 12 Tf 20 50 Td (Form that is off) Tj ET"),
		"<</Type/OCG/Name(old)>>", "<</Type/OCG/Name(new)>>", "<</Type/OCMD/OCGs[7 0 R 8 0 R]/P/AnyOn>>", "<</Type/OCMD/OCGs[7 0 R 8 0 R]/P/AllOn>>")
	file = bytes.Replace(file, []byte("/Resources<<"), []byte("/Resources<</Properties<</Off 7 0 R/On 8 0 R/Any 9 0 R/All 10 0 R>>"), 1)
	file = bytes.Replace(file, []byte("/Type/Catalog"), []byte("/Type/Catalog/OCProperties<</OCGs[7 0 R 8 0 R]/D<</OFF[7 0 R]>>>>"), 1)
	doc, err := Read(file, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Seen", "On", "Any of both"}, texts(doc)); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}
