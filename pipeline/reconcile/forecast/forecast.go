// Package forecast tells when a task will be done if it goes on as it does. In comes what the unit reported: days and percents; out
// comes the day on which the task will be done, from when to when in 8 of 10 cases, and how likely that is after a deadline.
//
// The method is robust in the sense of Theil and Sen: every earlier report makes a speed at which the task has moved from then to now;
// the median of the speeds, each weighing as much as the time it lasted, is the task's own. A single wrong percent moves it little. The
// fewer points a task has gained, the less its own speed says, and the more the one that its plan expects counts, from the day of
// assignment to the deadline. How long the time to come may differ is log-logistic, as the times until something is done often are: wide
// where little is known, and with room for tasks that stop, or are finished at a stroke. There is no chance in it: the same reports give
// the same forecast.
package forecast

import (
	"cmp"
	"math"
	"slices"

	"tiendo/pipeline/progress"
)

// Point is a report on a task.
type Point struct {
	Day     progress.Date
	Percent float64 // 0–100
}

// Fewest is how many reports a forecast on a task's own history needs: two speeds are the fewest that can differ.
const Fewest = 3

// Outlook is where a task is heading.
type Outlook struct {
	// Finish is the day on which the task will be done, Earliest and Latest bound it in 8 of 10 cases. Zero: no day can be told.
	Finish, Earliest, Latest progress.Date
	Chance                   float64 // that it is done after the deadline, 0–1
	Gained                   float64 // points from the first report to the last
	Days                     int     // from the first report to the last
	// Expected is the percent of the last day on the course from the assignment through the milestones to the deadline, straight from one
	// to the next; where the assignment is not known, from the first report.
	Expected float64
	Gone     float64 // percent of the time of that course that is over by the last day
	// Own: there are enough reports to speak of the task's own history.
	Own bool
}

// model is how far reports are believed. Its numbers were set on one family of simulated courses, and are tested on another, of
// other shapes (TestAccuracyForecast).
type model struct {
	telling float64 // how many points gained make the own speed count as much as the expected one
	spread  float64 // scale of the logarithm of the time to come, where the own speed is well known
	unknown float64 // what is added to it where nothing is known of the own speed
}

var fitted = model{telling: 90, spread: 0.3, unknown: 0.08}

// Of forecasts a task from its reports, oldest first, the day of its assignment (zero: not known), its deadline and the percents that its
// plan wants in between, by day. ok is false where there is nothing to go by: no report, or neither three of them nor a day of assignment.
//
// The milestones bend what is expected of the last day. Where they leave more to the end than the straight course does, the plan expects a
// faster end too; where they leave less, the straight course stands, on which the model's numbers were set: who has missed an early
// milestone may still be in time.
func Of(points []Point, assigned, deadline progress.Date, milestones []Point) (out Outlook, ok bool) {
	return fitted.of(points, assigned, deadline, milestones)
}

// expected is the percent of the last day on the broken line through the milestones. What of them lies outside the course, or below where
// it begins, does not bend it.
func expected(points []Point, assigned, deadline progress.Date, milestones []Point) float64 {
	from, on := begin(points, assigned), points[len(points)-1].Day
	for _, to := range append(slices.Clone(milestones), Point{deadline, 100}) {
		if !to.Day.After(from.Day) || to.Day.After(deadline) || to.Percent < from.Percent {
			continue
		}
		if !to.Day.Before(on) {
			return from.Percent + (to.Percent-from.Percent)*float64(from.Day.DaysUntil(on))/float64(from.Day.DaysUntil(to.Day))
		}
		from = to
	}
	return 100
}

// begin is where the course of a task begins: at nothing on the day of its assignment, or at the first report.
func begin(points []Point, assigned progress.Date) Point {
	if first := points[0]; assigned.IsZero() || !assigned.Before(first.Day) {
		return first
	}
	return Point{Day: assigned}
}

