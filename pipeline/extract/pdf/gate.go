package pdf

import (
	"strconv"
	"strings"
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
	read                 int   // pages whose text is what they show
	scanned              []int // pages that are an image, be it with a line of text at the head or the foot
	outlined             []int // pages whose letters are drawn as outlines
	clipped              int   // first page on which text is cut off
}

const (
	// aScan is the share of a page that an image covers where the page is a scan.
	aScan = 0.5
	// fewLetters is how many letters a scanned page has at most: a running head, a page number, the words of a digital signature.
	fewLetters = 250
	// manyShapes is from how many outlines of the size of letters a page with hardly a letter is writing turned into drawing: some five
	// lines of it.
	manyShapes = 200
)

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
	switch visible := letters - d.hidden; {
	case d.hidden < fewLetters && visible < fewLetters && (d.pictured >= aScan || letters == 0 && d.images > 0):
		g.scanned = append(g.scanned, page)
	case d.shapes >= manyShapes && d.shapes > 2*letters:
		g.outlined = append(g.outlined, page)
	case letters > 0:
		g.read++
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
	switch {
	case g.read == 0 && len(g.scanned) > 0 && len(g.scanned) >= len(g.outlined):
		return nil, refusal{variant: "scan", page: g.scanned[0]}
	case g.read == 0 && len(g.outlined) > 0:
		return nil, refusal{variant: "outlined", page: g.outlined[0]}
	case g.letters == 0:
		return nil, refusal{variant: "empty"}
	}
	if share := float64(g.bad) / float64(g.letters); share > maxBadShare {
		facts := map[string]string{"bad": strconv.Itoa(g.bad), "letters": strconv.Itoa(g.letters)}
		return nil, refusal{variant: "bad_text", page: g.worst, facts: facts}
	}
	var out []progress.Finding
	add := func(variant string, severity progress.Severity, pages ...int) {
		if len(pages) == 0 {
			return
		}
		f := progress.Finding{Rule: "F06", Severity: severity, Variant: variant, Facts: map[string]string{"page": pageList(pages)}}
		f.Origin.Page = pages[0]
		out = append(out, f)
	}
	add("scanned_page", progress.SeverityWarning, g.scanned...)
	add("outlined_page", progress.SeverityWarning, g.outlined...)
	if g.hidden > 0 && 2*g.hidden > g.letters {
		out = append(out, progress.Finding{Rule: "F06", Severity: progress.SeverityNote, Variant: "ocr_layer"})
	}
	if g.clipped > 0 {
		add("cut_off", progress.SeverityNote, g.clipped)
	}
	return out, nil
}

// pageList names pages, in order, with runs shortened: 2, 4–7.
func pageList(pages []int) string {
	var parts []string
	for i := 0; i < len(pages); {
		k := i
		for k+1 < len(pages) && pages[k+1] == pages[k]+1 {
			k++
		}
		text := strconv.Itoa(pages[i])
		if k > i {
			text += "–" + strconv.Itoa(pages[k])
		}
		parts = append(parts, text)
		i = k + 1
	}
	return strings.Join(parts, ", ")
}
