package pdf

import "strconv"

// kind is what a PDF token or object is.
type kind uint8

const (
	nullKind kind = iota
	boolKind
	numberKind
	stringKind
	nameKind
	arrayKind
	dictKind
	refKind
	wordKind // an operator of a content stream, or a keyword of the file: obj, endobj, stream …
)

// object is a PDF object as written. The zero object is null.
type object struct {
	kind kind
	num  float64  // number; boolean as 0 or 1; number of the object that a reference names
	raw  []byte   // string (decoded), name (without /), word
	list []object // array; dictionary as key, value, key, value …
}

// get returns the value of a dictionary's key, null where there is none.
func (o object) get(key string) object {
	if o.kind != dictKind {
		return object{}
	}
	for i := 0; i+1 < len(o.list); i += 2 {
		if string(o.list[i].raw) == key {
			return o.list[i+1]
		}
	}
	return object{}
}

// is reports whether o is that name.
func (o object) is(name string) bool { return o.kind == nameKind && string(o.raw) == name }

// maxNesting bounds arrays and dictionaries inside each other. Real files stay below ten.
const maxNesting = 48

// lexer reads PDF objects from bytes: those of a file, of an object stream, a CMap or a page's content. It never
// fails: what is no PDF syntax is skipped, and the end of the data closes whatever is open.
type lexer struct {
	data []byte
	pos  int
	// list is where the elements of a page's arrays stand until the next operator; it saves an allocation for
	// each TJ.
	list []object
}

// next reads one object or word. It returns false at the end of the data.
func (l *lexer) next() (object, bool) { return l.read(0) }

func (l *lexer) read(depth int) (object, bool) {
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return object{}, false
		}
		c := l.data[l.pos]
		switch {
		case c == '/':
			l.pos++
			return object{kind: nameKind, raw: l.name()}, true
		case c == '(':
			l.pos++
			return object{kind: stringKind, raw: l.literal()}, true
		case c == '<' && l.peek(1) == '<':
			l.pos += 2
			return object{kind: dictKind, list: l.dict(depth + 1)}, true
		case c == '<':
			l.pos++
			return object{kind: stringKind, raw: l.hex()}, true
		case c == '[':
			l.pos++
			return object{kind: arrayKind, list: l.array(depth + 1)}, true
		case c == ']' || c == '}' || c == '{' || c == ')':
			l.pos++
			return object{kind: wordKind, raw: l.data[l.pos-1 : l.pos]}, true
		case c == '>':
			start := l.pos
			l.pos++
			if l.pos < len(l.data) && l.data[l.pos] == '>' {
				l.pos++
			}
			return object{kind: wordKind, raw: l.data[start:l.pos]}, true
		case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
			if o, ok := l.number(); ok {
				return o, true
			}
			return l.word(), true
		default:
			return l.word(), true
		}
	}
}

func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.data) {
		return l.data[l.pos+n]
	}
	return 0
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

func (l *lexer) word() object {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	w := l.data[start:l.pos]
	switch string(w) {
	case "true":
		return object{kind: boolKind, num: 1}
	case "false":
		return object{kind: boolKind}
	case "null":
		return object{}
	}
	return object{kind: wordKind, raw: w}
}

// number reads a number as lenient readers do: "--5", "5-3" and "1.2.3", which faulty producers write, are -5, 5 and 1.2.
func (l *lexer) number() (object, bool) {
	i, neg := l.pos, false
	for i < len(l.data) && (l.data[i] == '+' || l.data[i] == '-') {
		neg = neg || l.data[i] == '-'
		i++
	}
	var value, scale float64 = 0, 1
	digits, point := 0, false
	for ; i < len(l.data); i++ {
		c := l.data[i]
		if c >= '0' && c <= '9' {
			digits++
			value = value*10 + float64(c-'0')
			if point {
				scale *= 10
			}
		} else if c == '.' && !point {
			point = true
		} else {
			break
		}
	}
	if digits == 0 && !point {
		return object{}, false
	}
	for i < len(l.data) && !isSpace(l.data[i]) && !isDelimiter(l.data[i]) {
		if c := l.data[i]; c != '-' && c != '.' && (c < '0' || c > '9') {
			return l.glued(i, digits)
		}
		i++
	}
	l.pos = i
	if neg {
		value = -value
	}
	if digits > 300 { // the value, or its scale, would be infinite
		value, scale = 0, 1
	}
	return object{kind: numberKind, num: value / scale}, true
}

