package pdf

import "math"

// path is the current path, in points of the page as seen.
type path struct {
	parts []subpath
}

// subpath is a run of straight segments; curved says that a curve was among them.
type subpath struct {
	points [][2]float64
	curved bool
	closed bool
}

// maxPathPoints bounds a path: drawings with more are maps or charts, whose lines are no rulings.
const maxPathPoints = 200_000

// thinLine is the largest thickness, in points, of a filled area that is seen as a line.
const thinLine = 3.0

func (p *painter) pathOperator(op string, args []object) {
	n := func(i int) float64 { return args[i].num }
	switch op {
	case "m":
		p.path.parts = append(p.path.parts, subpath{})
		p.point(n(0), n(1))
	case "l":
		p.point(n(0), n(1))
	case "c":
		p.curve(n(4), n(5))
	case "v", "y":
		p.curve(n(2), n(3))
	case "h":
		p.close()
	case "re":
		x, y, w, h := n(0), n(1), n(2), n(3)
		p.path.parts = append(p.path.parts, subpath{})
		p.point(x, y)
		p.point(x+w, y)
		p.point(x+w, y+h)
		p.point(x, y+h)
		p.close()
	case "W", "W*":
		p.clipNext = true
	case "S":
		p.paint(false, true)
	case "s":
		p.close()
		p.paint(false, true)
	case "f", "F", "f*":
		p.paint(true, false)
	case "B", "B*":
		p.paint(true, true)
	case "b", "b*":
		p.close()
		p.paint(true, true)
	case "n":
		p.paint(false, false)
	}
}

func (p *painter) point(x, y float64) {
	if len(p.path.parts) == 0 {
		p.path.parts = append(p.path.parts, subpath{})
	}
	last := &p.path.parts[len(p.path.parts)-1]
	if last.closed { // drawing goes on from where the closed part began
		start := last.points[0]
		p.path.parts = append(p.path.parts, subpath{points: [][2]float64{start}})
		last = &p.path.parts[len(p.path.parts)-1]
	}
	if len(last.points) >= maxPathPoints || len(p.path.parts) >= maxPathPoints {
		return
	}
	sx, sy := p.state.ctm.apply(x, y)
	last.points = append(last.points, [2]float64{sx, sy})
}

func (p *painter) curve(x, y float64) {
	p.point(x, y)
	p.path.parts[len(p.path.parts)-1].curved = true
}

func (p *painter) close() {
	if k := len(p.path.parts); k > 0 && len(p.path.parts[k-1].points) > 0 {
		p.path.parts[k-1].closed = true
	}
}

// paint ends the path: it leaves rules and filled areas, and narrows the clipping area.
func (p *painter) paint(fill, stroke bool) {
	if fill && p.off == 0 {
		p.fillPath()
	}
	if stroke && !p.state.strokeWhite && p.off == 0 {
		width := p.state.lineWidth * p.state.ctm.scale()
		for _, part := range p.path.parts {
			p.strokePart(part, width)
		}
	}
	if p.clipNext && len(p.path.parts) > 0 {
		var b box
		for _, part := range p.path.parts {
			b = b.union(part.bounds())
		}
		p.state.clip = p.state.clip.intersect(b)
		p.clipNext = false
	}
	p.path.parts = p.path.parts[:0]
}

func (p *painter) strokePart(part subpath, width float64) {
	if width > 2*thinLine { // a thick stroke is an area
		return
	}
	for i := 1; i < len(part.points) && !part.curved; i++ {
		p.segment(part.points[i-1], part.points[i], width)
	}
	if k := len(part.points); part.closed && !part.curved && k > 2 {
		p.segment(part.points[k-1], part.points[0], width)
	}
}

// segment leaves a rule where the line from a to b is parallel to an axis and is seen.
func (p *painter) segment(a, b [2]float64, width float64) {
	dx, dy := math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1])
	switch {
	case dy <= 0.5 && dx > dy:
		p.rule(rule{at: (a[1] + b[1]) / 2, lo: min(a[0], b[0]), hi: max(a[0], b[0]), width: width})
	case dx <= 0.5 && dy > dx:
		p.rule(rule{vertical: true, at: (a[0] + b[0]) / 2, lo: min(a[1], b[1]), hi: max(a[1], b[1]), width: width})
	}
}

