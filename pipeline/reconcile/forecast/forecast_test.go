package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"tiendo/pipeline/progress"
)

var start = progress.Date{Year: 2025, Month: 1, Day: 3}

// weekly makes reports a week apart.
func weekly(percents ...float64) []Point {
	out := make([]Point, len(percents))
	for i, p := range percents {
		out[i] = Point{start.AddDays(7 * i), p}
	}
	return out
}

func TestOf(t *testing.T) {
	// Ten points a week, at 40 after four weeks: 60 points are six weeks, day 28 + 42 = 70.
	steady, ok := Of(weekly(0, 10, 20, 30, 40), start.AddDays(70))
	if !ok || steady.Finish != start.AddDays(70) {
		t.Errorf("a steady task: %+v", steady)
	}
	if math.Abs(steady.Chance-0.5) > 1e-9 {
		t.Errorf("expected on the day of the deadline, and late with chance %v", steady.Chance)
	}
	// 60 points in 32 days are 1.3125 times its speed: the normal distribution at ln 1.3125 ÷ 0.6 = 0.4532 is 0.6748, of which
	// 76 % count, and 12 % are tasks that go quite another way.
	if f, _ := Of(weekly(0, 10, 20, 30, 40), start.AddDays(60)); math.Abs(f.Chance-(0.12+0.76*0.6748)) > 1e-3 {
		t.Errorf("ten days short, and late with chance %v", f.Chance)
	}
	// 8 of 10 lie between 60 points at e^±(1.2816 × 0.6) times its speed: 42 days ÷ 2.1577 and × 2.1577.
	if steady.Earliest != start.AddDays(28+20) || steady.Latest != start.AddDays(28+91) {
		t.Errorf("from %v to %v", steady.Earliest, steady.Latest)
	}
	if stuck, _ := Of(weekly(30, 30, 30, 30), start.AddDays(300)); !stuck.Finish.IsZero() || stuck.Chance <= 0.5 || stuck.Chance > 0.7 {
		t.Errorf("a task that does not move: %+v", stuck)
	}
	// One wrong figure moves the median of ten speeds little.
	if slip, _ := Of(weekly(0, 10, 90, 30, 40), start.AddDays(60)); math.Abs(float64(slip.Finish.DaysUntil(steady.Finish))) > 7 {
		t.Errorf("one wrong percent moved the day from %v to %v", steady.Finish, slip.Finish)
	}
	for name, points := range map[string][]Point{
		"no report": nil, "two reports": weekly(0, 50), "three of one day": {{start, 10}, {start, 20}, {start, 30}},
	} {
		if _, ok := Of(points, start); ok {
			t.Errorf("%s make a forecast", name)
		}
	}
}

// course is a simulated task: the share of it that is done after each week, until it is done.
type course func(r *rand.Rand) func(week int) float64

// Six ways in which tasks go, each with its own pace: none of them is what the forecast assumes.
var courses = map[string]course{
	"steady": func(r *rand.Rand) func(int) float64 {
		pace := 2 + 8*r.Float64()
		return func(w int) float64 { return pace * float64(w) }
	},
	"uneven": func(r *rand.Rand) func(int) float64 {
		done, pace := 0.0, 2+8*r.Float64()
		return func(int) float64 { done += pace * 2 * r.Float64(); return done }
	},
	"slow at both ends": func(r *rand.Rand) func(int) float64 {
		middle, width := 6+14*r.Float64(), 1.5+3*r.Float64()
		return func(w int) float64 { return 102 / (1 + math.Exp((middle-float64(w))/width)) }
	},
	"stalls for weeks": func(r *rand.Rand) func(int) float64 {
		done, pace, rest := 0.0, 4+8*r.Float64(), 0
		return func(int) float64 {
			if rest == 0 && r.Float64() < 0.12 {
				rest = 2 + r.IntN(6)
			}
			if rest > 0 {
				rest--
				return done
			}
			done += pace
			return done
		}
	},
	"begins late": func(r *rand.Rand) func(int) float64 {
		wait, pace := 1+r.IntN(6), 5+10*r.Float64()
		return func(w int) float64 { return pace * float64(max(0, w-wait)) }
	},
	"slows down": func(r *rand.Rand) func(int) float64 {
		left, rate := 100.0, 0.08+0.12*r.Float64()
		return func(int) float64 { left -= rate*left + 0.8; return 100 - left }
	},
}

