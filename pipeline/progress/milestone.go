package progress

// Milestone is a step on the way of a task that the plan wants reached by a day before its deadline.
type Milestone struct {
	Text    string   // what must be reached: Trình Chính phủ
	Due     Due      // its Date is never zero
	Percent *float64 // how far the task must be by then, 0–100; nil where the milestone is a named step and no more
	Origin  Origin   // of the text
}

// NextMilestone is the first milestone whose last day has not passed on a day; false where there is none.
func (t Task) NextMilestone(on Date) (Milestone, bool) {
	for _, m := range t.Milestones {
		if !m.Due.Date.Before(on) {
			return m, true
		}
	}
	return Milestone{}, false
}

// DemandedBy is the milestone that had passed on a day and demands the most; false where none that had passed demands a percent. Percents
// never fall from one day to the next, so it is the last one, and whoever has reached it has reached those before.
func (t Task) DemandedBy(on Date) (m Milestone, ok bool) {
	for _, next := range t.Milestones {
		if next.Percent != nil && next.Due.Date.Before(on) && (!ok || *next.Percent >= *m.Percent) {
			m, ok = next, true
		}
	}
	return m, ok
}
