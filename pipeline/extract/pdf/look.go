package pdf

import "tiendo/pipeline/extract/grid"

// Page is what a page shows, for those who ask why its tables were read as they were. Everything is told in points
// from the top left corner of the page as it is seen, y downwards.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Words         []Word
	Rules         [][4]float64 // straight lines, x0, y0, x1, y1; pieces of one line are joined
}

// Word is a run of letters without a space between them, where it is written.
type Word struct {
	X, Y   float64 // start of its baseline
	Length float64 // along the baseline
	Size   float64 // height of the font
	Turn   int     // quarter turns clockwise from the direction that runs from left to right
	Text   string
}

// Look is [Read], and shows beside it what was seen on each page that the reading came to. Words written askew, as on
// stamps, are not shown.
func Look(data []byte, limits Limits) (grid.Document, []Page, error) {
	var seen []Page
	doc := watched(data, limits, func(s sheet, d drawing) { seen = append(seen, look(s, d)) })
	return doc, seen, nil
}

// look copies what is worth showing: layout moves the glyphs about.
func look(s sheet, d drawing) Page {
	p := Page{Number: s.number, Width: s.width, Height: s.height}
	for q := range 4 {
		frame, width, height := turn(q, s.width, s.height), s.width, s.height
		if q%2 == 1 {
			width, height = height, width
		}
		var level []glyph
		for _, g := range d.glyphs {
			if g.quarter() == q {
				level = append(level, g.in(frame))
			}
		}
		back := turn((4-q)%4, width, height)
		for _, ln := range lines(level) {
			for _, w := range ln.words {
				x, y := back.apply(w.x0, w.base)
				p.Words = append(p.Words, Word{X: round(x), Y: round(y), Length: round(w.x1 - w.x0), Size: round(w.size), Turn: q, Text: clean(w.text)})
			}
		}
	}
	horizontal, vertical := rulings(d.rules)
	for _, r := range horizontal {
		p.Rules = append(p.Rules, box{r.lo, r.at, r.hi, r.at}.rounded())
	}
	for _, r := range vertical {
		p.Rules = append(p.Rules, box{r.at, r.lo, r.at, r.hi}.rounded())
	}
	return p
}
