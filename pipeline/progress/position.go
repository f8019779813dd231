package progress

import "time"

// Class is where a task of a unit stands at the end of a period. Each position has exactly one, so the classes of
// any set of positions sum to its size.
type Class string

const (
	DoneOnTime  Class = "done_on_time" // confirmed, completed on or before the original deadline
	DoneLate    Class = "done_late"    // confirmed, completed after it
	Unconfirmed Class = "unconfirmed"  // the unit says done; the return contradicts itself or lacks the product
	InTerm      Class = "in_term"      // not done, deadline further away than the warning days, or none yet
	DueSoon     Class = "due_soon"     // not done, deadline within the warning days
	Overdue     Class = "overdue"      // not done, deadline passed
	NotReported Class = "not_reported" // no row that counts
	Regular     Class = "regular"      // standing work without a deadline; outside every rate
)

// Classes lists all classes in the order in which they are printed.
var Classes = []Class{DoneOnTime, DoneLate, Unconfirmed, InTerm, DueSoon, Overdue, NotReported, Regular}

// IsDone reports whether the class is confirmed done.
func (c Class) IsDone() bool { return c == DoneOnTime || c == DoneLate }

// Claim is the row by which a unit reports on a task, and the file it stands in.
type Claim struct {
	Row      Row
	File     string
	SHA256   string
	Received time.Time
}

// Position is one task of one unit at the end of one period: what the unit claims, what the plan says, what we hold. A
// task with several leads has a position for each of them; counts count positions.
type Position struct {
	Task   Task
	Unit   string // code of the lead unit
	Period string
	Class  Class
	Claim  *Claim // nil where no row counts
	// Carried: confirmed done in an earlier period, so no row was owed; Claim is then the earlier one.
	Carried bool
	// PastDue: not confirmed done and the deadline in force has passed, whatever the class. The denominator of the on-schedule rate.
	PastDue bool
	// IsDue: the deadline in force is on or before the data date.
	IsDue bool
	// Completed is the day of completion used for judging. Assumed where the unit named none (R10): then the data date of
	// the first period in which it claimed to be done.
	Completed        Date
	CompletedAssumed bool
	// DaysLate counts from the original deadline to the completion, or to the data date where not done; 0 if in term.
	DaysLate int
	// Doubts are the rules for which a claim of done was not confirmed (R07, R04 …).
	Doubts []string
	// Blocked are the rules of severity error that kept the unit's row from counting.
	Blocked []string
	// Unchanged counts the periods in a row, up to this one, whose status, percent and result are the same words; 1 where it changed.
	Unchanged int
	// Previous is the class in the period before; empty where there is none.
	Previous Class
	// Change is how the position moved since the period before; empty where that was not published.
	Change Change
	// Forecast is the day on which the unit expects to be done, as its row says; zero where it says none. ForecastMoves is how
	// often that day moved later, over the periods that the ledger remembers.
	Forecast      Date
	ForecastMoves int
	// Warning says that the task will probably miss its deadline; nil where there is no reason to fear it.
	Warning *Warning
}

// Change is how a position moved from one period to the next.
type Change string

const (
	Improved Change = "improved" // done, or further on, or no longer past due
	Worsened Change = "worsened" // reopened, gone back, or newly past due
	Same     Change = "same"
	New      Change = "new"     // the period before did not have the position
	Silent   Change = "missing" // the period before had a row, this one has none
)

// Warning is an early warning about a position that is not done and not yet past due.
type Warning struct {
	// Reason is a wording key below "warning."; Facts fill it.
	Reason string
	Facts  map[string]string
	// Chance that the task is done after its deadline, 0–1, from the forecast; the calibration is in `make accuracy`.
	Chance float64
	// Finish is the day on which the task will be done if it goes on as it does; from Earliest to Latest in 8 of 10 cases. Zero:
	// no day can be told.
	Finish, Earliest, Latest Date
	WeeksLate                float64 // Finish after the deadline
}

// MissedMilestone reports whether the task is warned of by a milestone of the plan.
func (w Warning) MissedMilestone() bool {
	return w.Reason == "milestone" || w.Reason == "milestone_unsaid"
}

// IsKnown reports whether the reason is a fact or the unit's own word, and no forecast of ours.
func (w Warning) IsKnown() bool { return w.MissedMilestone() || w.Reason == "own" }

// Past is an earlier period as it was published, from the ledger.
type Past struct {
	Period      Period
	DataDate    Date
	PlanVersion string
	Positions   []Position
	Submissions []Submission
	Findings    []Finding
	// Units is the register by which it was judged; empty in editions that were published before it was kept.
	Units []Unit
}

// Trail is what is remembered of a period longer than its whole: how far each position was.
type Trail struct {
	Period   Period
	DataDate Date
	Marks    []Mark
}

// Mark is how far a position was: its percent, nil where none was reported, and the day on which its unit expected to be done.
type Mark struct {
	Unit, Task string // Task is its [Task.Key]
	Percent    *float64
	Forecast   Date
}

// Trail is what stays of a period: of the positions that were reported in it and of which anything can be followed.
func (p Past) Trail() Trail {
	t := Trail{Period: p.Period, DataDate: p.DataDate}
	for _, pos := range p.Positions {
		if pos.Claim == nil || pos.Carried || pos.Claim.Row.Percent == nil && pos.Forecast.IsZero() {
			continue
		}
		t.Marks = append(t.Marks, Mark{Unit: pos.Unit, Task: pos.Task.Key(), Percent: pos.Claim.Row.Percent, Forecast: pos.Forecast})
	}
	return t
}

// History is what the ledger remembers of periods of one kind.
type History struct {
	Earlier    []Past  // oldest first, at most 12; the last one is the period just before, if it was published
	Older      []Trail // before those, oldest first, so that Older and Earlier are at most 52
	YearBefore *Past   // the same period of last year; nil where there is none
}

// Previous is the period just before p, or nil where it was not published: a gap is shown as a gap.
func (h History) Previous(p Period) *Past {
	if n := len(h.Earlier); n > 0 && h.Earlier[n-1].Period.ID == p.Previous().ID {
		return &h.Earlier[n-1]
	}
	return nil
}
