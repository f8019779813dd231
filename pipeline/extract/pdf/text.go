package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/legacy"
)

// Distances between glyphs are told in ems, the height of the font.
const (
	sameLine  = 0.45 // baselines nearer than this are one line: superscripts, letters of other sizes
	wordGap   = 0.22 // a wider gap is a space, drawn or not
	drawnGap  = 0.04 // a drawn space counts unless its neighbours touch
	overprint = 0.12 // the same letter drawn again this near is bold made by printing twice
	ascent    = 0.75
	descent   = 0.22
)

// word is a run of letters without a space between them.
type word struct {
	text string
	box
	base float64 // y of the baseline
	size float64
	from legacy.Encoding // what it was converted from
}

// line is the words on one baseline, from left to right.
type line struct {
	words []word
	box
	base float64
	size float64 // of its largest letters
}

func (l line) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// newLine is the line of those words, which are sorted from left to right.
func newLine(words []word) line {
	l := line{words: words, box: words[0].box, base: words[0].base}
	for _, w := range words {
		l.box = l.box.union(w.box)
		if w.size > l.size {
			l.size, l.base = w.size, w.base
		}
	}
	return l
}

// lines groups glyphs that are written from left to right into lines of words, from top to bottom.
func lines(glyphs []glyph) []line {
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.y, b.y) })
	var out []line
	for start := 0; start < len(glyphs); {
		end, size, base := start+1, glyphs[start].size, glyphs[start].y
		for end < len(glyphs) && math.Abs(glyphs[end].y-base) <= sameLine*max(size, glyphs[end].size) &&
			glyphs[end].y-glyphs[end-1].y <= sameLine*min(size, glyphs[end].size)+0.5 {
			if glyphs[end].size > size { // an index stands beside larger letters, whose baseline is the line's
				size, base = glyphs[end].size, glyphs[end].y
			}
			end++
		}
		if ws := words(glyphs[start:end]); len(ws) > 0 {
			out = append(out, newLine(ws))
		}
		start = end
	}
	return out
}

// words makes the words of one line.
func words(glyphs []glyph) []word {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
	glyphs = joinAccents(dropOverprint(glyphs))
	var out []word
	var text strings.Builder
	var current word
	var used *font
	flush := func() {
		if text.Len() > 0 {
			current.text = norm.NFC.String(text.String())
			if used != nil && used.legacy != "" {
				current.text, current.from = legacy.Convert(current.text, used.legacy)
			}
			out = append(out, current)
			text.Reset()
		}
	}
	spaced := false
	for _, g := range glyphs {
		if g.space {
			spaced = true
			continue
		}
		b := g.bounds()
		gap := b.x0 - current.x1
		if text.Len() > 0 && (gap > wordGap*g.size || spaced && gap > drawnGap*g.size) {
			flush()
		}
		if text.Len() == 0 {
			current, used = word{box: b, base: g.y, size: g.size}, g.font
		}
		current.box = current.box.union(b)
		if g.size > current.size {
			current.base, current.size = g.y, g.size
		}
		text.WriteString(g.text)
		spaced = false
	}
	flush()
	return slices.DeleteFunc(out, func(w word) bool { return strings.Trim(w.text, "\u200b") == "" })
}

func (g glyph) bounds() box {
	return box{min(g.x, g.x+g.dx), g.y - ascent*g.size, max(g.x, g.x+g.dx), g.y + descent*g.size}
}

// dropOverprint drops letters that were drawn twice to look bold.
func dropOverprint(glyphs []glyph) []glyph {
	out := glyphs[:0]
next:
	for _, g := range glyphs {
		for i := len(out) - 1; i >= max(0, len(out)-4); i-- {
			o := out[i]
			if o.text == g.text && math.Abs(o.x-g.x) < overprint*g.size && math.Abs(o.y-g.y) < overprint*g.size && math.Abs(o.size-g.size) < 0.1*g.size {
				continue next
			}
		}
		out = append(out, g)
	}
	return out
}

// spacingAccents are accents with a width of their own, which some typesetting systems draw over a letter.
var spacingAccents = map[string]string{
	"´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a", "¸": "\u0327", "˙": "\u0307", "˝": "\u030b",
}

