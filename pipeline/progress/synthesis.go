package progress

import "time"

// Office is the coordinating office in whose name the synthesis is written.
type Office struct {
	Name    string // ĐƠN VỊ BAN HÀNH: Văn phòng Ban Chỉ đạo
	Parent  string // CƠ QUAN CHỦ QUẢN: Bộ Thông tin và Truyền thông
	Symbol  string // symbol of its documents: VPBCĐ, as in "Số: …/BC-VPBCĐ"
	Place   string // Hà Nội
	Profile string // layout profile: decree30, party
	Unit    string // name or code of the office in the register of the office above; empty: its Name
}

// Counts are the numbers of positions by class. The classes sum to Total.
type Counts struct {
	Total       int // positions: tasks × the units that lead them
	Tasks       int // tasks
	DoneOnTime  int
	DoneLate    int
	Unconfirmed int
	InTerm      int
	DueSoon     int
	Overdue     int
	NotReported int
	Regular     int
	Due         int // deadline in force on or before the data date, done or not
	PastDue     int // deadline passed and not confirmed done, whatever the class
	// Overdue by days after the original deadline: 1–30, 31–90, 91–120, more than 120.
	OverdueBy [4]int
}

// Done is confirmed done, on time or late.
func (c Counts) Done() int { return c.DoneOnTime + c.DoneLate }

// Dated is every position that can be done: all but regular work.
func (c Counts) Dated() int { return c.Total - c.Regular }

// Of is the count of one class.
func (c Counts) Of(class Class) int {
	switch class {
	case DoneOnTime:
		return c.DoneOnTime
	case DoneLate:
		return c.DoneLate
	case Unconfirmed:
		return c.Unconfirmed
	case InTerm:
		return c.InTerm
	case DueSoon:
		return c.DueSoon
	case Overdue:
		return c.Overdue
	case NotReported:
		return c.NotReported
	case Regular:
		return c.Regular
	}
	return 0
}

// Completion is done ÷ dated positions (tiến độ chung).
func (c Counts) Completion() Share { return Share{c.Done(), c.Dated()} }

// OnSchedule is done ÷ (done + past due): the denominator of the Prime Minister's working group of 2017, with
// silence and unconfirmed claims counted in it once the deadline has passed, so that neither improves a rate.
func (c Counts) OnSchedule() Share { return Share{c.Done(), c.Done() + c.PastDue} }

// OnTimeShare is done on time ÷ done.
func (c Counts) OnTimeShare() Share { return Share{c.DoneOnTime, c.Done()} }

// Share is a fraction that is printed with its numerator and denominator.
type Share struct {
	Num int `json:"numerator"`
	Den int `json:"denominator"`
}

// Percent is 0–100; ok is false where the denominator is 0: then there is nothing to print but a gap.
func (s Share) Percent() (percent float64, ok bool) {
	if s.Den == 0 {
		return 0, false
	}
	return 100 * float64(s.Num) / float64(s.Den), true
}

// Line is a line of counts: the whole office, a unit, a group …
type Line struct {
	// ID is the first part of the ids of the line's figures: "total", "unit.vu-khtc", "group.1".
	ID         string
	Name       string
	Depth      int          // of units, in the tree; 0 at the top
	Own        Counts       // positions of the unit itself
	Counts     Counts       // with everything below it
	Previous   *Counts      // the period before; nil where it was not published
	YearBefore *Counts      // the same period of last year
	Trend      []TrendPoint // oldest first, this period last
	Head       string       // of units
	Submission *Submission  // of units that report
	Standing   *Standing    // of units that report
}

// TrendPoint is one period of a line's course.
type TrendPoint struct {
	Period string
	Counts Counts
}

// Cell is one cell of the breakdown by group and phase.
type Cell struct {
	Group, Phase string
	Counts       Counts
}

// TaskLine is a position as it is listed.
type TaskLine struct {
	Position
	UnitName string
	Head     string   // head of the unit
	Rules    []string // codes of the findings about this row, sorted
}

// DeadlineMove is a deadline that differs: between original and current, between plan versions, or between plan and return.
type DeadlineMove struct {
	Task     Task
	Unit     string
	From, To Due
	Document string // approving documents; empty: none named
	Issued   Date   // day of the last of them; zero where the plan gives none, and of what a return claims
	Claimed  bool   // only the return says so (P05); the plan's deadline stays in force
	File     string
	Origin   Origin
}

