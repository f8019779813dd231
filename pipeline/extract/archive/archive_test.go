package archive

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// samplesOfFormats are the files of testdata, which LibreOffice, openpyxl and python-docx made, and some made here.
func samplesOfFormats(t *testing.T) map[string][]byte {
	t.Helper()
	samples := map[string][]byte{}
	for _, ext := range []string{"xlsx", "docx", "pdf", "csv", "xls", "doc", "ods", "odt"} {
		data, err := os.ReadFile("testdata/small." + ext)
		if err != nil {
			t.Fatal(err)
		}
		samples[ext] = data
	}
	encoded := func(name string, write func(io.Writer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		samples[name] = b.Bytes()
	}
	picture := image.NewGray(image.Rect(0, 0, 4, 4))
	encoded("png", func(w io.Writer) error { return png.Encode(w, picture) })
	encoded("jpg", func(w io.Writer) error { return jpeg.Encode(w, picture, nil) })
	encoded("locked", func(w io.Writer) error {
		return excelize.NewFile().Write(w, excelize.Options{Password: "mật khẩu"})
	})
	return samples
}

func TestSniffFiles(t *testing.T) {
	samples := samplesOfFormats(t)
	for ext, want := range map[string]Format{
		"xlsx": XLSX, "docx": DOCX, "pdf": PDF, "csv": CSV, "xls": XLS, "doc": DOC,
		"ods": ODS, "odt": ODT, "locked": EncryptedOffice, "png": Image, "jpg": Image,
	} {
		data := samples[ext]
		for _, name := range []string{"báo cáo." + ext, "tuần 6.csv"} {
			if got := Sniff(data, name); got != want {
				t.Errorf("%s named %s is %s; want %s", ext, name, got, want)
			}
		}
		if want == XLSX || want == DOCX || want == ODS {
			if got := Sniff(data[:len(data)/2], "tuần 6.csv"); got != want {
				t.Errorf("the first half of %s is %s; want %s", ext, got, want)
			}
		}
		f, refused := want.Refusal()
		if refused {
			said(t, f)
		}
		if read := want == XLSX || want == DOCX || want == PDF || want == CSV; refused == read {
			t.Errorf("%s: refused %v", want, refused)
		}
	}
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

func TestOpenKnowsWhatIsNoPackage(t *testing.T) {
	samples := samplesOfFormats(t)
	for ext, want := range map[string]string{"locked": "encrypted", "xls": "old_format", "doc": "old_format", "pdf": "damaged", "png": "damaged"} {
		_, err := Open(samples[ext], Limits{})
		var refused *Refusal
		if !errors.As(err, &refused) || refused.Variant != want {
			t.Errorf("%s: %v; want %s", ext, err, want)
		}
	}
}

func TestSniffBytes(t *testing.T) {
	var other bytes.Buffer
	w := zip.NewWriter(&other)
	if f, err := w.Create("ảnh/1.jpg"); err != nil {
		t.Fatal(err)
	} else if _, err := f.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	workbook, err := os.ReadFile("testdata/small.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var parcel bytes.Buffer
	w = zip.NewWriter(&parcel)
	if f, err := w.CreateRaw(&zip.FileHeader{Name: "BC tuần 20.xlsx", Method: zip.Store, CRC32: crc32.ChecksumIEEE(workbook),
		CompressedSize64: uint64(len(workbook)), UncompressedSize64: uint64(len(workbook))}); err != nil {
		t.Fatal(err)
	} else if _, err := f.Write(workbook); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data, name string
		want       Format
	}{
		"ZIP of a workbook":       {parcel.String(), "a.zip", OtherZip},
		"some other ZIP":          {other.String(), "a.zip", OtherZip},
		"cut off at once":         {"PK\x03\x04\x14\x00", "a.docx", DOCX},
		"web page named .xls":     {"<html><table>", "a.xls", Unknown},
		"web page named .csv":     {"\xEF\xBB\xBF <html>", "a.csv", Unknown},
		"bytes before the PDF":    {"\r\n\r\n%PDF-1.7\n", "a", PDF},
		"table beginning with BM": {"BM,Tên\n", "a.csv", CSV},
		"tab separated":           {"a\tb\n", "A.TSV", CSV},
		"UTF-16":                  {"\xFF\xFEa\x00", "a.txt", CSV},
		"UTF-16, little end":      {"S\x00T\x00T\x00;\x00\xD9\x1E\n\x00", "a.csv", CSV},
		"UTF-16, big end":         {"\x00S\x00T\x00T\x00;\x1E\xD9\x00\n", "a.csv", CSV},
		"zeros on both sides":     {"S\x00T\x00\x00T\x00;", "a.csv", Unknown},
		"16-bit numbers":          {"\x01\x00\x02\x00A\x00B\x00", "a.csv", Unknown},
		"few zeros":               {"abcdefgh\x00ijklmnopq", "a.csv", Unknown},
		"text of another kind":    {"package main", "a.go", Unknown},
		"binary":                  {"\x00\x01\x02", "a.csv", Unknown},
		"nothing":                 {"", "a.csv", CSV},
	} {
		t.Run(name, func(t *testing.T) {
			got := Sniff([]byte(c.data), c.name)
			if got != c.want {
				t.Errorf("%s; want %s", got, c.want)
			}
			if f, refused := got.Refusal(); refused {
				said(t, f)
			}
		})
	}
}

// entry writes one entry whose header says what it is told to.
func entry(t *testing.T, header zip.FileHeader, stored []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&header)
	if err == nil {
		_, err = f.Write(stored)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEmptyEntryCalledDeflated opens an entry of no bytes whose header says that they are deflated, which no deflate
// stream can be; with a length or a checksum that is not nothing's it is damaged.
func TestEmptyEntryCalledDeflated(t *testing.T) {
	header := zip.FileHeader{Name: "thumbnail.wmf", Method: zip.Deflate}
	p, err := Open(entry(t, header, nil), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if body, ok := p.Part(header.Name); !ok || len(body) > 0 {
		t.Errorf("part %q, %v; want an empty one", body, ok)
	}
	for _, change := range []func(*zip.FileHeader){
		func(h *zip.FileHeader) { h.UncompressedSize64 = 5 },
		func(h *zip.FileHeader) { h.CRC32 = 5 },
	} {
		h := header
		change(&h)
		var refused *Refusal
		if _, err := Open(entry(t, h, nil), Limits{}); !errors.As(err, &refused) || refused.Variant != "damaged" {
			t.Errorf("%+v: %v; want refused as damaged", h, err)
		}
	}
}

func TestOpenBelievesNoHeader(t *testing.T) {
	text := []byte("một hai ba")
	good := zip.FileHeader{Name: "a.xml", CRC32: crc32.ChecksumIEEE(text), CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text))}
	with := func(change func(*zip.FileHeader)) zip.FileHeader {
		h := good
		change(&h)
		return h
	}
	for name, c := range map[string]struct {
		header zip.FileHeader
		want   string
	}{
		"as it is":                {good, ""},
		"wrong checksum":          {with(func(h *zip.FileHeader) { h.CRC32++ }), "damaged"},
		"half the length":         {with(func(h *zip.FileHeader) { h.UncompressedSize64 /= 2 }), "damaged"},
		"twice the length":        {with(func(h *zip.FileHeader) { h.UncompressedSize64 *= 2 }), "damaged"},
		"encrypted":               {with(func(h *zip.FileHeader) { h.Flags |= 1 }), "encrypted"},
		"unknown method":          {with(func(h *zip.FileHeader) { h.Method = 99 }), "damaged"},
		"a way out":               {with(func(h *zip.FileHeader) { h.Name = "xl/../../a.xml" }), "damaged"},
		"a way out, back-slashes": {with(func(h *zip.FileHeader) { h.Name = `..\a.xml` }), "damaged"},
		"absolute":                {with(func(h *zip.FileHeader) { h.Name = "/a.xml" }), "damaged"},
		"a drive":                 {with(func(h *zip.FileHeader) { h.Name = `c:\a.xml` }), "damaged"},
		"no name":                 {with(func(h *zip.FileHeader) { h.Name = "" }), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Open(entry(t, c.header, text), Limits{})
			got := ""
			var refused *Refusal
			if errors.As(err, &refused) {
				got = refused.Variant
			}
			if got != c.want {
				t.Fatalf("refused as %q; want %q", got, c.want)
			}
			if c.want != "" {
				return
			}
			if body, ok := p.Part("A.XML"); !ok || body != string(text) {
				t.Error("the part is not what was stored")
			}
		})
	}
}

// token is a tag or text of either reader.
type token struct{ kind, name, text string }

func ours(data string) ([]token, error) {
	x := NewXML(data)
	var all []token
	for x.Next() {
		switch x.Kind {
		case Start:
			all = append(all, token{"start", x.Name, x.Attr("a")})
		case End:
			all = append(all, token{"end", x.Name, ""})
		case Text:
			all = append(all, token{"text", "", x.Text})
		}
	}
	return merged(all), x.Err()
}

// theirs is what encoding/xml makes of the same.
func theirs(data string) ([]token, error) {
	d := xml.NewDecoder(strings.NewReader(strings.TrimPrefix(data, "\uFEFF")))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var all []token
	depth := 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return merged(all), nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			value := ""
			for _, a := range t.Attr {
				if a.Name.Local == "a" {
					value = a.Value
					break
				}
			}
			all = append(all, token{"start", t.Name.Local, value})
		case xml.EndElement:
			depth--
			all = append(all, token{"end", t.Name.Local, ""})
		case xml.CharData:
			if depth > 0 {
				all = append(all, token{"text", "", string(t)})
			}
		}
	}
}

