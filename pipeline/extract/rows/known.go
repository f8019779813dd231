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
	Lines    [][]string // what the cells hold, as [progress.Sealing] takes it, of every line that holds anything
	Findings []progress.Finding
}

// ReadKnown reads a table whose columns are known beforehand: headings are the texts of its line of headings, fields what each of its
// columns is. Every line below that has a task is a row, hidden ones too: nothing of the table stays hidden. ok is false where it has no such
// line of headings.
func ReadKnown(t *grid.Table, headings []string, fields []progress.Field, vocab *templates.Vocabulary) (known Known, ok bool) {
	show(t)
	lines := view(t)
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
	r := newReader(Return, vocab)
	b := &body{reader: r, section: &section{heading: h, origin: h.origin, lines: lines[at+1:], table: t}}
	b.scale = scalePercent // the cells are percents by their format
	for _, l := range lines[at+1:] {
		if l.filled() == 0 {
			continue
		}
		b.task(l)
		known.Lines = append(known.Lines, held(l.cells[:len(fields)]))
		for _, e := range b.entries { // none is kept: of thousands their cells take more memory than all else
			known.Rows = append(known.Rows, b.finish(e))
		}
		b.entries = nil
	}
	known.Seen, known.Findings = h.seen(), r.findings
	known.Seen.Rows, known.Seen.LeftOut = len(known.Rows), b.left
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

// held is what the cells of a line hold: of a number that and of a day that, however they are shown.
func held(cells []cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		switch c.Kind {
		case grid.Number:
			out[i] = progress.SealedNumber(c.Number)
		case grid.Date:
			out[i] = c.Date.String()
		default:
			out[i] = c.Text
		}
	}
	return out
}

// show hides nothing of the table any more: whoever filters a list has not taken anything from it.
func show(t *grid.Table) {
	t.Hidden = false
	for i := range t.Rows {
		t.Rows[i].Hidden = false
		for j := range t.Rows[i].Cells {
			t.Rows[i].Cells[j].Hidden = false
		}
	}
}
