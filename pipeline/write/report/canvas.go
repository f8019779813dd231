package report

import (
	"bytes"
	"fmt"
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

// canvas draws on pages. It is the whole of what the report asks of the PDF library. Coordinates are points from the
// top left corner of the page.
type canvas struct {
	pdf       *gofpdf.Fpdf
	heights   []float64 // of the pages
	selected  style     // face and size in force on the current page
	bookmarks []bookmark
	printed   []Printed
	replaced  int // characters for which no face has a glyph

	tree    *tagged.Tree
	element tagged.Element // whose what is drawn is; 0: nobody's, an artifact
	marked  bool           // a marked content is open on the page:
	mark    tagged.Element // that of this element; 0: an artifact
	// observe is called for each piece of text drawn; nil outside tests of the layout.
	observe func(drawn)
}

type bookmark struct {
	title string
	level int
	page  int
	y     float64
}

// drawn is a piece of text as it lies on a page.
type drawn struct {
	page           int
	x0, y0, x1, y1 float64
	text           string
	element        tagged.Element // 0: an artifact
}

// newCanvas starts a document without pages. Its bytes depend on what is drawn and on the day given, never on the clock.
func newCanvas(day time.Time) *canvas {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: a4Width, Ht: a4Height}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(day)
	pdf.SetModificationDate(day)
	for _, face := range templates.Faces {
		pdf.AddUTF8FontFromBytes("LiberationSerif-"+string(face), "", templates.TrueType(face))
	}
	return &canvas{pdf: pdf, tree: tagged.New(), element: tagged.Root}
}

// describe sets the metadata that viewers and archives show.
func (c *canvas) describe(title, author, subject, creator string) {
	c.pdf.SetTitle(oneLine(title), true)
	c.pdf.SetAuthor(oneLine(author), true)
	c.pdf.SetSubject(oneLine(subject), true)
	c.pdf.SetCreator(oneLine(creator), true)
	c.pdf.SetProducer(oneLine(creator), true)
}

// oneLine is clean text for the places outside pages: metadata and the outline.
func oneLine(text string) string {
	text, _ = clean(text, templates.FaceRegular)
	return strings.NewReplacer("\n", " ", string(nbsp), " ").Replace(text)
}

// addPage starts a page and returns its width and height.
func (c *canvas) addPage(landscape bool) (width, height float64) {
	width, height = a4Width, a4Height
	orientation := "P"
	if landscape {
		width, height, orientation = a4Height, a4Width, "L"
	}
	c.unmark()
	c.pdf.AddPageFormat(orientation, gofpdf.SizeType{Wd: a4Width, Ht: a4Height})
	c.heights = append(c.heights, height)
	c.selected = style{}
	return width, height
}

func (c *canvas) page() int { return c.pdf.PageNo() }

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
func (c *canvas) target() int { return c.tree.Target() }

// aim puts the target at height y of the current page.
func (c *canvas) aim(target int, y float64) {
	c.tree.Aim(target, c.page(), c.heights[c.page()-1]-y)
}

// bookmark enters height y of the current page into the outline.
func (c *canvas) bookmark(title string, level int, y float64) {
	c.bookmarks = append(c.bookmarks, bookmark{oneLine(title), level, c.page(), y})
}

// revisit calls draw for each page in turn, after all of them have been drawn.
func (c *canvas) revisit(draw func(page int)) {
	c.unmark()
	last := c.heights[len(c.heights)-1]
	for page := range c.heights {
		c.pdf.SetPage(page + 1)
		c.selected = style{}
		c.pdf.SetFillColor(255, 255, 255) // the page's own fill colour is not known any more; text in another colour names its own
		// The library turns heights upside down by those of the last page.
		c.pdf.TransformBegin()
		c.pdf.TransformTranslateY(last - c.heights[page])
		draw(page + 1)
		c.unmark()
		c.pdf.TransformEnd()
	}
	c.pdf.SetPage(len(c.heights))
}

// bytes closes the document. lang is a language tag: vi-VN.
func (c *canvas) bytes(lang string) ([]byte, error) {
	c.unmark()
	last := c.heights[len(c.heights)-1]
	for _, b := range c.bookmarks {
		c.pdf.SetPage(b.page)
		c.pdf.Bookmark(b.title, b.level, b.y+last-c.heights[b.page-1])
	}
	c.pdf.SetPage(len(c.heights))
	var out bytes.Buffer
	if err := c.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("draw the PDF: %w", err)
	}
	return c.tree.Write(out.Bytes(), lang)
}
