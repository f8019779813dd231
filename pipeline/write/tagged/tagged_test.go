package tagged

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
	"github.com/ledongthuc/pdf"
)

// empty is a document of one page as gofpdf writes it.
func empty(t *testing.T) []byte {
	t.Helper()
	f := gofpdf.New("P", "pt", "A4", "")
	f.AddPage()
	f.SetFont("Helvetica", "", 12)
	f.SetTitle("Report", false)
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWriter: words with every byte that ends or escapes a string come back whole; links, contents, pages and outline lead where they
// were to lead. The document has more pages than a node of their tree.
func TestWriter(t *testing.T) {
	const words = "Tỷ lệ (ca) \\ \r\n — 73,3 % ⨀ ਊ 👍"
	const pages = 2*branch + 1
	var out bytes.Buffer
	w := NewWriter(&out)
	there := w.Target()
	p := w.Add(w.Root(), P)
	for page := range pages {
		w.StartPage(595, float64(page)+800)
		if id := w.Mark(p); id != 0 {
			t.Fatalf("the first content of a page is number %d", id)
		}
		if page == 0 {
			figure := w.Add(w.Root(), Figure, Alt(words))
			w.Mark(figure)
			w.End(figure)
			link := w.Add(p, Link)
			w.Link(link, [4]float64{100, 90, 200, 110}, there)
			w.End(link)
		}
		if page == pages-1 {
			w.Aim(there, 700)
			w.Bookmark(words, 300)
		}
		w.EndPage([]byte("BT /F1 12 Tf ET"))
	}
	w.End(p)
	w.Over(2, []byte("0 0 m"))
	if err := w.Close(empty(t), "vi-VN"); err != nil {
		t.Fatal(err)
	}
	if len(w.open) > 0 {
		t.Errorf("%d elements are kept", len(w.open))
	}
	r, err := pdf.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	root := r.Trailer().Key("Root")
	if r.NumPage() != pages || root.Key("Lang").RawString() != "vi-VN" || r.Trailer().Key("Info").Key("Title").Text() != "Report" {
		t.Errorf("%d pages, in %s, %q", r.NumPage(), root.Key("Lang"), r.Trailer().Key("Info").Key("Title").Text())
	}
	for page := range pages {
		if v := r.Page(page + 1).V; int(v.Key("MediaBox").Index(3).Float64()) != page+800 || v.Key("Resources").Key("Font").Key("F1").IsNull() && len(v.Key("Resources").Key("Font").Keys()) == 0 {
			t.Errorf("page %d: %v", page+1, v)
		}
	}
	if n := r.Page(2).V.Key("Contents").Len(); n != 2 {
		t.Errorf("page 2 has %d contents", n)
	}
	elements := root.Key("StructTreeRoot").Key("K").Key("K")
	if alt := elements.Index(1).Key("Alt").Text(); alt != words {
		t.Errorf("read back: %q", alt)
	}
	if n := elements.Index(0).Key("K").Len(); n != pages+1 {
		t.Errorf("the paragraph holds %d, not its contents and a link", n)
	}
	annots := r.Page(1).V.Key("Annots")
	if dest := annots.Index(0).Key("Dest"); annots.Len() != 1 || dest.Index(3).Float64() != 700 || int(dest.Index(0).Key("StructParents").Int64()) != pages-1 {
		t.Errorf("links: %v", annots)
	}
	if o := r.Outline(); len(o.Child) != 1 || o.Child[0].Title != words {
		t.Errorf("outline: %+v", o)
	}
}

// TestWriterKeepsItsErrors: what could not be written, and a link that leads nowhere, are told at the end.
func TestWriterKeepsItsErrors(t *testing.T) {
	full := errors.New("the disk is full")
	w := NewWriter(failing{full})
	w.StartPage(595, 842)
	w.EndPage(nil)
	if err := w.Close(empty(t), "vi-VN"); !errors.Is(err, full) {
		t.Errorf("a full disk: %v", err)
	}
	w = NewWriter(io.Discard)
	w.StartPage(595, 842)
	link := w.Add(w.Root(), Link)
	w.Link(link, [4]float64{}, w.Target())
	w.End(link)
	w.EndPage(nil)
	if err := w.Close(empty(t), "vi-VN"); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a link that leads nowhere: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestCloseRefuses: what is not laid out as gofpdf does gives no fonts, and says what it lacks.
func TestCloseRefuses(t *testing.T) {
	whole := string(empty(t))
	first := strings.Index(whole, "0000000000 65535 f ") + 20 // the line of object 1
	for name, broken := range map[string]string{
		"table of offsets": "",
		"not at":           strings.Replace(whole, "startxref\n", "startxref\n9", 1),
		"objects":          strings.Replace(whole, "xref\n0 ", "xref\n0 9", 1),
		"is nowhere":       whole[:first] + "nowhere" + whole[first+len("nowhere"):],
		"does not begin":   strings.Replace(whole, "\n2 0 obj", "\n2 1 obj", 1),
	} {
		w := NewWriter(io.Discard)
		w.StartPage(595, 842)
		w.EndPage(nil)
		if err := w.Close([]byte(broken), "vi-VN"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
