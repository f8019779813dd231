package synthesize

import "tiendo/pipeline/progress"

// correction compares the synthesis with the edition of the same period that it takes the place of.
func correction(s progress.Synthesis, in Input) *progress.Correction {
	if in.Corrects == nil {
		return nil
	}
	c := &progress.Correction{
		Revision: in.Revision - 1,
		Before:   lines(in.Corrects.Positions, 1, func(*progress.Position) []int { return []int{0} })[0],
	}
	counted := map[string]string{} // unit → hash of the return that counted
	for _, sub := range in.Corrects.Submissions {
		if received(sub) {
			counted[sub.Unit] = sub.SHA256
		}
	}
	for _, sub := range in.Submissions {
		if received(sub) && counted[sub.Unit] != sub.SHA256 {
			c.Returns = append(c.Returns, sub)
		}
	}
	before := make(map[place]progress.Position, len(in.Corrects.Positions))
	for _, p := range in.Corrects.Positions {
		before[place{p.Unit, p.Task.Key()}] = p
	}
	for _, t := range s.Tasks {
		k := place{t.Unit, t.Task.Key()}
		if old := before[k]; old.Class != t.Class {
			c.Moved = append(c.Moved, progress.Moved{TaskLine: t, From: old.Class})
		}
		delete(before, k)
	}
	l := newLister(in)
	for _, p := range in.Corrects.Positions {
		if _, gone := before[place{p.Unit, p.Task.Key()}]; gone {
			t := l.line(p)
			t.Class, t.Rules = "", nil
			c.Moved = append(c.Moved, progress.Moved{TaskLine: t, From: p.Class, Gone: true})
		}
	}
	return c
}

// received: the return of the submission is one that counts.
func received(s progress.Submission) bool {
	return s.Punctuality == progress.OnTime || s.Punctuality == progress.Late
}
