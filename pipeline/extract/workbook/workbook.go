// Package workbook reads .xlsx workbooks, and .xlsm ones as data. The bytes of a file come in; every worksheet goes
// out as one table of the grid, with what is hidden in it marked, or the reason why the file is refused.
//
// A workbook is read whole or not at all. Every part is verified before it is used, sheets are read by a strict
// reader, and two ways of counting rows must agree, because the usual way, excelize's rows, gives fewer rows of a
// damaged sheet without saying so.
package workbook

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
	"tiendo/pipeline/progress"
)

// Limits bound what a workbook may hold. A field that is zero stands for that of [DefaultLimits].
type Limits struct {
	Archive archive.Limits
	Rows    int // of one table, without its empty margin
	Columns int // likewise
	Cells   int // rows times columns of all tables together
	Text    int // bytes of text in all cells together
}

// DefaultLimits are for a worker of 512 MiB: as many cells, filled with words, take some 300 of them with the part
// that they are read from and the answer about them.
var DefaultLimits = Limits{Archive: archive.DefaultLimits, Rows: 200_000, Columns: 4096, Cells: 500_000, Text: 24 << 20}

func (l Limits) orDefault() Limits {
	return Limits{
		Archive: l.Archive,
		Rows:    cmp.Or(l.Rows, DefaultLimits.Rows),
		Columns: cmp.Or(l.Columns, DefaultLimits.Columns),
		Cells:   cmp.Or(l.Cells, DefaultLimits.Cells),
		Text:    cmp.Or(l.Text, DefaultLimits.Text),
	}
}

// Read reads a workbook. Empty worksheets and sheets that hold a chart alone have no table. A file that cannot be
// read whole is refused: a document without blocks and one finding F06, with its seal and the names of its sheets where they could be read. The error is for a broken machine; today
// nothing here can break it.
func Read(data []byte, limits Limits) (grid.Document, error) {
	doc, err := read(data, limits.orDefault())
	var refused *archive.Refusal
	if errors.As(err, &refused) {
		return grid.Document{Seal: doc.Seal, Sheets: doc.Sheets, Findings: []progress.Finding{refused.Finding()}}, nil
	}
	return doc, err
}

// book is the workbook part and what it refers to.
type book struct {
	pkg      *archive.Package
	sheets   []sheetEntry
	date1904 bool
	strings  []richText
	styles   []style
	external int // links to other files
	macros   bool
}

// sheetEntry is a worksheet as the workbook lists it.
type sheetEntry struct {
	name   string
	part   string
	hidden bool
}

func read(data []byte, limits Limits) (grid.Document, error) {
	pkg, err := archive.Open(data, limits.Archive)
	if err != nil {
		return grid.Document{}, err
	}
	b, err := open(pkg)
	if err != nil {
		return grid.Document{}, err
	}
	r := reader{book: b, limits: limits, cellsLeft: limits.Cells, textLeft: limits.Text,
		shown: make([]shownText, len(b.strings)), converted: map[legacy.Encoding]int{}}
	for _, s := range b.sheets {
		r.doc.Sheets = append(r.doc.Sheets, s.name)
	}
	if err := r.readSheets(); err != nil {
		return r.doc, err
	}
	if len(r.doc.Blocks) == 0 && r.doc.Seal == nil {
		return grid.Document{}, archive.Refuse("no_sheet")
	}
	r.noteFile()
	return r.doc, nil
}

// readSheets reads every sheet; of the synthesis of a lower office those alone that hold its rows: the others say the same again.
func (r *reader) readSheets() error {
	sheets := slices.Clone(r.book.sheets)
	slices.SortStableFunc(sheets, func(a, b sheetEntry) int { return cmp.Compare(b.seals(), a.seals()) })
	for _, entry := range sheets {
		if r.doc.Seal != nil {
			if _, sealed := r.doc.Seal.ListOn(entry.name); !sealed {
				continue
			}
		}
		if err := r.readSheet(entry); err != nil {
			var refused *archive.Refusal
			if errors.As(err, &refused) {
				refused.Origin = progress.Origin{Sheet: entry.name}
			}
			return err
		}
		if entry.seals() > 0 {
			r.takeSeal()
		}
	}
	return nil
}

// seals is 1 of the sheet by which a workbook of ours says what it is, which is read before all others; else 0. Somebody may have shown it.
func (e sheetEntry) seals() int {
	if e.name == progress.HiddenSheet {
		return 1
	}
	return 0
}

