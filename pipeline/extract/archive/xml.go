package archive

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// XML reads a part as a stream of tags and text. It takes well-formed XML only, to the end of the part, and nothing
// that a package must not hold: no document type, no entities of its own, no encoding but UTF-8 and UTF-16.
// Names are given without their prefix, so that Strict, Transitional and prefixed writing read alike.
//
// It exists beside encoding/xml because reading a sheet is mostly reading tags: it is several times as fast, and
// the text it gives shares the memory of the part.
type XML struct {
	Kind Token  // of the token that Next stopped at
	Name string // of a Start or End, without prefix
	Text string // of a Text, entities replaced

	src     string
	at      int
	attrs   []attr
	open    []string // qualified names of the elements around
	pending bool     // the tag was empty: its End comes next
	rooted  bool     // the outermost element has been seen
	err     error
}

// Token is the kind of thing that stands at one place of a part.
type Token uint8

const (
	Start Token = iota + 1 // also of an empty element, which has an End of its own
	End
	Text
)

type attr struct{ name, value string }

const (
	maxDepth = 512 // of elements; Word nests some dozens
	maxAttrs = 128 // of one element; Excel writes some twenty
)

var errMalformed = errors.New("malformed XML")

// NewXML reads a part.
func NewXML(part string) *XML {
	src, err := decodeXML(part)
	return &XML{src: src, err: err}
}

// decodeXML returns the part as UTF-8 without byte order mark.
func decodeXML(src string) (string, error) {
	if strings.HasPrefix(src, "\xFF\xFE") || strings.HasPrefix(src, "\xFE\xFF") {
		wide, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().String(src)
		if err != nil || len(src)%2 != 0 {
			return "", errMalformed
		}
		src = wide
	}
	src = strings.TrimPrefix(src, "\uFEFF")
	if !utf8.ValidString(src) {
		return "", errMalformed
	}
	for i := range len(src) {
		if c := src[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return "", errMalformed
		}
	}
	return src, nil
}

// Err is why Next returned false; nil at the proper end of the part.
func (x *XML) Err() error { return x.err }

// Source is the whole part in UTF-8; empty where it could not be decoded.
func (x *XML) Source() string { return x.src }

// Attr returns an attribute of the Start at hand by its name without prefix; empty where there is none.
func (x *XML) Attr(name string) string {
	for _, a := range x.attrs {
		if local(a.name) == name {
			return a.value
		}
	}
	return ""
}

// Next goes to the next tag or text. It returns false at the end and at the first fault.
func (x *XML) Next() bool {
	if x.err != nil {
		return false
	}
	if x.pending {
		x.pending = false
		x.Kind = End
		x.open = x.open[:len(x.open)-1]
		return true
	}
	for x.at < len(x.src) {
		if x.src[x.at] != '<' {
			if x.text() {
				return true
			}
			if x.err != nil {
				return false
			}
			continue
		}
		rest := x.src[x.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			x.comment(rest)
		case strings.HasPrefix(rest, "<?"):
			x.instruction(rest)
		case strings.HasPrefix(rest, "<![CDATA["):
			if x.cdata(rest) {
				return true
			}
		case strings.HasPrefix(rest, "<!"):
			x.err = errMalformed
		case strings.HasPrefix(rest, "</"):
			return x.endTag(rest)
		default:
			return x.startTag()
		}
		if x.err != nil {
			return false
		}
	}
	if len(x.open) > 0 || !x.rooted {
		x.err = errMalformed
	}
	return false
}

// Skip goes to the End of the element whose Start is at hand.
func (x *XML) Skip() {
	for depth := len(x.open); x.Next(); {
		if x.Kind == End && len(x.open) < depth {
			return
		}
	}
}

// ElementText returns the text inside the element whose Start is at hand, and goes to its End.
func (x *XML) ElementText() string {
	var parts []string // one, unless comments or CDATA cut it
	for outside := len(x.open) - 1; x.Next() && len(x.open) > outside; {
		if x.Kind == Text {
			parts = append(parts, x.Text)
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts, "")
}

// Depth counts the elements that are open, the one whose Start is at hand included.
func (x *XML) Depth() int { return len(x.open) }

func (x *XML) fail() bool {
	x.err = errMalformed
	return false
}

// text reads character data up to the next tag. Outside the outermost element only white space may stand.
func (x *XML) text() bool {
	end := strings.IndexByte(x.src[x.at:], '<')
	if end < 0 {
		end = len(x.src) - x.at
	}
	raw := x.src[x.at : x.at+end]
	x.at += end
	if len(x.open) == 0 {
		if strings.Trim(raw, " \t\r\n") != "" {
			return x.fail()
		}
		return false
	}
	if strings.Contains(raw, "]]>") {
		return x.fail()
	}
	text, ok := unescape(newlines(raw))
	if !ok {
		return x.fail()
	}
	x.Kind, x.Text = Text, text
	return true
}

func (x *XML) comment(rest string) {
	end := strings.Index(rest[4:], "--")
	if end < 0 || !strings.HasPrefix(rest[4+end:], "-->") {
		x.err = errMalformed
		return
	}
	x.at += 4 + end + 3
}

// instruction passes over <?…?>. The declaration <?xml …?> may stand at the very beginning alone.
func (x *XML) instruction(rest string) {
	body, _, closed := strings.Cut(rest[2:], "?>")
	if !closed {
		x.err = errMalformed
		return
	}
	if name := nameAt(body); name == "" {
		x.err = errMalformed
	} else if strings.EqualFold(name, "xml") && (name != "xml" || x.at != 0 || !knownEncoding(body)) {
		x.err = errMalformed
	}
	x.at += len("<?") + len(body) + len("?>")
}

// knownEncoding reports whether the declaration names an encoding that a package may use.
func knownEncoding(declaration string) bool {
	_, after, named := strings.Cut(declaration, "encoding")
	if !named {
		return true
	}
	after = strings.TrimLeft(after, " \t\r\n=")
	if after == "" || (after[0] != '"' && after[0] != '\'') {
		return false
	}
	name, _, closed := strings.Cut(after[1:], after[:1])
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "utf-16", "us-ascii":
		return closed
	}
	return false
}

