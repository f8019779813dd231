package pdf

import (
	"bytes"
	"math"
	"unicode/utf16"

	reader "github.com/ledongthuc/pdf"
)

// actualText is the replacement text of a marked-content sequence; the first glyph in it takes the whole.
type actualText struct {
	text  string
	set   bool
	taken bool
}

func actualTextOf(properties object) actualText {
	v := properties.get("ActualText")
	if v.kind != stringKind {
		return actualText{}
	}
	return actualText{text: textString(v.raw), set: true}
}

// textString decodes a text string: UTF-16 with byte order mark, UTF-8 with mark, else one byte a character.
func textString(raw []byte) string {
	if bytes.HasPrefix(raw, []byte{0xfe, 0xff}) {
		return decodeUTF16(raw[2:])
	}
	if bytes.HasPrefix(raw, []byte{0xef, 0xbb, 0xbf}) {
		return string(raw[3:])
	}
	out := make([]rune, len(raw))
	for i, c := range raw {
		out[i] = rune(c)
	}
	return string(out)
}

func decodeUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

func (p *painter) moveLine(x, y float64) {
	s := &p.state
	s.lineMatrix = matrix{1, 0, 0, 1, x, y}.then(s.lineMatrix)
	s.textMatrix = s.lineMatrix
}

// show draws a string: it advances the text matrix and leaves a glyph for each code.
func (p *painter) show(codes []byte) {
	s := &p.state
	if s.font == nil {
		s.font = p.fonts.load(reader.Value{})
	}
	m := s.textMatrix.then(s.ctm)
	size := math.Hypot(m.c, m.d) * math.Abs(s.size)
	x := 0.0
	for len(codes) > 0 {
		c, n := s.font.next(codes)
		space := n == 1 && codes[0] == ' '
		codes = codes[n:]
		width := c.width * s.size * s.stretch
		g := glyph{
			text: c.text,
			x:    m.e + m.a*x + m.c*s.rise, y: m.f + m.b*x + m.d*s.rise,
			dx: m.a * width, dy: m.b * width,
			size: size, font: s.font,
		}
		p.place(g)
		x += width + s.charSpace*s.stretch
		if space {
			x += s.wordSpace * s.stretch
		}
	}
	s.textMatrix = matrix{1, 0, 0, 1, x, 0}.then(s.textMatrix)
}

// place keeps a glyph that is seen.
func (p *painter) place(g glyph) {
	if k := len(p.actual); k > 0 && p.actual[k-1].set {
		if p.actual[k-1].taken {
			g.text = "\u200b" // its text stands at the first glyph
		} else {
			g.text = p.actual[k-1].text
		}
		p.actual[k-1].taken = true
	}
	g.space = g.text == " " || g.text == "\u00a0"
	if p.state.font.vertical && !g.space {
		p.out.upright++
	}
	length := math.Hypot(g.dx, g.dy)
	ux, uy := 1.0, 0.0
	if length > 0 {
		ux, uy = g.dx/length, g.dy/length
	}
	cx, cy := g.x+g.dx/2+uy*g.size*0.3, g.y+g.dy/2-ux*g.size*0.3 // the middle of a small letter
	seen := p.state.clip
	if cx < seen.x0-1 || cx > seen.x1+1 || cy < seen.y0-1 || cy > seen.y1+1 || math.IsNaN(cx+cy) {
		if !g.space {
			p.out.clipped++
		}
		return
	}
	if p.off > 0 {
		return
	}
	if p.state.mode == 3 || p.state.mode == 7 {
		p.out.hidden++
	}
	p.out.glyphs = append(p.out.glyphs, g)
}
