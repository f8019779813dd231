package workbook

import (
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
)

// builtin are the number formats that a workbook refers to by id without writing them down (ECMA-376 part 1,
// 18.8.30), as a Vietnamese Excel shows them. 27–36 and 50–58 are dates of the East Asian versions.
var builtin = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
	27: "yyyy/m/d", 28: "yyyy/m/d", 29: "yyyy/m/d", 30: "yyyy/m/d", 31: "yyyy/m/d", 32: "h:mm", 33: "h:mm:ss",
	34: "yyyy/m/d", 35: "yyyy/m/d", 36: "yyyy/m/d",
	37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)",
	41: `_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)`, 42: `_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)`, 44: `_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: "yyyy/m/d", 51: "yyyy/m/d", 52: "yyyy/m/d", 53: "yyyy/m/d", 54: "yyyy/m/d", 55: "yyyy/m/d",
	56: "yyyy/m/d", 57: "yyyy/m/d", 58: "yyyy/m/d",
}

// format is a number format: up to four sections for positive numbers, negative ones, zero and text.
type format []section

// section is one part of a number format between semicolons.
type section struct {
	tokens  []formatToken
	op      string // of a condition, such as >=; empty where there is none
	operand float64
	date    bool // shows days, months, years or times
	text    bool // shows text: @
}

// formatToken is a literal or one element of a section. Kinds: ' literal, 0 # ? digit, . decimal point, comma, %,
// E exponent, / bar of a fraction, G General, @ text, y m d h s parts of a date, n minutes, H N S elapsed time.
type formatToken struct {
	kind byte
	text string
}

func parseFormat(code string) format {
	var f format
	for {
		s, rest, more := parseSection(code)
		f = append(f, s)
		if !more || len(f) == 4 {
			return f
		}
		code = rest
	}
}

// parseSection reads a section and returns what follows its semicolon.
func parseSection(code string) (s section, rest string, more bool) {
	add := func(kind byte, text string) { s.tokens = append(s.tokens, formatToken{kind, text}) }
	for code != "" {
		c := code[0]
		size := 1
		switch {
		case c == ';':
			s.settle()
			return s, code[1:], true
		case c == '"':
			literal, _, _ := strings.Cut(code[1:], `"`)
			add('\'', literal)
			size = min(len(literal)+2, len(code))
		case c == '\\' || c == '!':
			literal := firstRune(code[1:])
			add('\'', literal)
			size += len(literal)
		case c == '_' || c == '*':
			size += len(firstRune(code[1:]))
			if c == '_' {
				add('\'', " ")
			}
		case c == '[':
			inside, _, closed := strings.Cut(code[1:], "]")
			s.bracket(inside)
			size = len(inside) + 1
			if closed {
				size++
			}
		case hasPrefixFold(code, "general"):
			add('G', "")
			size = len("general")
		case hasPrefixFold(code, "am/pm"):
			size = len("am/pm")
		case hasPrefixFold(code, "a/p"):
			size = len("a/p")
		case hasPrefixFold(code, "e+"), hasPrefixFold(code, "e-"):
			add('E', code[1:2])
			size = 2
		case strings.IndexByte("ymdhseYMDHSE", c) >= 0:
			for size < len(code) && code[size]|0x20 == c|0x20 {
				size++
			}
			kind := c | 0x20
			if kind == 'e' { // year of an era
				kind = 'y'
			}
			add(kind, code[:size])
		case strings.IndexByte("0#?.,%/@", c) >= 0:
			add(c, code[:1])
		default:
			literal := firstRune(code)
			add('\'', literal)
			size = len(literal)
		}
		code = code[size:]
	}
	s.settle()
	return s, "", false
}

// bracket reads what stands in square brackets: a colour, a condition, a currency and locale, elapsed time.
func (s *section) bracket(inside string) {
	lower := strings.ToLower(inside)
	switch {
	case strings.HasPrefix(inside, "$"): // [$₫-42A], [$-42A]
		if currency, _, _ := strings.Cut(inside[1:], "-"); currency != "" {
			s.tokens = append(s.tokens, formatToken{'\'', currency})
		}
	case lower != "" && strings.Trim(lower, "h") == "":
		s.tokens = append(s.tokens, formatToken{'H', inside})
	case lower != "" && strings.Trim(lower, "m") == "":
		s.tokens = append(s.tokens, formatToken{'N', inside})
	case lower != "" && strings.Trim(lower, "s") == "":
		s.tokens = append(s.tokens, formatToken{'S', inside})
	case strings.IndexAny(inside, "<>=") == 0:
		op := inside[:len(inside)-len(strings.TrimLeft(inside, "<>="))]
		if operand, err := strconv.ParseFloat(strings.TrimSpace(inside[len(op):]), 64); err == nil {
			s.op, s.operand = op, operand
		}
	}
}

// settle tells minutes from months (m after hours or before seconds) and what the section shows.
func (s *section) settle() {
	last := -1 // the date element before
	for i, t := range s.tokens {
		switch t.kind {
		case '@':
			s.text = true
		case 'y', 'm', 'd', 'h', 's', 'H', 'N', 'S':
			s.date = true
			if t.kind == 'm' && last >= 0 && (s.tokens[last].kind == 'h' || s.tokens[last].kind == 'H') {
				s.tokens[i].kind = 'n'
			}
			if t.kind == 's' && last >= 0 && s.tokens[last].kind == 'm' {
				s.tokens[last].kind = 'n'
			}
			last = i
		}
	}
}

func (s section) has(kinds string) bool {
	for _, t := range s.tokens {
		if strings.IndexByte(kinds, t.kind) >= 0 {
			return true
		}
	}
	return false
}

// showText is text as the format shows it: most show it as it is, some with words around.
func (f format) showText(text string) string {
	s := f[len(f)-1]
	if len(f) < 4 && !s.text {
		return text
	}
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case '@':
			b.WriteString(text)
		case '\'':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// show fills in a cell that holds number v: its kind and what a reader sees.
func (f format) show(c *grid.Cell, v float64, date1904 bool) {
	c.Kind, c.Number = grid.Number, v
	s, magnitude := f.pick(v)
	switch {
	case s.date && v >= 0:
		s.showDate(c, v, date1904)
	case s.date, s.text && !s.has("0#?G"):
		c.Text = general(v)
	default:
		c.Percent = s.has("%")
		c.Text = strings.TrimSpace(s.showNumber(magnitude))
	}
}

// pick returns the section for v and the number that it shows, which is without sign where the section is for
// negative numbers alone.
func (f format) pick(v float64) (section, float64) {
	if f[0].op != "" {
		for i, s := range f[:min(len(f), 3)] {
			if s.op == "" && i < 2 && len(f) > i+1 && f[i+1].op != "" {
				continue
			}
			if s.op == "" || holds(v, s.op, s.operand) {
				return s, v
			}
		}
		return f[min(len(f), 3)-1], v
	}
	switch {
	case v < 0 && len(f) >= 2:
		return f[1], -v
	case v == 0 && len(f) >= 3:
		return f[2], v
	}
	return f[0], v
}

func holds(v float64, op string, operand float64) bool {
	switch op {
	case "<":
		return v < operand
	case "<=":
		return v <= operand
	case ">":
		return v > operand
	case ">=":
		return v >= operand
	case "=":
		return v == operand
	case "<>":
		return v != operand
	}
	return false
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
