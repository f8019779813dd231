package reconcile

import (
	"tiendo/pipeline/progress"
)

// positions judges every task for every unit that leads it, in the order of the plan, then of the register.
func (j *judging) positions(claims map[key]*claim, blocked map[key][]string) []progress.Position {
	var out []progress.Position
	for i, task := range j.in.Plan.Tasks {
		for _, unit := range j.leads[i] {
			k := key{unit, task.Key()}
			p := progress.Position{
				Task: task, Unit: unit, Period: j.in.Period.ID, Blocked: blocked[k], Previous: j.previous(k),
			}
			if c := claims[k]; c != nil {
				j.judgeClaim(&p, c)
			} else {
				j.judgeSilence(&p, k)
			}
			j.judgeDates(&p)
			out = append(out, p)
		}
	}
	return out
}

// judgeClaim finds the class of a position about which a row counts.
func (j *judging) judgeClaim(p *progress.Position, c *claim) {
	p.Claim = &progress.Claim{Row: c.row, File: c.counted.Path, SHA256: c.counted.SHA256, Received: c.counted.Received}
	p.Unchanged = j.unchanged(c.key(), c.row)
	if !c.isDone() {
		p.Class = j.openClass(p.Task.Due)
		return
	}
	p.Doubts = c.doubts
	p.Completed = c.row.Completed
	if p.Completed.IsZero() {
		p.Completed, p.CompletedAssumed = j.claimedDone(c.key()), true
	}
	switch original := originalDue(p.Task); {
	case p.Task.Due.Regular:
		p.Class = progress.Regular
	case len(p.Doubts) > 0:
		p.Class = progress.Unconfirmed
	case passed(original, p.Completed):
		p.Class = progress.DoneLate
	default:
		p.Class = progress.DoneOnTime
	}
}

// judgeSilence finds the class of a position about which no row counts: what was confirmed done stays so.
func (j *judging) judgeSilence(p *progress.Position, k key) {
	last := j.last(k)
	switch {
	case p.Task.Due.Regular:
		p.Class = progress.Regular
	case last != nil && last.Class.IsDone():
		p.Class, p.Carried = last.Class, true
		p.Claim, p.Completed, p.CompletedAssumed = last.Claim, last.Completed, last.CompletedAssumed
	default:
		p.Class = progress.NotReported
	}
}

// openClass is the class of a task that is not done, from its deadline in force.
func (j *judging) openClass(due progress.Due) progress.Class {
	switch {
	case due.Regular:
		return progress.Regular
	case due.Date.IsZero():
		return progress.InTerm
	case passed(due.Date, j.in.DataDate):
		return progress.Overdue
	case j.in.DataDate.DaysUntil(due.Date) <= j.in.SoonDays:
		return progress.DueSoon
	}
	return progress.InTerm
}

// judgeDates fills in what follows from the class and the dates.
func (j *judging) judgeDates(p *progress.Position) {
	due, original := p.Task.Due, originalDue(p.Task)
	if p.Class == progress.Regular {
		return
	}
	p.IsDue = !due.Date.IsZero() && !due.Date.After(j.in.DataDate)
	p.PastDue = !p.Class.IsDone() && passed(due.Date, j.in.DataDate)
	end := j.in.DataDate
	if p.Class.IsDone() {
		end = p.Completed
	}
	if !original.IsZero() && !end.IsZero() {
		p.DaysLate = max(0, original.DaysUntil(end))
	}
}
