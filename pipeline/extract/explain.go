package extract

import (
	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/pdf"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
)

// Heading is a heading, what was made of its columns, and what was left out below it.
type Heading = rows.Section

// UnknownHeading is why a column was not read whose heading the vocabulary does not have.
const UnknownHeading = rows.UnknownHeading

// Explanation is what was seen in a return, for those who ask why a column was read as it was. The JSON is a contract:
// `tiendo extract --explain --json` prints it.
type Explanation struct {
	File     string             `json:"file"`
	Headings []Heading          `json:"headings"` // those below which rows could be read come first
	Findings []progress.Finding `json:"findings"`
	// Pictures are no part of the contract: they travel from the worker process to the command, which draws them.
	Pictures []Picture `json:"pictures,omitempty"`
}

// Explain reads a return as [Read] does, and tells which headings were found, how their columns were read, and what was left out.
func Explain(data []byte, name string, opts Options) (Explanation, error) {
	doc, format, pages, err := look(data, name)
	if err != nil {
		return Explanation{}, err
	}
	reading, result := read(doc, data, name, format, opts)
	out := Explanation{File: name, Headings: []Heading{}, Findings: reading.Findings}
	out.Headings = append(append(out.Headings, result.Sections...), result.Refused...)
	out.Pictures = pictures(doc, pages, spots(out.Headings, result.Rows))
	return out, nil
}

// look is open, and has the pages of a PDF as they were seen.
func look(data []byte, name string) (grid.Document, string, []pdf.Page, error) {
	if archive.Sniff(data, name) != archive.PDF {
		doc, format, err := open(data, name)
		return doc, format, nil, err
	}
	doc, pages, err := pdf.Look(data, pdf.Limits{})
	return doc, string(archive.PDF), pages, err
}
