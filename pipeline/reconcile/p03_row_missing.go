package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// p03: the return has no row about a task that the unit leads, or one in which nothing is filled in. Silence on standing work is a note.
// A task that the unit has reported on before and whose row is gone is [h12]'s, which can say so; where the office has that off, it is owed
// like any other.
var p03 = rule{code: "P03", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	leftBlank := d.leftBlank()
	for _, t := range d.unreported() {
		f := missingRow(t)
		row, blank := leftBlank[t.Key()]
		if blank {
			f.Origin = row.Origin
		}
		switch {
		case blank && t.Due.Regular:
			f.Variant, f.Severity = "blank", progress.SeverityNote
		case blank:
			f.Variant = "blank"
		case t.Due.Regular:
			f.Variant, f.Severity = "regular", progress.SeverityNote
		case d.isOn(h12.code) && d.lastReported(t) != "":
			continue
		default:
			f.Variant = "dated"
		}
		out = append(out, f)
	}
	return out
}}

// unreported are the tasks that the unit owes and of which the return that counts says nothing; none where no return counts, which F01 says.
func (d *delivery) unreported() []progress.Task {
	if d.counted == nil {
		return nil
	}
	reported := map[string]bool{}
	for _, m := range d.matches {
		if m.verdict == owned && !m.blank {
			reported[d.in.Plan.Tasks[m.task].Key()] = true
		}
	}
	return slices.DeleteFunc(d.owed(), func(t progress.Task) bool { return reported[t.Key()] })
}

// owed are the tasks of which the unit has to report, in the order of the plan: what was confirmed done before is not owed again.
func (d *delivery) owed() []progress.Task {
	var out []progress.Task
	for _, i := range d.index.owned[d.unit.Code] {
		t := d.in.Plan.Tasks[i]
		if last := d.last(key{d.unit.Code, t.Key()}); last == nil || !last.Class.IsDone() {
			out = append(out, t)
		}
	}
	return out
}

// leftBlank are the rows in which nothing is filled in, by the keys of their tasks; of several about one task the first.
func (d *delivery) leftBlank() map[string]progress.Row {
	out := map[string]progress.Row{}
	for _, m := range slices.Backward(d.matches) {
		if m.verdict == owned && m.blank {
			out[d.in.Plan.Tasks[m.task].Key()] = m.row
		}
	}
	return out
}

// missingRow is what there is to say of a task without a row.
func missingRow(t progress.Task) progress.Finding {
	return progress.Finding{Task: t.Code, TaskID: t.ID, Facts: facts{"found": short(t.Title), "expected": dueText(t.Due)}}
}
