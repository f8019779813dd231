package pdf

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
	"tiendo/pipeline/progress"
)

// layout is a page being turned into blocks, in a frame in which most of its text runs from left to right.
type layout struct {
	page   int
	back   matrix // frame → page as seen
	frame  matrix // page as seen → frame
	width  float64
	height float64
	glyphs []glyph    // written from left to right
	turned [4][]glyph // written in the other three directions, by quarter turns clockwise, each in its own frame
	frames []box      // boxes drawn around text, the inner ones first
	other  []glyph    // written askew: stamps and watermarks
	// legacy counts the cells and lines whose text was converted from an encoding before Unicode.
	legacy map[legacy.Encoding]int
}

// layoutPage turns what a page shows into blocks in reading order.
func layoutPage(s sheet, d drawing) ([]grid.Block, []progress.Finding) {
	l := newLayout(s, d)
	horizontal, vertical := rulings(l.rulesInFrame(d.rules))
	tables := l.lattices(horizontal, vertical)
	rest, overprinted := l.fill(tables)
	tables, rest = l.dropEmpty(tables, rest)
	for _, t := range tables {
		t.refine()
	}
	blocks := append(l.flow(rest, tables, horizontal), l.askew()...)
	var findings []progress.Finding
	if overprinted > 0 {
		findings = append(findings, atPage(progress.Finding{
			Rule: "F06", Severity: progress.SeverityWarning, Variant: "overlap", Facts: map[string]string{"found": strconv.Itoa(overprinted)},
		}, l.page))
	}
	for _, encoding := range []legacy.Encoding{legacy.TCVN3, legacy.VNI} {
		if n := l.legacy[encoding]; n > 0 {
			findings = append(findings, progress.Finding{
				Rule: "F14", Severity: progress.SeverityNote, Variant: string(encoding), Origin: progress.Origin{Page: l.page},
				Facts: map[string]string{"count": strconv.Itoa(n)},
			})
		}
	}
	return blocks, findings
}

// quarter is the number of clockwise quarter turns of the direction in which g is written; -1 where it is askew.
func (g glyph) quarter() int {
	const askew = 0.12 // tangent of some 7°
	ax, ay := math.Abs(g.dx), math.Abs(g.dy)
	switch {
	case ay <= askew*ax && g.dx >= 0:
		return 0
	case ax <= askew*ay && g.dy > 0:
		return 1
	case ay <= askew*ax:
		return 2
	case ax <= askew*ay:
		return 3
	}
	return -1
}

// turn maps a page of that size so that what is written in direction q runs from left to right.
func turn(q int, width, height float64) matrix {
	switch q {
	case 1:
		return matrix{0, -1, 1, 0, 0, width}
	case 2:
		return matrix{-1, 0, 0, -1, width, height}
	case 3:
		return matrix{0, 1, -1, 0, height, 0}
	}
	return identity
}

func newLayout(s sheet, d drawing) *layout {
	var count [4]int
	for _, g := range d.glyphs {
		if q := g.quarter(); q >= 0 && !g.space {
			count[q]++
		}
	}
	main := 0
	for q := range count {
		if count[q] > count[main] {
			main = q
		}
	}
	l := &layout{legacy: map[legacy.Encoding]int{}, page: s.number, frame: turn(main, s.width, s.height), width: s.width, height: s.height}
	if main%2 == 1 {
		l.width, l.height = s.height, s.width
	}
	l.back = turn((4-main)%4, l.width, l.height)
	l.glyphs = d.glyphs[:0] // most stay where they are
	for _, g := range d.glyphs {
		q := g.quarter()
		g = g.in(l.frame)
		switch {
		case q < 0:
			l.other = append(l.other, g)
		case q == main:
			l.glyphs = append(l.glyphs, g)
		default:
			l.turned[(q-main+4)%4] = append(l.turned[(q-main+4)%4], g)
		}
	}
	return l
}

// in is the glyph as a frame shows it.
func (g glyph) in(m matrix) glyph {
	g.x, g.y = m.apply(g.x, g.y)
	g.dx, g.dy = m.a*g.dx+m.c*g.dy, m.b*g.dx+m.d*g.dy
	return g
}

