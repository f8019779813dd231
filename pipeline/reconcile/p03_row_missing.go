package reconcile

import "tiendo/pipeline/progress"

// p03: the return has no row about a task that the unit leads. What was confirmed done before is not owed again;
// silence on standing work is a note.
var p03 = rule{code: "P03", severity: progress.SeverityWarning, ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil {
		return nil
	}
	reported := map[int]bool{}
	for _, m := range d.matches {
		if m.verdict == owned {
			reported[m.task] = true
		}
	}
	var out []progress.Finding
	for _, i := range d.index.owned[d.unit.Code] {
		t := d.in.Plan.Tasks[i]
		if reported[i] {
			continue
		}
		if last := d.last(key{d.unit.Code, t.Key()}); last != nil && last.Class.IsDone() {
			continue
		}
		f := progress.Finding{Task: t.Code, TaskID: t.ID, Facts: facts{"found": short(t.Title), "expected": dueText(t.Due)}}
		if t.Due.Regular {
			f.Variant, f.Severity = "regular", progress.SeverityNote
		} else {
			f.Variant = "dated"
		}
		out = append(out, f)
	}
	return out
}}
