package pdf

import (
	"fmt"
	"io"

	reader "github.com/ledongthuc/pdf"

	"tiendo/pipeline/extract/grid"
)

// read opens the file and turns its pages into blocks.
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
	var gate gate
	doc, err := readPages(r, limits, 0, func(sheet sheet, d drawing) error {
		if watch != nil {
			watch(sheet, d)
		}
		return gate.inspect(sheet.number, d)
	})
	if err != nil {
		return grid.Document{}, err
	}
	findings, err := gate.close()
	if err != nil {
		return grid.Document{}, err
	}
	doc.Findings = append(doc.Findings, findings...)
	return doc, nil
}

// ReadOwn reads a PDF that this program has just written, up to a page. It is a plain file as it stands, may be longer than a return, and
// is not refused for what it shows: it quotes units with whatever they wrote.
func ReadOwn(file io.ReaderAt, size int64, last int) (doc grid.Document, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("our own PDF cannot be read: %v", broken)
		}
	}()
	r, err := reader.NewReader(file, size)
	if err != nil {
		return grid.Document{}, err
	}
	limits := DefaultLimits
	limits.Pages *= 100
	return readPages(r, limits, last, func(sheet, drawing) error { return nil })
}

// readPages turns one page after the other into blocks, up to the last that is wanted (0: all are); a page's glyphs are gone when the
// next begins. Before anything is made of a page, inspect says whether what it draws can be read.
func readPages(r *reader.Reader, limits Limits, last int, inspect func(sheet, drawing) error) (grid.Document, error) {
	sheets, err := pages(r.Trailer().Key("Root"), limits)
	if err != nil {
		return grid.Document{}, err
	}
	fonts := newFontCache(limits)
	var doc grid.Document
	var room []glyph
	for _, sheet := range sheets {
		if last > 0 && sheet.number > last {
			break
		}
		d, err := drawPage(sheet, fonts, limits, room)
		if err != nil {
			return grid.Document{}, err
		}
		if err := inspect(sheet, d); err != nil {
			return grid.Document{}, err
		}
		blocks, findings := layoutPage(sheet, d)
		room = d.glyphs
		doc.Blocks = append(doc.Blocks, blocks...)
		doc.Findings = append(doc.Findings, findings...)
	}
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