// merged joins texts that follow one another, which the two readers cut differently.
func merged(all []token) []token {
	var out []token
	for _, t := range all {
		if n := len(out) - 1; n >= 0 && t.kind == "text" && out[n].kind == "text" {
			out[n].text += t.text
			continue
		}
		if t.kind != "text" || t.text != "" {
			out = append(out, t)
		}
	}
	return out
}

var samplesOfXML = map[string]bool{ // whether they are taken
	`<a/>`: true,
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<a a="1"><b>x &amp; y</b><!-- <c> --><c/></a>` + "\n": true,
	`<x:a xmlns:x="u" x:a='"'>t</x:a>`:          true,
	`<a><![CDATA[<b>&amp;]]>&#x1EC7;&#272;</a>`: true,
	"<a>\r\n1\r2</a>":                           true,
	"\uFEFF<a>ộ</a>":                            true,
	`<a><?pi x?></a>`:                           true,
	``:                                          false,
	`<a>`:                                       false,
	`<a></b>`:                                   false,
	`<a/><b/>`:                                  false,
	`<a/>x`:                                     false,
	`x<a/>`:                                     false,
	`<a b="1" b="2"/>`:                          false,
	`<a b=1/>`:                                  false,
	`<a b="<"/>`:                                false,
	`<a b="1"c="2"/>`:                           false,
	`<a>&nbsp;</a>`:                             false,
	`<a>&#0;</a>`:                               false,
	`<a>&#xD800;</a>`:                           false,
	`<a>& b</a>`:                                false,
	`<a>]]></a>`:                                false,
	`<a><!-- -- --></a>`:                        false,
	`<a><![CDATA[</a>`:                          false,
	`<!DOCTYPE a><a/>`:                          false,
	"<a>\x00</a>":                               false,
	"<a>\xFF</a>":                               false,
	`<?xml version="1.0" encoding="GBK"?><a/>`: false,
	` <?xml version="1.0"?><a/>`:               false,
	`< a/>`:                                    false,
	`<1/>`:                                     false,
	strings.Repeat("<a>", 600) + strings.Repeat("</a>", 600): false,
}

