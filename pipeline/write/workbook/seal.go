package workbook

import (
	"strconv"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/progress"
)

// sealedFields are the columns of the sheets of all tasks that the office above reads, by their keys. What is not here it judges itself,
// or has no use for.
var sealedFields = map[string]progress.Field{
	"code": progress.FieldCode, "task": progress.FieldTask, "unit": progress.FieldLead, "product": progress.FieldProduct, "class": progress.FieldClass,
	"percent": progress.FieldPercent, "result": progress.FieldResult, "file": progress.FieldFile, "place": progress.FieldPlace, "group": progress.FieldGroup,
	"unit_code": progress.FieldUnitCode, "due_text": progress.FieldDue, "status": progress.FieldStatus, "completed": progress.FieldCompleted,
	"completed_assumed": progress.FieldAssumed, "doubts": progress.FieldDoubts, "forecast": progress.FieldForecast, "evidence": progress.FieldEvidence,
	"difficulty": progress.FieldDifficulty, "proposal": progress.FieldProposal, "reason": progress.FieldReason, "note": progress.FieldNote, "sha256": progress.FieldSHA256,
}

// addSeal writes the hidden sheet by which the office above reads this workbook as a return.
func (b *book) addSeal() error {
	lines := b.seal().Lines()
	if err := b.newSheet(progress.HiddenSheet); err != nil {
		return err
	}
	if err := b.file.SetSheetDimension(progress.HiddenSheet, "A1:"+ref(3, len(lines))); err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(progress.HiddenSheet)
	if err != nil {
		return err
	}
	for i, l := range lines {
		cells := make([]any, 0, len(l))
		for _, text := range l {
			if text = clean(text); text != "" {
				cells = append(cells, text)
			} else {
				cells = append(cells, nil)
			}
		}
		if err := w.SetRow(ref(1, i+1), cells); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	// The library's own way to hide a sheet reads every other one back into memory.
	listed := b.file.WorkBook.Sheets.Sheet
	listed[len(listed)-1].State = "veryHidden"
	return nil
}

// seal describes the sheets of all tasks.
func (b *book) seal() progress.Seal {
	s := b.synthesis
	seal := progress.Seal{
		Version: progress.SealVersion, Office: s.Office.Name, Unit: s.Office.Unit, Period: s.Period.ID, DataDate: s.DataDate, Revision: s.Revision, Draft: s.Draft,
		Plan: s.PlanVersion, Yes: b.yes(true), Classes: map[progress.Class]string{},
	}
	for _, c := range progress.Classes {
		seal.Classes[c] = b.className(c)
	}
	var sealing progress.Sealing
	columns := b.taskColumns()
	seal.Tasks.Columns = sealedColumns(b, columns, sealedFields)
	for i, part := range b.taskParts {
		seal.Tasks.Names = append(seal.Tasks.Names, b.sheetName("tasks", i+1))
		for _, t := range part.tasks {
			sealing.Add(heldCells(b, columns, sealedFields, t))
		}
	}
	seal.Rows = sealing.Rows()
	if len(b.lower) > 0 {
		columns := b.lowerColumns()
		seal.Lower.Columns = sealedColumns(b, columns, lowerFields)
		for first := 0; first < len(b.lower); first += b.rowLimit {
			seal.Lower.Names = append(seal.Lower.Names, b.sheetName("lower", 1+first/b.rowLimit))
		}
		for _, l := range b.lower {
			sealing.Add(heldCells(b, columns, lowerFields, l))
		}
	}
	seal.Digest = sealing.Digest()
	return seal
}

func sealedColumns[T any](b *book, columns []column[T], fields map[string]progress.Field) []progress.SealedColumn {
	out := make([]progress.SealedColumn, len(columns))
	for i, c := range columns {
		out[i] = progress.SealedColumn{Field: fields[c.key], Heading: b.heading(c.key, c.head)}
	}
	return out
}

// heldCells is what the cells of an item hold that are to be read.
func heldCells[T any](b *book, columns []column[T], fields map[string]progress.Field, item T) []string {
	var out []string
	for _, c := range columns {
		if fields[c.key] != "" {
			out = append(out, b.held(c.cell(item)))
		}
	}
	return out
}

// held is what a cell holds, as [progress.Sealing] takes it.
func (b *book) held(c cell) string {
	switch v := c.value.(type) {
	case string:
		return norm.NFC.String(clean(v))
	case int:
		if c.style == b.style.date {
			return epoch.AddDays(v).String()
		}
		return strconv.Itoa(v)
	case float64:
		return progress.SealedNumber(v)
	}
	return ""
}
