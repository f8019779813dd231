package progress

// HiddenSheet is the name of the hidden sheet by which workbooks that tiendo made, forms and syntheses, say what they are.
const HiddenSheet = "tiendo"

// FormMark stands in the first cell of the hidden sheet by which a form that tiendo made says what it is; the fields of [Form] stand
// below it, one a row, name and value.
const FormMark = "tiendo-form"

// FormFields are the names under which the fields of [Form] stand, in their order.
var FormFields = []string{"version", "unit", "period", "plan"}

// Form is what a form that tiendo made says of itself.
type Form struct {
	Version     int    `json:"version"`      // of the form's layout
	Unit        string `json:"unit"`         // code
	Period      string `json:"period"`       // id
	PlanVersion string `json:"plan_version"` // hash of the plan that it was made from
}

// Blank is the form that a unit is given for a period: its tasks as the plan has them, what it said of them the period before, and
// nothing where it has to say something now.
type Blank struct {
	Form   Form
	Office string // name
	Unit   Unit
	Period Period
	Plan   string // name
	Tasks  []BlankTask
	// Done counts the tasks that were confirmed done earlier: nothing is owed for them, and the form leaves them out.
	Done int
}

// BlankTask is a line of a [Blank].
type BlankTask struct {
	Task  Task
	Claim *Claim // of the period before; nil where it had none
}

// Number is what the form calls the task by, in a way that leads back to it: its code, or its id where codes of several plans may agree.
func (t BlankTask) Number() string {
	if t.Task.Plan != "" {
		return t.Task.Key()
	}
	return t.Task.Code
}
