package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// readSealed makes the reading of the synthesis of a lower office: its positions, as the sheets show them that the seal names. All other sheets
// repeat them and are not read.
func readSealed(doc grid.Document, reading progress.Reading, vocab *templates.Vocabulary) (progress.Reading, rows.Result) {
	seal := doc.Seal
	reading.Unit, reading.Period = cmp.Or(seal.Unit, seal.Office), seal.Period
	r := &sealedReader{doc: doc, vocab: vocab}
	if seal.Version > progress.SealVersion {
		r.fault(progress.SeverityError, "newer", progress.Origin{}, "found", strconv.Itoa(seal.Version), "expected", strconv.Itoa(progress.SealVersion))
		reading.Findings = sorted(reading.File, r.findings)
		return reading, rows.Result{}
	}
	lines, whole := r.sheets(seal.Tasks)
	count, seen := r.sealing.Rows(), r.seen
	lower, lowerWhole := r.sheets(seal.Lower)
	if !whole || !lowerWhole {
		reading.Findings = sorted(reading.File, r.findings)
		return reading, rows.Result{}
	}
	for _, row := range lines {
		reading.Rows = append(reading.Rows, ofSynthesis(row, *seal))
	}
	addLower(reading.Rows, lower, *seal)
	changed := r.sealing.Digest() != seal.Digest
	switch {
	case count != seal.Rows:
		r.fault(progress.SeverityWarning, "rows", progress.Origin{}, "found", strconv.Itoa(count), "expected", strconv.Itoa(seal.Rows))
	case changed:
		r.fault(progress.SeverityWarning, "changed", progress.Origin{})
	}
	if seal.Draft {
		r.fault(progress.SeverityNote, "draft", progress.Origin{})
	}
	kept := *seal
	kept.Changed = changed
	kept.Tasks, kept.Lower, kept.Classes, kept.Yes = progress.SealedSheets{}, progress.SealedSheets{}, nil, "" // they have done their work
	reading.Seal = &kept
	for _, f := range doc.Findings {
		if f.Origin.Sheet == "" || f.Rule != "F12" { // of what is hidden nothing is lost
			r.findings = append(r.findings, f)
		}
	}
	reading.Findings = sorted(reading.File, r.findings)
	return reading, rows.Result{Sections: seen, Rows: reading.Rows}
}

// signature are columns that stand together on no sheet but that of all tasks of a synthesis, by their keys in the wording of the workbook.
var signature = []string{"unit_code", "previous_class", "completed_assumed", "blocked", "sha256"}

// signatures are the headings of the signature, and synthesisSheets the names of the sheets of a synthesis, in every language.
var signatures, synthesisSheets = func() (headings [][]string, sheets map[string]bool) {
	sheets = map[string]bool{}
	for _, lang := range templates.Langs {
		words := templates.In(lang)
		var of []string
		for _, key := range signature {
			of = append(of, words.Say("workbook.column."+key))
		}
		headings = append(headings, of)
		for _, key := range words.Keys() {
			if strings.HasPrefix(key, "workbook.sheet.") {
				sheets[words.Say(key)] = true
			}
		}
	}
	return headings, sheets
}()

// manySheets are as many sheets named as those of a synthesis, which has twenty, as no other workbook has.
const manySheets = 10

// lostSeal reports the synthesis of an office whose hidden sheet is gone, so that it reads as any workbook and its lines as rows of one
// unit: most of its sheets bear names that a synthesis gives, and they are many, or one has the columns of all tasks. The properties of the
// document tell nothing, since not every program that keeps a workbook keeps them. A return beside which somebody has put a sheet of a
// synthesis is a return.
func lostSeal(doc grid.Document) bool {
	ours := 0
	for _, name := range doc.Sheets {
		if name, _, _ = strings.Cut(name, " ("); synthesisSheets[name] { // Toàn bộ nhiệm vụ (2)
			ours++
		}
	}
	if doc.Seal != nil || 2*ours <= len(doc.Sheets) {
		return false
	}
	return ours >= manySheets || slices.ContainsFunc(doc.Blocks, func(b grid.Block) bool {
		return b.Table != nil && slices.ContainsFunc(signatures, func(headings []string) bool { return hasHeadings(b.Table, headings) })
	})
}

