package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
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

// showNumber writes v by the digits, separators and words of the section.
func (s section) showNumber(v float64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	switch {
	case s.has("G"):
		return sign + s.around('G', general(v))
	case s.has("/"):
		return sign + fraction(v, s.tokens)
	case s.has("E"):
		return sign + exponent(v, s.tokens)
	}
	text := s.digits(v)
	if strings.Trim(text, "0.,%") == "" { // -0,4 shown as 0 has no sign
		sign = ""
	}
	return sign + text
}

// around writes the words of the section with text in place of its element of that kind.
func (s section) around(kind byte, text string) string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case kind:
			b.WriteString(text)
		case '\'', '%':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// digits writes v, not negative, into the digit places of the section from the decimal point outwards.
func (s section) digits(v float64) string {
	p := s.places()
	for range p.percents {
		v *= 100
	}
	for range p.thousands {
		v /= 1000
	}
	whole, decimals, _ := strings.Cut(fixed(v, p.decimals), ".")
	if whole == "0" && p.whole > 0 {
		whole = ""
	}
	for len(decimals) > p.least && strings.HasSuffix(decimals, "0") {
		decimals = decimals[:len(decimals)-1]
	}
	point := ","
	if p.code() {
		point = "."
	}
	var b strings.Builder
	left := p.whole // digit places before the point still to come
	seen := false   // the point
	for _, t := range s.tokens {
		switch t.kind {
		case '\'', '%', '/':
			b.WriteString(t.text)
		case '.':
			seen = true
			if p.whole == 0 {
				b.WriteString(whole)
			}
			if decimals != "" {
				b.WriteString(point)
			}
		case '0', '#', '?':
			if seen {
				if decimals != "" {
					b.WriteByte(decimals[0])
					decimals = decimals[1:]
				}
				continue
			}
			whole = p.put(&b, whole, left, t.kind)
			left--
		}
	}
	return b.String()
}

// put writes the digits of whole that belong to a digit place with left places to go, itself included, and returns
// the others. The first place takes all that there is too much of.
func (p places) put(b *strings.Builder, whole string, left int, kind byte) string {
	if len(whole) < left {
		if kind == '0' {
			b.WriteByte('0')
			p.group(b, left)
		}
		return whole
	}
	for len(whole) >= left && whole != "" {
		b.WriteByte(whole[0])
		p.group(b, len(whole))
		whole = whole[1:]
	}
	return whole
}

// group writes the thousands separator after the digit that had left digits to go, itself included.
func (p places) group(b *strings.Builder, left int) {
	if p.grouped && left > 1 && left%3 == 1 {
		b.WriteByte('.')
	}
}

// places is what the digit places of a section ask for.
type places struct {
	whole     int  // places before the point
	decimals  int  // places after it
	least     int  // of these, how many are always written
	grouped   bool // thousands are set apart
	thousands int  // how many times the number is divided by 1000
	percents  int
	words     bool // something is written beside the digits
}

// code reports whether the section is such as 0.00 or 0.0, bare digits: clerks keep numbers of tasks (1.10, 2.5) in
// these, which are written with a point everywhere.
func (p places) code() bool { return !p.grouped && !p.words && p.percents == 0 && p.thousands == 0 }

func (s section) places() places {
	var p places
	point := false
	commas := 0 // since the last digit place
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?':
			if point {
				p.decimals++
				if t.kind == '0' {
					p.least = p.decimals
				}
				continue
			}
			p.grouped = p.grouped || commas > 0 && p.whole > 0
			commas = 0
			p.whole++
		case '.':
			point = true
		case ',':
			commas++
		case '%':
			p.percents++
		case '\'':
			p.words = p.words || strings.TrimSpace(t.text) != ""
		}
	}
	p.thousands = commas
	return p
}

// fixed writes v with that many decimals, halves rounded away from zero as spreadsheets do, from the fifteen digits
// that spreadsheets keep.
func fixed(v float64, decimals int) string {
	if v >= 1e15 {
		return strconv.FormatFloat(v, 'f', decimals, 64)
	}
	kept, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		kept = v
	}
	_, frac, _ := strings.Cut(strconv.FormatFloat(kept, 'f', -1, 64), ".")
	if len(frac) == decimals+1 && frac[decimals] == '5' {
		kept += math.Pow10(-decimals - 2) // off the half, which FormatFloat may round down
	}
	return strconv.FormatFloat(kept, 'f', decimals, 64)
}

