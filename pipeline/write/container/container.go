// Package container is what all workbooks that we write have in common: their parts in one fixed order, so that the same parts are the
// same bytes; text that every program can open; rows as high as their words.
package container

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

const contentTypes = "[Content_Types].xml"

// Container writes the parts of a workbook in one fixed order, whatever the order in which excelize hands them
// over: it keeps streamed sheets, and the entries of [Content_Types].xml, in maps. Parts are compressed as they
// arrive, so that only their compressed form is held.
type Container struct {
	out   io.Writer
	flate *flate.Writer // of the part that is being written
	parts []*part
	fills map[string]Fill
}

// Fill writes the rows that a sheet does not have yet, as they stand in its part. They are asked for when the workbook goes out, so that
// a sheet of any length is never held.
type Fill func(out io.Writer) error

// endOfRows is where a fill goes.
var endOfRows = []byte("</sheetData>")

// part is one part.
type part struct {
	name  string
	data  bytes.Buffer // compressed; of a part with a fill, as it is
	sum   hash.Hash32
	size  uint64
	flate *flate.Writer // of the container; nil for a part with a fill
	fill  Fill
}

// New is a container that is written to out when it is closed: excelize.File.SetZipWriter.
func New(out io.Writer) *Container {
	w, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return &Container{out: out, flate: w, fills: map[string]Fill{}}
}

// Fill gives a sheet, by the name of its part, the rest of its rows.
func (c *Container) Fill(name string, fill Fill) { c.fills[name] = fill }

// end completes the part that is being written, if there is one.
func (c *Container) end() error {
	if len(c.parts) == 0 || c.parts[len(c.parts)-1].fill != nil {
		return nil
	}
	return c.flate.Close()
}

// Create begins a part. The one before it is complete.
func (c *Container) Create(name string) (io.Writer, error) {
	if err := c.end(); err != nil {
		return nil, err
	}
	p := &part{name: name, sum: crc32.NewIEEE(), fill: c.fills[name]}
	c.parts = append(c.parts, p)
	if p.fill != nil {
		return &p.data, nil
	}
	p.flate = c.flate
	c.flate.Reset(&p.data)
	if name == contentTypes {
		return &sortedTypes{part: p}, nil
	}
	return p, nil
}

// AddFS is part of excelize's interface; no part of ours comes from a file system.
func (c *Container) AddFS(fs.FS) error { return errors.New("workbook parts are written, not copied") }

// Write compresses a piece of the part.
func (p *part) Write(b []byte) (int, error) {
	p.sum.Write(b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}

// Close writes the container: the list of content types first, as the format asks, then the parts by name.
func (c *Container) Close() error {
	if err := c.end(); err != nil {
		return err
	}
	slices.SortFunc(c.parts, func(a, b *part) int {
		if (a.name == contentTypes) != (b.name == contentTypes) {
			if a.name == contentTypes {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	w := zip.NewWriter(c.out)
	for _, p := range c.parts {
		if err := p.writeTo(w); err != nil {
			return err
		}
	}
	return w.Close()
}

func (p *part) writeTo(w *zip.Writer) error {
	if p.fill != nil {
		return p.writeFilled(w)
	}
	raw, err := w.CreateRaw(&zip.FileHeader{
		Name: p.name, Method: zip.Deflate, CRC32: p.sum.Sum32(),
		CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
	})
	if err != nil {
		return err
	}
	_, err = p.data.WriteTo(raw)
	return err
}

func (p *part) writeFilled(w *zip.Writer) error {
	out, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	before, after, ok := bytes.Cut(p.data.Bytes(), endOfRows)
	if !ok {
		return fmt.Errorf("%s has no rows to go on with", p.name)
	}
	if _, err := out.Write(before); err != nil {
		return err
	}
	if err := p.fill(out); err != nil {
		return err
	}
	if _, err := out.Write(endOfRows); err != nil {
		return err
	}
	_, err = out.Write(after)
	return err
}

// sortedTypes puts the entries of [Content_Types].xml in order. excelize writes that part in one piece.
type sortedTypes struct{ part *part }

type types struct {
	XMLName  xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []defaultType `xml:"Default"`
	Override []override    `xml:"Override"`
}

type defaultType struct {
	Extension   string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type override struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

func (s *sortedTypes) Write(b []byte) (int, error) {
	var t types
	if err := xml.Unmarshal(b, &t); err != nil {
		return 0, err
	}
	slices.SortFunc(t.Default, func(a, b defaultType) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(t.Override, func(a, b override) int { return cmp.Compare(a.PartName, b.PartName) })
	sorted, err := xml.Marshal(t)
	if err != nil {
		return 0, err
	}
	if _, err := s.part.Write(append([]byte(xml.Header), sorted...)); err != nil {
		return 0, err
	}
	return len(b), nil
}

// TextFormat is the id of the number format "@": what is entered into a cell of this format is kept as text, whatever it begins with.
// Excel 2007 and older show more than 255 characters in it as #, so it is for cells in which people write.
const TextFormat = 49

// Quote adds to each of these styles of a workbook one more, and returns their ids by the id of the first: with the mark that stands for
// a leading apostrophe (ECMA-376 part 1, 18.8.45: quotePrefix). Words in such a cell stay words when someone enters the cell again. It
// is called when all other styles are registered, since excelize takes a style with the mark and one without for the same.
func Quote(f *excelize.File, styles ...int) map[int]int {
	quoted, yes := map[int]int{}, true
	xfs := f.Styles.CellXfs
	for _, id := range styles {
		xf := xfs.Xf[id]
		xf.QuotePrefix = &yes
		quoted[id] = len(xfs.Xf)
		xfs.Xf = append(xfs.Xf, xf)
	}
	xfs.Count = len(xfs.Xf)
	return quoted
}

// Acts reports whether a program may take text for a formula when someone enters it into a cell.
func Acts(text string) bool { return text != "" && strings.ContainsRune("=+-@", rune(text[0])) }

// Text is a text as a cell can hold it: at most 32,767 UTF-16 units; a longer text ends in "…".
func Text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if units := utf16.Encode([]rune(s)); len(units) > excelize.TotalCellChars {
		s = string(utf16.Decode(units[:excelize.TotalCellChars-1])) + "…"
	}
	return s
}