// Voice is a difficulty or a proposal, quoted from a return.
type Voice struct {
	Addressee  string // who must act, as far as the words name one of the known units or authorities; else empty
	Unit       string
	UnitName   string
	Task       Task
	Difficulty string
	Proposal   string
	Reason     string
	File       string
	Origin     Origin
}

// Reporting counts the returns of a period.
type Reporting struct {
	Expected    int // units that owe a return
	OnTime      int
	Late        int
	Missing     int
	Refused     int
	RowsOwed    int
	RowsCounted int
}

// Received is returns that count, on time or late.
func (r Reporting) Received() int { return r.OnTime + r.Late }

// Input is a file behind the synthesis.
type Input struct {
	Path, SHA256, Unit string
	Received           time.Time
	Rows               int
}

// RuleCount is how often a rule was broken.
type RuleCount struct {
	Rule     string
	Severity Severity
	Count    int
}

// Synthesis is every figure and line that will be printed, for one edition of one period. The PDF and the workbook both
// print this and compute nothing of their own.
type Synthesis struct {
	Office   Office
	Period   Period
	DataDate Date      // figures are as of this day …
	DataTime string    // … and this hour: 17:00
	DueAt    time.Time // returns received later are late
	Revision int       // 1, 2 …
	// Correction is what this revision changes of the one before it; nil of the first.
	Correction  *Correction
	Draft       bool // the period is not closed yet
	PlanName    string
	PlanVersion string
	Version     string // of the program

	SoonDays int // a deadline within so many days is "due soon"
	RankDue  int // units with fewer due positions are not ranked

	Total             Line
	Reporting         Reporting
	ReportingPrevious *Reporting
	Units             []Line // the tree, parents before children
	Groups            []Line // in the order of the plan
	Phases            []Line
	Authorities       []Line
	GroupPhase        []Cell // groups × phases, all of them, also empty ones
	Persons           []Line // responsible persons
	Leaders           []Line // leaders of the office who oversee tasks
	Plans             []PlanRef
	PlanLines         []Line // by plan; empty where there is one

	Urgent       []TaskLine // to be dealt with now, at most 10, the latest against the original deadline first
	Best, Worst  []Line     // units by on-schedule rate, at most 3 each, only those with enough due positions
	Overdue      []TaskLine // by days late on the original deadline
	DueSoon      []TaskLine // by deadline
	Unconfirmed  []TaskLine
	Contested    []TaskLine // the unit says another class than we hold
	Warned       []TaskLine // early warnings, the likeliest to be late and the missed milestones first
	NewlyOverdue []TaskLine
	NewlyDone    []TaskLine
	Reopened     []TaskLine
	Entered      []TaskLine // positions that the previous period did not have
	Left         []TaskLine // positions that only the previous period had
	Moves        []DeadlineMove
	Voices       []Voice      // by addressee, then unit
	Submissions  []Submission // every reporting unit, in the order of the register
	// Sent is how the unit of each of Submissions delivered in the periods of SentPeriods, oldest first, this one last; empty where it owed
	// nothing then. Periods that were not published are left out.
	Sent        [][]Punctuality
	SentPeriods []string
	UnitNames   map[string]string // code → name, for all units that are printed
	Findings    []Finding         // sorted
	Resolved    []Finding         // of the period before, and no longer true
	Rules       []RuleCount       // by rule
	Tasks       []TaskLine        // all positions, in the order of the plan, then of the units
	Inputs      []Input           // every file that was read for this period
}

// Correction is what a revision changes of the edition that it takes the place of.
type Correction struct {
	Revision int          // of that edition
	Before   Counts       // of the whole office, as it had them
	Returns  []Submission // that count now and did not there, in the order of the register
	Moved    []Moved      // positions that stand otherwise now, in the order of the plan; last, those that are gone
}

// Moved is a position that a revision puts into another class.
type Moved struct {
	TaskLine
	From Class // empty: the edition before did not have the position
	Gone bool  // this edition does not have it; its own class is then empty
}

// PlanRef names a plan behind the synthesis.
type PlanRef struct {
	Key, Name, Version, SHA256 string
	Tasks                      int
}
