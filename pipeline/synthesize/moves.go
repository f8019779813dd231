package synthesize

import (
	"tiendo/pipeline/progress"
)

// moves lists, in the order of the plan, every deadline that differs: first between the original and the one in force, or
// between plan versions; then what units claim against the plan (findings P05 and P06).
func moves(in Input) []progress.DeadlineMove {
	claimed := map[string][]progress.DeadlineMove{}
	disputed := map[place]progress.Finding{}
	for _, f := range in.Findings {
		if f.Rule == "P05" || f.Rule == "P06" {
			disputed[place{f.Unit, f.TaskKey()}] = f
		}
	}
	for _, p := range in.Positions {
		f, ok := disputed[place{p.Unit, p.Task.Key()}]
		if !ok || p.Claim == nil {
			continue
		}
		row := p.Claim.Row
		claimed[p.Task.Key()] = append(claimed[p.Task.Key()], progress.DeadlineMove{
			Task: p.Task, Unit: p.Unit, From: p.Task.Due, Document: f.Facts["document"], Claimed: true,
			To:   progress.Due{Text: row.Due, Date: row.DueDate, Precision: row.DuePrecision},
			File: p.Claim.File, Origin: f.Origin,
		})
	}
	before := map[string]progress.Task{}
	if in.PreviousPlan != nil {
		for _, t := range in.PreviousPlan.Tasks {
			before[t.Key()] = t
		}
	}
	var out []progress.DeadlineMove
	for _, t := range in.Plan.Tasks {
		if extended(t) {
			out = append(out, registered(t, t.OriginalDue))
		}
		if old, ok := before[t.Key()]; ok && differ(old.Due, t.Due) && !(extended(t) && !differ(old.Due, t.OriginalDue)) {
			out = append(out, registered(t, old.Due))
		}
		out = append(out, claimed[t.Key()]...)
	}
	return out
}

// extended: the plan has another deadline in force than at first. A plan without a column for the first has none.
func extended(t progress.Task) bool {
	return (t.OriginalDue.Text != "" || !t.OriginalDue.Date.IsZero()) && differ(t.OriginalDue, t.Due)
}

// differ compares what deadlines mean, not how they are written.
func differ(a, b progress.Due) bool { return a.Date != b.Date || a.Regular != b.Regular }

// registered is a move that the plan itself records. It is the task's, so it names a unit only where one unit leads it.
func registered(t progress.Task, from progress.Due) progress.DeadlineMove {
	m := progress.DeadlineMove{Task: t, From: from, To: t.Due, Document: t.Extension, Origin: t.Origin}
	if len(t.Leads) == 1 {
		m.Unit = t.Leads[0]
	}
	return m
}
