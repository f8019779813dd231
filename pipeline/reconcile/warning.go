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

// warn looks ahead for a position that is neither done nor past its deadline: by the day that the unit itself expects, else by the
// course of its percents over the periods that are remembered, else by the straight course from its assignment to its deadline.
func (j *judging) warn(p *progress.Position, k key) {
	deadline := p.Task.Due.Date
	if p.Class != progress.InTerm && p.Class != progress.DueSoon || deadline.IsZero() || p.Claim == nil {
		return
	}
	outlook, told := forecast.Of(j.course(k, p.Claim.Row), p.Task.Assigned, deadline)
	w := progress.Warning{Chance: outlook.Chance, Finish: outlook.Finish, Earliest: outlook.Earliest, Latest: outlook.Latest}
	switch {
	case p.Forecast.After(deadline):
		w.Reason, w.Facts = "own", facts{"found": day(p.Forecast), "expected": day(deadline)}
		if !told {
			w.Finish = p.Forecast
		}
	case !told || p.Claim.Row.Percent == nil || outlook.Chance < worthWarning:
		return
	default:
		if w.Reason, w.Facts = j.pace(outlook, *p.Claim.Row.Percent, deadline); w.Reason == "" {
			return
		}
	}
	if w.Finish.After(deadline) {
		w.WeeksLate = math.Round(float64(deadline.DaysUntil(w.Finish))/7*10) / 10
	}
	p.Warning = &w
}

// pace says why a task will probably be late; empty where that is nothing to warn of yet.
func (j *judging) pace(outlook forecast.Outlook, now float64, deadline progress.Date) (reason string, f facts) {
	f = facts{"needed": percent(100 - now), "left": weeks(j.in.DataDate.DaysUntil(deadline))}
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