func (l *layout) rulesInFrame(rules []rule) []rule {
	out := make([]rule, len(rules))
	for i, r := range rules {
		b := box{r.lo, r.at, r.hi, r.at}
		if r.vertical {
			b = box{r.at, r.lo, r.at, r.hi}
		}
		b = b.transform(l.frame)
		r.vertical = b.x1-b.x0 < b.y1-b.y0
		r.at, r.lo, r.hi = b.y0, b.x0, b.x1
		if r.vertical {
			r.at, r.lo, r.hi = b.x0, b.y0, b.y1
		}
		out[i] = r
	}
	return out
}

// drawnTable is a lattice and the glyphs in its cells.
type drawnTable struct {
	*lattice
	content [][]glyph    // of each cell, written from left to right
	turned  [4][][]glyph // of each cell, in the other directions
	made    [][]line     // of each cell, by lines
}

// lattices finds the tables drawn with lines, the inner ones before those around them.
func (l *layout) lattices(horizontal, vertical []rule) []*drawnTable {
	var out []*drawnTable
	for _, n := range nets(horizontal, vertical) {
		t := newLattice(n)
		if t != nil && t.columns() == 1 {
			l.frames = append(l.frames, t.bounds())
		}
		if t != nil && t.columns() > 1 {
			d := &drawnTable{lattice: t, content: make([][]glyph, len(t.cells))}
			for q := range d.turned {
				d.turned[q] = make([][]glyph, len(t.cells))
			}
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b *drawnTable) int {
		area := func(t *drawnTable) float64 { b := t.bounds(); return (b.x1 - b.x0) * (b.y1 - b.y0) }
		return cmp.Compare(area(a), area(b))
	})
	return out
}

// fill puts every glyph into the cell in which its middle lies; it returns those outside all tables, and how many
// lines were printed over others.
func (l *layout) fill(tables []*drawnTable) (rest []glyph, overprints int) {
	taken := make([]bool, len(l.glyphs))
	for _, t := range tables {
		all := t.strokes(l.glyphs)
		if n := overprinted(t, all); n > 0 {
			overprints += n
			t.takeStrokes(l.glyphs, all, taken)
		}
	}
	for i, g := range l.glyphs {
		if taken[i] {
			continue
		}
		if t, c := cellOf(tables, g.x+g.dx/2, g.y-0.3*g.size); t != nil {
			t.content[c] = append(t.content[c], g)
			continue
		}
		rest = append(rest, g)
	}
	for q, glyphs := range l.turned {
		l.turned[q] = slices.DeleteFunc(glyphs, func(g glyph) bool {
			t, c := cellOf(tables, g.x+g.dx/2, g.y+g.dy/2)
			if t != nil {
				t.turned[q][c] = append(t.turned[q][c], g)
			}
			return t != nil
		})
	}
	return rest, overprints
}

// dropEmpty drops the lattices that hold less than two texts, such as the grid of a chart; their glyphs are text again. A single row
// with one text stays: one cell of a long row may fill a page by itself.
func (l *layout) dropEmpty(tables []*drawnTable, rest []glyph) ([]*drawnTable, []glyph) {
	kept := slices.DeleteFunc(tables, func(t *drawnTable) bool {
		filled := 0
		for i := range t.cells {
			if len(t.content[i]) > 0 || len(t.turned[1][i]) > 0 || len(t.turned[3][i]) > 0 {
				filled++
			}
		}
		if filled > 1 || filled == 1 && t.rows() == 1 && t.columns() > 2 {
			return false
		}
		for i := range t.cells {
			rest = append(rest, t.content[i]...)
			for q := range t.turned {
				l.turned[q] = append(l.turned[q], t.turned[q][i]...)
			}
		}
		return true
	})
	return kept, rest
}

// takeStrokes fills a table whose rows are printed over each other.
func (t *drawnTable) takeStrokes(glyphs []glyph, all []stroke, taken []bool) {
	for i, cell := range homes(t, all) {
		if cell < 0 {
			continue
		}
		for k := all[i].first; k < all[i].last; k++ {
			if !taken[k] {
				t.content[cell] = append(t.content[cell], glyphs[k])
				taken[k] = true
			}
		}
	}
}

