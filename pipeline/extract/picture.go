package extract

import (
	"fmt"
	"maps"
	"slices"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/progress"
)

// Picture is a page of a PDF, or the first rows of a table of another format laid out like one, and what was read where.
// Boxes are x0, y0, x1, y1 in points from the top left corner.
type Picture struct {
	Name          string // page-2, sheet-1, table-1
	Width, Height float64
	Words         []pdf.Word
	Rules         [][4]float64
	Cells         [][4]float64 // of the tables found
	Hidden        [][4]float64 // cells that the workbook hides
	Marks         []Mark
}

// Mark is a cell that was taken for a heading, or from which a value was read.
type Mark struct {
	Box     [4]float64
	Heading bool
	Field   progress.Field // empty: the column was not read
	Colour  int            // number of the field among those of the file, from 0
}

// spot is something to be marked, wherever its place is drawn.
type spot struct {
	Mark
	origin progress.Origin
}

// spots are the places of all that was read, the headings first.
func spots(headings []Heading, read []progress.Row) []spot {
	colours := map[progress.Field]int{}
	var out []spot
	add := func(f progress.Field, heading bool, at progress.Origin) {
		if _, known := colours[f]; !known && f != "" {
			colours[f] = len(colours)
		}
		out = append(out, spot{Mark{Heading: heading, Field: f, Colour: colours[f]}, at})
	}
	for _, h := range headings {
		for _, c := range h.Columns {
			add(c.Field, true, c.Origin)
		}
	}
	for _, row := range read {
		for _, f := range slices.Sorted(maps.Keys(row.Cells)) {
			add(f, false, row.Cells[f])
		}
	}
	return out
}

// pictures are those of the pages of a PDF, else of the tables that are not hidden.
func pictures(doc grid.Document, pages []pdf.Page, seen []spot) []Picture {
	var out []Picture
	for _, p := range pages {
		if len(p.Words)+len(p.Rules) > 0 { // a scan shows nothing that could be drawn
			out = append(out, pagePicture(p, doc, seen))
		}
	}
	if pages != nil {
		return out
	}
	number := 0
	for _, b := range doc.Blocks {
		if b.Table == nil {
			continue
		}
		number++ // hidden sheets count, so that the number is the sheet's
		if !b.Table.Hidden && len(b.Table.Rows) > 0 {
			out = append(out, tablePicture(number, b.Table, seen))
		}
	}
	return out
}

func pagePicture(page pdf.Page, doc grid.Document, seen []spot) Picture {
	p := Picture{Name: fmt.Sprintf("page-%d", page.Number), Width: page.Width, Height: page.Height, Words: page.Words, Rules: page.Rules}
	for _, b := range doc.Blocks {
		if b.Table == nil || b.Table.Page != page.Number {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				if box, ok := boxOf(c.Origin); ok && !c.Covered {
					p.Cells = append(p.Cells, box)
				}
			}
		}
	}
	p.mark(seen, func(o progress.Origin) ([4]float64, bool) {
		box, ok := boxOf(o)
		return box, ok && o.Page == page.Number
	})
	return p
}

func boxOf(o progress.Origin) (box [4]float64, ok bool) {
	return box, copy(box[:], o.Box) == len(box)
}

// mark marks what has its place in the picture. A merged cell that several rows share is marked once.
func (p *Picture) mark(seen []spot, find func(progress.Origin) ([4]float64, bool)) {
	done := map[Mark]bool{}
	for _, s := range seen {
		box, here := find(s.origin)
		if !here {
			continue
		}
		s.Box = box
		if !done[s.Mark] {
			done[s.Mark] = true
			p.Marks = append(p.Marks, s.Mark)
		}
	}
}
