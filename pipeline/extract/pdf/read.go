package pdf

import (
	"tiendo/pipeline/extract/grid"
)

// read opens the file and turns one page after the other into blocks; a page's glyphs are gone when the next begins.
func read(data []byte, limits Limits, watch func(sheet, drawing)) (grid.Document, error) {
	s, err := open(data, limits)
	if err != nil {
		return grid.Document{}, err
	}
	plain, err := plainFile(s)
	if err != nil {
		return grid.Document{}, err
	}
	r, err := openPlain(plain)
	if err != nil {
		return grid.Document{}, err
	}
	sheets, err := pages(r.Trailer().Key("Root"), limits)
	if err != nil {
		return grid.Document{}, err
	}
	fonts := newFontCache(limits)
	var doc grid.Document
	var gate gate
	var room []glyph
	for _, sheet := range sheets {
		if limits.Last > 0 && sheet.number > limits.Last {
			break
		}
		d, err := drawPage(sheet, fonts, limits, room)
		if err != nil {
			return grid.Document{}, err
		}
		if watch != nil {
			watch(sheet, d)
		}
		if !limits.Unjudged {
			if err := gate.inspect(sheet.number, d); err != nil {
				return grid.Document{}, err
			}
		}
		blocks, findings := layoutPage(sheet, d)
		room = d.glyphs
		doc.Blocks = append(doc.Blocks, blocks...)
		doc.Findings = append(doc.Findings, findings...)
	}
	if limits.Unjudged {
		return doc, nil
	}
	findings, err := gate.close()
	if err != nil {
		return grid.Document{}, err
	}
	doc.Findings = append(doc.Findings, findings...)
	return doc, nil
}

// drawPage is draw with the page named in a refusal. The object layer reports a broken object by panic.
func drawPage(s sheet, fonts *fontCache, limits Limits, room []glyph) (d drawing, err error) {
	defer func() {
		if recover() != nil {
			err = refusal{variant: "damaged"}.onPage(s.number)
		}
	}()
	d, err = draw(s, fonts, limits, room)
	if err == nil {
		err = fonts.err
	}
	if err != nil {
		return drawing{}, asRefusal(err).onPage(s.number)
	}
	return d, nil
}
