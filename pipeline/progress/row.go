package progress

// Status is what a return says of a task's state, without the claim of timeliness that often stands beside it.
type Status string

const (
	StatusUnknown Status = "" // blank, or wording that no vocabulary knows (finding R01)
	Done          Status = "done"
	InProgress    Status = "in_progress"
	NotStarted    Status = "not_started"
	Recurring     Status = "recurring"
	Paused        Status = "paused"
	Cancelled     Status = "cancelled"
)

// Timeliness is the claim that many status wordings carry: "Hoàn thành quá hạn", "Đang thực hiện trong hạn".
type Timeliness string

const (
	NoClaim      Timeliness = ""
	ClaimOnTime  Timeliness = "on_time"
	ClaimDueSoon Timeliness = "due_soon"
	ClaimLate    Timeliness = "late"
)

// Row is one task as a return reports it. The JSON is a contract: `tiendo extract --json` prints it, and other
// programs read it. Text is NFC, inner line breaks kept, outer white space trimmed.
type Row struct {
	Origin       Origin    `json:"origin"`
	Code         string    `json:"code"` // as written: I.1, 11.10, NV-03; empty where the form has none
	Task         string    `json:"task"`
	Group        string    `json:"group"` // text of the group rows above, outermost first, joined by " / "
	Lead         string    `json:"lead"`
	Cooperating  string    `json:"cooperating"`
	Person       string    `json:"person"`
	Product      string    `json:"product"` // what is owed
	Due          string    `json:"due"`     // as written
	DueDate      Date      `json:"due_date"`
	DuePrecision Precision `json:"due_precision"`
	StatusText   string    `json:"status_text"` // as written
	Status       Status    `json:"status"`
	Percent      *float64  `json:"percent"` // 0–100; nil where none is given or it cannot be read (R02)
	Completed    Date      `json:"completed"`
	Result       string    `json:"result"`
	Evidence     string    `json:"evidence"`
	Difficulty   string    `json:"difficulty"`
	Proposal     string    `json:"proposal"`
	Reason       string    `json:"reason"`
	Note         string    `json:"note"`

	// The rest is no part of the contract: it travels between our own processes and into the ledger, and
	// [Row.Contract] leaves it out.

	Claim Timeliness `json:"claim,omitempty"` // timeliness claimed by the status wording
	// Extra holds the fields that only plans and other registers carry.
	Extra map[Field]string `json:"extra,omitempty"`
	// Cells holds the origin of each field that came from a cell of its own.
	Cells map[Field]Origin `json:"cells,omitempty"`
	// Parts are the lines of a lower office's synthesis that make up the row; nil of what a unit reports itself.
	Parts []Part `json:"parts,omitempty"`
}

// PartSign parts the units of [FieldBetween].
const PartSign = " › "

// Part is where one unit of a lower office stands with a task, as a line of that office's synthesis has it.
type Part struct {
	Unit      string   `json:"unit"` // as that office calls it
	UnitCode  string   `json:"unit_code"`
	Class     Class    `json:"class"`   // as that office judged it
	Status    Status   `json:"status"`  // as its unit claims it
	Percent   *float64 `json:"percent"` // 0–100
	Completed Date     `json:"completed"`
	Origin    Origin   `json:"origin"` // of the line
	// File is the return of the unit, below that office's inbox, SHA256 its hash and Place where in it the row stands, in words. Empty
	// where that office had no row.
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
	Place  string `json:"place"`
	// Parts are what the line itself is made of, where that office had it from a still lower one.
	Parts []Part `json:"parts,omitempty"`
}

// Contract is the row with the fields of the contract alone.
func (r Row) Contract() Row {
	r.Claim, r.Extra, r.Cells, r.Parts = "", nil, nil, nil
	return r
}

// Field names a column of a return, a plan or a unit register. Headings are matched to fields by the
// vocabulary in templates.
type Field string

