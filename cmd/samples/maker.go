package main

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// maker is the program that writes a file.
type maker int

const (
	commas      maker = iota // CSV by Go, comma, no byte order mark
	semicolons               // CSV as Excel writes it under Vietnamese settings: semicolon, byte order mark
	goWorkbook               // excelize
	openpyxl                 // Python's openpyxl
	calc                     // a workbook saved by LibreOffice Calc
	calcPDF                  // printed by LibreOffice Calc
	word                     // python-docx
	writerPDF                // printed by LibreOffice Writer
	chromiumPDF              // printed by Chromium
	scan                     // a picture of a printed page, as a scanner makes it
	excelLock                // the owner file that Excel leaves beside an open workbook
)

//go:embed producers/office.py
var officeScript string

// order asks for one file.
type order struct {
	Path  string `json:"path"` // where the file goes
	Kind  string `json:"kind"` // xlsx or docx, for the Python script
	Sheet sheet  `json:"sheet"`
	maker maker
}

// workshop runs the foreign programs in a scratch folder.
type workshop struct{ scratch string }

// inGo writes what needs no other program; ok is false for the rest.
func inGo(m maker, s sheet) (data []byte, ok bool, err error) {
	switch m {
	case commas:
		data, err = s.writeCSV(',', false)
	case semicolons:
		data, err = s.writeCSV(';', true)
	case goWorkbook:
		data, err = s.writeXLSX()
	case excelLock:
		data = ownerFile("Trưng Minh Cát")
	default:
		return nil, false, nil
	}
	return data, true, err
}

// ownerFile is a length, a name and padding, 165 bytes in all.
func ownerFile(name string) []byte {
	out := make([]byte, 165)
	for i := range out {
		out[i] = ' '
	}
	out[0] = byte(len(name))
	copy(out[1:], name)
	return out
}

// make has all orders made: first by Python, then what has to be converted or printed.
func (w workshop) make(orders []order) error {
	var python []order
	for i, o := range orders {
		o.Kind = "xlsx"
		switch o.maker {
		case word:
			o.Kind = "docx"
		case calc, calcPDF:
			o.Path = w.part(i, "xlsx")
		case writerPDF:
			o.Kind, o.Path = "docx", w.part(i, "docx")
		case chromiumPDF, scan:
			continue
		}
		python = append(python, o)
	}
	if err := w.python(python); err != nil {
		return err
	}
	for i, o := range orders {
		if err := w.finish(i, o); err != nil {
			return fmt.Errorf("%s: %w", o.Path, err)
		}
	}
	return nil
}

// part is the name of an intermediate file.
func (w workshop) part(i int, extension string) string {
	return filepath.Join(w.scratch, fmt.Sprintf("part%02d.%s", i, extension))
}

func (w workshop) python(orders []order) error {
	list, err := json.Marshal(orders)
	if err != nil {
		return err
	}
	script := filepath.Join(w.scratch, "office.py")
	if err := os.WriteFile(script, []byte(officeScript), 0o644); err != nil {
		return err
	}
	cmd := exec.Command("/usr/bin/python3", script)
	cmd.Stdin = strings.NewReader(string(list))
	return run(cmd)
}

func (w workshop) finish(i int, o order) error {
	switch o.maker {
	case calc:
		return w.libreOffice(w.part(i, "xlsx"), "xlsx:Calc MS Excel 2007 XML", o.Path)
	case calcPDF:
		return w.libreOffice(w.part(i, "xlsx"), "pdf:calc_pdf_Export", o.Path)
	case writerPDF:
		return w.libreOffice(w.part(i, "docx"), "pdf:writer_pdf_Export", o.Path)
	case chromiumPDF:
		page, err := o.Sheet.writeHTML()
		if err != nil {
			return err
		}
		return w.chromium(i, page, o.Path)
	case scan:
		return w.scan(i, o)
	}
	return nil
}

func (w workshop) libreOffice(from, filter, to string) error {
	dir := filepath.Join(w.scratch, "converted")
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(w.scratch, "profile"),
		"--headless", "--convert-to", filter, "--outdir", dir, from)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1747353600") // 16 May 2025
	if err := run(cmd); err != nil {
		return err
	}
	kind, _, _ := strings.Cut(filter, ":")
	base := strings.TrimSuffix(filepath.Base(from), filepath.Ext(from))
	return w.settle(filepath.Join(dir, base+"."+kind), to)
}

// chromium prints a page.
func (w workshop) chromium(i int, page []byte, to string) error {
	from, pdf := w.part(i, "html"), w.part(i, "pdf")
	if err := os.WriteFile(from, page, 0o644); err != nil {
		return err
	}
	if err := run(exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
		"--user-data-dir="+filepath.Join(w.scratch, "chromium"), "--print-to-pdf="+pdf, "file://"+from)); err != nil {
		return err
	}
	return w.settle(pdf, to)
}

// scan prints the sheet, turns the pages into grey pictures and binds these in a PDF.
func (w workshop) scan(i int, o order) error {
	page, err := o.Sheet.writeHTML()
	if err != nil {
		return err
	}
	pdf := w.part(i, "printed.pdf")
	if err := w.chromium(i, page, pdf); err != nil {
		return err
	}
	if err := run(exec.Command("pdftoppm", "-r", "60", "-gray", "-jpeg", "-jpegopt", "quality=40", pdf, w.part(i, "page"))); err != nil {
		return err
	}
	pictures, err := filepath.Glob(w.part(i, "page") + "-*.jpg")
	if err != nil {
		return err
	}
	for j := range pictures {
		pictures[j] = filepath.Base(pictures[j])
	}
	if page, err = writePictures(pictures); err != nil {
		return err
	}
	return w.chromium(i, page, o.Path)
}

// stamps are the moments and identifiers that producers put into PDFs.
var stamps = regexp.MustCompile(`D:20\d{12}|/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]|/DocChecksum /[0-9A-F]{32}`)

// settle moves a made file to its place, with the moment of making taken out. In a PDF the length of each stamp is kept, so
// that the offsets in the file stay true.
func (w workshop) settle(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	switch filepath.Ext(from) {
	case ".pdf":
		data = stamps.ReplaceAllFunc(data, settled)
	case ".xlsx":
		if data, err = settledZip(data); err != nil {
			return err
		}
	}
	return os.WriteFile(to, data, 0o644)
}

// settledZip is the package with the same moment on every part.
func settledZip(data []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		from, err := part.Open()
		if err != nil {
			return nil, err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: day(madeAt[:10]).Time(time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(to, from); err != nil {
			return nil, err
		}
	}
	err = out.Close()
	return b.Bytes(), err
}

var hexDigit = regexp.MustCompile(`[0-9A-Fa-f]`)

func settled(stamp []byte) []byte {
	if strings.HasPrefix(string(stamp), "D:") {
		return []byte("D:20250516000000")
	}
	at := strings.IndexAny(string(stamp), "<") // of an /ID; a checksum has none
	if at < 0 {
		at = len("/DocChecksum /")
	}
	return append(append([]byte{}, stamp[:at]...), hexDigit.ReplaceAll(stamp[at:], []byte("0"))...)
}

func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, out)
	}
	return nil
}
