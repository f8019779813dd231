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

// container writes the parts of a workbook in one fixed order, whatever the order in which excelize hands them
// over: it keeps streamed sheets, and the entries of [Content_Types].xml, in maps. Parts are compressed as they
// arrive, so that only their compressed form is held.
type container struct {
	out   io.Writer
	flate *flate.Writer // of the part that is being written
	parts []*part
}

// part is one compressed part.
type part struct {
	name  string
	data  bytes.Buffer // compressed
	sum   hash.Hash32
	size  uint64
	flate *flate.Writer // of the container
}

// New is a container that is written to out when it is closed: excelize.File.SetZipWriter(container.New).
func New(out io.Writer) excelize.ZipWriter {
	w, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return &container{out: out, flate: w}
}

// end completes the part that is being written, if there is one.
func (c *container) end() error {
	if len(c.parts) == 0 {
		return nil
	}
	return c.flate.Close()
}

// Create begins a part. The one before it is complete.
func (c *container) Create(name string) (io.Writer, error) {
	if err := c.end(); err != nil {
		return nil, err
	}
	p := &part{name: name, sum: crc32.NewIEEE(), flate: c.flate}
	c.flate.Reset(&p.data)
	c.parts = append(c.parts, p)
	if name == contentTypes {
		return &sortedTypes{part: p}, nil
	}
	return p, nil
}

// AddFS is part of excelize's interface; no part of ours comes from a file system.
func (c *container) AddFS(fs.FS) error { return errors.New("workbook parts are written, not copied") }

// Write compresses a piece of the part.
func (p *part) Write(b []byte) (int, error) {
	p.sum.Write(b)
	p.size += uint64(len(b))
	return p.flate.Write(b)
}

// Close writes the container: the list of content types first, as the format asks, then the parts by name.
func (c *container) Close() error {
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
		raw, err := w.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.sum.Sum32(),
			CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := p.data.WriteTo(raw); err != nil {
			return err
		}
	}
	return w.Close()
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

// Text is a text as a cell can hold it: at most 32,767 UTF-16 units; a longer text ends in "…".
func Text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if units := utf16.Encode([]rune(s)); len(units) > excelize.TotalCellChars {
		s = string(utf16.Decode(units[:excelize.TotalCellChars-1])) + "…"
	}
	return s
}
