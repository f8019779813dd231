package progress

// Plan is one version of the master plan. Versions are immutable; a changed plan is another version.
type Plan struct {
	Name      string // Kế hoạch 286
	Version   string // as the file names it, else the first 12 digits of the hash
	Effective Date   // first day of validity; zero: from the beginning
	File      string
	SHA256    string
	Tasks     []Task
	// Parts are the plans that this one is made of, where the office has several; else empty.
	Parts []PlanRef
	// Retired are the ids of tasks that earlier versions had. No other task ever gets one of them.
	Retired []string
}

// Task is one task of the master plan.
type Task struct {
	// ID names the task for ever: it survives renumbering and is unique over all plans of the office. It is the Code under
	// which the task was first seen, after "PLAN/" where the office has several plans.
	ID        string
	Plan      string // key of its plan, where the office has several; else empty
	Code      string // as the plan numbers it now: I.1, 11.10
	Title     string
	Group     string // "I. Nhận thức, tư duy"
	Phase     string
	Authority string // who assigned it: Ban Bí thư, Chính phủ, Thủ tướng …
	Mandate   string // document that assigns it
	Assigned  Date   // day of assignment; zero where unknown
	LeadText  string // as written in the plan
	// Leads are the codes of the units that owe a row for this task: one, several for joint leads, all reporting units
	// for a collective lead ("Các đơn vị thuộc Bộ").
	Leads []string
	// Collective: the lead is every reporting unit of the data date, or every one whose level begins with one of Levels, folded; Leads
	// are then those of the register as a whole.
	Collective  bool
	Levels      []string
	Cooperating string
	Leader      string // leader of the office who oversees the task
	Person      string // responsible person in the lead unit
	Product     string // what must be delivered
	Due         Due    // in force
	OriginalDue Due    // before any extension; equal to Due where there was none
	Extension   string // documents that approved extensions, as written
	Origin      Origin
	// Milestones are its steps by day, those of one day in the order of the plan file; omitted where there are none, so that plans
	// and editions of offices without milestones are stored as they always were.
	Milestones []Milestone `json:",omitempty"`
}

// Key names the task across periods and plan versions: its ID, or its code in plans that were stored before tasks had ids.
func (t Task) Key() string {
	if t.ID != "" {
		return t.ID
	}
	return t.Code
}

// Task finds the task of that code.
func (p Plan) Task(code string) (Task, bool) {
	for _, t := range p.Tasks {
		if t.Code == code {
			return t, true
		}
	}
	return Task{}, false
}
