package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

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

// exponent writes v, not negative, in scientific notation. Where the section has several places before the point, the
// exponent is a multiple of their number: ##0.0E+0 is for thousands, millions …
func exponent(v float64, tokens []formatToken) string {
	whole, decimals, width := exponentPlaces(tokens)
	mantissa, power := scaled(v, whole, decimals)
	var b strings.Builder
	placed, after := false, false
	for _, t := range tokens {
		switch t.kind {
		case '0', '#', '?', '.':
			if !placed {
				b.WriteString(strings.Replace(mantissa, ".", ",", 1))
			}
			placed = true
		case 'E':
			if after {
				continue
			}
			placed, after = true, true
			b.WriteByte('E')
			switch {
			case power < 0:
				b.WriteByte('-')
			case t.text == "+":
				b.WriteByte('+')
			}
			fmt.Fprintf(&b, "%0*d", width, max(power, -power))
		case '\'', '%':
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// exponentPlaces counts the digit places before the point, those after it, and those of the exponent.
func exponentPlaces(tokens []formatToken) (whole, decimals, width int) {
	count := &whole
	for _, t := range tokens {
		switch t.kind {
		case '.':
			count = &decimals
		case 'E':
			count = &width
		case '0', '#', '?':
			*count++
		}
	}
	return max(1, whole), decimals, max(1, width)
}

// scaled is v as a number of at most that many whole digits and the power of ten that belongs to it, a multiple of
// whole.
func scaled(v float64, whole, decimals int) (mantissa string, power int) {
	if v == 0 {
		return fixed(0, decimals), 0
	}
	digits, tens, _ := strings.Cut(strconv.FormatFloat(v, 'e', 14, 64), "e")
	size, err := strconv.Atoi(tens)
	if err != nil {
		return fixed(v, decimals), 0
	}
	power = int(math.Floor(float64(size)/float64(whole))) * whole
	for {
		m, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(size-power), 64)
		mantissa = fixed(m, decimals)
		if before, _, _ := strings.Cut(mantissa, "."); err != nil || len(before) <= whole {
			return mantissa, power
		}
		power += whole // 9,96 rounds to 10,0, which is 1,0 of the next power
	}
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
