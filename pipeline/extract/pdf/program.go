package pdf

import (
	"bytes"
	"strconv"

	reader "github.com/ledongthuc/pdf"
)

// A font that names no encoding has one inside its program: what each code reads as is then told by the names of the program's glyphs.

// builtinTexts is the encoding inside an embedded Type 1 or CFF program; false where the font has none, or none that can be read.
func builtinTexts(font reader.Value, limits Limits) (texts [256]string, ok bool) {
	descriptor := font.Key("FontDescriptor")
	if program := descriptor.Key("FontFile"); program.Kind() == reader.Stream {
		if data, err := streamBytes(program, limits); err == nil {
			return typeOneTexts(data)
		}
	}
	if program := descriptor.Key("FontFile3"); program.Kind() == reader.Stream && program.Key("Subtype").Name() == "Type1C" {
		if data, err := streamBytes(program, limits); err == nil {
			return compactTexts(data)
		}
	}
	return texts, false
}

// typeOneTexts reads the encoding of a Type 1 program, which stands in its clear part: dup CODE /NAME put.
func typeOneTexts(data []byte) (texts [256]string, ok bool) {
	if at := bytes.Index(data, []byte("eexec")); at >= 0 {
		data = data[:at]
	}
	at := bytes.Index(data, []byte("/Encoding"))
	if at < 0 {
		return texts, false
	}
	data = data[at+len("/Encoding"):]
	if fields := bytes.Fields(data[:min(len(data), 64)]); len(fields) > 0 && string(fields[0]) == "StandardEncoding" {
		return standardTexts(), true
	}
	for {
		at := bytes.Index(data, []byte("dup"))
		if at < 0 {
			return texts, ok
		}
		data = data[at+len("dup"):]
		code, rest, _ := bytes.Cut(bytes.TrimLeft(data[:min(len(data), 200)], " \t\r\n"), []byte("/"))
		n, err := strconv.Atoi(string(bytes.TrimSpace(code)))
		name := rest
		if end := bytes.IndexAny(rest, " \t\r\n"); end >= 0 {
			name = rest[:end]
		}
		if err == nil && n >= 0 && n < 256 && len(name) > 0 {
			texts[n], ok = namedText(string(name)), true
		}
	}
}

// compactTexts reads the encoding of a CFF program (Adobe Technical Note 5176): code → glyph → name.
func compactTexts(data []byte) (texts [256]string, ok bool) {
	c := compact{data: data}
	if len(data) < 4 {
		return texts, false
	}
	c.at = int(data[2])
	c.index() // names of fonts
	tops := c.index()
	c.strings = c.index()
	if c.bad || len(tops) == 0 {
		return texts, false
	}
	top := c.dict(tops[0])
	c.at = top[17]
	glyphs := len(c.index()) // the outlines themselves do not matter
	names := c.charset(top[15], glyphs)
	switch top[16] {
	case 0:
		return standardTexts(), !c.bad
	case 1: // of small capitals and old figures; no report is set in it
		return texts, false
	}
	codes := c.encoding(top[16])
	for code, glyph := range codes {
		if glyph > 0 && glyph < len(names) {
			texts[code] = names[glyph]
		}
	}
	return texts, !c.bad && len(codes) > 0
}

// compact reads a CFF program. Anything that does not fit sets bad.
type compact struct {
	data    []byte
	at      int
	bad     bool
	strings [][]byte
}

func (c *compact) number(size int) int {
	if size < 1 || size > 4 || c.at < 0 || c.at+size > len(c.data) {
		c.bad = true
		return 0
	}
	n := 0
	for _, b := range c.data[c.at : c.at+size] {
		n = n<<8 | int(b)
	}
	c.at += size
	return n
}

