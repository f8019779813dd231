// Package report draws the synthesis of a period as a PDF. In comes a [progress.Synthesis], the only source of every
// figure and line; out go the bytes of the file, and the list of the figures printed, with page and box. The
// package computes nothing but layout, reads neither clock nor disk, and gives the same bytes for the same synthesis.
//
// Page 1 is the answer, alone on one sheet of A4. A weekly edition goes on with what is late and who is silent; longer
// editions have every page. Two annexes end both: the line of every task, and the method with the files read; a revision has a
// third, with what it changes.
package report

import (
	"io"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Aspect says what of a figure is printed.
type Aspect string

const (
	Number     Aspect = "number"      // a count: 1.234
	Percentage Aspect = "percentage"  // a rate: 67,8 %
	Fraction   Aspect = "fraction"    // the rate's numerator and denominator: 61/90
	Portion    Aspect = "portion"     // a count as a percentage of all dated positions of its line: 5,4 %
	Change     Aspect = "change"      // against the period before: +3; percentage points for rates: +1,2
	YearChange Aspect = "year_change" // against the same period of last year
)

// Printed is a figure as it stands in the PDF.
type Printed struct {
	Figure string // id of the progress.Figure: total.overdue
	Aspect Aspect
	Text   string     // in the language of the edition
	Page   int        // from 1
	Box    [4]float64 // x0, y0, x1, y1 in points from the top left corner of the page, rounded to 0.1
}

// PDF writes the synthesis to out, page by page, and returns every figure printed, with page and box, so that a test (and explain) can
// hold each against the model.
func PDF(out io.Writer, s progress.Synthesis, lang templates.Lang) ([]Printed, error) {
	return draw(out, s, lang, nil)
}

// draw draws the synthesis; observe is told of each piece of text as it lies on its page.
func draw(out io.Writer, s progress.Synthesis, lang templates.Lang, observe func(drawn)) ([]Printed, error) {
	d := newDocument(out, s, lang)
	d.observe = observe
	title := d.say("title.full", "plan", d.planName(), "period", d.period(s.Period))
	d.describe(title, s.Office.Name, d.dataLine(), "tiendo "+s.Version)
	d.aimable()
	d.pages(d.draw)
	d.pageHeads()
	return d.printed, d.close(d.say("language"))
}

func (d *document) draw() {
	d.turn(false)
	d.bookmark(d.say("page1.bookmark"), d.top)
	d.page1()
	if d.s.Period.Kind == progress.Week {
		d.weekly()
	} else {
		d.complete()
	}
	d.tasksAnnex()
	d.methodAnnex()
	d.correctionAnnex()
}

// complete draws the pages after the first of a monthly or longer edition.
func (d *document) complete() {
	d.turn(true)
	d.byUnit("1")
	d.turn(true)
	d.byGroup("2")
	d.turn(false)
	d.late("3")
	d.changes("4")
	d.voices("5")
	d.quality("6")
	d.silent("7")
	d.compliance("8")
}
