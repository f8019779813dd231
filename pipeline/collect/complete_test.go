package collect

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"
	"github.com/xuri/excelize/v2"
)

// goldens are whole files, by three producers of workbooks and one of PDFs.
func goldens(t testing.TB) map[string][]byte {
	t.Helper()
	var streamed bytes.Buffer
	book := excelize.NewFile()
	if err := book.SetSheetRow("Sheet1", "A1", &[]string{"STT", "Nhiệm vụ", "Kết quả"}); err != nil {
		t.Fatal(err)
	}
	if err := book.Write(&streamed); err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.SetFont("Helvetica", "", 12)
	pdf.Cell(40, 10, "Bao cao")
	if err := pdf.Output(&page); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"excelize": streamed.Bytes(), "archive/zip": stored(t, ""), "gofpdf": page.Bytes()}
}

// stored is a ZIP file of three entries, not compressed.
func stored(t testing.TB, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.xml", i), Method: zip.Store, Extra: []byte{1, 2, 3, 4}})
		if err == nil {
			_, err = io.WriteString(f, strings.Repeat("<a/>", 100))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func isComplete(t testing.TB, b []byte) bool {
	t.Helper()
	whole, err := complete(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("%d bytes: %v", len(b), err)
	}
	return whole
}

// A copy that stopped anywhere is never ready, nor one whose length was set first and whose end is still zeros.
func TestNoPrefixIsComplete(t *testing.T) {
	for name, golden := range goldens(t) {
		t.Run(name, func(t *testing.T) {
			if !isComplete(t, golden) {
				t.Fatal("the whole file is not complete")
			}
			// White space behind the last marker of a PDF is no part of it.
			end := len(bytes.TrimRight(golden, "\r\n"))
			for n := range end {
				if isComplete(t, golden[:n]) {
					t.Errorf("the first %d of %d bytes are complete", n, len(golden))
				}
				filling := make([]byte, len(golden))
				copy(filling, golden[:n])
				if !bytes.Equal(filling, golden) && isComplete(t, filling) {
					t.Errorf("%d of %d bytes filled are complete", n, len(golden))
				}
			}
		})
	}
}

// Some programs write the end before the middle. Every entry must be in its place.
func TestHolesInAWorkbook(t *testing.T) {
	golden := stored(t, "")
	dir := bytes.Index(golden, []byte("PK\x01\x02"))
	entries := 0
	for at := range dir {
		if bytes.HasPrefix(golden[at:], []byte("PK\x03\x04")) && at > 0 {
			entries++
			hole := bytes.Clone(golden)
			clear(hole[at:min(at+512, dir)])
			if isComplete(t, hole) {
				t.Errorf("complete with a hole at %d", at)
			}
		}
	}
	if entries != 2 {
		t.Errorf("%d entries behind the first, want 2", entries)
	}
}

func TestComplete(t *testing.T) {
	const object = "1 0 obj\n<</Type/Catalog>>\nendobj\n"
	const end = "startxref\n9\n%%EOF"
	pdf := "%PDF-1.4\n" + object + end
	linear := "%%PDF-1.4\n1 0 obj\n<</Linearized 1/L %d/H[1 2]>>\nendobj\nstartxref\n0\n%%%%EOF\n"
	tests := map[string]struct {
		content string
		want    bool
	}{
		"text":                            {"STT;Nhiệm vụ\n", true},
		"one letter":                      {"x", true},
		"text, then zeros":                {"STT;Nhiệm vụ\n" + strings.Repeat("\x00", 512), false},
		"text, then few zeros":            {strings.Repeat("STT;Nhiệm vụ\n", 100) + strings.Repeat("\x00", 500), true},
		"old workbook, zeros at its end":  {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 4096), true},
		"web page named as a workbook":    {"<html><table></table></html>", true},
		"P":                               {"P", false},
		"%PD":                             {"%PD", false},
		"PDF":                             {pdf, true},
		"PDF with blank lines behind":     {pdf + "\r\n\n", true},
		"PDF with junk before":            {"junk\n" + pdf, true},
		"PDF with 900 bytes behind":       {pdf + "\n<!-- gateway -->" + strings.Repeat("-", 880), true},
		"PDF with 2,000 bytes behind":     {pdf + strings.Repeat("-", 2000), false},
		"PDF whose update has begun":      {pdf + "\n12 0 o", false},
		"PDF whose update began by xref":  {pdf + "\nxref\n0 1", false},
		"PDF with its update":             {pdf + "\n2 0 obj\n1\nendobj\n" + end, true},
		"PDF without startxref":           {"%PDF-1.4\n" + object + "%%EOF", false},
		"PDF, marker within startxref":    {"%PDF-1.4\n" + object + "startxref\n9\n%%EO", false},
		"linearized, first page only":     {fmt.Sprintf(linear, 5000), false},
		"linearized, whole":               {fmt.Sprintf(linear, 300) + strings.Repeat("% page\n", 40) + end, true},
		"linearized, length not a number": {fmt.Sprintf(strings.Replace(linear, "%d", "%s", 1), strings.Repeat("9", 40)), false},
		"ZIP with a comment":              {string(stored(t, "made by hand")), true},
		"ZIP with an end in its comment":  {string(stored(t, "PK\x05\x06"+strings.Repeat("\x00", 30))), true},
		"ZIP with zeros behind":           {string(stored(t, "")) + strings.Repeat("\x00", 600), true},
		"ZIP without a directory":         {"PK\x03\x04" + strings.Repeat("x", 100), false},
		"ZIP end whose comment is cut":    {"PK\x03\x04PK\x05\x06" + strings.Repeat("\x00", 16) + "\x05\x00abc", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := isComplete(t, []byte(test.content)); got != test.want {
				t.Errorf("complete: %v, want %v", got, test.want)
			}
		})
	}
}

