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
			j.warn(&p, k)
			if j.in.History.Previous(j.in.Period) != nil {
				p.Change = changeFrom(j.last(k), p)
			}
			out = append(out, p)
		}
	}
	return out
}

// judgeClaim finds the class of a position about which a row counts.
func (j *judging) judgeClaim(p *progress.Position, c *claim) {
	p.Claim = &progress.Claim{Row: c.row, File: c.counted.Path, SHA256: c.counted.SHA256, Received: c.counted.Received}
	p.Unchanged = j.unchanged(c.key(), c.row)
	p.Forecast, p.ForecastMoves = forecastOf(c.row), j.forecastMoves(c.key(), c.row)
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

// changeFrom tells how a position moved since the period before; the class weighs more than the percent.
func changeFrom(before *progress.Position, now progress.Position) progress.Change {
	better := func(yes bool) progress.Change {
		if yes {
			return progress.Improved
		}
		return progress.Worsened
	}
	switch {
	case before == nil:
		return progress.New
	case now.Claim == nil && before.Claim != nil:
		return progress.Silent
	case now.Class.IsDone() != before.Class.IsDone():
		return better(now.Class.IsDone())
	case now.PastDue != before.PastDue:
		return better(!now.PastDue)
	case now.Claim == nil || before.Claim == nil || now.Carried:
		return progress.Same
	}
	if a, b := now.Claim.Row.Percent, before.Claim.Row.Percent; a != nil && b != nil && *a != *b {
		return better(*a > *b)
	}
	return progress.Same
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
