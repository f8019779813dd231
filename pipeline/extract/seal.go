package extract

import (
	"cmp"
	"slices"
	"strconv"

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
	refuse := func(variant string, o progress.Origin, facts map[string]string) (progress.Reading, rows.Result) {
		reading.Rows = []progress.Row{}
		reading.Findings = sorted(reading.File, []progress.Finding{{Rule: "F18", Severity: progress.SeverityError, Variant: variant, Origin: o, Facts: facts}})
		return reading, rows.Result{}
	}
	if seal.Version > progress.SealVersion {
		return refuse("newer", progress.Origin{}, map[string]string{"found": strconv.Itoa(seal.Version), "expected": strconv.Itoa(progress.SealVersion)})
	}
	reading.Seal = &progress.Seal{ // the rest has done its work
		Version: seal.Version, Office: seal.Office, Unit: seal.Unit, Period: seal.Period, DataDate: seal.DataDate, Revision: seal.Revision, Draft: seal.Draft,
		Plan: seal.Plan, Rows: seal.Rows, Digest: seal.Digest,
	}
	var headings []string
	var fields []progress.Field
	for _, c := range seal.Columns {
		if c.Field != "" {
			headings, fields = append(headings, c.Heading), append(fields, c.Field)
		}
	}
	var found []progress.Finding
	for _, f := range doc.Findings {
		if f.Origin.Sheet == "" || f.Rule != "F12" && slices.Contains(seal.Sheets, f.Origin.Sheet) { // of what is hidden nothing is lost
			found = append(found, f)
		}
	}
	var sealing progress.Sealing
	var result rows.Result
	for _, name := range seal.Sheets {
		at := slices.IndexFunc(doc.Blocks, func(b grid.Block) bool { return b.Table != nil && b.Table.Sheet == name })
		if at < 0 {
			return refuse("no_sheet", progress.Origin{}, map[string]string{"expected": name})
		}
		known, ok := rows.ReadKnown(doc.Blocks[at].Table, headings, fields, vocab)
		if !ok {
			return refuse("headings", progress.Origin{Sheet: name}, nil)
		}
		found = append(found, known.Findings...)
		result.Sections = append(result.Sections, known.Seen)
		for _, cells := range known.Lines {
			sealing.Add(cells)
		}
		for _, row := range known.Rows {
			reading.Rows = append(reading.Rows, ofSynthesis(row, *seal))
		}
	}
	reading.Seal.Changed = sealing.Digest() != seal.Digest
	switch {
	case sealing.Rows() != seal.Rows:
		found = append(found, progress.Finding{Rule: "F18", Severity: progress.SeverityWarning, Variant: "rows", Facts: map[string]string{
			"found": strconv.Itoa(sealing.Rows()), "expected": strconv.Itoa(seal.Rows)}})
	case reading.Seal.Changed:
		found = append(found, progress.Finding{Rule: "F18", Severity: progress.SeverityWarning, Variant: "changed"})
	}
	if seal.Draft {
		found = append(found, progress.Finding{Rule: "F18", Severity: progress.SeverityNote, Variant: "draft"})
	}
	reading.Findings, result.Rows = sorted(reading.File, found), reading.Rows
	return reading, result
}

// ofSynthesis makes the row of a line: a part of itself, which says what the office held of it. What that office assumed is no word of its unit.
func ofSynthesis(row progress.Row, seal progress.Seal) progress.Row {
	class := seal.ClassOf(row.Extra[progress.FieldClass])
	if row.Extra[progress.FieldAssumed] != "" {
		row.Completed = progress.Date{}
	}
	if class.IsDone() || class == progress.Unconfirmed {
		row.Status = progress.Done
	}
	row.Parts = []progress.Part{{
		Unit: row.Lead, UnitCode: row.Extra[progress.FieldUnitCode], Class: class, Status: row.Status, Percent: row.Percent, Completed: row.Completed,
		Origin: row.Origin, File: row.Extra[progress.FieldFile], SHA256: row.Extra[progress.FieldSHA256], Place: row.Extra[progress.FieldPlace],
	}}
	for _, f := range []progress.Field{progress.FieldClass, progress.FieldAssumed, progress.FieldUnitCode, progress.FieldFile, progress.FieldSHA256, progress.FieldPlace} {
		delete(row.Extra, f)
	}
	return row
}
