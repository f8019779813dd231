package reconcile

import "tiendo/pipeline/progress"

// p03: the return has no row about a task that the unit leads. Silence on standing work is a note. A task that the unit has reported on
// before is [h12]'s, which can say so; where the office has that off, it is owed like any other.
var p03 = rule{code: "P03", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	var out []progress.Finding
	for _, t := range d.unreported() {
		f := missingRow(t)
		switch {
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

// unreported are the tasks that the unit owes and on which the return that counts has no row; none where no return counts, which F01 says.
// What was confirmed done before is not owed again.
func (d *delivery) unreported() []progress.Task {
	if d.counted == nil {
		return nil
	}
	reported := map[int]bool{}
	for _, m := range d.matches {
		if m.verdict == owned {
			reported[m.task] = true
		}
	}
	var out []progress.Task
	for _, i := range d.index.owned[d.unit.Code] {
		t := d.in.Plan.Tasks[i]
		if last := d.last(key{d.unit.Code, t.Key()}); !reported[i] && (last == nil || !last.Class.IsDone()) {
			out = append(out, t)
		}
	}
	return out
}

// missingRow is what there is to say of a task without a row.
func missingRow(t progress.Task) progress.Finding {
	return progress.Finding{Task: t.Code, TaskID: t.ID, Facts: facts{"found": short(t.Title), "expected": dueText(t.Due)}}
}