func (p *painter) rule(r rule) {
	c := p.state.clip
	lo, hi, from, to := c.x0, c.x1, c.y0, c.y1
	if r.vertical {
		lo, hi, from, to = c.y0, c.y1, c.x0, c.x1
	}
	r.lo, r.hi = max(r.lo, lo-1), min(r.hi, hi+1)
	if r.hi <= r.lo || r.at < from-2 || r.at > to+2 {
		return
	}
	p.out.rules = append(p.out.rules, r)
}

// fillPath leaves rules for thin areas and boxes for others. Two nested rectangles, painted as a frame, are four rules.
func (p *painter) fillPath() {
	parts := p.path.parts
	for i := range parts {
		b := parts[i].bounds()
		if (parts[i].curved || len(parts[i].points) > 5) && !p.state.fillWhite && isLetterSized(b) {
			p.out.shapes++
		}
		if parts[i].curved || len(parts[i].points) < 2 {
			continue
		}
		if i+1 < len(parts) && isFrame(b, parts[i+1].bounds()) {
			p.frame(b, parts[i+1].bounds())
			return
		}
		p.fillBox(b)
	}
}

// isLetterSized reports whether an outline of those bounds may be that of a letter: from small print to titles.
func isLetterSized(b box) bool {
	w, h := b.x1-b.x0, b.y1-b.y0
	return h >= 3 && h <= 40 && w >= 0.5 && w <= 45
}

func (p *painter) fillBox(b box) {
	w, h := b.x1-b.x0, b.y1-b.y0
	switch {
	case p.state.fillWhite:
	case h <= thinLine && w <= thinLine: // a dot, perhaps of a dotted line: mergeRules drops it if it is not
		p.rule(rule{at: (b.y0 + b.y1) / 2, lo: b.x0, hi: b.x1, width: h})
		p.rule(rule{vertical: true, at: (b.x0 + b.x1) / 2, lo: b.y0, hi: b.y1, width: w})
	case h <= thinLine && w > 2*h:
		p.rule(rule{at: (b.y0 + b.y1) / 2, lo: b.x0, hi: b.x1, width: h})
	case w <= thinLine && h > 2*w:
		p.rule(rule{vertical: true, at: (b.x0 + b.x1) / 2, lo: b.y0, hi: b.y1, width: w})
	case w > thinLine && h > thinLine:
		if c := b.intersect(p.state.clip); c.x1 > c.x0 && c.y1 > c.y0 {
			p.out.fills = append(p.out.fills, c)
		}
	}
}

// isFrame reports whether one box lies in the other, at most the thickness of a line inside it on every side.
func isFrame(a, b box) bool {
	if b.x1-b.x0 > a.x1-a.x0 {
		a, b = b, a
	}
	near := func(outer, inner float64) bool { return inner-outer >= 0 && inner-outer <= thinLine }
	return near(a.x0, b.x0) && near(a.y0, b.y0) && near(b.x1, a.x1) && near(b.y1, a.y1) &&
		b.x1-b.x0 > thinLine && b.y1-b.y0 > thinLine && a != b
}

func (p *painter) frame(a, b box) {
	if p.state.fillWhite {
		return
	}
	mid := box{(a.x0 + b.x0) / 2, (a.y0 + b.y0) / 2, (a.x1 + b.x1) / 2, (a.y1 + b.y1) / 2}
	for _, y := range []float64{mid.y0, mid.y1} {
		p.rule(rule{at: y, lo: mid.x0, hi: mid.x1})
	}
	for _, x := range []float64{mid.x0, mid.x1} {
		p.rule(rule{vertical: true, at: x, lo: mid.y0, hi: mid.y1})
	}
}

func (s subpath) bounds() box {
	if len(s.points) == 0 {
		return box{}
	}
	b := box{s.points[0][0], s.points[0][1], s.points[0][0], s.points[0][1]}
	for _, p := range s.points[1:] {
		b = box{min(b.x0, p[0]), min(b.y0, p[1]), max(b.x1, p[0]), max(b.y1, p[1])}
	}
	return b
}
