package pdf

import (
	"cmp"
	"slices"
)

// cmap maps the codes of a composite font to characters of the font (CIDs), or codes of any font to text.
type cmap struct {
	lengths  [5]bool // code lengths in bytes that the code space has
	spaces   []codeRange
	cids     []cidRange
	texts    []textRange
	vertical bool
	utf16    bool // codes are UTF-16 themselves
}

type codeRange struct {
	size   int
	lo, hi uint32
}

type cidRange struct {
	lo, hi uint32
	cid    int
}

// textRange maps lo to text and every further code to the character that many places behind text's last one, or to
// its own text where there is a list.
type textRange struct {
	lo, hi uint32
	text   []rune
	list   []string
}

// maxOperands bounds one section of a CMap; the format allows a hundred entries, some producers write 65,536.
const maxOperands = 3 * 65536

// parseCMap reads an embedded CMap: that of an encoding or of ToUnicode.
func parseCMap(data []byte) *cmap {
	m := &cmap{}
	l := lexer{data: data}
	var args []object
	for {
		o, ok := l.next()
		if !ok {
			break
		}
		if o.kind != wordKind {
			if len(args) < maxOperands {
				args = append(args, o)
			}
			continue
		}
		switch string(o.raw) {
		case "endcodespacerange":
			m.addSpaces(args)
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				m.addText(args[i], args[i], args[i+1])
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.addText(args[i], args[i+1], args[i+2])
			}
		case "endcidchar":
			for i := 0; i+1 < len(args); i += 2 {
				m.cids = append(m.cids, cidRange{code(args[i]), code(args[i]), int(args[i+1].num)})
			}
		case "endcidrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.cids = append(m.cids, cidRange{code(args[i]), code(args[i+1]), int(args[i+2].num)})
			}
		case "def":
			if len(args) >= 2 && args[len(args)-2].is("WMode") {
				m.vertical = args[len(args)-1].num == 1
			}
		}
		args = args[:0]
	}
	slices.SortStableFunc(m.texts, func(a, b textRange) int { return cmp.Compare(a.lo, b.lo) })
	slices.SortStableFunc(m.cids, func(a, b cidRange) int { return cmp.Compare(a.lo, b.lo) })
	return m
}

func (m *cmap) addSpaces(args []object) {
	for i := 0; i+1 < len(args); i += 2 {
		if n := len(args[i].raw); n >= 1 && n <= 4 {
			m.lengths[n] = true
			m.spaces = append(m.spaces, codeRange{n, code(args[i]), code(args[i+1])})
		}
	}
}

func (m *cmap) addText(lo, hi, to object) {
	r := textRange{lo: code(lo), hi: code(hi)}
	switch to.kind {
	case stringKind:
		r.text = []rune(decodeUTF16(pad(to.raw)))
	case arrayKind:
		for _, e := range to.list {
			r.list = append(r.list, decodeUTF16(pad(e.raw)))
		}
	case nameKind:
		r.text = []rune(glyphText(string(to.raw)))
	default:
		return
	}
	if r.hi >= r.lo {
		m.texts = append(m.texts, r)
	}
}

// pad makes a destination of one byte, which some producers write, two bytes long.
func pad(raw []byte) []byte {
	if len(raw) == 1 {
		return []byte{0, raw[0]}
	}
	return raw
}

func code(o object) uint32 {
	var v uint32
	for _, b := range o.raw {
		v = v<<8 | uint32(b)
	}
	return v
}

// text is what a code reads as; false where the map does not say.
func (m *cmap) text(c uint32) (string, bool) {
	i, found := slices.BinarySearchFunc(m.texts, c, func(r textRange, c uint32) int { return cmp.Compare(r.lo, c) })
	if !found {
		i--
	}
	// Ranges may overlap: the one that begins last is the most precise; a few before it are worth a look.
	for tries := 0; i >= 0 && tries < 4; i, tries = i-1, tries+1 {
		r := m.texts[i]
		if c < r.lo || c > r.hi {
			continue
		}
		n := int(c - r.lo)
		if r.list != nil {
			if n < len(r.list) {
				return r.list[n], true
			}
			continue
		}
		if len(r.text) == 0 {
			return "", true
		}
		out := slices.Clone(r.text)
		out[len(out)-1] += rune(n)
		return string(out), true
	}
	return "", false
}

// cid is the character of the font that a code selects.
func (m *cmap) cid(c uint32) int {
	i, found := slices.BinarySearchFunc(m.cids, c, func(r cidRange, c uint32) int { return cmp.Compare(r.lo, c) })
	if !found {
		i--
	}
	if i >= 0 && c <= m.cids[i].hi {
		return m.cids[i].cid + int(c-m.cids[i].lo)
	}
	return 0
}

// next reads the code that the string begins with, and its length in bytes.
func (m *cmap) next(s []byte) (uint32, int) {
	var c uint32
	shortest := 0
	for n := 1; n <= min(4, len(s)); n++ {
		c = c<<8 | uint32(s[n-1])
		if !m.lengths[n] {
			continue
		}
		if shortest == 0 {
			shortest = n
		}
		for _, r := range m.spaces {
			if r.size == n && within(c, r) {
				return c, n
			}
		}
	}
	if shortest == 0 {
		shortest = min(2, len(s))
	}
	c = 0
	for _, b := range s[:shortest] {
		c = c<<8 | uint32(b)
	}
	return c, shortest
}

// within reports whether each byte of the code lies between those of the range's ends.
func within(c uint32, r codeRange) bool {
	for shift := 0; shift < 8*r.size; shift += 8 {
		b := byte(c >> shift)
		if b < byte(r.lo>>shift) || b > byte(r.hi>>shift) {
			return false
		}
	}
	return true
}
