package archive

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"tiendo/pipeline/progress"
)

// Format is what the bytes of a file are, whatever its name says.
type Format string

const (
	XLSX            Format = "xlsx" // also .xlsm and .xlsb: package workbook tells them apart
	DOCX            Format = "docx"
	PDF             Format = "pdf"
	CSV             Format = "csv" // any plain text: comma, semicolon or tab
	XLS             Format = "xls"
	DOC             Format = "doc"
	ODS             Format = "ods"
	ODT             Format = "odt"
	EncryptedOffice Format = "encrypted" // .xlsx, .docx … behind a password
	Image           Format = "image"     // a photograph or scan
	OtherZip        Format = "zip"
	Unknown         Format = "unknown"
)

// Sniff tells the format of a file by its content. The name decides only what content cannot: whether plain text
// is meant as a table, and what a ZIP file is of which too little was copied to show its parts.
func Sniff(data []byte, name string) Format {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data, name)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return sniffCompound(data, name)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return PDF
	case isImage(data):
		return Image
	case isText(data) && namesText(name):
		return CSV
	}
	return Unknown
}

// Refusal is the finding for a format that no reader takes; false for those that one does.
func (f Format) Refusal() (progress.Finding, bool) {
	if r := f.refusal(); r != nil {
		return r.Finding(), true
	}
	return progress.Finding{}, false
}

func (f Format) refusal() *Refusal {
	switch f {
	case XLS:
		return refusal("old_format", "found", ".xls", "expected", ".xlsx")
	case DOC:
		return refusal("old_format", "found", ".doc", "expected", ".docx")
	case ODS:
		return refusal("open_document", "found", ".ods", "expected", ".xlsx")
	case ODT:
		return refusal("open_document", "found", ".odt", "expected", ".docx")
	case EncryptedOffice:
		return refusal("encrypted")
	case Image:
		return refusal("image")
	case OtherZip:
		return refusal("zip")
	case Unknown:
		return refusal("unknown")
	}
	return nil
}

// sniffZip reads the names of the local entries in the order in which they lie in the file, so that a file cut off
// before its directory is still known for what it is. What lies inside an entry is passed over where its size is known:
// a ZIP of workbooks is no workbook.
func sniffZip(data []byte, name string) Format {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x03\x04"))
		if i < 0 || at+i+30 > len(data) {
			break
		}
		head := data[at+i:]
		size := int(binary.LittleEndian.Uint16(head[26:]))
		if 30+size > len(head) {
			break
		}
		entry := partKey(string(head[30 : 30+size]))
		body := head[30+size:]
		switch {
		case entry == "mimetype":
			return sniffOpenDocument(body)
		case strings.HasPrefix(entry, "xl/"):
			return XLSX
		case strings.HasPrefix(entry, "word/"):
			return DOCX
		}
		at += i + 4
		// Entries that were streamed say 0, those of ZIP64 more than there is.
		if packed := int64(binary.LittleEndian.Uint32(head[18:])); packed <= int64(len(body)) {
			at += 26 + size + int(packed)
		}
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm":
		return XLSX
	case ".docx", ".docm":
		return DOCX
	}
	return OtherZip
}

// sniffOpenDocument reads the entry "mimetype", which OpenDocument stores first and uncompressed.
func sniffOpenDocument(body []byte) Format {
	switch {
	case bytes.HasPrefix(body, []byte("application/vnd.oasis.opendocument.spreadsheet")):
		return ODS
	case bytes.HasPrefix(body, []byte("application/vnd.oasis.opendocument.text")):
		return ODT
	}
	return OtherZip
}

// sniffCompound tells what an OLE2 compound file holds by the names of its streams, which its directory writes in
// UTF-16. A workbook may embed a Word file and the reverse; then the file's name decides.
func sniffCompound(data []byte, name string) Format {
	has := func(stream string) bool {
		wide := make([]byte, 0, 2*len(stream)+2)
		for i := range len(stream) {
			wide = append(wide, stream[i], 0)
		}
		return bytes.Contains(data, append(wide, 0, 0))
	}
	word, sheet := has("WordDocument"), has("Workbook") || has("Book")
	switch {
	case has("EncryptedPackage"):
		return EncryptedOffice
	case word && sheet && strings.EqualFold(path.Ext(name), ".xls"):
		return XLS
	case word:
		return DOC
	case sheet:
		return XLS
	}
	return Unknown
}

func isImage(data []byte) bool {
	for _, magic := range []string{"\xFF\xD8\xFF", "\x89PNG\r\n\x1a\n", "II*\x00", "MM\x00*", "GIF8", "BM"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return magic != "BM" || !utf8.Valid(data) // a table may well begin with the word BM
		}
	}
	webp := len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP"
	heif := len(data) > 12 && string(data[4:8]) == "ftyp"
	return webp || heif
}

// isText reports whether the bytes can be a table written as text: UTF-16 by its mark or its zero bytes, or no control characters
// but white space, and not HTML or XML, which some programs save under the name .xls or .csv.
func isText(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return true
	}
	if _, ok := UnmarkedUTF16(data); ok {
		return true
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if slices.ContainsFunc(data, isControl) {
		return false
	}
	return !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("<"))
}

func isControl(b byte) bool { return b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' }

// UnmarkedUTF16 tells text of two bytes a character without a mark of their order: a zero byte goes with every letter of the alphabet that
// Vietnamese shares with English, with every digit, separator and end of a line, always on the same side; and none of them is a control
// character. ok is false for all else.
func UnmarkedUTF16(data []byte) (order unicode.Endianness, ok bool) {
	data = data[:min(len(data), 4096)&^1]
	var zeros [2]int // at even places, at odd ones
	for i := 0; i < len(data); i += 2 {
		for side := range 2 {
			if data[i+side] != 0 {
				continue
			}
			if isControl(data[i+1-side]) {
				return order, false
			}
			zeros[side]++
		}
	}
	order = unicode.LittleEndian
	if zeros[0] > 0 {
		order = unicode.BigEndian
	}
	return order, len(data) >= 4 && min(zeros[0], zeros[1]) == 0 && 4*max(zeros[0], zeros[1]) > len(data)/2
}

func namesText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case "", ".csv", ".tsv", ".tab", ".txt":
		return true
	}
	return false
}
