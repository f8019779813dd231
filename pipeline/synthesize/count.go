package synthesize

import (
	"slices"

	"tiendo/pipeline/progress"
)

// tally counts positions into numbered counts.
type tally struct {
	counts []progress.Counts
	seen   []int // per count: the number of the task last counted, from 1
}

func newTally(n int) *tally { return &tally{make([]progress.Counts, n), make([]int, n)} }

// add counts a position. task numbers its task; positions of one task must come one after the other.
func (t *tally) add(i, task int, p *progress.Position) {
	c := &t.counts[i]
	if t.seen[i] != task {
		t.seen[i] = task
		c.Tasks++
	}
	c.Total++
	switch p.Class {
	case progress.DoneOnTime:
		c.DoneOnTime++
	case progress.DoneLate:
		c.DoneLate++
	case progress.Unconfirmed:
		c.Unconfirmed++
	case progress.InTerm:
		c.InTerm++
	case progress.DueSoon:
		c.DueSoon++
	case progress.Overdue:
		c.Overdue++
		c.OverdueBy[lateness(p.DaysLate)]++
	case progress.NotReported:
		c.NotReported++
	case progress.Regular:
		c.Regular++
	}
	if p.IsDue {
		c.Due++
	}
	if p.PastDue {
		c.PastDue++
	}
}

// lateness is the place of days late in Counts.OverdueBy. A task whose deadline was brought forward can be overdue and
// not late against the original day: it stands with the least late.
func lateness(days int) int {
	switch {
	case days <= 30:
		return 0
	case days <= 90:
		return 1
	case days <= 120:
		return 2
	}
	return 3
}

// lines counts positions into n lines; of says into which ones each goes.
func lines(positions []progress.Position, n int, of func(*progress.Position) []int) []progress.Counts {
	t := newTally(n)
	task, code := 0, ""
	for _, i := range byTask(positions) {
		p := &positions[i]
		if task == 0 || p.Task.Key() != code {
			task, code = task+1, p.Task.Key()
		}
		for _, line := range of(p) {
			t.add(line, task, p)
		}
	}
	return t.counts
}

// byTask is an order of the positions in which those of one task are neighbours. Judged positions come so; those of
// history are put in order if they do not.
func byTask(positions []progress.Position) []int {
	order := make([]int, len(positions))
	first := make(map[string]int, len(positions))
	grouped := true
	for i := range positions {
		order[i] = i
		code := positions[i].Task.Key()
		if _, known := first[code]; !known {
			first[code] = i
		} else if positions[i-1].Task.Key() != code {
			grouped = false
		}
	}
	if !grouped {
		slices.SortStableFunc(order, func(a, b int) int {
			return first[positions[a].Task.Key()] - first[positions[b].Task.Key()]
		})
	}
	return order
}
