package workbook

import (
	"strconv"

	"tiendo/pipeline/extract/archive"
)

// style is what of a cell's format matters for reading it.
type style struct {
	format format
	font   string
	struck bool
}

var plainStyle = style{format: parseFormat("General")}

// maxFormatCode is the length of a number format, in bytes. Excel takes 255 characters; a longer code than this would
// make every cell that has it as long.
const maxFormatCode = 2048

// stylesPart is the styles part as stored.
type stylesPart struct {
	codes map[int]string // number formats by id
	fonts []style        // name and strike alone
	cells []cellXf
}

// cellXf is a cell format: which number format and which font; -1 where it names none.
type cellXf struct{ format, font int }

// readStyles returns the cell formats of the styles part, in its order.
func readStyles(name, body string) ([]style, error) {
	x := archive.NewXML(body)
	if !x.Next() || x.Name != "styleSheet" {
		return nil, archive.Damaged(name)
	}
	p := stylesPart{codes: map[int]string{}}
	for x.Next() {
		if x.Kind == archive.Start && !p.read(x) {
			return nil, archive.Damaged(name)
		}
	}
	if x.Err() != nil {
		return nil, archive.Damaged(name)
	}
	return p.settle(), nil
}

// read reads the element whose Start is at hand, unless it is a list of those that matter, which is walked into. It
// returns false where a number format has no id or a length that no program writes.
func (p *stylesPart) read(x *archive.XML) bool {
	switch x.Name {
	case "numFmts", "fonts", "cellXfs":
	case "numFmt":
		id, err := strconv.Atoi(x.Attr("numFmtId"))
		code := x.Attr("formatCode")
		p.codes[id] = code
		return err == nil && len(code) <= maxFormatCode
	case "font":
		p.fonts = append(p.fonts, readFont(x))
	case "xf":
		p.cells = append(p.cells, cellXf{number(x, "numFmtId"), number(x, "fontId")})
	default: // formats of tables, of conditions, of named styles: they have fonts and number formats of their own
		x.Skip()
	}
	return true
}

// readFont reads a font, whose Start is at hand, to its End.
func readFont(x *archive.XML) style {
	var font style
	for outside := x.Depth() - 1; x.Next() && x.Depth() > outside; {
		switch {
		case x.Kind != archive.Start:
		case x.Name == "name":
			font.font = x.Attr("val")
		case x.Name == "strike":
			font.struck = isTrue(x.Attr("val"), true)
		}
	}
	return font
}

// number is an attribute that counts from 0; -1 where there is none.
func number(x *archive.XML, name string) int {
	n, err := strconv.Atoi(x.Attr(name))
	if err != nil {
		return -1
	}
	return n
}

// settle joins cell formats with their fonts and number formats.
func (p *stylesPart) settle() []style {
	formats := map[int]format{-1: plainStyle.format}
	var styles []style
	for _, xf := range p.cells {
		s := plainStyle
		if xf.font >= 0 && xf.font < len(p.fonts) {
			s = p.fonts[xf.font]
		}
		f, known := formats[xf.format]
		if !known {
			code, ok := p.codes[xf.format]
			if !ok {
				code = builtin[xf.format]
			}
			if code == "" {
				code = "General"
			}
			f = parseFormat(code)
			formats[xf.format] = f
		}
		s.format = f
		styles = append(styles, s)
	}
	return styles
}
