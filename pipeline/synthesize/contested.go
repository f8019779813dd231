package synthesize

import "tiendo/pipeline/progress"

// isContested reports whether the unit's own word for a position is another than ours: done where we do not hold it done, in term or
// done in time where it is late, late where it is not. What was confirmed in an earlier period is settled.
func isContested(t progress.TaskLine) bool {
	if t.Claim == nil || t.Carried {
		return false
	}
	late := t.Class == progress.Overdue || t.Class == progress.DoneLate
	inTime := t.Class == progress.InTerm || t.Class == progress.DueSoon || t.Class == progress.DoneOnTime
	row := t.Claim.Row
	switch {
	case row.Status == progress.Done && !t.Class.IsDone() && t.Class != progress.Regular:
		return true
	case row.Claim == progress.ClaimOnTime || row.Claim == progress.ClaimDueSoon:
		return late
	case row.Claim == progress.ClaimLate:
		return inTime
	}
	return false
}
