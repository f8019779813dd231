package tagged

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
	"github.com/ledongthuc/pdf"
)

// file is a document of one page as gofpdf writes it.
func file(t *testing.T) []byte {
	t.Helper()
	f := gofpdf.New("P", "pt", "A4", "")
	f.AddPage()
	f.SetFont("Helvetica", "", 12)
	f.RawWriteStr("/P <</MCID 0>> BDC")
	f.Text(100, 100, "Progress")
	f.RawWriteStr("EMC")
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWrite: words with every byte that ends or escapes a string come back whole, and a link that leads nowhere is none.
func TestWrite(t *testing.T) {
	const words = "Tỷ lệ (ca) \\ \r\n — 73,3 % ⨀ ਊ 👍"
	tree := New()
	figure := tree.Add(Root, Figure, Alt(words))
	p := tree.Add(Root, P)
	if id := tree.Mark(p, 1); id != 0 {
		t.Fatalf("the first content of a page is number %d", id)
	}
	there, nowhere := tree.Target(), tree.Target()
	tree.Aim(there, 1, 700)
	for _, target := range []int{there, nowhere} {
		tree.Link(tree.Add(p, Link), 1, [4]float64{100, 90, 200, 110}, target)
	}
	out, err := tree.Write(file(t), "vi-VN")
	if err != nil {
		t.Fatal(err)
	}
	r, err := pdf.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	if r.NumPage() != 1 || r.Trailer().Key("Root").Key("Lang").RawString() != "vi-VN" {
		t.Errorf("%d pages, in %s", r.NumPage(), r.Trailer().Key("Root").Key("Lang"))
	}
	kids := r.Trailer().Key("Root").Key("StructTreeRoot").Key("K").Key("K")
	if alt := kids.Index(int(figure) - 2).Key("Alt").Text(); alt != words {
		t.Errorf("read back: %q", alt)
	}
	annots := r.Page(1).V.Key("Annots")
	if annots.Len() != 1 || annots.Index(0).Key("Dest").Index(3).Float64() != 700 {
		t.Errorf("links: %v", annots)
	}
	if kids.Index(1).Key("K").Len() != 3 {
		t.Errorf("the paragraph holds %v, not its content and two links", kids.Index(1).Key("K"))
	}
}

// TestWriteRefuses: what is not laid out as gofpdf does is no document to tag, and says what it lacks.
func TestWriteRefuses(t *testing.T) {
	whole := string(file(t))
	first := strings.Index(whole, "0000000000 65535 f ") + 20 // the line of object 1
	for name, broken := range map[string]string{
		"table of offsets": "",
		"not at":           strings.Replace(whole, "startxref\n", "startxref\n9", 1),
		"objects":          strings.Replace(whole, "xref\n0 ", "xref\n0 9", 1),
		"is nowhere":       whole[:first] + "nowhere" + whole[first+len("nowhere"):],
		"Catalog":          strings.Replace(whole, "/Type /Catalog", "/Type /Cabinet", 1),
		"Resources":        strings.Replace(whole, "/Resources 2 0 R", "/Resources 3 0 R", 1),
		"version":          strings.Replace(whole, "%PDF", "%PdF", 1),
	} {
		tree := New()
		tree.Mark(tree.Add(Root, P), 1)
		if _, err := tree.Write([]byte(broken), "vi-VN"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
