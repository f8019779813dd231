package synthesize

import (
	"slices"

	"tiendo/pipeline/progress"
)

// moves lists, in the order of the plan, every deadline that differs: first each step from the original to the one in force, and
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
		steps := t.DeadlineHistory()
		for _, step := range steps {
			out = append(out, registered(t, step))
		}
		if old, ok := before[t.Key()]; ok && old.Due.Differs(t.Due) && !slices.ContainsFunc(steps, func(s progress.DeadlineStep) bool { return !s.From.Differs(old.Due) }) {
			out = append(out, registered(t, progress.DeadlineStep{From: old.Due, To: t.Due, Approvals: t.Extensions()}))
		}
		out = append(out, claimed[t.Key()]...)
	}
	return out
}

// registered is a move that the plan itself records. It is the task's, so it names a unit only where one unit leads it.
func registered(t progress.Task, step progress.DeadlineStep) progress.DeadlineMove {
	m := progress.DeadlineMove{Task: t, From: step.From, To: step.To, Document: step.Words(), Origin: t.Origin}
	if n := len(step.Approvals); n > 0 {
		m.Issued = step.Approvals[n-1].Issued
	}
	if len(t.Leads) == 1 {
		m.Unit = t.Leads[0]
	}
	return m
}
