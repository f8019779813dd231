package extract

import (
	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// waiverColumns are the columns that the register of waivers must have, as a fault names them.
var waiverColumns = []struct {
	field   progress.Field
	heading string
}{
	{progress.FieldWaived, "Mã phát hiện"}, {progress.FieldWaivedBy, "Người cho phép"},
	{progress.FieldReason, "Lý do"}, {progress.FieldUntil, "Đến ngày"},
}

// ReadWaivers reads the register of findings that the coordinator has had explained: one table, its headings above, every line below
// them a waiver. It is stricter than the readers of returns, which pass over what surrounds their rows: here a line that says anything
// is a waiver, whole or at fault. Where a finding is of severity error, the register is refused whole; all its faults are listed at
// once, each with its cell. Headings and no line: nothing is waived.
func ReadWaivers(data []byte, name string) ([]progress.Waiver, []progress.Finding, error) {
	r := &register{name: name}
	doc, _, err := open(data, name)
	if err != nil {
		return nil, nil, err
	}
	r.findings = append(r.findings, doc.Findings...)
	var list []progress.Waiver
	first := map[string]progress.Origin{}
	lines, columns := r.waiverTable(doc)
	for _, line := range lines {
		texts, places := map[progress.Field]string{}, map[progress.Field]progress.Origin{}
		said := ""
		for i, c := range line.Cells {
			said += c.Text
			if f := columns[i]; f != "" {
				texts[f], places[f] = c.Text, c.Origin
			}
		}
		if said == "" {
			continue
		}
		w := r.waiver(texts, places)
		if at, twice := first[w.Key]; twice && w.Key != "" {
			r.fault(ruleDuplicate, "", w.Origin, "found", w.Key, "first", at.String())
		}
		first[w.Key] = w.Origin
		list = append(list, w)
	}
	if r.failed() {
		list = nil
	}
	return list, sorted(name, r.findings), nil
}

// waiverTable finds the headings: the first line that names two of the columns. It returns the lines below, and the field of each column.
func (r *register) waiverTable(doc grid.Document) ([]grid.Row, map[int]progress.Field) {
	if r.failed() {
		return nil, nil
	}
	fields := templates.BuiltinVocabulary().Waivers.Fields
	for _, b := range doc.Blocks {
		if b.Table == nil {
			continue
		}
		for i, row := range b.Table.Rows {
			columns, at := map[int]progress.Field{}, map[progress.Field]progress.Origin{}
			for j, c := range row.Cells {
				if f, known := fields[templates.Key(c.Text)]; known {
					columns[j], at[f] = f, c.Origin
				}
			}
			if len(at) < 2 {
				continue
			}
			missing := false
			for _, need := range waiverColumns {
				if _, has := at[need.field]; !has {
					r.fault(ruleHeading, "", row.Cells[0].Origin, "expected", need.heading)
					missing = true
				}
			}
			if missing {
				return nil, nil
			}
			return b.Table.Rows[i+1:], columns
		}
	}
	r.fault(ruleHeading, "none", progress.Origin{}, "expected", "Mã phát hiện, Người cho phép, Lý do, Đến ngày")
	return nil, nil
}

func (r *register) waiver(texts map[progress.Field]string, places map[progress.Field]progress.Origin) progress.Waiver {
	for _, c := range waiverColumns {
		if texts[c.field] == "" {
			r.fault(ruleBlank, string(c.field), places[c.field], "found", texts[progress.FieldWaived])
		}
	}
	w := progress.Waiver{
		Key: texts[progress.FieldWaived], By: texts[progress.FieldWaivedBy], Reason: texts[progress.FieldReason], File: r.name,
		Origin: places[progress.FieldWaived],
	}
	if text := texts[progress.FieldUntil]; text != "" {
		var ok bool
		if w.Until, ok = progress.ParseDay(text); !ok {
			r.fault(ruleDate, "", places[progress.FieldUntil], "found", text)
		}
	}
	return w
}
