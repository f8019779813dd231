package pdf

import "bytes"

func (l *lexer) name() []byte {
	start, escaped := l.pos, false
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && hexDigit(raw[i+1]) >= 0 && hexDigit(raw[i+2]) >= 0 {
			out = append(out, byte(hexDigit(raw[i+1])<<4|hexDigit(raw[i+2])))
			i += 2
			continue
		}
		out = append(out, raw[i])
	}
	return out
}

// literal reads a string in parentheses; the opening one has been read.
func (l *lexer) literal() []byte {
	if end := bytes.IndexAny(l.data[l.pos:min(len(l.data), l.pos+256)], "()\\\r"); end >= 0 && l.data[l.pos+end] == ')' {
		s := l.data[l.pos : l.pos+end]
		l.pos += end + 1
		return s
	}
	var out []byte
	depth := 1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		case '\r':
			if l.peek(0) == '\n' {
				l.pos++
			}
			c = '\n'
		case '\\':
			if b, ok := l.escape(); ok {
				out = append(out, b)
			}
			continue
		}
		out = append(out, c)
	}
	return out
}

// escape reads what follows a backslash in a string; false for a line continuation.
func (l *lexer) escape() (byte, bool) {
	if l.pos >= len(l.data) {
		return 0, false
	}
	c := l.data[l.pos]
	l.pos++
	switch c {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\n':
		return 0, false
	case '\r':
		if l.peek(0) == '\n' {
			l.pos++
		}
		return 0, false
	}
	if c < '0' || c > '7' {
		return c, true
	}
	v := c - '0'
	for range 2 {
		d := l.peek(0)
		if d < '0' || d > '7' {
			break
		}
		v = v<<3 | (d - '0')
		l.pos++
	}
	return v, true
}

// hex reads a string in angle brackets; the opening one has been read.
func (l *lexer) hex() []byte {
	end := bytes.IndexByte(l.data[l.pos:], '>')
	if end < 0 {
		end = len(l.data) - l.pos
	}
	out := make([]byte, 0, end/2+1)
	half, have := 0, false
	for _, c := range l.data[l.pos : l.pos+end] {
		d := hexDigit(c)
		if d < 0 {
			continue
		}
		if have {
			out = append(out, byte(half<<4|d))
		}
		half, have = d, !have
	}
	if have {
		out = append(out, byte(half<<4))
	}
	l.pos = min(len(l.data), l.pos+end+1)
	return out
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
