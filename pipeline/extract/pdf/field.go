package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	reader "github.com/ledongthuc/pdf"
)

// A program that fills in a form may leave it to the viewer to draw the values (ISO 32000-1, 12.7.3.3): the file then holds what was
// filled in and where, and not how it looks.

// Flags of a text field (ISO 32000-1, table 228).
const (
	fieldMultiline = 1 << 12
	fieldPassword  = 1 << 13
)

// fieldEntry is an entry of a field, which it may have from the field above it.
func fieldEntry(a reader.Value, key string) reader.Value {
	for range 8 { // fields are a few deep
		if v := a.Key(key); !v.IsNull() {
			return v
		}
		a = a.Key("Parent")
	}
	return reader.Value{}
}

// fieldValue is the text that was filled into a field or chosen from its list.
func fieldValue(a reader.Value) string {
	kind, v := fieldEntry(a, "FT").Name(), fieldEntry(a, "V")
	if v.Kind() != reader.String || kind != "Ch" && (kind != "Tx" || fieldFlags(a)&fieldPassword != 0) {
		return ""
	}
	if kind == "Ch" {
		list := fieldEntry(a, "Opt")
		for i := range min(list.Len(), maxAnnotations) {
			if o := list.Index(i); o.Kind() == reader.Array && o.Len() == 2 && o.Index(0).RawString() == v.RawString() {
				v = o.Index(1) // the list shows other words than it hands in
				break
			}
		}
	}
	return textString([]byte(v.RawString()))
}

func fieldFlags(a reader.Value) int { return int(fieldEntry(a, "Ff").Int64()) }

// Measures of a value that is drawn here. They need not be those of a viewer: the words stand within the rectangle, in their order.
const (
	typedSize  = 10.0
	typedWidth = 0.5 // of a letter, in ems
	typedLine  = 1.2 // from line to line, in ems
	typedInset = 2.0
)

// typed is the font of such a value: its codes are UTF-16.
func typed() *font {
	return &font{encoding: namedCMap("UTF16-H"), width: typedWidth, known: map[uint32]char{}}
}

// write draws a value into its rectangle: in several lines where the field has them, else in the middle of one.
func (p *painter) write(text string, rect box, multiline bool) error {
	letters := utf8.RuneCountInString(text)
	if p.operators += 8 * letters; p.operators > 8*p.limits.Operators || len(p.out.glyphs)+letters > p.limits.Glyphs {
		return refuse("over_limits")
	}
	width, height := rect.x1-rect.x0-2*typedInset, rect.y1-rect.y0
	size := min(typedSize, 0.8*height)
	lines := []string{strings.Join(strings.Fields(text), " ")}
	top := (rect.y0+rect.y1)/2 - 0.3*size
	if multiline {
		lines = wrapped(text, width/(size*typedWidth))
		for size > 1 && float64(len(lines))*typedLine*size > height {
			size *= 0.8
			lines = wrapped(text, width/(size*typedWidth))
		}
		top = rect.y1 - size
	}
	saved := p.state
	p.state.font, p.state.size = typed(), size
	for i, line := range lines {
		p.state.stretch = min(1, max(width, 1)/(float64(utf8.RuneCountInString(line))*typedWidth*size))
		p.state.textMatrix = matrix{1, 0, 0, 1, rect.x0 + typedInset, top - float64(i)*typedLine*size}
		p.show(utf16Bytes(line))
	}
	p.state = saved
	return nil
}

// wrapped breaks a text into lines of so many letters, at its blanks and at the ends of its own lines.
func wrapped(text string, most float64) []string {
	var lines []string
	for _, paragraph := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			if line != "" && float64(utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word)) > most {
				lines, line = append(lines, line), ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func utf16Bytes(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}
