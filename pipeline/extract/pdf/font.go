package pdf

import (
	"math"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// font says of every code what it reads as and how wide it is.
type font struct {
	vertical bool // writes from top to bottom
	simple   bool // one byte a code
	chars    [256]char
	encoding *cmap // composite: code → CID
	unicode  *cmap // code → text, from ToUnicode; nil where there is none
	widths   map[int]float64
	width    float64 // of characters that widths does not name
	known    map[uint32]char
	symbols  func(rune) rune
	legacy   string // the font's name where it is one of those that offices used before Unicode
}

// char is a code as a font draws it; its width is in ems. Its text is empty where the font does not say.
type char struct {
	text  string
	width float64
}

// next is the character that the string begins with, and the number of its bytes.
func (f *font) next(s []byte) (char, int) {
	if f.simple {
		return f.chars[s[0]], 1
	}
	c, n := f.encoding.next(s)
	known, ok := f.known[c]
	if !ok {
		known = f.composite(c, n)
		f.known[c] = known
	}
	return known, n
}

func (f *font) composite(c uint32, size int) char {
	cid := int(c)
	if f.encoding.cids != nil {
		cid = f.encoding.cid(c)
	}
	out := char{width: f.width}
	if w, ok := f.widths[cid]; ok {
		out.width = w
	}
	switch {
	case f.unicode != nil:
		text, _ := f.unicode.text(c)
		out.text = readable(text, f.symbols)
	case f.encoding.utf16:
		out.text = decodeUTF16([]byte{byte(c >> 8), byte(c)})
	}
	return out
}

// fontCache keeps the fonts of a document: pages name the same ones again and again.
type fontCache struct {
	limits Limits
	fonts  map[string]*font
	err    error // the first font that could not be read
}

func newFontCache(limits Limits) *fontCache {
	return &fontCache{limits: limits, fonts: map[string]*font{}}
}

// load reads a font dictionary. Fonts of equal dictionaries, references included, are equal.
func (c *fontCache) load(v reader.Value) *font {
	key := v.String()
	if f, ok := c.fonts[key]; ok {
		return f
	}
	f := c.read(v)
	c.fonts[key] = f
	return f
}

func (c *fontCache) read(v reader.Value) *font {
	name := v.Key("BaseFont").Name()
	f := &font{symbols: symbolFont(name)}
	if lower := strings.ToLower(withoutTag(name)); strings.HasPrefix(lower, ".vn") || strings.HasPrefix(lower, "vni-") {
		f.legacy = withoutTag(name)
	}
	if u := v.Key("ToUnicode"); u.Kind() == reader.Stream {
		data, err := streamBytes(u, c.limits)
		if err != nil && c.err == nil {
			c.err = err
		}
		f.unicode = parseCMap(data)
	}
	if v.Key("Subtype").Name() == "Type0" {
		c.readComposite(f, v)
	} else {
		f.readSimple(v, c.limits)
	}
	return f
}

// withoutTag is a font's name without the six letters that mark a subset: ABCDEF+.VnTime.
func withoutTag(name string) string {
	if len(name) > 7 && name[6] == '+' {
		return name[7:]
	}
	return name
}

func (c *fontCache) readComposite(f *font, v reader.Value) {
	f.known = map[uint32]char{}
	switch e := v.Key("Encoding"); e.Kind() {
	case reader.Stream:
		data, err := streamBytes(e, c.limits)
		if err != nil && c.err == nil {
			c.err = err
		}
		f.encoding = parseCMap(data)
		f.encoding.vertical = f.encoding.vertical || e.Key("WMode").Int64() == 1
	default:
		f.encoding = namedCMap(e.Name())
	}
	f.vertical = f.encoding.vertical
	d := v.Key("DescendantFonts").Index(0)
	f.width, f.widths = 1, map[int]float64{}
	if dw := d.Key("DW"); !dw.IsNull() {
		f.width = dw.Float64() / 1000
	}
	f.readCIDWidths(d.Key("W"))
}

// namedCMap is a predefined CMap. Identity and the Unicode ones need no table; of the others only the code length is known.
func namedCMap(name string) *cmap {
	m := &cmap{vertical: strings.HasSuffix(name, "-V"), utf16: strings.Contains(name, "UCS2") || strings.Contains(name, "UTF16")}
	m.lengths[2] = true
	m.spaces = []codeRange{{2, 0, 0xffff}}
	return m
}

// readCIDWidths reads "c [w w …]" and "first last w" groups.
func (f *font) readCIDWidths(w reader.Value) {
	for i := 0; i+1 < w.Len(); {
		first, second := int(w.Index(i).Float64()), w.Index(i+1)
		if second.Kind() == reader.Array {
			for k := range min(second.Len(), 65536) {
				f.widths[first+k] = second.Index(k).Float64() / 1000
			}
			i += 2
			continue
		}
		last := min(int(second.Float64()), first+65535)
		width := w.Index(i+2).Float64() / 1000
		for cid := first; cid <= last && len(f.widths) <= 65536; cid++ {
			f.widths[cid] = width
		}
		i += 3
	}
}

func (f *font) readSimple(v reader.Value, limits Limits) {
	f.simple = true
	name := v.Key("BaseFont").Name()
	encoding := simpleEncoding(v, name, limits)
	descriptor := v.Key("FontDescriptor")
	first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	missing := descriptor.Key("MissingWidth").Float64()
	unit := 1.0 / 1000
	if v.Key("Subtype").Name() == "Type3" {
		unit = math.Abs(matrixOf(v.Key("FontMatrix")).a)
	}
	for i := range f.chars {
		c := char{text: encoding[i], width: missing * unit}
		if f.unicode != nil {
			if text, ok := f.unicode.text(uint32(i)); ok && readable(text, f.symbols) != "" {
				c.text = text
			}
		}
		c.text = readable(c.text, f.symbols)
		switch {
		case widths.Kind() == reader.Array && i >= first && i-first < widths.Len():
			c.width = widths.Index(i-first).Float64() * unit
		case widths.Kind() != reader.Array:
			c.width = standardWidth(name, encoding[i])
		}
		f.chars[i] = c
	}
}
