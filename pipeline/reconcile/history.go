package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// past is an earlier period with its positions by unit and task.
type past struct {
	progress.Past
	at map[key]*progress.Position
}

// indexPast turns history round, newest period first, and gives the positions of merged units to their successors.
func indexPast(in Input) []past {
	out := make([]past, 0, len(in.History.Earlier))
	for _, earlier := range slices.Backward(in.History.Earlier) {
		p := past{Past: earlier, at: make(map[key]*progress.Position, len(earlier.Positions))}
		for i := range earlier.Positions {
			pos := &earlier.Positions[i]
			if k := (key{successor(in, pos.Unit), pos.Task.Key()}); p.at[k] == nil {
				p.at[k] = pos
			}
		}
		out = append(out, p)
	}
	return out
}

// successor is the unit that answers now for what a unit did.
func successor(in Input, unit string) string {
	if u, ok := in.Units.Current(unit, in.DataDate); ok {
		return u.Code
	}
	return unit
}

// mark is how far a position was on the data date of a period that is no longer remembered whole.
type mark struct {
	day      progress.Date
	percent  *float64
	forecast progress.Date
}

// indexOlder gives each position its marks, newest first.
func indexOlder(in Input) map[key][]mark {
	out := map[key][]mark{}
	now := map[string]string{} // successors: asked once a unit, not once a mark
	for _, t := range slices.Backward(in.History.Older) {
		for _, m := range t.Marks {
			unit, known := now[m.Unit]
			if !known {
				unit = successor(in, m.Unit)
				now[m.Unit] = unit
			}
			k := key{unit, m.Task}
			if marks := out[k]; len(marks) == 0 || marks[len(marks)-1].day != t.DataDate { // of merged units the first, as in indexPast
				out[k] = append(marks, mark{t.DataDate, m.Percent, m.Forecast})
			}
		}
	}
	return out
}

// last is the position in the last period that was published; nil where there was none.
func (j *judging) last(k key) *progress.Position {
	if len(j.past) == 0 {
		return nil
	}
	return j.past[0].at[k]
}

// previous is the class in the period just before, empty where that was not published or did not have the position.
func (j *judging) previous(k key) progress.Class {
	if j.in.History.Previous(j.in.Period) == nil {
		return ""
	}
	if p := j.last(k); p != nil {
		return p.Class
	}
	return ""
}

// lastClaim is the row by which the unit last reported on the task, however long ago.
func (j *judging) lastClaim(k key) *progress.Claim {
	for _, p := range j.past {
		if pos := p.at[k]; pos != nil && pos.Claim != nil {
			return pos.Claim
		}
	}
	return nil
}

// unchanged counts the periods in a row, up to this one, in which the unit said the same of the task. A period of silence ends
// the row.
func (j *judging) unchanged(k key, row progress.Row) int {
	n, words := 1, saying(row)
	for _, p := range j.past {
		pos := p.at[k]
		if pos == nil || pos.Claim == nil || pos.Carried || saying(pos.Claim.Row) != words {
			break
		}
		n++
	}
	return n
}

// said is what a row says of a task: status, percent and result.
type said struct {
	status  progress.Status
	percent float64 // -1: none
	result  string
}

func saying(row progress.Row) said {
	s := said{row.Status, -1, progress.Fold(row.Result)}
	if row.Percent != nil {
		s.percent = *row.Percent
	}
	return s
}

// claimedDone is the day from which the unit has claimed, without a break, to be done, for a row that names no day: the
// day that the claim was first judged by, else this period's data date.
func (j *judging) claimedDone(k key) progress.Date {
	if p := j.last(k); p != nil && p.Claim != nil && p.Claim.Row.Status == progress.Done && !p.Completed.IsZero() {
		return p.Completed
	}
	return j.in.DataDate
}