const (
	FieldNo          Field = "no" // running number, STT
	FieldCode        Field = "code"
	FieldTask        Field = "task"
	FieldGroup       Field = "group"
	FieldLead        Field = "lead"
	FieldCooperating Field = "cooperating"
	FieldPerson      Field = "person"
	FieldLeader      Field = "leader"
	FieldProduct     Field = "product"
	FieldDue         Field = "due"
	FieldStatus      Field = "status"
	FieldPercent     Field = "percent"
	FieldCompleted   Field = "completed"
	FieldResult      Field = "result"
	FieldEvidence    Field = "evidence"
	FieldDifficulty  Field = "difficulty"
	FieldProposal    Field = "proposal"
	FieldReason      Field = "reason"
	FieldNote        Field = "note"
	FieldForecast    Field = "forecast" // new date expected, "dự kiến hoàn thành"
	FieldMandate     Field = "mandate"  // document that assigns the task
	FieldUnit        Field = "unit"     // reporting unit, in forms of a higher level

	// Synthesis of a lower office, a line a position.
	FieldClass   Field = "class"   // as that office judged it
	FieldDoubts  Field = "doubts"  // rules for which it did not confirm a claim of done
	FieldAssumed Field = "assumed" // the day of completion is its own assumption
	FieldFile    Field = "file"    // return of its unit …
	FieldSHA256  Field = "sha256"  // … the hash of it …
	FieldPlace   Field = "place"   // … and where in it the row stands, in words
	FieldPart    Field = "part"    // unit of a lower office still …
	FieldBetween Field = "between" // … and the units between it and the unit of the line, the highest first, parted by [PartSign]

	// Plan register.
	FieldPhase       Field = "phase"
	FieldAuthority   Field = "authority"
	FieldAssigned    Field = "assigned"     // day of assignment
	FieldOriginalDue Field = "original_due" // deadline before extensions
	FieldExtension   Field = "extension"    // approving documents of extensions
	FieldID          Field = "id"           // stable id of the task
	FieldMilestone   Field = "milestone"    // step of a task, on the sheet of milestones

	// Unit register.
	FieldUnitCode  Field = "unit_code"
	FieldUnitName  Field = "unit_name"
	FieldAliases   Field = "aliases"
	FieldParent    Field = "parent"
	FieldLevel     Field = "level"
	FieldHead      Field = "head"
	FieldEmail     Field = "email"
	FieldValidFrom Field = "valid_from"
	FieldValidTo   Field = "valid_to"
	FieldSuccessor Field = "successor"
	FieldReports   Field = "reports" // owes a return

	// Register of waivers; its reason is [FieldReason].
	FieldWaived   Field = "waived" // key of the finding
	FieldWaivedBy Field = "waived_by"
	FieldUntil    Field = "until"
)

// Reading is all that was read in one file.
type Reading struct {
	File     string    `json:"file"`
	SHA256   string    `json:"sha256"`
	Format   string    `json:"format"` // xlsx, pdf, docx, csv
	Unit     string    `json:"unit"`   // as named in the file; empty where it names none
	Period   string    `json:"period"` // id, or empty
	Rows     []Row     `json:"rows"`
	Findings []Finding `json:"findings"`

	// The rest is no part of the contract, see [Reading.Contract].

	Narrative []Passage `json:"narrative,omitempty"` // what stands outside the tables and holds a figure
	Form      *Form     `json:"form,omitempty"`      // of a form that tiendo made; nil of any other
	// Seal is of the synthesis of a lower office: its rows are then the positions of that office, of which several may be about one task.
	Seal *Seal `json:"seal,omitempty"`
}

// Passage is a paragraph or line outside the tables.
type Passage struct {
	Text   string `json:"text"`
	Origin Origin `json:"origin"`
}

// Contract is the reading with the fields of the contract alone. Lists are never nil, so that JSON shows them as empty.
func (r Reading) Contract() Reading {
	rows := make([]Row, len(r.Rows))
	for i, row := range r.Rows {
		rows[i] = row.Contract()
	}
	r.Rows, r.Narrative, r.Form, r.Seal = rows, nil, nil, nil
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	return r
}

// Refused reports whether the file as a whole could not be taken: it has no rows and an error says why.
func (r Reading) Refused() bool {
	if len(r.Rows) > 0 {
		return false
	}
	for _, f := range r.Findings {
		if f.Severity == SeverityError {
			return true
		}
	}
	return false
}
