package report

import (
	"io"
	"strconv"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// Greys and colours. Colour never stands alone: a word or a pattern beside it says the same.
var (
	black     = rgb{}
	darkGrey  = rgb{70, 70, 70}
	midGrey   = rgb{150, 150, 150}
	lightGrey = rgb{205, 205, 205}
	paleGrey  = rgb{232, 232, 232}
	faintGrey = rgb{244, 244, 244}
	white     = rgb{255, 255, 255}
	red       = rgb{166, 28, 28}
	amber     = rgb{148, 92, 0}
)

// document is a report being drawn: the pages, the cursor and what is printed.
type document struct {
	*canvas
	s      progress.Synthesis
	w      *templates.Words
	layout templates.Layout
	kind   string // of document: report, letter

	landscape                bool
	left, right, top, bottom float64 // of the text on the current page
	y                        float64 // cursor: top of what is drawn next

	titles []title // announced, not drawn yet

	lines   map[taskKey]int // link targets: the lines of the annex that other pages lead to
	missing int             // link target: the list of units without a return
	urgent  int             // link target: the list of overdue tasks
	units   int             // link target: the table by unit; 0 in editions without one
	method  int             // link target: the annex on method

	corrected int // link target: the annex on what a revision changes; 0 in a first edition
}

// taskKey names a position within the period.
type taskKey struct{ unit, code string }

func newDocument(out io.Writer, s progress.Synthesis, lang templates.Lang) *document {
	layout, ok := templates.LayoutOf(s.Office.Profile)
	if !ok {
		layout, _ = templates.LayoutOf(templates.DefaultLayout)
	}
	d := &document{
		canvas: newCanvas(out, s.DataDate.Time(time.UTC)),
		s:      s, w: templates.In(lang), layout: layout, kind: "report",
		lines: map[taskKey]int{},
	}
	d.missing, d.urgent, d.method = d.target(), d.target(), d.target()
	if s.Correction != nil {
		d.corrected = d.target()
	}
	if s.Period.Kind != progress.Week {
		d.units = d.target()
	}
	return d
}

// newPage goes to the top of a new page of the same orientation.
func (d *document) newPage() {
	size := d.addPage(d.landscape)
	m := d.layout.Margins
	if d.landscape {
		m = d.layout.Landscape
	}
	d.left, d.right = mm(m.Left), size.width-mm(m.Right)
	d.top, d.bottom = mm(m.Top), size.height-mm(m.Bottom)
	d.y = d.top
}

// turn starts a page of the given orientation.
func (d *document) turn(landscape bool) {
	d.landscape = landscape
	d.newPage()
}

// need starts a new page where less than height is left.
func (d *document) need(height float64) {
	if d.y+height > d.bottom && d.y > d.top {
		d.newPage()
	}
}

// body is the style of running text on the pages after the first; small that of tables.
func (d *document) body() style  { return style{face: templates.FaceRegular, size: 12} }
func (d *document) small() style { return style{face: templates.FaceRegular, size: 9.5} }

// say is the wording of a key of report.yaml.
func (d *document) say(key string, pairs ...string) string { return d.w.Say("report."+key, pairs...) }

// title is the title of a section or of a part of one. It waits until what follows is measured, so that it never
// stands alone at the foot of a page.
type title struct {
	role         tagged.Role
	lines        []textLine
	above, below float64 // distances
	bookmark     string  // entry of the outline; empty: none
	target       int     // link target that the title is; 0: none
}

// heading announces the title of a section.
func (d *document) heading(target int, key string, pairs ...string) {
	text := d.say(key, pairs...)
	lines := d.wrap(one(text, style{face: templates.FaceBold, size: d.layout.Body}), d.right-d.left)
	d.titles = append(d.titles, title{tagged.H2, lines, 8, 4, text, target})
}

// subheading announces the title of a part of a section.
func (d *document) subheading(text string) {
	lines := d.wrap(one(text, d.body().bold()), d.right-d.left)
	d.titles = append(d.titles, title{role: tagged.H3, lines: lines, above: 4, below: 3})
}

// putTitles draws the titles that wait, on a new page where they and the first room points of what follows do not fit here.
func (d *document) putTitles(room float64) {
	height := room
	for _, t := range d.titles {
		height += t.above + heightOf(t.lines) + t.below
	}
	d.need(height)
	for _, t := range d.titles {
		if d.y > d.top {
			d.y += t.above
		}
		if t.target != 0 {
			d.aim(t.target, d.y)
		}
		if t.bookmark != "" {
			d.bookmark(t.bookmark, d.y)
		}
		d.passage(t.role, d.left, d.y, d.right-d.left, t.lines, left)
		d.y += heightOf(t.lines) + t.below
	}
	d.titles = nil
}

// paragraph prints spans over the width of the page and breaks them over pages where it must.
func (d *document) paragraph(spans []span, a align) {
	lines := d.wrap(spans, d.right-d.left)
	d.putTitles(min(heightOf(lines), 40))
	d.tag(tagged.P, func() { d.flow(lines, 0, a) })
}

// flow prints lines, their left edge moved in, and breaks them over pages where it must.
func (d *document) flow(lines []textLine, edge float64, a align) {
	for _, l := range lines {
		d.need(l.height)
		d.canvas.lines(d.left+edge, d.y, d.right-d.left-edge, []textLine{l}, a)
		d.y += l.height
	}
}

// item prints an item of a list.
func (d *document) item(lines []textLine, edge float64) {
	d.tag(tagged.LI, func() {
		d.tag(tagged.LBody, func() { d.flow(lines, edge, left) })
	})
}

// note prints a sentence below a heading or a table.
func (d *document) note(text string) {
	d.paragraph([]span{{text: text, style: d.small().sized(10).italic()}}, left)
	d.y += 4
}

// line is the target of a task's line in the annex, or 0 where it has none.
func (d *document) line(t progress.TaskLine) int { return d.lines[taskKey{t.Unit, t.Task.Key()}] }

// aimable makes targets for the tasks that pages before the annex link to. Only tasks that the annex lists have one.
func (d *document) aimable() {
	listed := make(map[taskKey]bool, len(d.s.Tasks))
	for _, t := range d.s.Tasks {
		listed[taskKey{t.Unit, t.Task.Key()}] = true
	}
	for _, list := range [][]progress.TaskLine{
		d.s.Urgent, d.s.Overdue, d.s.DueSoon, d.s.Warned, d.s.Unconfirmed, d.s.Contested, d.s.NewlyOverdue, d.s.NewlyDone, d.s.Reopened, d.s.Entered,
	} {
		for _, t := range list {
			key := taskKey{t.Unit, t.Task.Key()}
			if listed[key] && d.lines[key] == 0 {
				d.lines[key] = d.target()
			}
		}
	}
}

// pageHeads prints the number of each page but the first in its top margin, as Decree 30 has it, and marks drafts. Its foot says of
// which report and of how many pages the sheet is, so that a loose one finds its way back.
func (d *document) pageHeads() {
	total := d.w.Int(len(d.sizes))
	st := style{face: templates.FaceRegular, size: d.layout.PageNumber}
	d.artifact(func() {
		d.over(func(page int, s size) {
			if page > 1 {
				d.pageHead(s, d.w.Int(page), total, st)
			}
		})
	})
}

func (d *document) pageHead(s size, number, total string, st style) {
	m := d.layout.Margins
	if s.height < s.width {
		m = d.layout.Landscape
	}
	right := s.width - mm(m.Right)
	if d.kind == "report" {
		foot := d.say("page.of", "period", d.period(d.s.Period), "revision", strconv.Itoa(d.s.Revision), "n", number, "total", total)
		small := d.small().sized(8.5).in(darkGrey)
		d.text(right-widthOf(foot, small), s.height-mm(m.Bottom)+22, foot, small)
	}
	baseline := mm(m.Top) - 14
	d.text((s.width-widthOf(number, st))/2, baseline, number, st)
	if d.s.Draft {
		draft := d.say("draft")
		mark := st.bold().sized(11)
		d.text(right-widthOf(draft, mark), baseline, draft, mark)
	}
}
