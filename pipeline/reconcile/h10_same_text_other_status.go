package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

var h10Words = Threshold{Rule: "H10", Name: "words", Default: 4, Low: 1, High: 50, Unit: "words of a result, from which equal words are no accident", Source: "the office's own measure"}

// h10: two units that lead the same task tell its result in the same words, and one says that it is done, the other that it is
// not. One of them copied. Short results ("Đang thực hiện") are the same by chance.
var h10 = rule{code: "H10", severity: progress.SeverityWarning, thresholds: []Threshold{h10Words}, ofPeriod: func(p period) []progress.Finding {
	type words struct{ task, result string }
	telling := p.limit(h10Words)
	done := map[words]*claim{}
	for _, c := range p.claims {
		if w := (words{c.task.Key(), progress.Fold(c.row.Result)}); c.isDone() && len(strings.Fields(w.result)) >= telling && done[w] == nil {
			done[w] = c
		}
	}
	var out []progress.Finding
	for _, c := range p.claims {
		w := words{c.task.Key(), progress.Fold(c.row.Result)}
		if other := done[w]; other != nil && !c.isDone() && other.unit.Code != c.unit.Code {
			out = append(out, c.finding(progress.Finding{Origin: c.at(progress.FieldResult), Facts: facts{"found": short(c.row.Result), "other": other.unit.Name}}))
		}
	}
	return out
}}
