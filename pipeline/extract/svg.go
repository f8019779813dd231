package extract

import (
	"encoding/xml"
	"fmt"
	"strings"

	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// colours tell fields apart; every column bears the name of its field beside, so that none depends on them.
var colours = []string{"#a6cee3", "#b2df8a", "#fdbf6f", "#cab2d6", "#fb9a99", "#ffff99", "#8dd3c7", "#d9d9d9"}

const (
	unreadColour = "#b2182b"
	labelHeight  = 7.0
	labelSize    = 5.5
	tightest     = 1.7 // a label squeezed more cannot be read
	legendHeight = 30.0
	leastWidth   = 440.0 // the legend needs it
)

// SVG draws the picture, with the names of fields in the language of words. Everything that stood in the file is text in it and nothing
// else.
func (p Picture) SVG(title string, words *templates.Words) []byte {
	var b strings.Builder
	width, height := max(p.Width, leastWidth), p.Height+legendHeight
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xml:lang="%s" width="%gpt" height="%gpt" viewBox="0 0 %g %g" font-family="'Liberation Serif', 'Times New Roman', serif">
<title>%s</title>
<rect width="100%%" height="100%%" fill="#ffffff"/>
`, words.Lang, width, height, width, height, escape(title))
	for _, box := range p.Hidden {
		rect(&b, box, `fill="#000000" fill-opacity="0.18"`)
	}
	for _, m := range p.Marks {
		m.fill(&b)
	}
	for _, box := range p.Cells {
		rect(&b, box, `fill="none" stroke="#2166ac" stroke-width="0.4" stroke-dasharray="2 1"`)
	}
	for _, r := range p.Rules {
		fmt.Fprintf(&b, `<path d="M%g %gL%g %g" stroke="#000000" stroke-opacity="0.45" stroke-width="0.8"/>`+"\n", r[0], r[1], r[2], r[3])
	}
	for _, w := range p.Words {
		write(&b, w, `fill="#000000"`)
	}
	p.labels(&b, words)
	write(&b, pdf.Word{X: 8, Y: p.Height + 12, Size: 7, Text: words.Say("explain.legend.read")}, `fill="#000000"`)
	write(&b, pdf.Word{X: 8, Y: p.Height + 22, Size: 7, Text: words.Say("explain.legend.lines")}, `fill="#000000"`)
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// fill paints what was read; a heading is painted stronger than the values of its column.
func (m Mark) fill(b *strings.Builder) {
	switch colour := colours[m.Colour%len(colours)]; {
	case m.Field == "":
		rect(b, m.Box, `fill="none" stroke="`+unreadColour+`" stroke-width="1.2"`)
	case m.Heading:
		rect(b, m.Box, `fill="`+colour+`" stroke="#000000" stroke-width="1"`)
	default:
		rect(b, m.Box, `fill="`+colour+`" fill-opacity="0.5"`)
	}
}

// labels writes the name of its field over each heading, and, where the heading stands on another page, over the first value.
func (p Picture) labels(b *strings.Builder, words *templates.Words) {
	named := map[progress.Field]bool{}
	for _, m := range p.Marks { // headings come first
		if named[m.Field] && !m.Heading {
			continue
		}
		named[m.Field] = true
		text, colour := words.Say("explain.legend.unread"), unreadColour
		if m.Field != "" {
			text, colour = words.Say("field."+string(m.Field)), "#000000"
		}
		room := m.Box[2] - m.Box[0] - 2
		if m.Field != "" && labelLength(text) > tightest*room {
			text = string(m.Field) // shorter
		}
		length := min(labelLength(text), room)
		top := max(0, m.Box[1]-labelHeight)
		rect(b, [4]float64{m.Box[0], top, m.Box[0] + length + 2, top + labelHeight}, `fill="`+colour+`" fill-opacity="0.8"`)
		write(b, pdf.Word{X: m.Box[0] + 1, Y: top + labelHeight - 1.7, Length: length, Size: labelSize, Text: text}, `fill="#ffffff" font-family="sans-serif"`)
	}
}

func labelLength(text string) float64 { return textLength(text) * labelSize / fontSize }

func rect(b *strings.Builder, box [4]float64, style string) {
	fmt.Fprintf(b, `<rect x="%g" y="%g" width="%.4g" height="%.4g" %s/>`+"\n", box[0], box[1], box[2]-box[0], box[3]-box[1], style)
}

// write writes a word as long as it is, whatever font there is to draw it.
func write(b *strings.Builder, w pdf.Word, style string) {
	fmt.Fprintf(b, `<text x="%g" y="%g" font-size="%.4g" %s`, w.X, w.Y, w.Size, style)
	if w.Length > 0 {
		fmt.Fprintf(b, ` textLength="%.4g" lengthAdjust="spacingAndGlyphs"`, w.Length)
	}
	if w.Turn != 0 {
		fmt.Fprintf(b, ` transform="rotate(%d %g %g)"`, 90*w.Turn, w.X, w.Y)
	}
	fmt.Fprintf(b, ">%s</text>\n", escape(w.Text))
}

// escape makes a text harmless in XML; characters that XML does not know become U+FFFD.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}
