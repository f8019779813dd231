package reconcile

import (
	"math"
	"slices"
	"strconv"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile/forecast"
)

// worthWarning is the chance of being late from which a forecast becomes a warning.
const worthWarning = 0.6

// halfGone is how much of its time, in percent, must be gone before a task is warned of that has not moved, or of whose course nothing is
// known: many are begun late and done in time all the same.
const halfGone = 50

// warn looks ahead for a position that is neither done nor past its deadline: by the milestone that it has missed, else by the day that
// the unit itself expects, else by the course of its percents over the periods that are remembered, else by the course that the plan
// expects, from its assignment through its milestones to its deadline.
//
// A missed milestone is reason to warn whatever the chance: it is a fact and no forecast, and who set the milestone wants to hear of it.
func (j *judging) warn(p *progress.Position, k key) {
	if p.Class != progress.InTerm && p.Class != progress.DueSoon || p.Claim == nil {
		return
	}
	deadline := p.Task.Due.Date
	reason, said := j.missed(p.Task, p.Claim.Row)
	if deadline.IsZero() { // nothing else to be late for
		if reason != "" {
			p.Warning = &progress.Warning{Reason: reason, Facts: said}
		}
		return
	}
	outlook, told := forecast.Of(j.course(k, p.Claim.Row), p.Task.Assigned, deadline, demands(p.Task))
	w := progress.Warning{Reason: reason, Facts: said, Chance: outlook.Chance, Finish: outlook.Finish, Earliest: outlook.Earliest, Latest: outlook.Latest}
	own := p.Forecast.After(deadline)
	if own && !told {
		w.Finish = p.Forecast
	}
	switch {
	case reason != "":
	case own:
		w.Reason, w.Facts = "own", facts{"found": day(p.Forecast), "expected": day(deadline)}
	case !told || p.Claim.Row.Percent == nil || outlook.Chance < worthWarning:
		return
	case len(demands(p.Task)) > 0 && *p.Claim.Row.Percent >= outlook.Expected: // as far as the plan itself wants it by now
		return
	default:
		if w.Reason, w.Facts = j.pace(outlook, p.Task, *p.Claim.Row.Percent); w.Reason == "" {
			return
		}
	}
	if w.Finish.After(deadline) {
		w.WeeksLate = math.Round(float64(deadline.DaysUntil(w.Finish))/7*10) / 10
	}
	p.Warning = &w
}

// missed says which milestone a task should have reached and has not; empty where there is none. A task that is not started stands at
// 0. One whose unit reports no percent is warned of too: who wrote a percent into the plan asks for one, and silence must not be the way
// around a milestone.
func (j *judging) missed(task progress.Task, row progress.Row) (reason string, f facts) {
	m, ok := task.DemandedBy(j.in.DataDate)
	if !ok || *m.Percent == 0 {
		return "", nil
	}
	f = facts{"milestone": short(m.Text), "day": day(m.Due.Date), "expected": percent(*m.Percent)}
	now := row.Percent
	if row.Status == progress.NotStarted {
		now = new(float64)
	}
	switch {
	case now == nil:
		return "milestone_unsaid", f
	case *now >= *m.Percent:
		return "", nil
	}
	f["found"] = percent(*now)
	return "milestone", f
}

// demands are the percents that the milestones of a task want, by day.
func demands(task progress.Task) (out []forecast.Point) {
	for _, m := range task.Milestones {
		if m.Percent != nil {
			out = append(out, forecast.Point{Day: m.Due.Date, Percent: *m.Percent})
		}
	}
	return out
}

// pace says why a task will probably be late; empty where that is nothing to warn of yet.
func (j *judging) pace(outlook forecast.Outlook, task progress.Task, now float64) (reason string, f facts) {
	f = facts{"needed": percent(100 - now), "left": weeks(j.in.DataDate.DaysUntil(task.Due.Date))}
	if outlook.Own && outlook.Gained > 0 {
		f["gained"], f["weeks"] = percent(outlook.Gained), weeks(outlook.Days)
		return "slow", f
	}
	if outlook.Gone < halfGone {
		return "", nil
	}
	if outlook.Own {
		f["weeks"] = weeks(outlook.Days)
		return "stalled", f
	}
	f["found"], f["expected"] = percent(now), percent(math.Round(outlook.Expected))
	if len(demands(task)) > 0 {
		return "behind_milestones", f
	}
	return "behind", f
}

// course is what the unit reported of a task, oldest first, this period last.
func (j *judging) course(k key, row progress.Row) []forecast.Point {
	var out []forecast.Point
	for _, m := range slices.Backward(j.older[k]) {
		if m.percent != nil {
			out = append(out, forecast.Point{Day: m.day, Percent: *m.percent})
		}
	}
	for i := len(j.past) - 1; i >= 0; i-- {
		p := j.past[i]
		if pos := p.at[k]; pos != nil && pos.Claim != nil && !pos.Carried && pos.Claim.Row.Percent != nil {
			out = append(out, forecast.Point{Day: p.DataDate, Percent: *pos.Claim.Row.Percent})
		}
	}
	if row.Percent != nil {
		out = append(out, forecast.Point{Day: j.in.DataDate, Percent: *row.Percent})
	}
	return out
}

// weeks are days as whole weeks, at least one.
func weeks(days int) string { return strconv.Itoa(max(1, int(math.Round(float64(days)/7)))) }
