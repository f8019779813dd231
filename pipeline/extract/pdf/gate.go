package pdf

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// maxBadShare is the share of impossible characters above which the text of a file is not believed. Measured: files
// of sound producers have none, files with a damaged ToUnicode map have 3 to 60 per cent.
const maxBadShare = 0.005

// gate watches over what the pages show, and refuses the document where it cannot be read as it is seen.
type gate struct {
	letters, bad, hidden int
	worst                int // page with the most impossible characters
	worstBad             int
	blank                int // first page with images and without text
	clipped              int // first page on which text is cut off
}

// inspect adds a page.
func (g *gate) inspect(page int, d drawing) error {
	if d.upright > 0 {
		return refusal{variant: "vertical", page: page}
	}
	letters, bad := 0, 0
	var before rune
	for _, s := range d.glyphs {
		if s.space {
			before = 0
			continue
		}
		letters++
		r, _ := utf8.DecodeRuneInString(s.text)
		if s.text == "" || impossible(before, r) {
			bad++
		}
		before = r
	}
	g.letters += letters
	g.bad += bad
	g.hidden += d.hidden
	if bad > g.worstBad {
		g.worst, g.worstBad = page, bad
	}
	if letters == 0 && d.images > 0 && g.blank == 0 {
		g.blank = page
	}
	if d.clipped > 0 && g.clipped == 0 {
		g.clipped = page
	}
	return nil
}

// impossible reports whether a character cannot stand in a text, or not behind that other one: a sign of currency,
// punctuation or arithmetic of the Latin-1 range inside a word is a letter wrongly decoded ("Th¿i h¿n").
func impossible(before, r rune) bool {
	switch {
	case r == utf8.RuneError || r >= 0xe000 && r <= 0xf8ff || r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r >= 0xa1 && r <= 0xbf:
		return unicode.IsLetter(before) && !unicode.IsLetter(r) && r != '§' && r != '°' && r != '²' && r != '³' && r != '¹' &&
			r != '·' && r != '»' && r != '®' && r != '´' && r != '¨'
	}
	return false
}

// close judges the document as a whole.
func (g *gate) close() ([]progress.Finding, error) {
	if g.letters == 0 && g.blank > 0 {
		return nil, refusal{variant: "scan", page: g.blank}
	}
	if g.letters == 0 {
		return nil, refusal{variant: "empty"}
	}
	if share := float64(g.bad) / float64(g.letters); share > maxBadShare {
		facts := map[string]string{"bad": strconv.Itoa(g.bad), "letters": strconv.Itoa(g.letters)}
		return nil, refusal{variant: "bad_text", page: g.worst, facts: facts}
	}
	var out []progress.Finding
	add := func(variant string, severity progress.Severity, page int) {
		f := progress.Finding{Rule: "F06", Severity: severity, Variant: variant}
		if page > 0 {
			f = atPage(f, page)
		}
		out = append(out, f)
	}
	if g.blank > 0 {
		add("scanned_page", progress.SeverityWarning, g.blank)
	}
	if g.hidden > 0 && 2*g.hidden > g.letters {
		add("ocr_layer", progress.SeverityNote, 0)
	}
	if g.clipped > 0 {
		add("cut_off", progress.SeverityNote, g.clipped)
	}
	return out, nil
}
