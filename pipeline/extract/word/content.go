package word

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
)

// reader walks through the document part. A method that reads an element is called with its Start at hand and
// leaves its End at hand.
type reader struct {
	x         *archive.XML
	limits    Limits
	styles    map[string]paragraphStyle
	font      string // where nothing names one
	lists     lists
	tables    int // so far
	cells     int // so far
	converted map[legacy.Encoding]int
	doc       grid.Document
	refused   *archive.Refusal
}

// item is a paragraph or a table.
type item struct {
	text   string // not trimmed where the paragraph is joined to the next
	label  string // number that the paragraph's list gives it: "1.", "a)"
	joined bool   // the paragraph mark was deleted: the next paragraph goes on in this one
	struck bool   // all its text
	table  *grid.Table
	number int    // of the table in the document, from 1
	nested []item // tables inside the table's cells
}

// each calls read at the Start of each child of the element at hand.
func (r *reader) each(read func(name string)) {
	for outside := r.x.Depth() - 1; r.x.Next() && r.x.Depth() > outside; {
		if r.x.Kind == archive.Start {
			read(r.x.Name)
		}
	}
}

// content reads paragraphs and tables, also those inside content controls, insertions and whatever else wraps them.
func (r *reader) content() []item {
	var items []item
	r.each(func(name string) {
		switch name {
		case "p":
			items = append(items, r.paragraph()...)
		case "tbl":
			items = append(items, r.table())
		case "altChunk": // another document, which Word takes in when it opens this one: without it the reading would be half
			r.refused = archive.Refuse("embedded")
			r.x.Skip()
		case "del", "moveFrom", "Fallback", "sectPr", "sdtPr", "tcPr", "tblPr":
			r.x.Skip()
		default:
			items = append(items, r.content()...)
		}
	})
	return join(items)
}

// join puts together paragraphs between which the mark was deleted, and trims what is whole.
func join(items []item) []item {
	var out []item
	for i := 0; i < len(items); i++ {
		it := items[i]
		texts := []string{it.text}
		for it.joined && i+1 < len(items) && items[i+1].table == nil {
			i++
			texts = append(texts, items[i].text)
			it.struck, it.joined = it.struck && items[i].struck, items[i].joined
		}
		it.text = strings.Join(texts, "")
		if !it.joined {
			it.text = strings.TrimSpace(it.text)
		}
		out = append(out, it)
	}
	return out
}

// paragraph reads a paragraph, and after it what its text boxes hold.
func (r *reader) paragraph() []item {
	p := paragraphReader{reader: r, list: listPlace{}, struck: true, font: r.font}
	p.runs()
	text := norm.NFC.String(p.text.String())
	blank := strings.TrimSpace(text) == ""
	if p.from != legacy.None {
		r.converted[p.from]++
	}
	it := item{text: text, joined: p.joined, struck: p.struck && !blank}
	if !p.joined || !blank {
		it.label = r.lists.next(p.list)
	}
	return append([]item{it}, p.boxes...)
}

// paragraphReader gathers the text of one paragraph.
type paragraphReader struct {
	*reader
	text   strings.Builder
	list   listPlace
	font   string // of runs that name none
	joined bool
	struck bool
	from   legacy.Encoding
	boxes  []item
}

// runs reads what is in a paragraph, or in what wraps its runs: links, insertions, fields, formulas.
func (p *paragraphReader) runs() {
	p.each(func(name string) {
		switch name {
		case "pPr":
			p.properties()
		case "r":
			p.run()
		case "del", "moveFrom", "Fallback", "sdtPr", "rt":
			p.x.Skip()
		case "txbxContent":
			p.boxes = append(p.boxes, p.content()...)
		default:
			p.runs()
		}
	})
}

// properties reads the paragraph's style, list and mark.
func (p *paragraphReader) properties() {
	p.each(func(name string) {
		switch name {
		case "pStyle":
			s := p.styles[p.x.Attr("val")]
			p.list = s.list
			if s.font != "" {
				p.font = s.font
			}
		case "numPr":
			p.each(func(name string) { p.list.read(name, p.x) })
		case "rPr": // of the paragraph's mark
			p.each(func(name string) {
				p.joined = p.joined || name == "del" || name == "moveFrom"
				p.x.Skip()
			})
		default:
			p.x.Skip()
		}
	})
}

// run reads text of one look.
func (p *paragraphReader) run() {
	font, hidden, struck := p.font, false, false
	write := func(s string) {
		if hidden {
			return
		}
		text, from := legacy.Convert(s, font)
		if from != legacy.None {
			p.from = from
		} else {
			text = strings.ReplaceAll(text, "\u00AD", "") // a soft hyphen; in TCVN3 it is a letter
		}
		if strings.TrimSpace(text) != "" {
			p.struck = p.struck && struck
		}
		p.text.WriteString(text)
	}
	var read func(name string)
	read = func(name string) {
		switch name {
		case "rPr":
			p.each(func(name string) {
				switch name {
				case "rFonts":
					font = fontOf(p.x, font)
				case "rStyle":
					if s := p.styles[p.x.Attr("val")]; s.font != "" {
						font = s.font
					}
				case "vanish":
					hidden = onOff(p.x)
				case "strike", "dstrike":
					struck = struck || onOff(p.x)
				}
				p.x.Skip()
			})
		case "t":
			write(p.x.ElementText())
		case "tab", "ptab":
			write("\t")
			p.x.Skip()
		case "br", "cr":
			write("\n")
			p.x.Skip()
		case "noBreakHyphen":
			write("-")
			p.x.Skip()
		case "sym":
			code, err := strconv.ParseUint(p.x.Attr("char"), 16, 16)
			if symbol, _ := legacy.Convert(string(rune(code)), p.x.Attr("font")); err == nil && !hidden {
				p.text.WriteString(symbol)
			}
			p.x.Skip()
		case "checkBox":
			write(p.checkBox())
		case "instrText", "delText", "delInstrText", "Fallback", "rt":
			p.x.Skip()
		case "txbxContent":
			p.boxes = append(p.boxes, p.content()...)
		default:
			p.each(read)
		}
	}
	p.each(read)
}

// checkBox reads a check box of a form as it is shown: ticked, or empty.
func (p *paragraphReader) checkBox() string {
	ticks := map[string]bool{}
	p.each(func(name string) {
		if name == "checked" || name == "default" {
			ticks[name] = onOff(p.x)
		}
		p.x.Skip()
	})
	ticked, set := ticks["checked"]
	if !set {
		ticked = ticks["default"]
	}
	if ticked {
		return "☒"
	}
	return "☐"
}