func (m model) of(points []Point, assigned, deadline progress.Date, milestones []Point) (out Outlook, ok bool) {
	points = slices.CompactFunc(slices.Clone(points), func(a, b Point) bool { return a.Day == b.Day })
	if len(points) == 0 {
		return out, false
	}
	first, last := points[0], points[len(points)-1]
	begun := begin(points, assigned)
	out.Own = len(points) >= Fewest
	if !out.Own && begun == first || !begun.Day.Before(deadline) {
		return out, false
	}
	out.Gained, out.Days = last.Percent-first.Percent, first.Day.DaysUntil(last.Day)
	planned := (100 - begun.Percent) / float64(begun.Day.DaysUntil(deadline))
	out.Gone = min(100, 100*float64(begun.Day.DaysUntil(last.Day))/float64(begun.Day.DaysUntil(deadline)))
	out.Expected = begun.Percent + (100-begun.Percent)*out.Gone/100
	if len(milestones) > 0 && last.Day.Before(deadline) {
		out.Expected = expected(points, assigned, deadline, milestones)
		planned = max(planned, (100-out.Expected)/float64(last.Day.DaysUntil(deadline)))
	}
	left := max(0, 100-last.Percent)
	speed, spread := m.speed(points, planned)
	const eightOfTen = 2.1972 // ln 9: a tenth of the logistic distribution lies beyond it on either side
	out.Finish = dayAt(last.Day, left, speed)
	out.Earliest = dayAt(last.Day, left, speed*math.Exp(eightOfTen*spread))
	out.Latest = dayAt(last.Day, left, speed*math.Exp(-eightOfTen*spread))
	out.Chance = min(surest, chanceLate(left, float64(last.Day.DaysUntil(deadline)), speed, spread))
	return out, true
}

// speed is what may be expected of the time to come, in points a day, and how far it may be wrong: the scale of its logarithm.
func (m model) speed(points []Point, planned float64) (pointsPerDay, spread float64) {
	if len(points) < 2 {
		return planned, m.spread + m.unknown
	}
	own := max(0, median(speedsOf(points)))
	gained := max(0, points[len(points)-1].Percent-points[0].Percent)
	known := gained / (gained + m.telling)
	return known*own + (1-known)*planned, m.spread + (1-known)*m.unknown
}

// surest is the highest chance that is ever told: one task in twenty is finished at a stroke after all.
const surest = 0.95

// chanceLate is the chance that the points that are left take longer than the days that are left.
func chanceLate(left, days, pointsPerDay, spread float64) float64 {
	switch {
	case left <= 0:
		return 0
	case days <= 0:
		return 1
	}
	return 1 / (1 + math.Exp(-math.Log(left/days/pointsPerDay)/spread))
}

// moved is how fast a task moved from a report to the newest one.
type moved struct {
	pointsPerDay float64
	days         float64
}

func speedsOf(points []Point) []moved {
	last := points[len(points)-1]
	out := make([]moved, len(points)-1)
	for i, p := range points[:len(points)-1] {
		days := float64(p.Day.DaysUntil(last.Day))
		out[i] = moved{(last.Percent - p.Percent) / days, days}
	}
	slices.SortFunc(out, func(a, b moved) int { return cmp.Compare(a.pointsPerDay, b.pointsPerDay) })
	return out
}

// median is the speed below which half of the days lie.
func median(sorted []moved) float64 {
	all := 0.0
	for _, s := range sorted {
		all += s.days
	}
	sum := 0.0
	for _, s := range sorted {
		if sum += s.days; sum >= all/2 {
			return s.pointsPerDay
		}
	}
	return 0
}

// dayAt is the day on which the points that are left are made up at a speed; zero for never, which is anything beyond ten years.
func dayAt(from progress.Date, left, pointsPerDay float64) progress.Date {
	if left == 0 {
		return from
	}
	if days := left / pointsPerDay; pointsPerDay > 0 && days < 3660 {
		return from.AddDays(int(math.Ceil(days)))
	}
	return progress.Date{}
}
