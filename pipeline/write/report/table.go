package report

import (
	"iter"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
)

// column is a column of a table.
type column struct {
	head  string
	share float64 // of the table's width; the shares of a table need not sum to anything
	align align
	names bool // the cells of the column say what the rows are about
}

// cell is what stands in one column of a row.
type cell struct {
	spans  []span
	target int // link; 0: none
	// draw paints the cell in place of text: a bar, a trend.
	draw  func(x, y, w, h float64)
	means string // what a letter in the cell stands for; empty: the cell says it itself
	// answers is the task whose unit and head the cell names: the head is never what few lines leave out.
	answers *progress.TaskLine
}

// row is a row of a table: one cell for each column, or one cell alone for a band over the whole width.
type row struct {
	cells  []cell
	band   bool
	anchor int // link target that this row is; 0: none
	// drawHeight is the least height of a row with drawn cells.
	drawHeight float64
}

// Distances inside tables, points.
const (
	padX = 2.8
	padY = 2.6
)

// table draws rows below a heading that every page repeats. A row stays whole unless it is taller than a page; a band
// stays with the row below it.
type table struct {
	d       *document
	columns []column
	widths  []float64
	heading style
	most    int     // lines that a cell may have; 0: as many as it needs
	top     float64 // where the ruled part of the current page began
	open    bool    // vertical lines are owed from top down to the cursor

	element tagged.Element // of the table, from its first heading on
}

func (d *document) table(columns []column, heading style, rows iter.Seq[row]) {
	d.newTable(columns, heading).draw(rows)
}

// newTable is a table as wide as the text of the page.
func (d *document) newTable(columns []column, heading style) *table {
	t := &table{d: d, columns: columns, heading: heading}
	total := 0.0
	for _, c := range columns {
		total += c.share
	}
	for _, c := range columns {
		t.widths = append(t.widths, (d.right-d.left)*c.share/total)
	}
	return t
}

// afterTable is the distance below a table.
const afterTable = 8

func (t *table) draw(rows iter.Seq[row]) {
	started := false
	var bands []laidRow // waiting for the row below them
	for r := range rows {
		laid := t.lay(r)
		if r.band {
			bands = append(bands, laid)
			continue
		}
		need := laid.height
		for _, b := range bands {
			need += b.height
		}
		if !started {
			t.start(need)
			started = true
		} else if t.d.y+need > t.d.bottom {
			t.nextPage(need)
		}
		for _, b := range bands {
			t.put(b)
		}
		bands = bands[:0]
		t.put(laid)
	}
	if started {
		t.finish()
	}
	t.d.y += afterTable
}

// finish ends a table that has its heading.
func (t *table) finish() {
	t.closeVerticals()
	t.d.tagged.End(t.element)
}

// laidRow is a row whose text is set.
type laidRow struct {
	row
	lines    [][]textLine
	height   float64
	line     tagged.Element   // of the row
	elements []tagged.Element // of its cells
}

func (t *table) lay(r row) laidRow {
	laid := laidRow{row: r, height: r.drawHeight}
	for i, c := range r.cells {
		w := t.d.right - t.d.left
		if !r.band {
			w = t.widths[i]
		}
		var lines []textLine
		if c.draw == nil {
			lines = t.d.wrap(fitFigures(c.spans, w-2*padX), w-2*padX)
		}
		if c.answers != nil && t.most > 0 && len(lines) > t.most {
			lines = t.d.answers(*c.answers, c.spans[0].style, w-2*padX, t.most)
		}
		if t.most > 0 {
			lines = shorten(lines, t.most, w-2*padX)
		}
		laid.lines = append(laid.lines, lines)
		laid.height = max(laid.height, heightOf(lines)+2*padY)
	}
	return laid
}

// start puts the titles that wait and the heading where the first row fits as well, or a good part of it where it is
// taller than a page.
func (t *table) start(first float64) {
	head := t.lay(t.headingRow())
	if whole := t.d.bottom - t.d.top - head.height - 60; first > whole {
		first = 80
	}
	t.d.putTitles(head.height + first)
	t.putHeading(head)
}

func (t *table) headingRow() row {
	var r row
	for _, c := range t.columns {
		r.cells = append(r.cells, cell{spans: []span{{text: c.head, style: t.heading.bold()}}})
	}
	return r
}

// putHeading draws the heading. On further pages it is repeated for the eye alone.
func (t *table) putHeading(head laidRow) {
	d := t.d
	head.elements = make([]tagged.Element, len(t.columns))
	if t.element == 0 {
		t.element = d.tagged.Add(d.element, tagged.Table)
		head.line = d.tagged.Add(t.element, tagged.TR)
		for i := range head.elements {
			head.elements[i] = d.tagged.Add(head.line, tagged.TH, tagged.HeadsColumn)
		}
		defer t.end(head)
	}
	d.fill(d.left, d.y, d.right-d.left, head.height, paleGrey)
	d.rule(d.left, d.y, d.right, d.y, 0.8, darkGrey)
	t.openVerticals()
	x := d.left
	for i := range t.columns {
		free := head.height - 2*padY - heightOf(head.lines[i])
		d.within(head.elements[i], func() { d.canvas.lines(x+padX, d.y+padY+free/2, t.widths[i]-2*padX, head.lines[i], center) })
		x += t.widths[i]
	}
	d.y += head.height
	d.rule(d.left, d.y, d.right, d.y, 0.8, darkGrey)
}