func TestXML(t *testing.T) {
	for data, taken := range samplesOfXML {
		got, err := ours(data)
		if (err == nil) != taken {
			t.Errorf("%.60q taken: %v; want %v", data, err == nil, taken)
		}
		if taken {
			want, err := theirs(data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(token{})); diff != "" {
				t.Errorf("%.60q (-encoding/xml +ours):\n%s", data, diff)
			}
		}
	}
}

func TestXMLOfUTF16(t *testing.T) {
	x := NewXML("\xFE\xFF\x00<\x00a\x00>\x1E\xD9\x00<\x00/\x00a\x00>")
	text := ""
	for x.Next() {
		if x.Kind == Text {
			text += x.Text
		}
	}
	if text != "ộ" || x.Err() != nil {
		t.Errorf("%q, %v", text, x.Err())
	}
}

func TestSkip(t *testing.T) {
	x := NewXML(`<a><b><b>1</b><b/></b><c>2</c></a>`)
	var names []string
	for x.Next() {
		if x.Kind == Start {
			names = append(names, x.Name)
			if x.Name == "b" {
				x.Skip()
			}
		}
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, names); diff != "" || x.Err() != nil {
		t.Errorf("-want +got:\n%s%v", diff, x.Err())
	}
}

// FuzzXML holds our reader to encoding/xml: what we take it takes, and reads the same.
func FuzzXML(f *testing.F) {
	for data := range samplesOfXML {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		got, err := ours(data)
		if err != nil || strings.HasPrefix(data, "\xFF\xFE") || strings.HasPrefix(data, "\xFE\xFF") {
			return
		}
		want, err := theirs(data)
		if err != nil {
			if !stricter(err) {
				t.Fatalf("taken, and encoding/xml says: %v", err)
			}
			return
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(token{})); diff != "" {
			t.Errorf("-encoding/xml +ours:\n%s", diff)
		}
	})
}

// stricter reports where encoding/xml refuses what reads the same either way: names of letters that XML has not,
// versions of XML that are none, colons in names, characters at the end of Unicode.
func stricter(err error) bool {
	for _, words := range []string{"invalid XML name", "unsupported version", "expected element name", "expected attribute name", "illegal character code", "expected target name"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

func BenchmarkXML(b *testing.B) {
	data := []byte("<sheetData>" + strings.Repeat(`<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>12</v></c><c r="B1"><v>3.5</v></c></row>`, 5000) + "</sheetData>")
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			x := NewXML(string(data))
			for x.Next() {
			}
			if x.Err() != nil {
				b.Fatal(x.Err())
			}
		}
	})
	b.Run("encoding/xml", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := d.RawToken(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