func cellOf(tables []*drawnTable, x, y float64) (*drawnTable, int) {
	for _, t := range tables {
		if c := t.find(x, y); c >= 0 {
			return t, c
		}
	}
	return nil, -1
}

// flow puts the drawn tables, the tables without lines and the text in the order in which they are read.
func (l *layout) flow(glyphs []glyph, drawn []*drawnTable, horizontal []rule) []grid.Block {
	var all []textLine
	for _, ln := range lines(glyphs) {
		all = append(all, newTextLine(ln))
	}
	for _, t := range drawn {
		all = append(all, textLine{line: line{box: t.bounds()}, table: t})
	}
	slices.SortStableFunc(all, func(a, b textLine) int { return cmp.Compare(a.y0, b.y0) })
	var out []grid.Block
	for _, zone := range zones(all, 0) {
		out = append(out, l.zoneBlocks(zone, horizontal)...)
	}
	return out
}

// askew makes blocks of what is written in other directions outside tables: margins, stamps and watermarks come last.
func (l *layout) askew() []grid.Block {
	var out []grid.Block
	add := func(glyphs []glyph, frame matrix) {
		level := make([]glyph, len(glyphs))
		for i, g := range glyphs {
			level[i] = g.in(frame)
		}
		for _, ln := range lines(level) {
			if text := l.join([]line{ln}, ln.box); text != "" {
				out = append(out, grid.Block{Text: text, Origin: progress.Origin{Page: l.page}})
			}
		}
	}
	for q, glyphs := range l.turned {
		add(glyphs, turn(q, l.width, l.height))
	}
	if len(l.other) > 0 {
		g := l.other[0] // one stamp, one direction
		length := math.Hypot(g.dx, g.dy)
		add(l.other, matrix{g.dx / length, -g.dy / length, g.dy / length, g.dx / length, 0, 0})
	}
	return out
}

// zoneBlocks makes the blocks of one zone, from top to bottom. Text in a frame has nothing to do with that around it.
func (l *layout) zoneBlocks(zone []textLine, horizontal []rule) []grid.Block {
	parts := make([][]textLine, len(l.frames)+1)
	for _, ln := range zone {
		i := slices.IndexFunc(l.frames, ln.within)
		parts[i+1] = append(parts[i+1], ln)
	}
	var blocks []placed
	for _, part := range parts {
		blocks = append(blocks, l.partBlocks(part, horizontal)...)
	}
	slices.SortStableFunc(blocks, func(a, b placed) int { return cmp.Or(cmp.Compare(a.y0, b.y0), cmp.Compare(a.x0, b.x0)) })
	out := make([]grid.Block, len(blocks))
	for i, b := range blocks {
		out[i] = b.block
	}
	return out
}

func (b box) within(frame box) bool {
	return b.x0 > frame.x0-touch && b.x1 < frame.x1+touch && (b.y0+b.y1)/2 > frame.y0 && (b.y0+b.y1)/2 < frame.y1
}

func (l *layout) partBlocks(part []textLine, horizontal []rule) []placed {
	tables, rest := regions(part, horizontal)
	var out []placed
	for _, ln := range rest {
		if ln.table == nil {
			out = append(out, placed{ln.box, l.textBlock(ln.line)})
			continue
		}
		if i := slices.IndexFunc(tables, ln.table.heads); i >= 0 {
			out = append(out, placed{ln.box, grid.Block{Table: l.headedTable(ln.table, tables[i])}})
			tables = slices.Delete(tables, i, i+1)
			continue
		}
		out = append(out, placed{ln.box, grid.Block{Table: l.table(ln.table)}})
	}
	for _, t := range tables {
		out = append(out, placed{t.bounds(), grid.Block{Table: l.streamTable(t)}})
	}
	return out
}

// placed is a block and where it stands in the frame.
type placed struct {
	box
	block grid.Block
}

func (l *layout) textBlock(ln line) grid.Block {
	return grid.Block{Text: l.join([]line{ln}, ln.box), Origin: l.origin(ln.box)}
}
