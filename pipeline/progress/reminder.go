package progress

import "time"

// Reminder is what a unit still owes for a period: the matter of the letter that urges it.
type Reminder struct {
	Office  Office
	Unit    Unit
	Period  Period
	Plan    string    // name
	DueAt   time.Time // when the return was due, in the office's zone
	At      time.Time // as of when, in the office's zone
	Number  int       // of the letter within the period, from 1
	Draft   bool      // the period is not published yet
	Version string    // of the program

	Submission Submission
	// Refusals say why the file was refused, where all that came was.
	Refusals []Finding
	// Blocked say why a row of the return that counts does not.
	Blocked []Finding
	// Silent are the tasks without a row, of a unit whose return counts.
	Silent []Debt
	// Unexplained are the overdue tasks without a reason.
	Unexplained []Debt
	// Unproven are the tasks claimed done that are not confirmed.
	Unproven []Debt
}

// Debt is a task for which a unit owes something.
type Debt struct {
	Task     Task
	DaysLate int // after the original deadline; 0: in term
}

// Owes reports whether there is anything to urge.
func (r Reminder) Owes() bool {
	return r.Submission.Punctuality == Missing || r.Submission.Punctuality == Refused ||
		len(r.Blocked)+len(r.Silent)+len(r.Unexplained)+len(r.Unproven) > 0
}
