package reconcile

import (
	"strings"

	"tiendo/pipeline/progress"
)

// h09: one document is the evidence for several tasks of a return. It may be so; somebody should look.
var h09 = rule{code: "H09", severity: progress.SeverityNote, source: "MC07", ofDelivery: func(d delivery) []progress.Finding {
	var order []string
	byEvidence := map[string][]match{}
	for _, m := range d.matches {
		text := progress.Fold(m.row.Evidence)
		if m.verdict != owned || m.row.Status != progress.Done || !hasEvidence(m.row.Evidence) {
			continue
		}
		if byEvidence[text] == nil {
			order = append(order, text)
		}
		byEvidence[text] = append(byEvidence[text], m)
	}
	var out []progress.Finding
	for _, text := range order {
		if same := byEvidence[text]; len(same) > 1 {
			out = append(out, progress.Finding{Origin: place(same[0].row, progress.FieldEvidence), Facts: facts{
				"found": short(same[0].row.Evidence), "other": strings.Join(d.codes(same), ", "),
			}})
		}
	}
	return out
}}

// codes of the tasks of matches, in their order.
func (d *delivery) codes(matches []match) []string {
	out := make([]string, len(matches))
	for i, m := range matches {
		out[i] = d.in.Plan.Tasks[m.task].Code
	}
	return out
}
