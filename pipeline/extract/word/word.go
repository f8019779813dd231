// Package word reads .docx documents. The bytes of a file come in; its paragraphs and tables go out as blocks of the
// grid, in the order in which they are read, or the reason why the file is refused.
//
// What goes out is the accepted view: insertions kept, deletions and what was moved away left out, and so are
// hidden text, headers, footers, footnotes and comments.
package word

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/legacy"
	"tiendo/pipeline/progress"
)

// Limits bound what a document may hold. A field that is zero stands for that of [DefaultLimits].
type Limits struct {
	Archive archive.Limits
	Columns int // of one table
	Cells   int // rows times columns of all tables together
}

// DefaultLimits are for a worker of 512 MiB. Word itself has no more than 63 columns.
var DefaultLimits = Limits{Archive: archive.DefaultLimits, Columns: 256, Cells: 1_000_000}

func (l Limits) orDefault() Limits {
	return Limits{
		Archive: l.Archive,
		Columns: cmp.Or(l.Columns, DefaultLimits.Columns),
		Cells:   cmp.Or(l.Cells, DefaultLimits.Cells),
	}
}

// Read reads a document. A file that cannot be read whole is refused: a document without blocks and one finding F06.
// The error is for a broken machine; today nothing here can break it.
func Read(data []byte, limits Limits) (grid.Document, error) {
	doc, err := read(data, limits.orDefault())
	var refused *archive.Refusal
	if errors.As(err, &refused) {
		return grid.Document{Findings: []progress.Finding{refused.Finding()}}, nil
	}
	return doc, err
}

func read(data []byte, limits Limits) (grid.Document, error) {
	pkg, err := archive.Open(data, limits.Archive)
	if err != nil {
		return grid.Document{}, err
	}
	name, body, err := pkg.Main("word/document.xml")
	if err != nil {
		return grid.Document{}, err
	}
	relations, err := pkg.Relations(name)
	if err != nil {
		return grid.Document{}, err
	}
	r := reader{limits: limits, converted: map[legacy.Encoding]int{}}
	if err := r.open(pkg, relations); err != nil {
		return grid.Document{}, err
	}
	r.x = archive.NewXML(body)
	if !r.x.Next() || r.x.Name != "document" {
		return grid.Document{}, archive.Damaged(name)
	}
	items := r.content()
	switch {
	case r.refused != nil:
		return grid.Document{}, r.refused
	case r.x.Next() || r.x.Err() != nil:
		return grid.Document{}, archive.Damaged(name)
	}
	r.blocks(items)
	if len(r.doc.Blocks) == 0 {
		return grid.Document{}, archive.Refuse("empty")
	}
	r.noteFile(relations)
	return r.doc, nil
}

// open reads the parts that the document's text depends on.
func (r *reader) open(pkg *archive.Package, relations archive.Relations) error {
	for _, relation := range relations {
		var read func(*archive.XML) error
		switch relation.Type {
		case "styles":
			read = r.readStyles
		case "numbering":
			read = r.readNumbering
		default:
			continue
		}
		body, ok := pkg.Part(relation.Target)
		if !ok {
			return archive.Damaged(relation.Target)
		}
		x := archive.NewXML(body)
		if err := read(x); err != nil || x.Err() != nil {
			return archive.Damaged(relation.Target)
		}
	}
	return nil
}

// blocks puts items into the document; a table is followed by those nested in it.
func (r *reader) blocks(items []item) {
	for _, it := range items {
		switch {
		case it.table != nil:
			if len(it.table.Rows) > 0 {
				r.doc.Blocks = append(r.doc.Blocks, grid.Block{Origin: progress.Origin{Table: it.number}, Table: it.table})
			}
			r.blocks(it.nested)
		case strings.TrimSpace(it.text) != "":
			r.doc.Blocks = append(r.doc.Blocks, grid.Block{Text: strings.TrimSpace(it.text)})
		}
	}
}

func (r *reader) noteFile(relations archive.Relations) {
	note := func(rule, variant string, facts map[string]string) {
		r.doc.Findings = append(r.doc.Findings, progress.Finding{Rule: rule, Severity: progress.SeverityNote, Variant: variant, Facts: facts})
	}
	for _, encoding := range []legacy.Encoding{legacy.TCVN3, legacy.VNI} {
		if n := r.converted[encoding]; n > 0 {
			note("F14", string(encoding), map[string]string{"count": strconv.Itoa(n)})
		}
	}
	for _, relation := range relations {
		if relation.Type == "vbaProject" {
			note("F06", "macro", nil)
			return
		}
	}
}

// onOff reads a Word property such as <w:strike/>: on, unless it says otherwise.
func onOff(x *archive.XML) bool {
	switch strings.ToLower(x.Attr("val")) {
	case "0", "false", "off":
		return false
	}
	return true
}
