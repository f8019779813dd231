// Package extract turns the bytes of a file into rows. What comes in is a file that a unit or the office made, and its name; what goes
// out is all that was read in it: rows with the place each was read from, the unit and the period that the file names,
// and a finding for everything that could not be read. The format is told by content; its reader makes a
// grid.Document of it, and package rows, which knows no format, reads that.
package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/delimited"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/extract/word"
	"tiendo/pipeline/extract/workbook"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Version names this way of reading. It changes whenever the same bytes would be read otherwise, so that readings
// kept in the ledger are made anew.
const Version = "12"

// Options of reading. The zero Options are the built-in ones.
type Options struct {
	// Vocabulary of headings and statuses; nil is the one built in.
	Vocabulary *templates.Vocabulary
}

func (o Options) vocabulary() *templates.Vocabulary {
	if o.Vocabulary == nil {
		return templates.BuiltinVocabulary()
	}
	return o.Vocabulary
}

// Read reads a return. A file that cannot be read, or not as a return, has no rows and a finding of severity error. The
// error is for a broken machine, never for a bad file.
func Read(data []byte, name string, opts Options) (progress.Reading, error) {
	doc, format, err := open(data, name)
	if err != nil {
		return progress.Reading{}, err
	}
	reading, _ := read(doc, data, name, format, opts)
	return reading, nil
}

// read makes the reading of what the reader of the format found in data.
func read(doc grid.Document, data []byte, name, format string, opts Options) (progress.Reading, rows.Result) {
	reading := newReading(data, name, format, doc.Findings)
	if lostSeal(doc) { // which may also be larger than any return
		reading.Findings = sorted(name, []progress.Finding{finding("F18", progress.SeverityError, "no_seal", progress.Origin{}, "expected", progress.HiddenSheet)})
		return reading, rows.Result{}
	}
	if isRefused(doc.Findings) {
		return reading, rows.Result{}
	}
	if doc.Seal != nil {
		return readSealed(doc, reading, opts.vocabulary())
	}
	doc, reading.Form = takeMarker(doc)
	result := rows.Read(doc, rows.Return, opts.vocabulary())
	reading.Unit, reading.Period = result.Unit, result.Period
	if f := reading.Form; f != nil { // what the sheet shows goes before what it hides
		reading.Unit, reading.Period = cmp.Or(reading.Unit, f.Unit), cmp.Or(reading.Period, f.Period)
	}
	reading.Rows = append(reading.Rows, result.Rows...)
	reading.Narrative = result.Narrative
	reading.Findings = sorted(name, doc.Findings, result.Findings)
	return reading, result
}

// Refusal is the reading of a file that no reader could finish: it broke its worker, or ran out of time or memory.
func Refusal(data []byte, name string, findings []progress.Finding) progress.Reading {
	return newReading(data, name, contractFormat(archive.Sniff(data, name)), findings)
}

func newReading(data []byte, name, format string, findings []progress.Finding) progress.Reading {
	sum := sha256.Sum256(data)
	return progress.Reading{
		File: name, SHA256: hex.EncodeToString(sum[:]), Format: format,
		Rows: []progress.Row{}, Findings: sorted(name, findings),
	}
}

// TablesReading is the tables of a file as they were found, before any heading is sought.
type TablesReading struct {
	File     string             `json:"file"`
	Tables   []Table            `json:"tables"`
	Findings []progress.Finding `json:"findings"`
}

// Table is one table: a worksheet, a table of a text document, or the part of a table that stands on one page. The text
// of a merged cell stands in its first cell; the others are empty.
type Table struct {
	Sheet string     `json:"sheet,omitempty"`
	Page  int        `json:"page,omitempty"`
	Box   []float64  `json:"box,omitempty"` // x0, y0, x1, y1 in points from the top left corner
	Rows  [][]string `json:"rows"`
}

// Tables reads the tables of any document, whatever it is about.
func Tables(data []byte, name string, _ Options) (TablesReading, error) {
	doc, _, err := open(data, name)
	if err != nil {
		return TablesReading{}, err
	}
	out := TablesReading{File: name, Tables: []Table{}, Findings: sorted(name, doc.Findings)}
	for _, b := range doc.Blocks {
		if b.Table != nil {
			out.Tables = append(out.Tables, tableOf(b.Table))
		}
	}
	return out, nil
}

func tableOf(t *grid.Table) Table {
	out := Table{Sheet: t.Sheet, Page: t.Page, Rows: make([][]string, len(t.Rows))}
	if t.Page > 0 {
		out.Box = t.Box[:]
	}
	for i, row := range t.Rows {
		out.Rows[i] = make([]string, len(row.Cells))
		for j, c := range row.Cells {
			if !c.Covered {
				out.Rows[i][j] = c.Text
			}
		}
	}
	return out
}

// open has the reader of the file's format make a document of it.
func open(data []byte, name string) (grid.Document, string, error) {
	format := archive.Sniff(data, name)
	if f, refused := format.Refusal(); refused {
		return grid.Document{Findings: []progress.Finding{f}}, contractFormat(format), nil
	}
	read := func() (grid.Document, error) {
		switch format {
		case archive.PDF:
			return pdf.Read(data, pdf.Limits{})
		case archive.DOCX:
			return word.Read(data, word.Limits{})
		case archive.CSV:
			return delimited.Read(data, delimited.Limits{})
		}
		return workbook.Read(data, workbook.Limits{})
	}
	doc, err := read()
	return doc, contractFormat(format), err
}

// contractFormat is the format as the JSON names it: xlsx, pdf, docx, csv; empty for what no reader takes.
func contractFormat(f archive.Format) string {
	switch f {
	case archive.XLSX, archive.PDF, archive.DOCX, archive.CSV:
		return string(f)
	}
	return ""
}

// isRefused reports a file of which nothing may be read.
func isRefused(findings []progress.Finding) bool {
	for _, f := range findings {
		if f.Rule == "F06" && f.Severity == progress.SeverityError {
			return true
		}
	}
	return false
}

// sorted joins findings, names the file in each and sorts them. It is never nil, so that JSON shows an empty list.
func sorted(name string, lists ...[]progress.Finding) []progress.Finding {
	all := []progress.Finding{}
	for _, list := range lists {
		for _, f := range list {
			f.File = name
			all = append(all, f)
		}
	}
	progress.SortFindings(all)
	return all
}
