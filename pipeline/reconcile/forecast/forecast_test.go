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
	unknown := progress.Date{}
	// Ten points a week, at 40 after four weeks: 60 points are six weeks, day 28 + 42 = 70. The plan expects the same speed.
	steady, ok := Of(weekly(0, 10, 20, 30, 40), unknown, start.AddDays(70), nil)
	if !ok || !steady.Own || steady.Finish != start.AddDays(70) || steady.Expected != 40 {
		t.Errorf("a steady task: %+v", steady)
	}
	if math.Abs(steady.Chance-0.5) > 1e-9 {
		t.Errorf("expected on the day of the deadline, and late with chance %v", steady.Chance)
	}
	// 40 points count 40 ÷ (40 + 90) = 4/13, the scale is 0.3 + 9/13 × 0.08 = 0.3554: 8 of 10 lie between 42 days ÷ and × 9^0.3554 = 2.183.
	if steady.Earliest != start.AddDays(28+20) || steady.Latest != start.AddDays(28+92) {
		t.Errorf("from %v to %v", steady.Earliest, steady.Latest)
	}
	// Due ten days earlier, the plan expects 100 points in 60 days: 4/13 × 10/7 + 9/13 × 10/6 = 1.5934 a day, 37.66 days where 32 are left.
	// The odds of being late are (37.66 ÷ 32)^(1/0.3554) = 1.581 to 1.
	if f, _ := Of(weekly(0, 10, 20, 30, 40), unknown, start.AddDays(60), nil); math.Abs(f.Chance-1.581/2.581) > 1e-3 {
		t.Errorf("ten days short, and late with chance %v", f.Chance)
	}
	// Nothing gained: the course from the assignment to the deadline alone. 70 points at one a day where 32 days are left: the odds are
	// (70 ÷ 32)^(1/0.38) = 7.846 to 1.
	stuck, _ := Of(weekly(30, 30, 30, 30, 30), start.AddDays(-40), start.AddDays(60), nil)
	if stuck.Finish != start.AddDays(28+70) || stuck.Gained != 0 || math.Abs(stuck.Chance-7.846/8.846) > 1e-3 {
		t.Errorf("a task that does not move: %+v", stuck)
	}
	// One wrong figure moves the median of the speeds little.
	if slip, _ := Of(weekly(0, 10, 90, 30, 40), unknown, start.AddDays(70), nil); math.Abs(float64(slip.Finish.DaysUntil(steady.Finish))) > 7 {
		t.Errorf("one wrong percent moved the day from %v to %v", steady.Finish, slip.Finish)
	}
	for name, points := range map[string][]Point{
		"no report": nil, "two reports": weekly(0, 50), "three of one day": {{start, 10}, {start, 20}, {start, 30}},
	} {
		if _, ok := Of(points, unknown, start.AddDays(70), nil); ok {
			t.Errorf("%s make a forecast", name)
		}
	}
	// One report, and the day of the assignment: 20 points at half of the 100 days are 30 behind.
	if f, ok := Of([]Point{{start.AddDays(50), 20}}, start, start.AddDays(100), nil); !ok || f.Own || f.Expected != 50 || f.Chance < 0.7 {
		t.Errorf("20 points at half of the time: %+v", f)
	}
}

// loss is how little a model expected of what became of the tasks: the mean of -ln of the density that it gave to the time they took.
func (m model) loss(samples []sample) float64 {
	sum := 0.0
	for _, s := range samples {
		last := s.seen[len(s.seen)-1]
		planned := 100 / float64(start.DaysUntil(s.deadline))
		speed, spread := m.speed(s.seen, planned)
		x := math.Log(float64(last.Day.DaysUntil(s.finished))*speed/max(1, 100-last.Percent)) / spread
		sum += math.Abs(x) + 2*math.Log1p(math.Exp(-math.Abs(x))) + math.Log(spread) // the logistic density, of either sign
	}
	return sum / float64(len(samples))
}

// The numbers of the model are those that expect most of the courses they were set on: none is better a quarter greater or less.
func TestFitted(t *testing.T) {
	samples := teach(rand.New(rand.NewPCG(286, 57)), 600)
	best := fitted.loss(samples)
	for name, number := range map[string]func(*model) *float64{
		"telling": func(m *model) *float64 { return &m.telling },
		"spread":  func(m *model) *float64 { return &m.spread }, "unknown": func(m *model) *float64 { return &m.unknown },
	} {
		for _, factor := range []float64{0.75, 1.25} {
			other := fitted
			*number(&other) *= factor
			if loss := other.loss(samples); loss < best-0.002 {
				t.Errorf("%s of %g is better than of %g: %.4f, not %.4f", name, *number(&other), *number(&fitted), loss, best)
			}
		}
	}
}

// reliability counts, by the chance that was told, how many were late.
type reliability struct {
	n, late                [5]int
	brier, line            float64
	inside, dated, all, of int
}

