// Package forecast tells when a task will be done if it goes on as it does. In comes what the unit reported: days and percents; out
// comes the day on which the task will be done, from when to when in 8 of 10 cases, and how likely that is after a deadline.
//
// The method is robust in the sense of Theil and Sen: every pair of reports is a speed at which the task has moved over some time; the
// median of the speeds, each weighing as much as the time it lasted and less the longer ago it was, is what may be expected of the time to come. A single wrong
// percent moves it little. How far the time to come may differ is taken as log-normal: from how far the speeds lie apart, and from
// how much tasks change their pace in general. There is no chance in it: the same reports give the same forecast.
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

// Fewest is how many reports a forecast needs: two speeds are the fewest that can differ.
const Fewest = 3

// Outlook is where a task is heading.
type Outlook struct {
	// Finish is the day on which the task will be done, Earliest and Latest bound it in 8 of 10 cases. Zero: it is not moving.
	Finish, Earliest, Latest progress.Date
	Chance                   float64 // that it is done after the deadline, 0–1
	Gained                   float64 // points from the first report to the last
	Days                     int     // from the first report to the last
}

// speed is how fast a task moved between two reports.
type speed struct {
	pointsPerDay float64
	weight       float64 // days, less the longer ago it was
}

// Of forecasts a task from its reports, oldest first, and its deadline. ok is false where there are fewer than [Fewest] reports on
// different days.
func Of(points []Point, deadline progress.Date) (out Outlook, ok bool) {
	points = slices.CompactFunc(slices.Clone(points), func(a, b Point) bool { return a.Day == b.Day })
	if len(points) < Fewest {
		return out, false
	}
	first, last := points[0], points[len(points)-1]
	out.Gained, out.Days = last.Percent-first.Percent, first.Day.DaysUntil(last.Day)
	speeds := speedsOf(points)
	left := max(0, 100-last.Percent)
	expected := quantile(speeds, 0.5)
	spread := spreadOf(speeds, expected)
	const eightOfTen = 1.2816 // standard deviations on either side of the middle
	out.Finish = dayAt(last.Day, left, expected)
	out.Earliest = dayAt(last.Day, left, expected*math.Exp(eightOfTen*spread))
	out.Latest = dayAt(last.Day, left, expected*math.Exp(-eightOfTen*spread))
	out.Chance = chanceLate(left, float64(last.Day.DaysUntil(deadline)), max(expected, crawl), spread)
	// A task that has hardly moved says little of how it will move: half of them begin in time after all.
	known := min(1, max(unmoved, out.Gained/telling))
	out.Chance = 0.5 + (out.Chance-0.5)*known
	return out, true
}

const (
	// pace is how much tasks change their speed in general, as a standard deviation of its logarithm; set once, on simulated courses
	// of six kinds, so that chances come true (TestAccuracyForecast).
	pace = 0.6
	// halving is after how many days a speed weighs half: tasks that slow down, or gather speed, are judged by what they do now.
	halving = 14
	// surprise is how often a task goes quite another way than its reports: it stops, or is finished at a stroke.
	surprise = 0.12
	// unmoved is how much the reports of a task say that did not move, and telling how many points it must have gained for them
	// to say all they can.
	unmoved, telling = 0.4, 25
	// crawl is the speed, half a point a week, that a task is given which does not move: it may still begin.
	crawl = 0.5 / 7
)

// spreadOf is how far the speed of the time to come may be from the expected one: a standard deviation of its logarithm.
func spreadOf(speeds []speed, expected float64) float64 {
	const oneSigma, most = 0.8413, 1.5
	apart := (quantile(speeds, oneSigma) - quantile(speeds, 1-oneSigma)) / 2 / max(expected, crawl)
	return math.Hypot(pace, min(most, apart)/2) // half: the pairs share their reports, and errors of the percents cancel over time
}

// chanceLate is the chance that the points that are left take longer than the days that are left.
func chanceLate(left, days, expected, spread float64) float64 {
	switch {
	case left <= 0:
		return 0
	case days <= 0:
		return 1
	}
	return surprise + (1-2*surprise)*0.5*math.Erfc(-math.Log(left/days/expected)/spread/math.Sqrt2)
}

func speedsOf(points []Point) []speed {
	var out []speed
	last := points[len(points)-1].Day
	for i, a := range points {
		for _, b := range points[i+1:] {
			days, ago := float64(a.Day.DaysUntil(b.Day)), float64(b.Day.DaysUntil(last))
			out = append(out, speed{(b.Percent - a.Percent) / days, days * math.Exp2(-ago/halving)})
		}
	}
	slices.SortFunc(out, func(a, b speed) int { return cmp.Compare(a.pointsPerDay, b.pointsPerDay) })
	return out
}

// quantile is the speed below which the share q of the weight lies.
func quantile(sorted []speed, q float64) float64 {
	all := 0.0
	for _, s := range sorted {
		all += s.weight
	}
	sum := 0.0
	for _, s := range sorted {
		if sum += s.weight; sum >= q*all {
			return s.pointsPerDay
		}
	}
	return sorted[len(sorted)-1].pointsPerDay
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
