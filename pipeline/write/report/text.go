package report

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tiendo/templates"
)

// rgb is a colour; black is the zero value.
type rgb struct{ r, g, b int }

// style is how text is set.
type style struct {
	face  templates.Face
	size  float64 // points
	color rgb
}

func (s style) bold() style            { s.face = templates.FaceBold; return s }
func (s style) italic() style          { s.face = templates.FaceItalic; return s }
func (s style) in(c rgb) style         { s.color = c; return s }
func (s style) sized(pt float64) style { s.size = pt; return s }

// Vertical measures of Liberation Serif as shares of the size (tables OS/2 and hhea), and the leading we set.
const (
	ascent  = 0.891
	descent = 0.216
	leading = 1.19
)

// lineHeight is the distance of two baselines.
func (s style) lineHeight() float64 { return s.size * leading }

// baseline is the distance from the top of a line to its baseline.
func (s style) baseline() float64 { return s.size * (ascent + (leading-ascent-descent)/2) }

// span is a piece of text in one style. Where figure is set, the piece prints a figure of the synthesis.
type span struct {
	text   string
	style  style
	figure figureRef
}

// figureRef says which figure, and what of it, a piece of text prints.
type figureRef struct {
	id     string
	aspect Aspect
}

// widthOf measures clean text in points.
func widthOf(text string, s style) float64 {
	w, sum := templates.AdvancesOf(s.face), 0
	for _, r := range text {
		if r == nbsp {
			r = ' '
		}
		sum += int(w[r])
	}
	return float64(sum) * s.size / 1000
}

const (
	nbsp        = '\u00a0' // keeps two words on a line; drawn as a space
	replacement = '□'      // stands for a character that the face cannot show
)

// clean makes text fit to be drawn in a face: NFC, line breaks as \n, no control characters, no marks that turn the
// direction of writing or have no width, and replacement for every character without a glyph. It counts the replaced.
func clean(text string, face templates.Face) (cleaned string, replaced int) {
	glyphs := templates.AdvancesOf(face)
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case r == '\r' || unicode.Is(unicode.Cf, r):
		case r == '\t' || (r != nbsp && unicode.IsSpace(r)):
			b.WriteByte(' ')
		case unicode.IsControl(r):
		case r == nbsp:
			b.WriteRune(nbsp)
		case r > 0xffff || glyphs[r] < 0:
			b.WriteRune(replacement)
			replaced++
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), replaced
}

// fragment is text that is drawn in one piece; x counts from the left of its line.
type fragment struct {
	span
	x, width float64
	goesOn   bool // the word goes on behind it: in another style, or on the next line
}

// textLine is one line of set text.
type textLine struct {
	fragments []fragment
	width     float64
	height    float64
	baseline  float64
}

// word is text without a place to break: one fragment, or several where the style changes inside it.
type word struct {
	parts   []fragment // x is not set yet
	width   float64
	newline bool // a line ends before the word
}

// wrap sets spans into lines no wider than width. A word that is wider than a whole line is broken, after a mark of
// punctuation where it has one. Empty text is one empty line.
func (c *canvas) wrap(spans []span, width float64) []textLine {
	b := lineBreaker{width: width}
	for _, w := range c.words(spans) {
		b.add(w)
	}
	b.flush()
	for i := range b.lines {
		b.lines[i].measure(spans)
	}
	return b.lines
}

// measure sets the height of the line: that of its largest style, or of the first span where it is empty.
func (l *textLine) measure(spans []span) {
	if len(l.fragments) == 0 && len(spans) > 0 {
		l.height, l.baseline = spans[0].style.lineHeight(), spans[0].style.baseline()
	}
	for _, f := range l.fragments {
		l.height = max(l.height, f.style.lineHeight())
		l.baseline = max(l.baseline, f.style.baseline())
	}
}

// words splits spans at spaces and line breaks.
func (c *canvas) words(spans []span) []word {
	var words []word
	var w word
	newline := false
	end := func() {
		if len(w.parts) > 0 {
			w.newline = newline
			words = append(words, w)
			w, newline = word{}, false
		}
	}
	for _, s := range spans {
		text, replaced := clean(s.text, s.style.face)
		c.replaced += replaced
		for text != "" {
			i := strings.IndexAny(text, " \n")
			piece := text
			if i >= 0 {
				piece = text[:i]
			}
			if piece != "" {
				part := fragment{span: span{piece, s.style, s.figure}, width: widthOf(piece, s.style)}
				w.parts = append(w.parts, part)
				w.width += part.width
			}
			if i < 0 {
				break
			}
			end()
			newline = newline || text[i] == '\n'
			text = text[i+1:]
		}
	}
	end()
	return words
}

// lineBreaker fills lines with words, the first that fits first.
type lineBreaker struct {
	width float64
	lines []textLine
	line  textLine
}

func (b *lineBreaker) add(w word) {
	if w.newline && (len(b.lines) > 0 || len(b.line.fragments) > 0) {
		b.flush()
	}
	space := 0.0
	if n := len(b.line.fragments); n > 0 {
		space = widthOf(" ", b.line.fragments[n-1].style)
		if b.line.width+space+w.width > b.width {
			b.flush()
			space = 0
		}
	}
	for i, part := range w.parts {
		if i > 0 {
			space = 0
		}
		part.goesOn = i < len(w.parts)-1
		b.place(part, space)
	}
}