// index reads an INDEX: pieces of data by their offsets.
func (c *compact) index() [][]byte {
	count := c.number(2)
	if count == 0 || c.bad {
		return nil
	}
	size := c.number(1)
	if size < 1 || size > 4 || c.at+(count+1)*size > len(c.data) {
		c.bad = true
		return nil
	}
	offsets := make([]int, count+1)
	for i := range offsets {
		offsets[i] = c.number(size)
	}
	base := c.at - 1
	out := make([][]byte, count)
	for i := range out {
		from, to := base+offsets[i], base+offsets[i+1]
		if c.bad || from < base || to < from || to > len(c.data) {
			c.bad = true
			return nil
		}
		out[i] = c.data[from:to]
	}
	c.at = base + offsets[count]
	return out
}

// dict reads a DICT whose operands are whole numbers: operator → its first operand. Others are passed over.
func (c *compact) dict(data []byte) map[int]int {
	out, operands := map[int]int{}, []int{}
	for i := 0; i < len(data); {
		b := int(data[i])
		i++
		next := func() int {
			if i >= len(data) {
				c.bad = true
				return 0
			}
			i++
			return int(data[i-1])
		}
		switch {
		case b <= 21:
			if b == 12 {
				b = 1200 + next()
			}
			if len(operands) > 0 {
				out[b] = operands[0]
			}
			operands = operands[:0]
		case b == 28:
			operands = append(operands, int(int16(next()<<8|next())))
		case b == 29:
			operands = append(operands, int(int32(next()<<24|next()<<16|next()<<8|next())))
		case b == 30: // a real number: nibbles up to 0xf
			for {
				if v := next(); c.bad || v&0xf == 0xf {
					break
				}
			}
			operands = append(operands, 0)
		case b >= 32 && b <= 246:
			operands = append(operands, b-139)
		case b >= 247 && b <= 250:
			operands = append(operands, (b-247)*256+next()+108)
		case b >= 251 && b <= 254:
			operands = append(operands, -(b-251)*256-next()-108)
		}
	}
	return out
}

// charset is what each glyph reads as.
func (c *compact) charset(offset, glyphs int) []string {
	texts := make([]string, 1, max(1, min(glyphs, 65536)))
	if offset <= 2 { // predefined: ISOAdobe numbers glyphs as the standard strings
		for sid := 1; sid < glyphs; sid++ {
			texts = append(texts, c.text(sid))
		}
		return texts
	}
	c.at = offset
	format := c.number(1)
	for len(texts) < glyphs && !c.bad {
		sid, more := c.number(2), 0
		if format == 1 || format == 2 {
			more = c.number(format)
		}
		for k := 0; k <= more && len(texts) < glyphs; k++ {
			texts = append(texts, c.text(sid+k))
		}
	}
	return texts
}

// encoding is the glyph of each code.
func (c *compact) encoding(offset int) map[int]int {
	c.at = offset
	format := c.number(1)
	codes, glyph := map[int]int{}, 1
	for range c.number(1) {
		first, more := c.number(1), 0
		if format&0x7f == 1 {
			more = c.number(1)
		}
		for k := 0; k <= more && first+k < 256; k++ {
			codes[first+k] = glyph
			glyph++
		}
	}
	return codes
}

// text is what the glyph named by a string id reads as.
func (c *compact) text(sid int) string {
	if sid < len(compactStandard) {
		return compactStandard[sid]
	}
	const standardStrings = 391
	if i := sid - standardStrings; i >= 0 && i < len(c.strings) {
		return namedText(string(c.strings[i]))
	}
	return ""
}

// compactStandard are the texts of the first standard strings: those of StandardEncoding in its order, then the rest of ISO Latin 1
// (Technical Note 5176, appendix A). The others name small capitals, old figures and weights.
var compactStandard = func() []string {
	out := []string{""}
	for _, text := range standardTexts() {
		if text != "" {
			out = append(out, text)
		}
	}
	for _, r := range "¹¬µ™Ð½±Þ¼÷¦°þ¾²®−ð×³©ÁÂÄÀÅÃÇÉÊËÈÍÎÏÌÑÓÔÖÒÕŠÚÛÜÙÝŸŽáâäàåãçéêëèíîïìñóôöòõšúûüùýÿž" {
		out = append(out, string(r))
	}
	return out
}()
