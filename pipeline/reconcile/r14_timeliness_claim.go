package reconcile

import "tiendo/pipeline/progress"

// r14: the status wording claims a timeliness that the dates do not bear out. Dates count, the claim is shown beside
// them. Done "in time" after the deadline is rule R13.
var r14 = rule{code: "R14", severity: progress.SeverityWarning, ofClaim: func(c claim) []progress.Finding {
	variant := c.timelinessFault()
	if variant == "" {
		return nil
	}
	return one(progress.Finding{Variant: variant, Origin: c.at(progress.FieldStatus), Facts: facts{
		"status": c.row.StatusText, "expected": dueText(c.task.Due), "found": day(c.in.DataDate),
	}})
}}

// timelinessFault: "late" where the deadline has passed and the wording denies it, "in_term" where it has not and the wording
// says late, "done_in_time" where the task was finished in time and the wording says late.
func (c *claim) timelinessFault() string {
	claim := c.row.Claim
	switch {
	case claim == progress.NoClaim || c.deadline().IsZero() || c.task.Due.Regular:
		return ""
	case c.isDone():
		if claim == progress.ClaimLate && !c.row.Completed.IsZero() && !passed(c.original(), c.row.Completed) {
			return "done_in_time"
		}
	case c.isOverdue():
		if claim != progress.ClaimLate {
			return "late"
		}
	case claim == progress.ClaimLate && !passed(c.original(), c.in.DataDate):
		return "in_term"
	}
	return ""
}
