package workbook

import (
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/extract/archive"
)

// style is what of a cell's format matters for reading it.
type style struct {
	format format
	font   string
	struck bool
}

var plainStyle = style{format: parseFormat("General")}

// readStyles returns the cell formats of the styles part, in its order. excelize decodes the part; it is given
// under the name at which excelize looks for it, wherever the package keeps it.
func readStyles(name string, body []byte) ([]style, error) {
	if err := wellFormed(body); err != nil { // excelize takes what it can get of a broken part
		return nil, archive.Damaged(name)
	}
	book := excelize.NewFile()
	defer book.Close()
	book.Pkg.Store("xl/styles.xml", body)
	book.Styles = nil
	if _, err := book.GetStyle(0); book.Styles == nil || (err != nil && book.Styles.CellXfs == nil) {
		return nil, archive.Damaged(name)
	}
	sheet := book.Styles
	codes := map[int]string{}
	if sheet.NumFmts != nil {
		for _, f := range sheet.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	formats := map[int]format{}
	formatOf := func(id int) format {
		if f, ok := formats[id]; ok {
			return f
		}
		code, ok := codes[id]
		if !ok {
			code = builtin[id]
		}
		if code == "" {
			code = "General"
		}
		formats[id] = parseFormat(code)
		return formats[id]
	}
	var styles []style
	if sheet.CellXfs == nil {
		return nil, nil
	}
	for _, xf := range sheet.CellXfs.Xf {
		s := plainStyle
		if xf.NumFmtID != nil {
			s.format = formatOf(*xf.NumFmtID)
		}
		if xf.FontID != nil && sheet.Fonts != nil && *xf.FontID >= 0 && *xf.FontID < len(sheet.Fonts.Font) {
			font := sheet.Fonts.Font[*xf.FontID]
			if font.Name != nil && font.Name.Val != nil {
				s.font = *font.Name.Val
			}
			s.struck = font.Strike != nil && (font.Strike.Val == nil || *font.Strike.Val)
		}
		styles = append(styles, s)
	}
	return styles, nil
}

// wellFormed reads a part to its end.
func wellFormed(body []byte) error {
	x := archive.NewXML(body)
	for x.Next() {
	}
	return x.Err()
}
