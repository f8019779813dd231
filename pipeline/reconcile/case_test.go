package reconcile

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"tiendo/pipeline/progress"
)

// The notation of the files in testdata. A case is what one or several units sent for a period, perhaps what they sent in the
// weeks before, and the findings of its rule that are expected.
type (
	caseFile struct {
		Say     string // what the case shows
		Period  string // default 2025-W20
		Plan    []caseTask
		Returns []caseReturn
		Rows    []caseRow // short for one return vu-kh/bc.xlsx with these rows
		Earlier []caseWeek
		Waivers []caseWaiver
		Want    []string // findings: severity unit task file!place variant {facts}; "-" where there is none
	}
	// caseWaiver names the finding that it is of by "rule unit task", instead of its key.
	caseWaiver struct{ Of, By, Reason, Until string }
	caseWeek   struct {
		Period  string
		Returns []caseReturn
		Rows    []caseRow
	}
	caseReturn struct {
		Path     string
		Sha      string // default: made of the period and the path
		Received string // default: Wednesday of the week, 10:00; "15:30 2025-05-16"
		Sequence int64
		Unit     string // as the file names it
		Period   string // as the file names it
		Rows     []caseRow
		Findings []caseFinding // of the readers
		Format   string
		// Narrative are passages outside the table, from cell A2 downwards.
		Narrative []string
		Form      *progress.Form
		Changed   bool // since it was written, of a synthesis
		Revision  int  // of a synthesis
		Synthesis bool // of a lower office: each row is of its unit "below", as "held" there, from its file "from"
	}
	caseFinding struct{ Rule, Severity, Cell, Variant string }
	caseRow     struct {
		Code, Task, Lead, Product, Person, Due                                    string
		Date                                                                      string // of the deadline
		Undated                                                                   bool   // the deadline reads as no date
		Status, Text                                                              string // canonical; as written
		Claim                                                                     string
		Percent                                                                   *float64
		Completed                                                                 string
		Result, Evidence, Difficulty, Proposal, Reason, Note, Forecast, Extension string
		Below, Held, From, Doubts                                                 string
	}
	caseTask struct {
		Code, Title, Lead, Product, Group, Phase, Authority string
		Cooperating                                         string
		Leads                                               []string
		Due, Date, Original                                 string
		OriginalDate                                        string `yaml:"original_date"`
		Regular, Conditional, Open                          bool
		Assigned, Extension                                 string
		Milestones                                          []caseMilestone
	}
	caseMilestone struct {
		Text, Date string
		Percent    *float64
	}
	caseUnit struct {
		Code, Name, Parent, Successor string
		Aliases                       []string
		Reports                       bool
		ValidTo                       string `yaml:"valid_to"`
	}
	caseOffice struct {
		Units []caseUnit
		Plan  []caseTask
	}
)

// columns is where the rows of a case have their fields.
var columns = map[progress.Field]string{
	progress.FieldCode: "A", progress.FieldTask: "B", progress.FieldLead: "C", progress.FieldProduct: "D",
	progress.FieldDue: "E", progress.FieldStatus: "F", progress.FieldPercent: "G", progress.FieldCompleted: "H",
	progress.FieldResult: "I", progress.FieldEvidence: "J", progress.FieldDifficulty: "K", progress.FieldProposal: "L",
	progress.FieldReason: "M", progress.FieldNote: "N", progress.FieldForecast: "O",
}

