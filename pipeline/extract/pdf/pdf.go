// Package pdf reads the tables and the text of a PDF. Bytes come in; a [grid.Document] goes out, with its lines of text
// and its tables in reading order, every cell with the page and box it was read from.
//
// The way of the data:
//
//	open       the objects of the file, found by walking it (mend.go), decrypted (crypt.go), decoded (filter.go)
//	plainFile  the same pages as a plain file, which alone the object layer of ledongthuc/pdf is shown
//	pages      the page tree, with inherited attributes
//	draw       the content of a page, interpreted: glyphs where they are seen, straight lines, filled areas
//	layout     glyphs → words → lines; lines and rulings → tables; what remains → text
//
// A file that cannot be read whole is refused: a document without blocks, and one finding F06 that says why and where.
package pdf

import (
	"bytes"
	"errors"
	"maps"
	"strconv"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// Limits bound what one file may cost. A field that is zero has the value of [DefaultLimits].
type Limits struct {
	Pages     int // pages of the document
	Objects   int // objects of the file
	Stream    int // bytes of one stream, inflated
	Inflated  int // bytes of all streams inflated to be rewritten
	Glyphs    int // glyphs of one page
	Operators int // operators of one page, those of its forms included
}

// DefaultLimits are far above what a report holds: the largest seen in public corpora is a tenth of it.
var DefaultLimits = Limits{
	Pages:     500,
	Objects:   500_000,
	Stream:    32 << 20,
	Inflated:  128 << 20,
	Glyphs:    200_000,
	Operators: 2_000_000,
}

func (l Limits) withDefaults() Limits {
	set := func(field *int, value int) {
		if *field == 0 {
			*field = value
		}
	}
	set(&l.Pages, DefaultLimits.Pages)
	set(&l.Objects, DefaultLimits.Objects)
	set(&l.Stream, DefaultLimits.Stream)
	set(&l.Inflated, DefaultLimits.Inflated)
	set(&l.Glyphs, DefaultLimits.Glyphs)
	set(&l.Operators, DefaultLimits.Operators)
	return l
}

// Read turns the bytes of a PDF into a document: text lines and tables in reading order. What is wrong with the file
// is a finding; the error is always nil and stands there because every reader of a format has one.
func Read(data []byte, limits Limits) (grid.Document, error) {
	return watched(data, limits, nil), nil
}

// watched is Read; watch, where there is one, is shown what every page draws before anything is made of it.
func watched(data []byte, limits Limits, watch func(sheet, drawing)) (doc grid.Document) {
	defer func() {
		if recover() != nil { // the object layer reports a broken object by panic
			doc = refused(refusal{variant: "damaged"})
		}
	}()
	doc, failure := read(data, limits.withDefaults(), watch)
	if failure != nil {
		r := asRefusal(failure)
		if lostByCut[r.variant] && isCutOff(data) {
			r = refusal{variant: "damaged"}
		}
		return refused(r)
	}
	return doc
}

// lostByCut are the refusals that a file gets which has lost fonts and pages with its end.
var lostByCut = map[string]bool{"bad_text": true, "empty": true, "scan": true}

// isCutOff reports a file that does not end as PDFs do: it was copied only in part.
func isCutOff(data []byte) bool {
	end := data[max(0, len(data)-2048):]
	return !bytes.Contains(end, []byte("startxref")) && !bytes.Contains(end, []byte("trailer")) && !bytes.Contains(end, []byte("%%EOF"))
}

// refusal is why a document cannot be read: a variant of rule F06, the page where that showed, 0 for the file, and
// further facts for the sentence.
type refusal struct {
	variant string
	page    int
	facts   map[string]string
}

func (r refusal) Error() string { return r.variant }

func refuse(variant string) error { return refusal{variant: variant} }

// asRefusal is the refusal that err stands for: anything that was not foreseen means a damaged file.
func asRefusal(err error) refusal {
	var r refusal
	if errors.As(err, &r) {
		return r
	}
	return refusal{variant: "damaged"}
}

// onPage names the page in a refusal.
func (r refusal) onPage(page int) refusal {
	r.page = page
	if r.variant == "damaged" {
		r.variant = "damaged_page" // its sentence names the page
	}
	return r
}

// refused is a document of which nothing is read.
func refused(r refusal) grid.Document {
	f := progress.Finding{Rule: "F06", Severity: progress.SeverityError, Variant: r.variant, Facts: r.facts}
	if r.page > 0 {
		f = atPage(f, r.page)
	}
	return grid.Document{Findings: []progress.Finding{f}}
}

// atPage names the page in a finding, as origin and for the sentence.
func atPage(f progress.Finding, page int) progress.Finding {
	facts := map[string]string{"page": strconv.Itoa(page)}
	maps.Copy(facts, f.Facts)
	f.Origin.Page, f.Facts = page, facts
	return f
}
