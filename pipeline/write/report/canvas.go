package report

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"time"

	// The one line that names the library: codeberg.org/go-pdf/fpdf has the same interface.
	gofpdf "github.com/jung-kurt/gofpdf"

	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// A4 in points, as the page is held upright.
const (
	a4Width  = 595.28
	a4Height = 841.89
)

// mm converts millimetres to points.
func mm(x float64) float64 { return x * 72 / 25.4 }

// canvas draws on pages, one after the other. It is the whole of what the report asks of the PDF library. Coordinates are points from the
// top left corner of the page.
//
// The library keeps every page until the document ends, which is too much for the annex of a nation. It also makes templates, though,
// which share the fonts of a document and are handed out by the page: so each page is drawn as a template, written, and forgotten. The
// document of the library has nothing in it but fonts and metadata.
type canvas struct {
	library  *gofpdf.Fpdf
	pdf      *gofpdf.Fpdf // of the current page
	turnTo   func(size)   // ends the current page and begins another
	number   int          // of the current page, from 1
	sizes    []size       // of the pages
	selected style        // face and size in force on the current page
	printed  []Printed
	replaced int // characters for which no face has a glyph

	tagged  *tagged.Writer
	element tagged.Element // whose what is drawn is; 0: nobody's, an artifact
	marked  bool           // a marked content is open on the page:
	mark    tagged.Element // that of this element; 0: an artifact
	// observe is called for each piece of text drawn; nil outside tests of the layout.
	observe func(drawn)
}

// size is that of a page.
type size struct{ width, height float64 }

// drawn is a piece of text as it lies on a page.
type drawn struct {
	page           int
	x0, y0, x1, y1 float64
	text           string
	element        tagged.Element // 0: an artifact
}

// newCanvas starts a document without pages. Its bytes depend on what is drawn and on the day given, never on the clock.
func newCanvas(out io.Writer, day time.Time) *canvas {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: a4Width, Ht: a4Height}})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(day)
	pdf.SetModificationDate(day)
	for _, face := range templates.Faces {
		pdf.AddUTF8FontFromBytes("LiberationSerif-"+string(face), "", templates.TrueType(face))
	}
	w := tagged.NewWriter(out)
	return &canvas{library: pdf, tagged: w, element: w.Root()}
}

// pages draws the pages of the document. A template is there when the function that draws it has returned: draw runs beside it and waits
// where it asks for the next page.
func (c *canvas) pages(draw func()) {
	next, stop := iter.Pull(func(yield func(size) bool) {
		c.turnTo = func(s size) {
			c.unmark()
			yield(s)
		}
		draw()
		c.unmark()
	})
	defer stop()
	s, more := next()
	for more {
		c.sizes = append(c.sizes, s)
		c.number = len(c.sizes)
		c.tagged.StartPage(s.width, s.height)
		c.tagged.EndPage(c.contents(s, func() { s, more = next() }))
	}
}

// contents is what draw draws on a page of that size.
func (c *canvas) contents(s size, draw func()) []byte {
	page := c.library.CreateTemplateCustom(gofpdf.PointType{}, gofpdf.SizeType{Wd: s.width, Ht: s.height}, func(t *gofpdf.Tpl) {
		c.pdf, c.selected = &t.Fpdf, style{}
		draw()
		c.library.SetError(t.Error())
	})
	return page.Bytes()
}

// over draws on each page in turn, after all of them have been drawn.
func (c *canvas) over(draw func(page int, s size)) {
	for i, s := range c.sizes {
		c.number = i + 1
		c.tagged.Over(c.number, c.contents(s, func() {
			c.pdf.SetFillColor(255, 255, 255) // that of what lies below is not known any more; text in another colour names its own
			draw(c.number, s)
			c.unmark()
		}))
	}
}

// describe sets the metadata that viewers and archives show.
func (c *canvas) describe(title, author, subject, creator string) {
	c.library.SetTitle(oneLine(title), true)
	c.library.SetAuthor(oneLine(author), true)
	c.library.SetSubject(oneLine(subject), true)
	c.library.SetCreator(oneLine(creator), true)
	c.library.SetProducer(oneLine(creator), true)
}

// oneLine is clean text for the places outside pages: metadata and the outline.
func oneLine(text string) string {
	text, _ = clean(text, templates.FaceRegular)
	return strings.NewReplacer("\n", " ", string(nbsp), " ").Replace(text)
}

// addPage starts a page.
func (c *canvas) addPage(landscape bool) size {
	s := size{a4Width, a4Height}
	if landscape {
		s = size{a4Height, a4Width}
	}
	c.turnTo(s)
	return s
}

func (c *canvas) page() int { return c.number }

// fromFoot is a height counted from the foot of the current page, as PDF does.
func (c *canvas) fromFoot(y float64) float64 { return c.sizes[c.number-1].height - y }