// nextPage goes on with the heading on a new page, unless the row would not fit there either and there is room left here.
func (t *table) nextPage(need float64) {
	head := t.lay(t.headingRow())
	if need > t.d.bottom-t.d.top-head.height && t.d.bottom-t.d.y > 80 {
		return
	}
	t.closeVerticals()
	t.d.newPage()
	t.putHeading(head)
}

// put draws a row, in slices where it is taller than what is left of the page.
func (t *table) put(r laidRow) {
	if r.anchor != 0 {
		t.d.aim(r.anchor, t.d.y)
	}
	r.line, r.elements = t.tag(r.row)
	defer t.end(r)
	for t.d.y+r.height > t.d.bottom+0.01 {
		slice, rest, ok := r.split(t.d.bottom - t.d.y)
		if ok {
			t.slice(slice)
		}
		t.closeVerticals()
		t.d.newPage()
		t.putHeading(t.lay(t.headingRow()))
		r = rest
		if !ok && t.d.y+r.height > t.d.bottom && t.d.bottom-t.d.y < 40 {
			break // a heading as tall as the page: nothing helps
		}
	}
	t.slice(r)
}

// tag adds the elements of a row and of its cells to the table; they are to be ended.
func (t *table) tag(r row) (line tagged.Element, elements []tagged.Element) {
	tree := t.d.tagged
	line = tree.Add(t.element, tagged.TR)
	if r.band {
		return line, []tagged.Element{tree.Add(line, tagged.TH, tagged.HeadsAll(len(t.columns)))}
	}
	elements = make([]tagged.Element, len(r.cells))
	for i, c := range r.cells {
		switch {
		case t.columns[i].names:
			elements[i] = tree.Add(line, tagged.TH, tagged.HeadsRow)
		case c.means != "":
			elements[i] = tree.Add(line, tagged.TD, tagged.Expansion(c.means))
		default:
			elements[i] = tree.Add(line, tagged.TD)
		}
	}
	return line, elements
}

// end ends the elements of a row that is drawn.
func (t *table) end(r laidRow) {
	for _, e := range r.elements {
		t.d.tagged.End(e)
	}
	t.d.tagged.End(r.line)
}

// split cuts off as many lines of each cell as fit into height.
func (r laidRow) split(height float64) (head, rest laidRow, ok bool) {
	head, rest = r, r
	head.lines, rest.lines = nil, nil
	rest.height, head.height, rest.anchor = r.drawHeight, height, 0
	for _, lines := range r.lines {
		n, used := 0, 2*padY
		for n < len(lines) && used+lines[n].height <= height {
			used += lines[n].height
			n++
		}
		ok = ok || n > 0
		head.lines = append(head.lines, lines[:n])
		rest.lines = append(rest.lines, lines[n:])
		rest.height = max(rest.height, heightOf(lines[n:])+2*padY)
	}
	if !ok {
		return laidRow{}, r, false
	}
	return head, rest, true
}

// slice draws a row, or a part of one, at the cursor.
func (t *table) slice(r laidRow) {
	d := t.d
	if r.band {
		t.closeVerticals()
		d.fill(d.left, d.y, d.right-d.left, r.height, faintGrey)
		d.frame(d.left, d.y, d.right-d.left, r.height, 0.4, midGrey)
		d.within(r.elements[0], func() { d.canvas.lines(d.left+padX, d.y+padY, d.right-d.left-2*padX, r.lines[0], left) })
		d.y += r.height
		return
	}
	t.openVerticals()
	x := d.left
	for i, c := range r.cells {
		w := t.widths[i]
		d.within(r.elements[i], func() {
			if c.draw != nil {
				c.draw(x+padX, d.y+padY, w-2*padX, r.height-2*padY)
			}
			d.link(x, d.y, w, r.height, c.target, func() {
				d.canvas.lines(x+padX, d.y+padY, w-2*padX, r.lines[i], t.columns[i].align)
			})
		})
		x += w
	}
	d.y += r.height
	d.rule(d.left, d.y, d.right, d.y, 0.4, midGrey)
}

func (t *table) openVerticals() {
	if !t.open {
		t.top, t.open = t.d.y, true
	}
}

// closeVerticals draws the lines between columns over the rows since they were opened.
func (t *table) closeVerticals() {
	if !t.open {
		return
	}
	d, x := t.d, t.d.left
	for i := 0; i <= len(t.widths); i++ {
		d.rule(x, t.top, x, d.y, 0.4, midGrey)
		if i < len(t.widths) {
			x += t.widths[i]
		}
	}
	t.open = false
}
