package forecast

import (
	"math"
	"math/rand/v2"

	"tiendo/pipeline/progress"
)

// course is a simulated task: how much of it is done after each week, in percent, as its unit sees it.
type course func(r *rand.Rand) func(week int) float64

// taught are the courses that the numbers of the model were set on: their pace is drawn for each task.
var taught = []struct {
	name string
	course
}{
	{"steady", func(r *rand.Rand) func(int) float64 {
		pace := 2 + 8*r.Float64()
		return func(w int) float64 { return pace * float64(w) }
	}},
	{"uneven", func(r *rand.Rand) func(int) float64 {
		done, pace := 0.0, 2+8*r.Float64()
		return func(int) float64 { done += pace * 2 * r.Float64(); return done }
	}},
	{"stalls for weeks", func(r *rand.Rand) func(int) float64 {
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
	}},
	{"slows down", func(r *rand.Rand) func(int) float64 {
		left, rate := 100.0, 0.08+0.12*r.Float64()
		return func(int) float64 { left -= rate*left + 0.8; return 100 - left }
	}},
	{"gathers speed", func(r *rand.Rand) func(int) float64 {
		weeks, power := 8+20*r.Float64(), 1.3+r.Float64()
		return func(w int) float64 { return 100 * math.Pow(float64(w)/weeks, power) }
	}},
	{"a few leaps", func(r *rand.Rand) func(int) float64 {
		done, often := 0.0, 0.1+0.3*r.Float64()
		return func(int) float64 {
			if r.Float64() < often {
				done += 10 + 40*r.Float64()
			}
			return done
		}
	}},
}

// unseen are the courses that the forecast is tested on: of other shapes than those that its numbers are fitted to. Their scores were in view
// while the shapes were chosen, so that they are a test, and no proof.
var unseen = []struct {
	name string
	course
}{
	{"slow at both ends", func(r *rand.Rand) func(int) float64 {
		middle, width := 6+14*r.Float64(), 1.5+3*r.Float64()
		return func(w int) float64 { return 102 / (1 + math.Exp((middle-float64(w))/width)) }
	}},
	{"begins late", func(r *rand.Rand) func(int) float64 {
		wait, pace := 1+r.IntN(10), 5+10*r.Float64()
		return func(w int) float64 { return pace * float64(max(0, w-wait)) }
	}},
	{"approved in stages", func(r *rand.Rand) func(int) float64 {
		stages, stay, next := []float64{10, 30, 50, 80, 100}, 2+4*r.Float64(), 0.0
		at := 0.0
		return func(w int) float64 {
			if float64(w) >= next && len(stages) > 0 {
				at, stages, next = stages[0], stages[1:], float64(w)+stay*(0.5+r.Float64())
			}
			return at
		}
	}},
	{"copied from the last report", func(r *rand.Rand) func(int) float64 {
		pace, shown := 3+7*r.Float64(), 0.0
		return func(w int) float64 {
			if real := pace * float64(w); real >= 100 || r.Float64() < 0.3 {
				shown = real
			}
			return shown
		}
	}},
	{"in tens", func(r *rand.Rand) func(int) float64 {
		pace := 2 + 6*r.Float64()
		return func(w int) float64 { return math.Floor(pace*float64(w)/10) * 10 }
	}},
	{"waits for a signature", func(r *rand.Rand) func(int) float64 {
		pace, ready, wait := 3+7*r.Float64(), 80+15*r.Float64(), 2+r.IntN(14)
		return func(w int) float64 {
			if done := pace * float64(w); done < ready {
				return done
			}
			if wait--; wait > 0 {
				return ready
			}
			return 100
		}
	}},
	{"falls back", func(r *rand.Rand) func(int) float64 {
		done, pace := 0.0, 4+8*r.Float64()
		return func(int) float64 {
			if done += pace * (0.6 + 0.8*r.Float64()); r.Float64() < 0.08 {
				done = max(0, done-10-20*r.Float64())
			}
			return done
		}
	}},
}

// sample is a task as it is seen on some day, and what became of it.
type sample struct {
	seen               []Point
	deadline, finished progress.Date
}

func (s sample) late() float64 {
	if s.finished.After(s.deadline) {
		return 1
	}
	return 0
}

// teach simulates tasks that report every week, in steps of five; half of the deadlines lie around the day on which the task is really
// done, the others were set without knowing how fast it goes.
func teach(r *rand.Rand, tasks int) []sample {
	var out []sample
	for _, c := range taught {
		for i := range tasks {
			points, finished := simulate(r, c.course, 5, 0)
			days := float64(start.DaysUntil(finished)) * (0.6 + 0.8*r.Float64())
			if i%2 == 0 {
				days = 7 * (6 + 30*r.Float64())
			}
			out = append(out, glimpse(r, points, finished, int(days))...)
		}
	}
	return out
}

// try simulates tasks of the other courses, with deadlines of other kinds, reports in steps of one, five and ten, and one report in four
// missing.
func try(r *rand.Rand, c course, tasks int) []sample {
	var out []sample
	for i := range tasks {
		points, finished := simulate(r, c, []float64{1, 5, 10}[i%3], 0.25)
		days := float64(start.DaysUntil(finished)) * math.Exp(0.3*r.NormFloat64())
		if i%2 == 0 {
			days = 7 * (8 + 20*r.Float64())
		}
		out = append(out, glimpse(r, points, finished, int(days))...)
	}
	return out
}

// glimpse is a task on a day drawn from those on which it had reports, before its deadline; nothing where there is none.
func glimpse(r *rand.Rand, points []Point, finished progress.Date, days int) []sample {
	deadline := start.AddDays(days)
	n := 0
	for n < len(points) && points[n].Day.Before(deadline) {
		n++
	}
	if n < Fewest {
		return nil
	}
	return []sample{{points[:Fewest+r.IntN(n-Fewest+1)], deadline, finished}}
}

// simulate runs a task to its end: what its unit reports each week, in steps and with errors of two points, and the day on which it is
// done. A share of the reports is missing.
func simulate(r *rand.Rand, c course, step, missing float64) (points []Point, finished progress.Date) {
	at := c(r)
	for week := 1; week < 150; week++ {
		done, day := at(week), start.AddDays(7*week)
		if done >= 100 {
			return points, day
		}
		reported := math.Round((done+4*(r.Float64()-0.5))/step) * step
		if r.Float64() >= missing {
			points = append(points, Point{day, min(100-step, max(0, reported))})
		}
	}
	return points, start.AddDays(7 * 150)
}