// text draws clean text with its baseline at y. A space that nobody sees ends it, so that it does not grow together with what is
// read after it.
func (c *canvas) text(x, y float64, text string, s style) { c.piece(x, y, text, " ", s) }

// piece draws clean text with its baseline at y, and behind it what does not count for its width.
func (c *canvas) piece(x, y float64, text, after string, s style) {
	if text == "" {
		return
	}
	c.markAs(c.content())
	if c.selected.face != s.face || c.selected.size != s.size {
		c.pdf.SetFont("LiberationSerif-"+string(s.face), "", s.size)
	}
	c.pdf.SetTextColor(s.color.r, s.color.g, s.color.b)
	c.selected = s
	c.pdf.Text(x, y, strings.ReplaceAll(text, string(nbsp), " ")+after)
	if c.observe != nil {
		c.observe(drawn{c.page(), x, y - ascent*s.size, x + widthOf(text, s), y + descent*s.size, text, c.content()})
	}
}

// align says where a line stands in its column.
type align int

const (
	left align = iota
	center
	right
)

// lines draws lines one below the other, the first with its top at y.
func (c *canvas) lines(x, y, width float64, lines []textLine, a align) {
	for _, l := range lines {
		start := x
		switch a {
		case center:
			start += (width - l.width) / 2
		case right:
			start += width - l.width
		}
		for _, f := range l.fragments {
			after := " "
			if f.goesOn {
				after = ""
			}
			c.piece(start+f.x, y+l.baseline, f.text, after, f.style)
			c.record(f, start+f.x, y+l.baseline)
		}
		y += l.height
	}
}

// record remembers a figure that was printed.
func (c *canvas) record(f fragment, x, baseline float64) {
	if f.figure.id == "" {
		return
	}
	box := [4]float64{x, baseline - ascent*f.style.size, x + f.width, baseline + descent*f.style.size}
	for i := range box {
		box[i] = math.Round(box[i]*10) / 10
	}
	text := strings.ReplaceAll(f.text, string(nbsp), " ")
	c.printed = append(c.printed, Printed{f.figure.id, f.figure.aspect, text, c.page(), box})
}

// rule draws a straight line, width points thick.
func (c *canvas) rule(x0, y0, x1, y1, width float64, color rgb) {
	c.markAs(c.graphics())
	c.pdf.SetDrawColor(color.r, color.g, color.b)
	c.pdf.SetLineWidth(width)
	c.pdf.Line(x0, y0, x1, y1)
}

// fill paints a rectangle.
func (c *canvas) fill(x, y, w, h float64, color rgb) {
	c.markAs(c.graphics())
	c.pdf.SetFillColor(color.r, color.g, color.b)
	c.pdf.Rect(x, y, w, h, "F")
}

// frame draws the outline of a rectangle.
func (c *canvas) frame(x, y, w, h, width float64, color rgb) {
	c.markAs(c.graphics())
	c.pdf.SetDrawColor(color.r, color.g, color.b)
	c.pdf.SetLineWidth(width)
	c.pdf.Rect(x, y, w, h, "D")
}

// hatch fills a rectangle with parallel lines, gap points apart: rising, falling or both.
func (c *canvas) hatch(x, y, w, h, gap float64, rising, falling bool, color rgb) {
	c.markAs(c.graphics())
	c.pdf.ClipRect(x, y, w, h, false)
	for d := 0.0; d < w+h; d += gap {
		if rising {
			c.rule(x+d, y, x+d-h, y+h, 0.5, color)
		}
		if falling {
			c.rule(x+d-h, y, x+d, y+h, 0.5, color)
		}
	}
	c.pdf.ClipEnd()
}

// dot paints a small disc.
func (c *canvas) dot(x, y, radius float64, color rgb) {
	c.markAs(c.graphics())
	c.pdf.SetFillColor(color.r, color.g, color.b)
	c.pdf.Circle(x, y, radius, "F")
}

// dash makes the lines that follow dashed; without lengths they are solid again.
func (c *canvas) dash(lengths ...float64) { c.pdf.SetDashPattern(append([]float64{}, lengths...), 0) }

// target makes a place to which links can lead; aim says where it is.
func (c *canvas) target() int { return c.tagged.Target() }

// aim puts the target at height y of the current page.
func (c *canvas) aim(target int, y float64) { c.tagged.Aim(target, c.fromFoot(y)) }

// bookmark enters height y of the current page into the outline.
func (c *canvas) bookmark(title string, y float64) { c.tagged.Bookmark(oneLine(title), c.fromFoot(y)) }

// close ends the document. lang is a language tag: vi-VN.
func (c *canvas) close(lang string) error {
	var empty bytes.Buffer
	if err := c.library.Output(&empty); err != nil {
		return fmt.Errorf("draw the PDF: %w", err)
	}
	return c.tagged.Close(empty.Bytes(), lang)
}
