package collect

import (
	"bytes"
	"encoding/binary"
	"io"
	"regexp"
	"strconv"
)

// complete reports whether the bytes have the end that their format demands. Size, times and a quiet period do not prove
// it: Windows sets a file's length first and fills it later, with times that do not move and zeros where nothing is yet.
//
// Only workbooks, Word files (both ZIP) and PDFs carry such an end. Of other files a tail of zeros is told, and no more.
func complete(r io.ReaderAt, size int64) (bool, error) {
	start, err := section(r, 0, min(size, headLength))
	if err != nil {
		return false, err
	}
	switch {
	case size < int64(len(zipMagic)) && bytes.HasPrefix(zipMagic, start), size < int64(len(pdfMagic)) && bytes.HasPrefix(pdfMagic, start):
		return false, nil // nothing yet, or the first bytes of either
	case bytes.HasPrefix(start, zipMagic):
		return zipComplete(r, size)
	case bytes.Contains(start, pdfMagic):
		return pdfComplete(r, size, start)
	case bytes.HasPrefix(start, oleMagic):
		return true, nil // its last sector may be zeros; the reader refuses it in any case
	}
	tail, err := section(r, max(0, size-zeroTail), size)
	return len(bytes.Trim(tail, "\x00")) > 0, err
}

var (
	zipMagic = []byte("PK\x03\x04")
	pdfMagic = []byte("%PDF-")
	oleMagic = []byte("\xd0\xcf\x11\xe0")
)

const (
	headLength = 1024 // a PDF's header may stand anywhere in it
	zeroTail   = 512
)

// section reads the bytes from start to end.
func section(r io.ReaderAt, start, end int64) ([]byte, error) {
	b := make([]byte, end-start)
	n, err := r.ReadAt(b, start)
	if n == len(b) {
		err = nil
	}
	return b, err
}

// Records of a ZIP file (APPNOTE.TXT 4.3).
const (
	endSize     = 22 // end of central directory, without its comment
	end64Size   = 56
	locatorSize = 20
	centralSize = 46
)

// zipComplete reports whether the file has an end record, the central directory lies whole just before it, and every
// entry that it lists begins where it says. A file that was cut has no end record; one that is still being filled has
// zeros in place of an entry.
func zipComplete(r io.ReaderAt, size int64) (bool, error) {
	const maxComment = 1<<16 - 1
	base := max(0, size-endSize-maxComment)
	tail, err := section(r, base, size)
	if err != nil {
		return false, err
	}
	for at := len(tail); ; {
		// From the end: a comment, or an entry's data, may hold what looks like an end record.
		if at = bytes.LastIndex(tail[:at], []byte("PK\x05\x06")); at < 0 {
			return false, nil
		}
		dir, there, err := directoryBefore(r, tail[at:], uint64(base)+uint64(at))
		if err != nil {
			return false, err
		}
		if there {
			return dir.whole(r)
		}
	}
}

// directory is the central directory of a ZIP file.
type directory struct {
	entries    uint64
	size       uint64 // bytes
	start, end uint64 // offsets in the file; end is where the record after it begins
}

// directoryBefore reads the end record that may stand at an offset, and reports whether a directory ends where it begins.
func directoryBefore(r io.ReaderAt, end []byte, at uint64) (d directory, there bool, err error) {
	if len(end) < endSize || endSize+int(binary.LittleEndian.Uint16(end[20:])) > len(end) {
		return d, false, nil
	}
	d = directory{
		entries: uint64(binary.LittleEndian.Uint16(end[10:])),
		size:    uint64(binary.LittleEndian.Uint32(end[12:])),
		start:   uint64(binary.LittleEndian.Uint32(end[16:])),
		end:     at,
	}
	if err := d.widen(r); err != nil {
		return d, false, err
	}
	return d, d.start <= d.end && d.size == d.end-d.start, nil
}

// widen takes the figures from the ZIP64 end record, where there is one.
func (d *directory) widen(r io.ReaderAt) error {
	if d.end < locatorSize+end64Size {
		return nil
	}
	locator, err := section(r, int64(d.end-locatorSize), int64(d.end))
	if err != nil || !bytes.HasPrefix(locator, []byte("PK\x06\x07")) {
		return err
	}
	at := binary.LittleEndian.Uint64(locator[8:])
	if at > d.end-locatorSize-end64Size {
		return nil
	}
	end64, err := section(r, int64(at), int64(at+end64Size))
	if err != nil || !bytes.HasPrefix(end64, []byte("PK\x06\x06")) {
		return err
	}
	*d = directory{
		entries: binary.LittleEndian.Uint64(end64[32:]),
		size:    binary.LittleEndian.Uint64(end64[40:]),
		start:   binary.LittleEndian.Uint64(end64[48:]),
		end:     at,
	}
	return nil
}

// whole walks the directory in constant memory: as many entries as announced, each with its local header in place.
func (d *directory) whole(r io.ReaderAt) (bool, error) {
	at := d.start
	for range d.entries {
		if at+centralSize > d.end {
			return false, nil
		}
		entry, err := section(r, int64(at), int64(at+centralSize))
		if err != nil {
			return false, err
		}
		local := uint64(binary.LittleEndian.Uint32(entry[42:]))
		if !bytes.HasPrefix(entry, []byte("PK\x01\x02")) {
			return false, nil
		}
		if local != 1<<32-1 { // else in the ZIP64 extra field, which no file of this size needs
			if there, err := begins(r, local, d.start); err != nil || !there {
				return false, err
			}
		}
		at += centralSize + uint64(binary.LittleEndian.Uint16(entry[28:])) +
			uint64(binary.LittleEndian.Uint16(entry[30:])) + uint64(binary.LittleEndian.Uint16(entry[32:]))
	}
	return at == d.end, nil
}

// begins reports whether an entry's local header stands at the offset, before the directory.
func begins(r io.ReaderAt, at, before uint64) (bool, error) {
	if at+4 > before {
		return false, nil
	}
	b, err := section(r, int64(at), int64(at+4))
	return bytes.Equal(b, zipMagic), err
}

var (
	startxref = regexp.MustCompile(`startxref\s+\d+\s+%%EOF`)
	// An update appended to a PDF begins with an object or a cross-reference section.
	updateBegins = regexp.MustCompile(`^\s*[0-9x]`)
	// A linearized PDF tells its own length in the first object (ISO 32000-1, F.3.3), and has an end marker near its start.
	linearized = regexp.MustCompile(`/Linearized\b[^>]*/L\s+(\d+)|/L\s+(\d+)[^>]*/Linearized\b`)
)

// pdfTail is where the end marker must stand, as Acrobat looks for it (PDF Reference 1.7, implementation note 18).
const pdfTail = 1024

// pdfComplete reports whether the last end marker has its startxref, nothing that looks like the beginning of an update
// follows it, and the file is as long as a linearized one says.
func pdfComplete(r io.ReaderAt, size int64, start []byte) (bool, error) {
	if m := linearized.FindSubmatch(start); m != nil {
		length, err := strconv.ParseInt(string(m[1])+string(m[2]), 10, 64)
		if err != nil || length > size {
			return false, nil
		}
	}
	tail, err := section(r, max(0, size-pdfTail), size)
	if err != nil {
		return false, err
	}
	ends := startxref.FindAllIndex(tail, -1)
	if ends == nil {
		return false, nil
	}
	return !updateBegins.Match(tail[ends[len(ends)-1][1]:]), nil
}