// hasHeadings reports a table with all these headings in one line, in whatever order.
func hasHeadings(t *grid.Table, headings []string) bool {
	return slices.ContainsFunc(t.Rows, func(row grid.Row) bool {
		for _, h := range headings {
			if !slices.ContainsFunc(row.Cells, func(c grid.Cell) bool { return c.Text == h }) {
				return false
			}
		}
		return true
	})
}

// sealedReader reads the sheets that a seal names.
type sealedReader struct {
	doc      grid.Document
	vocab    *templates.Vocabulary
	sealing  progress.Sealing
	seen     []rows.Section
	findings []progress.Finding
}

// fault adds a finding about the synthesis as such.
func (r *sealedReader) fault(severity progress.Severity, variant string, at progress.Origin, pairs ...string) {
	r.findings = append(r.findings, finding("F18", severity, variant, at, pairs...))
}

// sheets reads the rows of a list; whole is false where a sheet, or its headings, are not what the seal says.
func (r *sealedReader) sheets(list progress.SealedSheets) (read []progress.Row, whole bool) {
	var headings []string
	var fields []progress.Field
	for _, c := range list.Columns {
		if c.Field != "" {
			headings, fields = append(headings, c.Heading), append(fields, c.Field)
		}
	}
	for _, name := range list.Names {
		at := slices.IndexFunc(r.doc.Blocks, func(b grid.Block) bool { return b.Table != nil && b.Table.Sheet == name })
		if at < 0 {
			r.fault(progress.SeverityError, "no_sheet", progress.Origin{}, "expected", name)
			return nil, false
		}
		known, ok := rows.ReadKnown(r.doc.Blocks[at].Table, headings, fields, r.vocab)
		if !ok {
			r.fault(progress.SeverityError, "headings", progress.Origin{Sheet: name})
			return nil, false
		}
		for _, cells := range known.Lines {
			r.sealing.Add(cells)
		}
		read = append(read, known.Rows...)
		r.findings = append(r.findings, known.Findings...)
		r.seen = append(r.seen, known.Seen)
	}
	return read, true
}

// addLower puts the units of lower offices behind the rows that they make up. One whose row, or whose office, is not there is left out: the seal
// tells that something is missing.
func addLower(of []progress.Row, lower []progress.Row, seal progress.Seal) {
	type key struct{ code, task, unit string }
	at := map[key]*progress.Part{}
	for i, row := range of {
		at[key{row.Code, row.Task, row.Lead}] = &of[i].Parts[0]
	}
	for _, row := range lower {
		above := at[key{row.Code, row.Task, row.Lead}]
		if between := row.Extra[progress.FieldBetween]; between != "" {
			for _, unit := range strings.Split(between, progress.PartSign) {
				above = partOf(above, unit)
			}
		}
		if above != nil {
			above.Parts = append(above.Parts, lineOf(row, row.Extra[progress.FieldPart], seal))
		}
	}
}

func partOf(p *progress.Part, unit string) *progress.Part {
	if p == nil {
		return nil
	}
	if i := slices.IndexFunc(p.Parts, func(part progress.Part) bool { return part.Unit == unit }); i >= 0 {
		return &p.Parts[i]
	}
	return nil
}

// ofSynthesis makes the row of a line: a part of itself, which says what the office held of it. What that office assumed is no word of its unit.
func ofSynthesis(row progress.Row, seal progress.Seal) progress.Row {
	if row.Extra[progress.FieldAssumed] != "" {
		row.Completed = progress.Date{}
	}
	if class := seal.ClassOf(row.Extra[progress.FieldClass]); class.IsDone() || class == progress.Unconfirmed {
		row.Status = progress.Done
	}
	line := lineOf(row, row.Lead, seal)
	line.Status = row.Status
	row.Parts = []progress.Part{line}
	for _, f := range []progress.Field{progress.FieldClass, progress.FieldAssumed, progress.FieldUnitCode, progress.FieldFile, progress.FieldSHA256, progress.FieldPlace} {
		delete(row.Extra, f)
	}
	return row
}

// lineOf is what a line says of a unit, and where its office had it from.
func lineOf(row progress.Row, unit string, seal progress.Seal) progress.Part {
	return progress.Part{
		Unit: unit, UnitCode: row.Extra[progress.FieldUnitCode], Class: seal.ClassOf(row.Extra[progress.FieldClass]), Percent: row.Percent,
		Completed: row.Completed, Origin: row.Origin,
		File: row.Extra[progress.FieldFile], SHA256: row.Extra[progress.FieldSHA256], Place: row.Extra[progress.FieldPlace],
	}
}