// takeSeal takes the table just read for the seal of a synthesis, if it is one.
func (r *reader) takeSeal() {
	n := len(r.doc.Blocks)
	if n == 0 {
		return
	}
	var lines [][3]string
	for _, row := range r.doc.Blocks[n-1].Table.Rows {
		var l [3]string
		for i := range min(len(l), len(row.Cells)) {
			l[i] = row.Cells[i].Text
		}
		lines = append(lines, l)
	}
	if seal, ok := progress.ParseSeal(lines); ok {
		r.doc.Seal, r.doc.Blocks, r.doc.Findings = &seal, nil, nil
	}
}

// sealedColumns are the columns of the synthesis of a lower office that are read: half of a large one's cells are in none of them. They are nil of
// any other sheet, and of the one that holds the seal.
func (r *reader) sealedColumns(sheet string) []int {
	if r.doc.Seal == nil {
		return nil
	}
	list, _ := r.doc.Seal.ListOn(sheet)
	columns := []int{}
	for i, c := range list.Columns {
		if c.Field != "" {
			columns = append(columns, i+1)
		}
	}
	return columns
}

// open reads the workbook part, the strings and the styles.
func open(pkg *archive.Package) (*book, error) {
	name, body, err := pkg.Main("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(name, ".bin") {
		return nil, archive.Refuse("binary_workbook")
	}
	relations, err := pkg.Relations(name)
	if err != nil {
		return nil, err
	}
	b := &book{pkg: pkg}
	if err := b.readWorkbook(name, body, relations); err != nil {
		return nil, err
	}
	for _, r := range relations {
		switch r.Type {
		case "sharedStrings":
			err = b.part(r, func(name, body string) (err error) { b.strings, err = readStrings(name, body); return err })
		case "styles":
			err = b.part(r, func(name, body string) (err error) { b.styles, err = readStyles(name, body); return err })
		case "externalLink":
			b.external++
		case "vbaProject":
			b.macros = true
		}
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// part hands a part that the workbook refers to, and so must be there, to read.
func (b *book) part(r archive.Relation, read func(name, body string) error) error {
	body, ok := b.pkg.Take(r.Target)
	if !ok {
		return archive.Damaged(r.Target)
	}
	return read(r.Target, body)
}

// readWorkbook reads the list of sheets and the date system.
func (b *book) readWorkbook(name string, body string, relations archive.Relations) error {
	x := archive.NewXML(body)
	if !x.Next() || x.Name != "workbook" {
		return archive.Damaged(name)
	}
	modules, listed := 0, map[string]bool{}
	for x.Next() {
		if x.Kind != archive.Start {
			continue
		}
		switch x.Name {
		case "workbookPr":
			b.date1904 = isTrue(x.Attr("date1904"), false)
		case "sheet":
			id := x.Attr("id")
			if id == "" { // a module of macros as Excel 5 kept them: no part, no cells
				modules++
				continue
			}
			r, ok := relations.ByID(id)
			if !ok || r.External {
				return archive.Damaged(name)
			}
			if r.Type == "worksheet" { // not chartsheet, dialogsheet, xlMacrosheet
				state := x.Attr("state")
				hidden := state == "hidden" || state == "veryHidden"
				if listed[r.Target] {
					return archive.Damaged(name)
				}
				listed[r.Target] = true
				b.sheets = append(b.sheets, sheetEntry{name: clean(x.Attr("name")), part: r.Target, hidden: hidden})
			}
		}
	}
	if x.Err() != nil || modules > 0 && len(b.sheets) != worksheets(relations) {
		return archive.Damaged(name)
	}
	if len(b.sheets) == 0 {
		return archive.Refuse("no_sheet")
	}
	return nil
}

// worksheets counts those that the workbook part refers to.
func worksheets(relations archive.Relations) int {
	count := 0
	for _, r := range relations {
		if r.Type == "worksheet" && !r.External {
			count++
		}
	}
	return count
}

// noteFile adds the findings about the file as a whole.
func (r *reader) noteFile() {
	for _, encoding := range []legacy.Encoding{legacy.TCVN3, legacy.VNI} {
		if n := r.converted[encoding]; n > 0 {
			r.find("F14", progress.SeverityNote, string(encoding), progress.Origin{}, "count", strconv.Itoa(n))
		}
	}
	if r.book.external > 0 {
		r.find("F15", progress.SeverityNote, "external", progress.Origin{}, "count", strconv.Itoa(r.book.external))
	}
	if r.book.macros {
		r.find("F06", progress.SeverityNote, "macro", progress.Origin{})
	}
}