func (b *reliability) add(s sample) {
	f, ok := Of(s.seen, start, s.deadline, nil)
	if !ok {
		return
	}
	late := s.late()
	band := min(len(b.n)-1, int(f.Chance*float64(len(b.n))))
	b.n[band]++
	b.late[band] += int(late)
	b.all, b.of = b.all+1, b.of+int(late)
	b.brier += (f.Chance - late) * (f.Chance - late)
	if behind := s.seen[len(s.seen)-1].Percent < f.Expected; behind == (late == 0) {
		b.line++
	}
	b.dated++
	if !s.finished.Before(f.Earliest) && (f.Latest.IsZero() || !s.finished.After(f.Latest)) {
		b.inside++
	}
}

// TestAccuracyForecast holds the chances against what became of simulated tasks of other courses, other seeds and other deadlines than
// those that the model was set on: of those warned at 80 %, how many were late.
func TestAccuracyForecast(t *testing.T) {
	var whole reliability
	r := rand.New(rand.NewPCG(75, 2025))
	for _, c := range unseen {
		var one reliability
		for _, s := range try(r, c.course, 600) {
			one.add(s)
			whole.add(s)
		}
		t.Logf("%-27s %4d tasks: Brier score %.3f, done between the days told: %.0f %%", c.name, one.all, one.brier/float64(one.all),
			100*float64(one.inside)/float64(one.dated))
	}
	share := func(i int) float64 { return float64(whole.late[i]) / float64(max(1, whole.n[i])) }
	for i := range whole.n {
		t.Logf("chance told %3d–%3d %%: %4d tasks, %4d late, %5.1f %%", i*20, i*20+20, whole.n[i], whole.late[i], 100*share(i))
	}
	base := float64(whole.of) / float64(whole.all)
	brier, line, guess := whole.brier/float64(whole.all), whole.line/float64(whole.all), base*(1-base)
	inside := float64(whole.inside) / float64(whole.dated)
	t.Logf("Brier score %.3f over %d tasks, %.1f %% of them late; telling each that share %.3f, the straight line to the deadline %.3f",
		brier, whole.all, 100*base, guess, line)
	t.Logf("done between the earliest and the latest day: %.1f %% (80 %% were promised)", 100*inside)
	if brier > 0.8*guess || brier > line {
		t.Error("the forecast tells little that the share of late tasks, or a straight line, does not")
	}
	for i := range whole.n {
		low, high := float64(i)*0.2, float64(i+1)*0.2
		if whole.n[i] < 100 {
			t.Errorf("only %d tasks at %.0f %%: nothing can be said of them", whole.n[i], 100*low)
		}
		if share(i) < low-0.1 || share(i) > high+0.1 {
			t.Errorf("of the tasks at %.0f–%.0f %% were late %.0f %%", 100*low, 100*high, 100*share(i))
		}
	}
	if inside < 0.72 || inside > 0.88 {
		t.Errorf("%.0f %% are done between the earliest and the latest day", 100*inside)
	}
}

// A task of a hundred days, of which fifty are gone: the straight course makes 50 points.
func TestMilestonesBendTheCourse(t *testing.T) {
	at := func(day int, percent float64) Point { return Point{start.AddDays(day), percent} }
	tests := map[string]struct {
		milestones []Point
		want       float64
	}{
		"none":                                 {nil, 50},
		"on the day":                           {[]Point{at(50, 20)}, 20},
		"between two: half of the way":         {[]Point{at(40, 20), at(60, 80)}, 50},
		"the last one is past: 10 of 60 days":  {[]Point{at(40, 40)}, 50},
		"back-loaded: 10 of 60 days of 90":     {[]Point{at(40, 10)}, 25},
		"all is wanted early":                  {[]Point{at(30, 100)}, 100},
		"after the deadline, before the start": {[]Point{at(-10, 90), at(120, 10)}, 50},
	}
	for name, test := range tests {
		f, ok := Of([]Point{at(50, 20)}, start, start.AddDays(100), test.milestones)
		if !ok || math.Abs(f.Expected-test.want) > 1e-9 {
			t.Errorf("%s: %v is expected, want %v", name, f.Expected, test.want)
		}
	}
	straight, _ := Of([]Point{at(50, 20)}, start, start.AddDays(100), nil)
	late, _ := Of([]Point{at(50, 20)}, start, start.AddDays(100), []Point{at(50, 20)})
	early, _ := Of([]Point{at(50, 20)}, start, start.AddDays(100), []Point{at(50, 80)})
	if late.Chance >= straight.Chance || math.Abs(late.Chance-0.5) > 1e-9 { // as the plan wants it: as likely in time as not
		t.Errorf("chances %v and, of a plan that leaves more to the end, %v", straight.Chance, late.Chance)
	}
	if early.Chance != straight.Chance {
		t.Errorf("chances %v and, of a plan that leaves less to the end, %v", straight.Chance, early.Chance)
	}
}
