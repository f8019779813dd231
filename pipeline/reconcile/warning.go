package reconcile

import (
	"math"
	"strconv"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile/forecast"
)

// worthWarning is the chance of being late from which a forecast becomes a warning.
const worthWarning = 0.6

// warn looks ahead for a position that is neither done nor past its deadline: by the day that the unit itself expects, else by the
// course of its percents over the periods that are remembered.
func (j *judging) warn(p *progress.Position, k key) {
	deadline := p.Task.Due.Date
	if p.Class != progress.InTerm && p.Class != progress.DueSoon || deadline.IsZero() || p.Claim == nil {
		return
	}
	outlook, told := forecast.Of(j.course(k, p.Claim.Row), deadline)
	w := progress.Warning{Chance: outlook.Chance, Finish: outlook.Finish, Earliest: outlook.Earliest, Latest: outlook.Latest}
	needed := 100.0
	if p.Claim.Row.Percent != nil {
		needed -= *p.Claim.Row.Percent
	}
	pace := facts{"needed": percent(needed), "left": weeks(j.in.DataDate.DaysUntil(deadline))}
	switch {
	case p.Forecast.After(deadline):
		w.Reason, w.Facts = "own", facts{"found": day(p.Forecast), "expected": day(deadline)}
		if !told {
			w.Finish = p.Forecast
		}
	case !told || needed <= 0:
		return
	case outlook.Gained <= 0:
		w.Reason, w.Facts = "stalled", pace
		pace["weeks"] = weeks(outlook.Days)
	case outlook.Chance >= worthWarning:
		w.Reason, w.Facts = "slow", pace
		pace["gained"], pace["weeks"] = percent(outlook.Gained), weeks(outlook.Days)
	default:
		return
	}
	if w.Finish.After(deadline) {
		w.WeeksLate = math.Round(float64(deadline.DaysUntil(w.Finish))/7*10) / 10
	}
	p.Warning = &w
}

// course is what the unit reported of a task, oldest first, this period last.
func (j *judging) course(k key, row progress.Row) []forecast.Point {
	var out []forecast.Point
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