// glued is a number followed by a word without a space ("0 0 1 rg0 g" is seen, "1e5" is no number in PDF): the
// digits are the number where a letter follows them.
func (l *lexer) glued(end, digits int) (object, bool) {
	if digits == 0 {
		return object{}, false
	}
	v, err := strconv.ParseFloat(string(l.data[l.pos:end]), 64)
	if err != nil {
		return object{}, false
	}
	l.pos = end
	return object{kind: numberKind, num: v}, true
}

// array reads up to the closing bracket. A word that cannot stand in an array ends it, so that one unclosed
// bracket does not swallow the rest of the file.
func (l *lexer) array(depth int) []object {
	var list []object
	top := depth == 1 && l.list != nil
	if top {
		list = l.list[len(l.list):]
	}
	for {
		start := l.pos
		o, ok := l.element(depth)
		if !ok || o.kind == wordKind && string(o.raw) == "]" {
			break
		}
		if o.kind == wordKind {
			if string(o.raw) == "R" {
				list = foldReference(list)
				continue
			}
			if endsObject(o.raw) {
				l.pos = start
				break
			}
			continue
		}
		list = append(list, o)
	}
	if top && len(l.list) < cap(l.list)-len(list) {
		l.list = l.list[:len(l.list)+len(list)]
	}
	return list
}

func (l *lexer) dict(depth int) []object {
	var list []object
	for {
		start := l.pos
		o, ok := l.element(depth)
		if !ok || o.kind == wordKind && string(o.raw) == ">>" {
			break
		}
		if o.kind == wordKind {
			if string(o.raw) == "R" {
				list = foldReference(list)
				continue
			}
			if endsObject(o.raw) {
				l.pos = start
				break
			}
			continue
		}
		if len(list)%2 == 0 && o.kind != nameKind {
			// A value without key. It may be the first number of a reference that stands where a key should.
			continue
		}
		if len(list)%2 == 0 || o.kind != numberKind {
			list = append(list, o)
			continue
		}
		list = append(list, l.valueOrReference(o))
	}
	if len(list)%2 == 1 {
		list = append(list, object{})
	}
	return list
}

// valueOrReference returns the number first, or the reference that it begins ("12 0 R").
func (l *lexer) valueOrReference(first object) object {
	start := l.pos
	l.skipSpace()
	digits := l.pos
	for l.peek(0) >= '0' && l.peek(0) <= '9' {
		l.pos++
	}
	if l.pos > digits {
		l.skipSpace()
		if next := l.peek(1); l.peek(0) == 'R' && (isSpace(next) || isDelimiter(next)) {
			l.pos++
			return object{kind: refKind, num: first.num}
		}
	}
	l.pos = start
	return first
}

// element reads one member of an array or dictionary; deeper nesting than maxNesting is read as null.
func (l *lexer) element(depth int) (object, bool) {
	if depth < maxNesting {
		return l.read(depth)
	}
	l.skipSpace()
	if c := l.peek(0); c == '[' || c == '<' && l.peek(1) == '<' {
		l.pos++
		return object{}, true
	}
	return l.read(depth)
}

// foldReference turns the two numbers before an R into a reference.
func foldReference(list []object) []object {
	n := len(list)
	if n < 2 || list[n-1].kind != numberKind || list[n-2].kind != numberKind {
		return list
	}
	list[n-2] = object{kind: refKind, num: list[n-2].num}
	return list[:n-1]
}

func endsObject(word []byte) bool {
	switch string(word) {
	case "endobj", "obj", "stream", "endstream", "xref", "trailer", "startxref":
		return true
	}
	return false
}