// joinAccents puts marks that were drawn as glyphs of their own behind the letters that they stand over.
func joinAccents(glyphs []glyph) []glyph {
	for i := range glyphs {
		mark, ok := spacingAccents[glyphs[i].text]
		if !ok {
			if !isMark(glyphs[i].text) {
				continue
			}
			mark = glyphs[i].text
		}
		middle := glyphs[i].x + glyphs[i].dx/2
		for _, k := range []int{i + 1, i - 1, i + 2, i - 2} {
			if k < 0 || k >= len(glyphs) {
				continue
			}
			r, _ := firstRune(glyphs[k].text)
			if unicode.IsLetter(r) && middle > glyphs[k].x && middle < glyphs[k].x+glyphs[k].dx {
				glyphs[k].text += mark
				glyphs[i].text = "\u200b"
				break
			}
		}
	}
	return glyphs
}

func isMark(s string) bool {
	r, ok := firstRune(s)
	return ok && unicode.Is(unicode.Mn, r)
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// joinLines joins the lines of one paragraph or cell as a reader would. A soft wrap becomes a space, or nothing where
// it broke a number, a date or a compound. A line that ends clearly before the width, and is followed by one that
// begins like a new paragraph, ends with \n.
func joinLines(ls []line, width box) string {
	var b strings.Builder
	items := 0
	for _, l := range ls {
		if isBullet(l.words[0].text) {
			items++
		}
	}
	for i, l := range ls {
		switch {
		case i == 0:
		case items > 1 && isBullet(l.words[0].text):
			b.WriteByte('\n')
		default:
			b.WriteString(seam(ls[i-1], l, width))
		}
		b.WriteString(clean(l.text()))
	}
	return strings.TrimSpace(b.String())
}

// isBullet reports whether a word is the sign before an item of a list.
func isBullet(s string) bool {
	r, _ := firstRune(s)
	return len(s) == len(string(r)) && strings.ContainsRune("-–—+*•·▪■□◻●○✓➢→", r)
}

func clean(s string) string { return strings.ReplaceAll(s, "\u200b", "") }

// seam is what stands between two lines of one cell.
func seam(above, below line, width box) string {
	last, first := clean(above.words[len(above.words)-1].text), clean(below.words[0].text)
	if last == "" || first == "" {
		return " "
	}
	endsShort := above.x1+(below.words[0].x1-below.words[0].x0)+wordGap*above.size < width.x1-0.5*above.size
	if endsShort && beginsParagraph(first) {
		return "\n"
	}
	full := len(above.words) == 1
	a, _ := lastRune(last)
	z, _ := firstRune(first)
	switch {
	case strings.HasSuffix(last, "/") && (unicode.IsDigit(z) || unicode.IsLetter(z)) && !endsShort:
		return ""
	case full && !endsShort && isBrokenNumber(last, first):
		return ""
	case a == '-' && len([]rune(last)) > 1 && !endsShort && (unicode.IsLetter(z) || unicode.IsDigit(z)):
		return ""
	}
	return " "
}

func lastRune(s string) (rune, bool) {
	rs := []rune(s)
	if len(rs) == 0 {
		return 0, false
	}
	return rs[len(rs)-1], true
}

// isBrokenNumber reports whether two pieces are one number or date that was too wide for its cell: 05/07/202|6.
func isBrokenNumber(last, first string) bool {
	numeric := func(s string) bool {
		return strings.Trim(s, "0123456789./,-%") == "" && strings.ContainsAny(s, "0123456789")
	}
	return numeric(last) && numeric(first) && len(first) <= 4
}

// beginsParagraph reports whether a line begins as only a paragraph, or an item of a list, does.
func beginsParagraph(first string) bool {
	r, _ := firstRune(first)
	if strings.ContainsRune("-–—+*•·▪■□◻●○✓➢→", r) {
		return true
	}
	if unicode.IsUpper(r) {
		return true
	}
	number := strings.TrimRight(first, ".)")
	return number != first && len(number) <= 4 && strings.Trim(number, "0123456789abcdđeghiIVX.") == ""
}

// beginsItem reports whether a word is the mark of an item of a list: a bullet, "1.", "a)", "(iv)".
func beginsItem(s string) bool {
	r, _ := firstRune(s)
	if strings.ContainsRune("-–—+*•·▪■□◻●○✓➢→o", r) && len([]rune(s)) == 1 {
		return true
	}
	inner := strings.TrimRight(strings.TrimLeft(s, "("), ".)")
	return inner != s && len(inner) <= 5 && strings.Trim(inner, "0123456789abcdđeghivxIVX.") == ""
}

func beginsLower(s string) bool {
	r, _ := firstRune(s)
	return unicode.IsLower(r) || strings.ContainsRune("(,;", r)
}
