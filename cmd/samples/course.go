package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"tiendo/pipeline/progress"
)

// report is what a unit says of one task in one period, before a form gives it its looks.
type report struct {
	task progress.Task
	unit string

	code, title string // as written; normally the plan's
	due         progress.Due
	status      progress.Status
	statusText  string
	claim       progress.Timeliness
	percent     *float64
	percentText string // where it is no number: "gần xong"
	completed   progress.Date
	dateText    string // where the completion is no day of the calendar: 31/4/2025

	result, evidence, reason, difficulty, proposal string

	omitted  bool     // the row is owed and left out
	stray    bool     // the row is about no task of this unit
	twice    bool     // the row stands twice in the file
	moved    bool     // the return's deadline is not the plan's
	letter   bool     // … and it names a document for that
	again    bool     // a row although the task was confirmed done before
	blockers []string // rules of severity error that this row breaks
	unproven []string // rules that doubt what its words and documents say of completion
}

// course is the story of one position over all editions.
type course struct {
	task     progress.Task
	unit     string
	finish   progress.Date // zero: not finished within the story
	percents []float64     // by week of the story, 0–95 until finished
	reports  map[string]*report
}

// random is a source that depends on the seed and on what it is for, so that one story does not move when another
// one is added.
func random(seed uint64, about string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(about))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// newCourse decides the fate of a position over the weeks.
func newCourse(seed uint64, task progress.Task, unit string, weeks []edition) *course {
	c := &course{task: task, unit: unit, reports: map[string]*report{}}
	r := random(seed, task.Code+" "+unit)
	c.finish = finishDay(r, task, weeks)
	c.percents = climb(r, len(weeks), c.finish.IsZero() && task.Due.Date.After(day("2025-08-31")))
	return c
}

// finishDay is the day on which the task will be finished, or zero. Deadlines long gone are mostly done, those far away
// mostly open.
func finishDay(r *rand.Rand, task progress.Task, weeks []edition) progress.Date {
	first, last := weeks[0].close, weeks[len(weeks)-1].close
	due := task.OriginalDue.Date
	roll := r.IntN(100)
	switch {
	case due.IsZero():
		return progress.Date{}
	case due.Before(first): // mostly done in time before the story begins
		switch {
		case roll < 55:
			return workday(due.AddDays(-1 - r.IntN(20)))
		case roll < 80:
			return workday(due.AddDays(3 + r.IntN(max(1, due.DaysUntil(last)-5))))
		}
	case !due.After(last):
		switch {
		case roll < 52:
			return workday(due.AddDays(-2 - r.IntN(18)))
		case roll < 66 && due.DaysUntil(last) > 5:
			return workday(due.AddDays(2 + r.IntN(due.DaysUntil(last)-4)))
		}
	case roll < 30:
		return workday(first.AddDays(r.IntN(first.DaysUntil(last)+18) - 20))
	}
	return progress.Date{}
}

// workday moves a day of the weekend back to Friday.
func workday(d progress.Date) progress.Date {
	switch d.Time(zone).Weekday() {
	case 6:
		return d.AddDays(-1)
	case 0:
		return d.AddDays(-2)
	}
	return d
}

// said are the rows that each unit writes: those it owes, and those it sends unasked.
func said(e edition, courses []*course, before map[*course]standing) map[string][]*report {
	out := map[string][]*report{}
	for _, c := range courses {
		rep := c.reports[e.ID]
		if rep.omitted || before[c].class.IsDone() && !rep.again {
			continue
		}
		out[c.unit] = append(out[c.unit], rep)
		if rep.twice {
			second := *rep
			more := *rep.percent + 5
			second.percent = &more
			out[c.unit] = append(out[c.unit], &second)
		}
	}
	return out
}

// climb is a course of percentages that never falls. A far task may not have begun.
func climb(r *rand.Rand, weeks int, far bool) []float64 {
	out := make([]float64, weeks)
	at := 10 + 5*r.IntN(10)
	if far {
		at = max(0, 5*(r.IntN(8)-3))
	}
	for i := range out {
		out[i] = float64(at)
		if at > 0 {
			at = min(95, at+5*r.IntN(3))
		}
	}
	return out
}

// tell writes the report of every edition. week gives for an edition its index among the weeks.
func (c *course) tell(seed uint64, editions []edition, week func(edition) int) {
	last := ""
	for _, e := range editions {
		rep := c.telling(seed, e, week(e), 0)
		for again := 1; rep.result == last; again++ { // a clerk who writes the same words twice is a trap, and laid on purpose
			rep = c.telling(seed, e, week(e), again)
		}
		c.reports[e.ID], last = rep, rep.result
	}
}

func (c *course) telling(seed uint64, e edition, week, again int) *report {
	r := random(seed, fmt.Sprint("words ", c.task.Code, " ", c.unit, " ", e.ID, " ", again))
	return c.report(r, e, c.percents[week], 3+week)
}

// report is the honest report of the position at an edition; traps bend it afterwards.
func (c *course) report(r *rand.Rand, e edition, percent float64, n int) *report {
	rep := &report{task: c.task, unit: c.unit, code: c.task.Code, title: c.task.Title, due: c.task.Due}
	switch {
	case c.task.Due.Regular:
		rep.status = progress.Recurring
		rep.result = sentence(r, pick(r, regularly), c.task.Product, n)
	case !c.finish.IsZero() && c.finish.Before(e.close.AddDays(-1)):
		rep.finish(r, c.finish)
		rep.claim = doneClaim(r, c.task, c.finish)
	default:
		rep.status = progress.InProgress
		if percent == 0 {
			rep.status = progress.NotStarted
		}
		rep.percent = &percent
		rep.result = progressWords(r, percent, c.task.Product, n)
		if rep.status == progress.InProgress {
			rep.claim = openClaim(r, c.task.Due.Date, e)
		}
		if d := c.task.Due.Date; !d.IsZero() && e.close.After(d) {
			rep.reason = pick(r, reasons)
		}
		if r.IntN(5) == 0 {
			rep.difficulty, rep.proposal = pick(r, difficulties), pick(r, proposals)
		}
	}
	rep.statusText = pick(r, statusWords[rep.status][rep.claim])
	return rep
}

// finish makes the report one of confirmed completion.
func (rep *report) finish(r *rand.Rand, on progress.Date) {
	all := 100.0
	rep.status, rep.claim, rep.percent, rep.completed = progress.Done, progress.NoClaim, &all, on
	rep.result = fillIn(r, pick(r, finished), rep.task.Product, 0)
	rep.evidence = evidence(r, rep.task.Product, rep.unit, on)
	rep.statusText = statusWords[progress.Done][progress.NoClaim][0]
	rep.reason = ""
}

// doneClaim claims timeliness only where original deadline and deadline in force agree about it.
func doneClaim(r *rand.Rand, task progress.Task, finish progress.Date) progress.Timeliness {
	switch {
	case r.IntN(2) == 0:
		return progress.NoClaim
	case finish.Before(task.OriginalDue.Date):
		return progress.ClaimOnTime
	case finish.After(task.Due.Date):
		return progress.ClaimLate
	}
	return progress.NoClaim
}

// openClaim claims what the calendar says, or nothing.
func openClaim(r *rand.Rand, due progress.Date, e edition) progress.Timeliness {
	switch left := e.close.DaysUntil(due); {
	case due.IsZero() || r.IntN(2) == 0:
		return progress.NoClaim
	case left < 0:
		return progress.ClaimLate
	case left <= e.soonDays:
		return progress.ClaimDueSoon
	}
	return progress.ClaimOnTime
}