// place appends a part to the line, in pieces where it is wider than a line of its own.
func (b *lineBreaker) place(part fragment, space float64) {
	for b.line.width+space+part.width > b.width+0.001 {
		head := fitting(part, b.width-b.line.width-space)
		if head == "" && len(b.line.fragments) > 0 {
			b.flush()
			space = 0
			continue
		}
		if head == "" { // not even one character fits: a column is never that narrow, but nothing may loop
			break
		}
		rest, goesOn := part.text[len(head):], part.goesOn
		part.text, part.width, part.goesOn = head, widthOf(head, part.style), part.goesOn || rest != ""
		b.append(part, space)
		b.flush()
		part.text, part.width, part.goesOn, space = rest, widthOf(rest, part.style), goesOn, 0
		if rest == "" {
			return
		}
	}
	b.append(part, space)
}

// fitting is the longest beginning of a part that fits into width, up to its last mark of punctuation where it has one.
func fitting(part fragment, width float64) string {
	end, mark, used := 0, 0, 0.0
	for i, r := range part.text {
		used += widthOf(string(r), part.style)
		if used > width {
			break
		}
		end = i + len(string(r))
		if strings.ContainsRune("/-_.,;:)", r) {
			mark = end
		}
	}
	if mark > 0 && end < len(part.text) {
		return part.text[:mark]
	}
	return part.text[:end]
}

// append joins the part to the last fragment where both are set alike, so that a line of one style is one string in the file.
func (b *lineBreaker) append(part fragment, space float64) {
	if n := len(b.line.fragments); n > 0 {
		last := &b.line.fragments[n-1]
		if last.style == part.style && last.figure == part.figure && part.figure.id == "" {
			if space > 0 {
				last.text += " "
			}
			last.text += part.text
			last.goesOn = part.goesOn
			last.width += space + part.width
			b.line.width += space + part.width
			return
		}
	}
	part.x = b.line.width + space
	b.line.width = part.x + part.width
	b.line.fragments = append(b.line.fragments, part)
}

func (b *lineBreaker) flush() {
	b.lines = append(b.lines, b.line)
	b.line = textLine{}
}

// fitFigures sets figures that are wider than width in a smaller size: a number broken over two lines is another number.
func fitFigures(spans []span, width float64) []span {
	for i, s := range spans {
		if s.figure.id == "" {
			continue
		}
		if w := widthOf(s.text, s.style); w > width {
			spans[i].style.size *= width / w
		}
	}
	return spans
}

// fitLine sets spans in smaller sizes where they are wider than one line.
func fitLine(spans []span, width float64) []span {
	total := 0.0
	for _, s := range spans {
		total += widthOf(s.text, s.style)
	}
	if width -= 0.1; total > width { // room for what rounding adds
		for i := range spans {
			spans[i].style.size *= width / total
		}
	}
	return spans
}

// shorten keeps at most n lines and ends the last one with an ellipsis where there were more. A word that fills the line alone loses its
// end; of others the last are left out whole.
func shorten(lines []textLine, n int, width float64) []textLine {
	if len(lines) <= n {
		return lines
	}
	lines = lines[:n]
	last := &lines[n-1]
	if len(last.fragments) == 0 {
		return lines
	}
	f := &last.fragments[len(last.fragments)-1]
	text := f.text
	const ellipsis = " …"
	for text != "" && f.x+widthOf(text+ellipsis, f.style) > width {
		space := strings.LastIndexByte(text, ' ')
		if space < 0 && len(last.fragments) == 1 {
			text = fitting(fragment{span: span{text: text, style: f.style}}, width-widthOf(ellipsis, f.style))
			break
		}
		text = text[:max(0, space)]
	}
	f.text, f.goesOn = strings.TrimSpace(text+ellipsis), false
	f.width = widthOf(f.text, f.style)
	last.width = f.x + f.width
	return lines
}

// elide sets a name on at most n lines. A name too long for that loses words of its middle: names of units begin alike, and it is the
// end that tells them apart.
func (c *canvas) elide(name string, s style, width float64, n int) []textLine {
	lines, _ := c.elideBefore(name, "", s, width, n)
	return shorten(lines, n, width)
}

// elideBefore is [canvas.elide] with words behind the name that are kept; fit is false where even then there are more lines than n.
func (c *canvas) elideBefore(name, behind string, s style, width float64, n int) (lines []textLine, fit bool) {
	words := strings.Fields(name)
	for cut := 1; ; cut++ {
		lines = c.wrap(one(name+behind, s), width)
		kept := len(words) - cut
		if len(lines) <= n || kept < 2 {
			return lines, len(lines) <= n
		}
		tail := (kept + 1) / 2
		name = strings.Join(words[:kept-tail], " ") + " … " + strings.Join(words[len(words)-tail:], " ")
	}
}

// heightOf is the height of lines one below the other.
func heightOf(lines []textLine) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.height
	}
	return h
}