// general writes v as the format General: up to fifteen digits, without the noise of binary fractions.
func general(v float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		short = v
	}
	verb := byte('f')
	if size := math.Abs(short); size != 0 && (size >= 1e15 || size < 1e-9) {
		verb = 'E'
	}
	return strings.Replace(strconv.FormatFloat(short, verb, -1, 64), ".", ",", 1)
}

// exponent writes v in scientific notation.
func exponent(v float64, tokens []formatToken) string {
	decimals, point := 0, false
	for _, t := range tokens {
		switch t.kind {
		case '.':
			point = true
		case 'E':
			return strings.Replace(strconv.FormatFloat(v, 'E', decimals, 64), ".", ",", 1)
		case '0', '#', '?':
			if point {
				decimals++
			}
		}
	}
	return general(v)
}

// fraction writes v as the nearest fraction that the places below the bar have room for.
func fraction(v float64, tokens []formatToken) string {
	room, below := 1, false
	for _, t := range tokens {
		if t.kind == '/' {
			below = true
		} else if below && strings.IndexByte("0#?", t.kind) >= 0 && room < 1000 {
			room *= 10
		}
	}
	whole, rest := math.Modf(v)
	num, den, best := 0.0, 1.0, math.Inf(1)
	for d := 1.0; d < float64(room); d++ {
		n := math.Round(rest * d)
		if miss := math.Abs(rest - n/d); miss < best-1e-12 {
			num, den, best = n, d, miss
		}
	}
	switch {
	case num == den:
		return general(whole + 1)
	case num == 0:
		return general(whole)
	case whole == 0:
		return fmt.Sprintf("%.0f/%.0f", num, den)
	}
	return fmt.Sprintf("%s %.0f/%.0f", general(whole), num, den)
}

// showDate fills in a cell whose number v counts days. Whatever order the format has, the day is written as
// Vietnamese offices do; what the format leaves out is left out.
func (s section) showDate(c *grid.Cell, v float64, date1904 bool) {
	days := math.Floor(v)
	seconds := int(math.Round((v - days) * 86400))
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	if v > 2958466 { // after the year 9999
		c.Text = general(v)
		return
	}
	clock := s.clock(int(days), seconds)
	if !s.has("ymd") {
		c.Text = clock
		return
	}
	y, m, d := civil(int(days), date1904)
	var parts []string
	precision := progress.YearOnly
	if s.has("d") {
		precision = progress.Day
		parts = append(parts, fmt.Sprintf("%02d", d))
	}
	if s.has("m") {
		if precision != progress.Day {
			precision = progress.MonthOnly
		}
		parts = append(parts, fmt.Sprintf("%02d", m))
	}
	if s.has("y") {
		parts = append(parts, fmt.Sprintf("%04d", y))
	}
	c.Text = strings.TrimSpace(strings.Join(parts, "/") + " " + clock)
	if date, ok := progress.NewDate(y, time.Month(m), d); ok {
		c.Kind, c.Date, c.Precision = grid.Date, date, precision
	} else {
		c.Kind = grid.Text // a day that the calendar has not, or far from our time: shown, never understood
	}
}

// clock writes the time of day, or the time elapsed, as far as the section shows it.
func (s section) clock(days, seconds int) string {
	switch {
	case s.has("H"):
		text := fmt.Sprintf("%d:%02d", days*24+seconds/3600, seconds/60%60)
		if s.has("s") {
			text += fmt.Sprintf(":%02d", seconds%60)
		}
		return text
	case s.has("N"):
		return fmt.Sprintf("%d:%02d", days*1440+seconds/60, seconds%60)
	case s.has("S"):
		return strconv.Itoa(days*86400 + seconds)
	case s.has("h") && s.has("s"):
		return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	case s.has("h"):
		return fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	case s.has("s"):
		return fmt.Sprintf("%02d:%02d", seconds/60%60, seconds%60)
	}
	return ""
}

// civil is the day of a serial number. The 1900 system counts a 29/02/1900 that never was, and a day 0.
func civil(days int, date1904 bool) (year, month, day int) {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == 60:
		return 1900, 2, 29
	case days == 0:
		return 1900, 1, 0
	case days < 60:
		epoch = epoch.AddDate(0, 0, 1)
	}
	t := epoch.AddDate(0, 0, days)
	return t.Year(), int(t.Month()), t.Day()
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