func (x *XML) cdata(rest string) bool {
	end := strings.Index(rest, "]]>")
	if end < 0 || len(x.open) == 0 {
		return x.fail()
	}
	x.Kind, x.Text = Text, newlines(rest[len("<![CDATA["):end])
	x.at += end + 3
	return true
}

func (x *XML) endTag(rest string) bool {
	end := strings.IndexByte(rest, '>')
	if end < 0 || len(x.open) == 0 {
		return x.fail()
	}
	name := strings.TrimRight(rest[2:end], " \t\r\n")
	if name != x.open[len(x.open)-1] {
		return x.fail()
	}
	x.open = x.open[:len(x.open)-1]
	x.at += end + 1
	x.Kind, x.Name = End, local(name)
	return true
}

func (x *XML) startTag() bool {
	name := nameAt(x.src[x.at+1:])
	if name == "" || len(x.open) >= maxDepth || (x.rooted && len(x.open) == 0) {
		return x.fail()
	}
	x.at += 1 + len(name)
	x.attrs = x.attrs[:0]
	for {
		gap := x.space()
		rest := x.src[x.at:]
		switch {
		case strings.HasPrefix(rest, ">"):
			x.at++
		case strings.HasPrefix(rest, "/>"):
			x.at += 2
			x.pending = true
		case gap && x.attribute():
			continue
		default:
			return x.fail()
		}
		break
	}
	x.rooted = true
	x.open = append(x.open, name)
	x.Kind, x.Name = Start, local(name)
	return true
}

// space passes over white space inside a tag and reports whether there was any.
func (x *XML) space() bool {
	from := x.at
	for x.at < len(x.src) && strings.IndexByte(" \t\r\n", x.src[x.at]) >= 0 {
		x.at++
	}
	return x.at > from
}

// attribute reads name="value" inside a start tag.
func (x *XML) attribute() bool {
	name := nameAt(x.src[x.at:])
	if name == "" || len(x.attrs) >= maxAttrs {
		return false
	}
	x.at += len(name)
	x.space()
	if !strings.HasPrefix(x.src[x.at:], "=") {
		return false
	}
	x.at++
	x.space()
	rest := x.src[x.at:]
	if rest == "" || (rest[0] != '"' && rest[0] != '\'') {
		return false
	}
	end := strings.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return false
	}
	raw := rest[1 : 1+end]
	x.at += end + 2
	value, ok := unescape(newlines(raw))
	if !ok || strings.IndexByte(raw, '<') >= 0 {
		return false
	}
	for _, a := range x.attrs {
		if a.name == name {
			return false
		}
	}
	x.attrs = append(x.attrs, attr{name, value})
	return true
}

// nameAt returns the name with which s begins; empty where it begins with none.
func nameAt(s string) string {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c >= utf8.RuneSelf:
		case i > 0 && (c == ':' || c == '-' || c == '.' || c >= '0' && c <= '9'):
		default:
			return s[:i]
		}
	}
	return s
}

// local is a qualified name without its prefix.
func local(name string) string {
	return name[strings.IndexByte(name, ':')+1:]
}

// newlines writes line ends as XML wants them read.
func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// unescape replaces the five entities of XML and character references. Others make the part malformed.
func unescape(s string) (string, bool) {
	if strings.IndexByte(s, '&') < 0 {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		before, after, found := strings.Cut(s, "&")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		entity, rest, closed := strings.Cut(after, ";")
		r, ok := entityRune(entity)
		if !closed || !ok {
			return "", false
		}
		b.WriteRune(r)
		s = rest
	}
}

func entityRune(entity string) (rune, bool) {
	switch entity {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, numeric := strings.CutPrefix(entity, "#")
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	isChar := r >= ' ' && utf8.ValidRune(r) && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
	return r, numeric && err == nil && n <= utf8.MaxRune && isChar
}