// TestAccuracyForecast holds the chances against what became of simulated tasks: of those warned at 80 %, how many were late.
// Deadlines lie around the day on which the task is really done; units report in steps of five points, with errors.
func TestAccuracyForecast(t *testing.T) {
	const tasks, bands = 400, 5
	var n, late [bands]int
	brier, naiveBrier, inside, dated, all := 0.0, 0.0, 0, 0, 0
	for _, name := range []string{"steady", "uneven", "slow at both ends", "stalls for weeks", "begins late", "slows down"} {
		r := rand.New(rand.NewPCG(286, 57))
		for range tasks {
			points, finished := simulate(r, courses[name])
			if len(points) < Fewest+1 {
				continue
			}
			seen := points[:Fewest+r.IntN(min(10, len(points)-Fewest))]
			deadline := start.AddDays(int(float64(start.DaysUntil(finished)) * (0.7 + 0.6*r.Float64())))
			if today := seen[len(seen)-1].Day; !deadline.After(today) {
				continue
			}
			f, ok := Of(seen, deadline)
			if !ok {
				continue
			}
			all++
			isLate := 0.0
			if finished.After(deadline) {
				isLate = 1
			}
			band := min(bands-1, int(f.Chance*bands))
			n[band]++
			late[band] += int(isLate)
			brier += (f.Chance - isLate) * (f.Chance - isLate)
			naive := 0.0
			if last := seen[len(seen)-1]; last.Percent == 0 || float64(start.DaysUntil(last.Day))*100/last.Percent > float64(start.DaysUntil(deadline)) {
				naive = 1
			}
			naiveBrier += (naive - isLate) * (naive - isLate)
			if !f.Earliest.IsZero() && !f.Latest.IsZero() {
				dated++
				if !finished.Before(f.Earliest) && !finished.After(f.Latest) {
					inside++
				}
			}
		}
	}
	for i := range bands {
		t.Logf("warned at %3d–%3d %%: %4d tasks, %5.1f %% of them late", i*100/bands, (i+1)*100/bands, n[i], 100*float64(late[i])/float64(max(1, n[i])))
	}
	t.Logf("Brier score %.3f over %d tasks; straight line from the start %.3f", brier/float64(all), all, naiveBrier/float64(all))
	t.Logf("done between the earliest and the latest day: %.1f %% of %d", 100*float64(inside)/float64(dated), dated)
	if brier >= naiveBrier {
		t.Error("a straight line from the start forecasts better")
	}
	for i := 1; i < bands-1; i++ { // low chances are no warnings, and are never printed
		if float64(late[i])/float64(n[i]) > float64(late[i+1])/float64(n[i+1]) {
			t.Errorf("fewer tasks are late at %d %% and more than below", (i+1)*100/bands)
		}
	}
	if top := float64(late[bands-1]) / float64(n[bands-1]); top < 0.7 {
		t.Errorf("of the tasks warned at 80 %% and more only %.0f %% were late", 100*top)
	}
	if bottom := float64(late[0]) / float64(n[0]); bottom > 0.4 {
		t.Errorf("of the tasks at less than 20 %% as many as %.0f %% were late", 100*bottom)
	}
}

// simulate runs a task to its end: what its unit reports each week, and the day on which it is done.
func simulate(r *rand.Rand, c course) (points []Point, finished progress.Date) {
	at := c(r)
	for week := 1; week < 150; week++ {
		done := at(week)
		day := start.AddDays(7 * week)
		if done >= 100 {
			return points, day
		}
		reported := math.Round((done+4*(r.Float64()-0.5))/5) * 5
		points = append(points, Point{day, min(95, max(0, reported))})
	}
	return points, start.AddDays(7 * 150)
}
