package rows

import (
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// Known is what was read of a table whose columns were known beforehand.
type Known struct {
	Rows     []progress.Row
	Seen     Section
	Lines    [][]grid.Cell // cells of the columns that are read, of every line that holds anything
	Findings []progress.Finding
}

// ReadKnown reads a table whose columns are known beforehand: headings are the texts of its line of headings, fields what each of its
// columns is, empty for those that are not read. Every line below that has a task is a row, hidden ones too. ok is false where the
// table has no such line of headings.
func ReadKnown(t *grid.Table, headings []string, fields []progress.Field, vocab *templates.Vocabulary) (known Known, ok bool) {
	lines := view(shown(t))
	at := 0
	for at < len(lines) && !reads(lines[at], headings) {
		at++
	}
	if at == len(lines) {
		return Known{}, false
	}
	h := &heading{origin: lines[at].origin(), depth: 1}
	for i, f := range fields {
		h.columns = append(h.columns, column{index: i, texts: []string{headings[i]}, origin: lines[at].cells[i].Origin, field: f, match: exact})
	}
	r := &reader{kind: Return, vocab: vocab, headings: &vocab.Tasks, dues: map[string]dueReading{}, statuses: map[string]standing{}, pures: map[string]pure{}}
	b := &body{reader: r, section: &section{heading: h, origin: h.origin, lines: lines[at+1:], table: t}}
	b.scale = scalePercent // the cells are percents by their format
	for _, l := range lines[at+1:] {
		if l.filled() == 0 {
			continue
		}
		b.task(l)
		var cells []grid.Cell
		for i, f := range fields {
			if f != "" {
				cells = append(cells, l.cells[i].Cell)
			}
		}
		known.Lines = append(known.Lines, cells)
	}
	for _, e := range b.entries {
		known.Rows = append(known.Rows, b.finish(e))
	}
	known.Seen, known.Findings = h.seen(), r.findings
	known.Seen.Rows, known.Seen.LeftOut = len(b.entries), b.left
	return known, true
}

// reads reports a line whose first cells hold these texts.
func reads(l line, texts []string) bool {
	if len(l.cells) < len(texts) {
		return false
	}
	for i, text := range texts {
		if strings.Join(strings.Fields(l.cells[i].Text), " ") != strings.Join(strings.Fields(text), " ") {
			return false
		}
	}
	return true
}

// shown is the table with nothing hidden: whoever filters a list has not taken anything from it.
func shown(t *grid.Table) *grid.Table {
	out := *t
	out.Hidden = false
	out.Rows = make([]grid.Row, len(t.Rows))
	for i, row := range t.Rows {
		row.Hidden = false
		cells := make([]grid.Cell, len(row.Cells))
		for j, c := range row.Cells {
			c.Hidden = false
			cells[j] = c
		}
		row.Cells = cells
		out.Rows[i] = row
	}
	return &out
}
