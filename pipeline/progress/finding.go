package progress

import (
	"cmp"
	"slices"
)

// Severity of a finding.
type Severity string

const (
	SeverityError   Severity = "error"   // the row, or the file, is not counted (chặn)
	SeverityWarning Severity = "warning" // counted, and the unit owes an explanation (giải trình)
	SeverityNote    Severity = "note"    // worth knowing (lưu ý)
)

// Rank orders severities, the gravest first.
func (s Severity) Rank() int {
	return slices.Index([]Severity{SeverityError, SeverityWarning, SeverityNote}, s)
}

// Finding is one thing wrong, or worth knowing, in what a unit sent. It holds the rule and the facts; the
// sentences, in Vietnamese and English, are in templates/wording under "finding.RULE".
type Finding struct {
	Rule     string   `json:"rule"` // P05; codes are stable for ever
	Severity Severity `json:"severity"`
	// Variant picks one of several sentences of a rule ("F06.encrypted", "F06.scan"); empty where it has one.
	Variant string `json:"variant,omitempty"`
	Unit    string `json:"unit,omitempty"` // code of the unit
	Task    string `json:"task,omitempty"` // code of the task, as the plan numbers it
	// TaskID is the id of the task, see [Task]; empty where the finding is about no task of the plan.
	TaskID string `json:"task_id,omitempty"`
	File   string `json:"file,omitempty"` // path below the inbox, with /
	Origin Origin `json:"origin"`
	// Facts fill the places of the sentence: {found}, {expected} … Values are quotations or figures, never sentences.
	Facts map[string]string `json:"facts,omitempty"`
	// Since is the id of the period in which the finding was first made; empty or this period: it is new.
	Since string `json:"since,omitempty"`
	// Nth counts findings that nothing else tells apart, from 0; see [NumberFindings].
	Nth int `json:"nth,omitempty"`
	// Waived is set where the coordinator has the finding explained; it is then listed and not held against the unit.
	Waived *Waiver `json:"waived,omitempty"`
	// ID is the key and Message the sentence in the language asked for. Only the floor that prints fills them.
	ID      string `json:"key,omitempty"`
	Message string `json:"message"`
}

// TaskKey names the task of the finding as [Task.Key] does; empty where it is about none.
func (f Finding) TaskKey() string {
	if f.TaskID != "" {
		return f.TaskID
	}
	return f.Task
}

// SortFindings puts findings in the order in which they are printed: by unit, file, severity, place, rule, task.
func SortFindings(fs []Finding) {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if c := cmp.Or(
			cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
			compareOrigin(a.Origin, b.Origin),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Task, b.Task),
			cmp.Compare(a.Variant, b.Variant),
			cmp.Compare(a.Nth, b.Nth),
		); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(a.Key(), b.Key()),
			cmp.Compare(a.Facts["other"]+a.Facts["found"], b.Facts["other"]+b.Facts["found"]),
		)
	})
}

// compareOrigin orders places as a reader meets them: cell A10 comes after A9.
func compareOrigin(a, b Origin) int {
	return cmp.Or(
		cmp.Compare(a.Sheet, b.Sheet),
		cmp.Compare(a.Table, b.Table),
		cmp.Compare(a.Page, b.Page),
		slices.CompareFunc(a.Box, b.Box, cmp.Compare[float64]),
		cmp.Compare(cellRow(a.Cell), cellRow(b.Cell)),
		cmp.Compare(len(a.Cell), len(b.Cell)),
		cmp.Compare(a.Cell, b.Cell),
	)
}

func cellRow(cell string) int {
	n := 0
	for _, r := range cell {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}