func load(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

func office(t *testing.T) caseOffice {
	var o caseOffice
	load(t, "testdata/office.yaml", &o)
	return o
}

func date(t *testing.T, iso string) progress.Date {
	t.Helper()
	d, err := progress.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (o caseOffice) units(t *testing.T) progress.Units {
	var list []progress.Unit
	for _, u := range o.Units {
		list = append(list, progress.Unit{
			Code: u.Code, Name: u.Name, Aliases: u.Aliases, Parent: u.Parent, Reports: u.Reports,
			ValidTo: date(t, u.ValidTo), Successor: u.Successor,
		})
	}
	return progress.NewUnits(list)
}

func planOf(t *testing.T, tasks []caseTask) progress.Plan {
	var p progress.Plan
	for _, c := range tasks {
		task := progress.Task{
			Code: c.Code, Title: c.Title, Leads: c.Leads, LeadText: c.Lead, Product: c.Product, Group: c.Group, Phase: c.Phase,
			Authority: c.Authority, Cooperating: c.Cooperating, Assigned: date(t, c.Assigned), Extension: c.Extension,
			Due: progress.Due{Text: c.Due, Date: date(t, c.Date), Regular: c.Regular, Conditional: c.Conditional, Open: c.Open},
		}
		task.OriginalDue = task.Due
		if c.Original != "" {
			task.OriginalDue = progress.Due{Text: c.Original, Date: date(t, c.OriginalDate)}
		}
		for _, m := range c.Milestones {
			task.Milestones = append(task.Milestones, progress.Milestone{Text: m.Text, Due: progress.Due{Text: m.Date, Date: date(t, m.Date)}, Percent: m.Percent})
		}
		p.Tasks = append(p.Tasks, task)
	}
	return p
}

func (c caseRow) row(t *testing.T, n int) progress.Row {
	at := func(column string) progress.Origin {
		return progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("%s%d", column, n)}
	}
	r := progress.Row{
		Origin: at("A"), Code: c.Code, Task: c.Task, Lead: c.Lead, Product: c.Product, Person: c.Person, Due: c.Due,
		DueDate: date(t, c.Date), Status: progress.Status(c.Status), StatusText: c.Text, Percent: c.Percent,
		Completed: date(t, c.Completed), Result: c.Result, Evidence: c.Evidence, Difficulty: c.Difficulty,
		Proposal: c.Proposal, Reason: c.Reason, Note: c.Note, Claim: progress.Timeliness(c.Claim),
		Extra: map[progress.Field]string{progress.FieldForecast: c.Forecast, progress.FieldExtension: c.Extension},
		Cells: map[progress.Field]progress.Origin{},
	}
	if r.StatusText == "" {
		r.StatusText = c.Status
	}
	if c.Undated {
		r.DuePrecision = progress.NoDate
	} else if c.Date != "" {
		r.DuePrecision = progress.Day
	}
	for field, column := range columns {
		r.Cells[field] = at(column)
	}
	return r
}

// below makes the row a line of a lower office's synthesis.
func (c caseRow) below(r *progress.Row) {
	r.Lead, r.Extra[progress.FieldDoubts] = c.Below, c.Doubts
	r.Parts = []progress.Part{{
		Unit: c.Below, Class: progress.Class(c.Held), Status: r.Status, Percent: r.Percent, Completed: r.Completed, Origin: r.Origin, File: c.From,
	}}
}

// hanoi is seven hours ahead all year.
var hanoi = time.FixedZone("ICT", 7*3600)

func (c caseReturn) identified(t *testing.T, units progress.Units, open progress.Period) progress.Return {
	r := progress.Return{
		Path: c.Path, SHA256: c.Sha, Sequence: c.Sequence,
		Received: open.Start.AddDays(2).Time(hanoi).Add(10 * time.Hour),
		Reading:  progress.Reading{File: c.Path, Unit: c.Unit, Period: c.Period, Format: c.Format, Form: c.Form},
	}
	for i, text := range c.Narrative {
		r.Reading.Narrative = append(r.Reading.Narrative, progress.Passage{Text: text, Origin: progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", i+2)}})
	}
	if c.Sha == "" {
		r.SHA256 = open.ID + " " + c.Path
	}
	if c.Received != "" {
		at, err := time.ParseInLocation("15:04 2006-01-02", c.Received, hanoi)
		if err != nil {
			t.Fatal(err)
		}
		r.Received = at
	}
	for i, row := range c.Rows {
		r.Reading.Rows = append(r.Reading.Rows, row.row(t, i+5))
		if c.Synthesis {
			r.Reading.Seal = &progress.Seal{Version: progress.SealVersion, Changed: c.Changed, Revision: c.Revision}
			row.below(&r.Reading.Rows[i])
		}
	}
	for _, f := range c.Findings {
		finding := progress.Finding{Rule: f.Rule, Severity: progress.Severity(f.Severity), Variant: f.Variant}
		if f.Cell != "" {
			finding.Origin = progress.Origin{Sheet: "BC", Cell: f.Cell}
		}
		r.Reading.Findings = append(r.Reading.Findings, finding)
	}
	var folders []string
	if dir := path.Dir(c.Path); dir != "." {
		folders = strings.Split(dir, "/")
	}
	return Identify(r, folders, units, open)
}

// judged runs the weeks before, each on the history of those before it, and then the case's own period.
func (c caseFile) judged(t *testing.T) (Input, Judgement) {
	t.Helper()
	o := office(t)
	if c.Plan != nil {
		o.Plan = c.Plan
	}
	if c.Period == "" {
		c.Period = "2025-W20"
	}
	in := Input{Units: o.units(t), Plan: planOf(t, o.Plan), SoonDays: 7}
	var out Judgement
	for _, week := range append(slices.Clone(c.Earlier), caseWeek{c.Period, c.Returns, c.Rows}) {
		p, err := progress.ParsePeriod(week.Period)
		if err != nil {
			t.Fatal(err)
		}
		in.Period, in.DataDate = p, p.Start.AddDays(4)
		in.DueAt = in.DataDate.Time(hanoi).Add(15 * time.Hour)
		in.Returns = nil
		if week.Rows != nil {
			week.Returns = append(week.Returns, caseReturn{Path: "vu-kh/bc.xlsx", Rows: week.Rows})
		}
		for _, r := range week.Returns {
			in.Returns = append(in.Returns, r.identified(t, in.Units, p))
		}
		out = Judge(in)
		if week.Period == c.Period && c.Waivers != nil {
			in.Waivers = waiversOf(t, c.Waivers, out.Findings)
			out = Judge(in)
		}
		if week.Period != c.Period {
			in.History.Earlier = append(in.History.Earlier, progress.Past{
				Period: p, DataDate: in.DataDate, Positions: out.Positions, Submissions: out.Submissions, Findings: out.Findings,
			})
		}
	}
	return in, out
}

// waiversOf are waivers with the keys of the findings that they name; one that names none has a key that nothing has.
func waiversOf(t *testing.T, cases []caseWaiver, findings []progress.Finding) []progress.Waiver {
	var out []progress.Waiver
	for i, c := range cases {
		w := progress.Waiver{
			Key: c.Of, By: c.By, Reason: c.Reason, Until: date(t, c.Until), File: "waivers.xlsx",
			Origin: progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", i+2)},
		}
		for _, f := range findings {
			if f.Rule+" "+f.Unit+" "+f.Task == c.Of {
				w.Key = f.Key()
			}
		}
		out = append(out, w)
	}
	return out
}

// lineOfFinding writes a finding as cases do.
func lineOfFinding(f progress.Finding) string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	where := dash(f.File)
	if !f.Origin.IsZero() {
		where += "!" + f.Origin.Cell
	}
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(f.Facts)) {
		pairs = append(pairs, k+"="+f.Facts[k])
	}
	return fmt.Sprintf("%s %s %s %s %s {%s}", f.Severity, dash(f.Unit), dash(f.Task), where, dash(f.Variant), strings.Join(pairs, "; "))
}

// folderOf finds the case folder of a rule by its code.
func folderOf(code string) string {
	found, _ := filepath.Glob(filepath.Join("testdata", strings.ToLower(code)+"_*"))
	if len(found) != 1 {
		return ""
	}
	return found[0]
}