// zip64 is a stored file with ZIP64 records, laid out by hand after APPNOTE.TXT 4.3.14 and 4.3.15.
func zip64(entries byte) []byte {
	local := "PK\x03\x04" + strings.Repeat("\x00", 22) + "\x01\x00\x00\x00" + "a"                                             // 31 bytes
	central := "PK\x01\x02" + strings.Repeat("\x00", 24) + "\x01\x00" + strings.Repeat("\x00", 12) + "\x00\x00\x00\x00" + "a" // 47 bytes
	u64 := func(n byte) string { return string([]byte{n, 0, 0, 0, 0, 0, 0, 0}) }
	end64 := "PK\x06\x06" + u64(44) + strings.Repeat("\x00", 12) + u64(entries) + u64(entries) + u64(47) + u64(31)
	locator := "PK\x06\x07" + "\x00\x00\x00\x00" + u64(31+47) + "\x01\x00\x00\x00"
	end := "PK\x05\x06\x00\x00\x00\x00" + strings.Repeat("\xff", 12) + "\x00\x00"
	return []byte(local + central + end64 + locator + end)
}

func TestZIP64(t *testing.T) {
	golden := zip64(1)
	if !isComplete(t, golden) {
		t.Error("the whole file is not complete")
	}
	if isComplete(t, zip64(2)) {
		t.Error("complete with one entry of two")
	}
	for n := range golden {
		if isComplete(t, golden[:n]) {
			t.Errorf("the first %d of %d bytes are complete", n, len(golden))
		}
	}
}

// Whatever the bytes are, the gate answers: it has neither errors nor panics of its own.
func FuzzComplete(f *testing.F) {
	for _, golden := range goldens(f) {
		f.Add(golden)
	}
	f.Add(zip64(1))
	f.Add([]byte("%PDF-1.4\n<</Linearized 1/L 99>>startxref\n0\n%%EOF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 && isComplete(t, b) {
			t.Error("nothing is complete")
		}
		isComplete(t, b)
	})
}
