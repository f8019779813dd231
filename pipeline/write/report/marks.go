package report

import (
	"fmt"

	"tiendo/pipeline/write/tagged"
)

// tag makes what draw draws a new element below the one that is being drawn.
func (c *canvas) tag(role tagged.Role, draw func(), attributes ...tagged.Attribute) {
	e := c.tagged.Add(c.element, role, attributes...)
	c.within(e, draw)
	c.tagged.End(e)
}

// passage draws lines, the first with its top at y, as an element of their own.
func (c *canvas) passage(role tagged.Role, x, y, width float64, lines []textLine, a align) {
	c.tag(role, func() { c.lines(x, y, width, lines, a) })
}

// within makes what draw draws an element's.
func (c *canvas) within(e tagged.Element, draw func()) {
	before := c.element
	c.element = e
	draw()
	c.element = before
}

// artifact makes what draw draws nobody's: it is drawn for the eye alone, or stands elsewhere too.
func (c *canvas) artifact(draw func()) { c.within(0, draw) }

// link makes what draw draws, and with it a rectangle, lead to a target. Without a target it only draws.
func (c *canvas) link(x, y, w, h float64, target int, draw func()) {
	if target == 0 {
		draw()
		return
	}
	c.tag(tagged.Link, func() {
		draw()
		c.tagged.Link(c.element, [4]float64{x, c.fromFoot(y + h), x + w, c.fromFoot(y)}, target)
	})
}

// content is the element that text drawn now belongs to. Those that only hold other elements have no text.
func (c *canvas) content() tagged.Element {
	if c.element == 0 {
		return 0
	}
	switch c.tagged.Role(c.element) {
	case tagged.Document, tagged.L, tagged.LI, tagged.Table, tagged.TR:
		return 0
	}
	return c.element
}

// graphics is the element that lines and fills drawn now belong to: a figure, or none.
func (c *canvas) graphics() tagged.Element {
	if c.element != 0 && c.tagged.Role(c.element) == tagged.Figure {
		return c.element
	}
	return 0
}

// markAs sees to it that what is drawn next is marked as an element's, or as an artifact. What is drawn for one element in a row is one
// marked content.
func (c *canvas) markAs(e tagged.Element) {
	if c.marked && c.mark == e {
		return
	}
	c.unmark()
	c.marked, c.mark = true, e
	if e == 0 {
		c.pdf.RawWriteStr("/Artifact BMC")
		return
	}
	c.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", c.tagged.Role(e), c.tagged.Mark(e)))
}

// unmark ends the marked content that is open.
func (c *canvas) unmark() {
	if c.marked {
		c.pdf.RawWriteStr("EMC")
		c.marked = false
	}
}
