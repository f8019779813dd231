package pipeline

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/synthesize"
)

// ErrUntraced: what was asked for is no figure, task or file that the office knows.
var ErrUntraced = errors.New("no figure, task or file of that name")

// Traced is what stands behind a figure, a task or a file: exactly one of the three is set.
type Traced struct {
	Period   string        `json:"period"`
	Revision int           `json:"revision"`
	DataDate progress.Date `json:"data_date"`
	Figure   *TracedFigure `json:"figure,omitempty"`
	Task     *TracedTask   `json:"task,omitempty"`
	File     *TracedFile   `json:"file,omitempty"`
}

// TracedFigure is a figure and what it counts.
type TracedFigure struct {
	ID         string          `json:"id"`
	Value      progress.Value  `json:"value"`
	Previous   *progress.Value `json:"previous,omitempty"`
	YearBefore *progress.Value `json:"year_before,omitempty"`
	// Counted are the positions of the count, or of the numerator; Rest those that only the denominator has.
	Counted     []TracedPosition      `json:"counted,omitempty"`
	Rest        []TracedPosition      `json:"rest,omitempty"`
	Submissions []progress.Submission `json:"submissions,omitempty"` // of a figure about returns
	Findings    []progress.Finding    `json:"findings,omitempty"`    // of a figure about findings
	// Parts are what the score of a unit, and so its rank, is made of; of the figure of one part, that part.
	Parts []progress.StandingPart `json:"parts,omitempty"`
}

// TracedPosition is a position with the row by which it was judged, down to the cell.
type TracedPosition struct {
	Period    string             `json:"period"`
	Task      string             `json:"task"`
	Title     string             `json:"title"`
	Unit      string             `json:"unit"`
	UnitName  string             `json:"unit_name"`
	Class     progress.Class     `json:"class"`
	DaysLate  int                `json:"days_late"`
	Deadline  progress.Due       `json:"deadline"`
	Completed progress.Date      `json:"completed"`
	Carried   bool               `json:"carried"`
	Doubts    []string           `json:"doubts,omitempty"`
	Blocked   []string           `json:"blocked,omitempty"`
	Row       *TracedRow         `json:"row,omitempty"` // nil where no row counts
	Plan      progress.Origin    `json:"plan"`          // where the plan has the task
	Findings  []progress.Finding `json:"findings,omitempty"`
}

// TracedRow is the row of a return that counts, and where it stands.
type TracedRow struct {
	File       string          `json:"file"` // below the inbox
	SHA256     string          `json:"sha256"`
	Received   time.Time       `json:"received"`
	Origin     progress.Origin `json:"origin"`
	StatusText string          `json:"status_text"`
	Percent    *float64        `json:"percent"`
	Result     string          `json:"result"`
	// Parts are the lines of a lower office's synthesis that the row is made of, each with the return behind it.
	Parts []progress.Part `json:"parts,omitempty"`
}

// TracedTask is a task of the plan and its course over the periods that were published.
type TracedTask struct {
	Task     progress.Task `json:"task"`
	PlanFile string        `json:"plan_file"`
	PlanSHA  string        `json:"plan_sha256"`
	// History is the way of the deadline from the original one to the one in force.
	History   []progress.DeadlineStep `json:"deadline_history,omitempty"`
	Positions []TracedPosition        `json:"positions"` // newest period first
}

// TracedFile is a file of the inbox and what became of it.
type TracedFile struct {
	Entry    progress.Entry     `json:"entry"`
	Rows     []TracedFileRow    `json:"rows"`
	Findings []progress.Finding `json:"findings"`
}

// TracedFileRow is a row of a file, and the position that it decides; Task is empty where it decides none.
type TracedFileRow struct {
	Origin progress.Origin `json:"origin"`
	Code   string          `json:"code"`
	Text   string          `json:"text"`
	Task   string          `json:"task"`
	Class  progress.Class  `json:"class"`
}

// Trace follows a figure, a task or a file of a published period back to files, sheets and cells. It only reads. period may be
// empty: then it is the one published last. The desk needs its unit register.
func Trace(ctx context.Context, d Desk, period, what string) (Traced, error) {
	t, err := newTracer(ctx, d, period)
	if err != nil {
		return Traced{}, err
	}
	for _, look := range []func(context.Context, string) (bool, error){t.figure, t.task, t.file} {
		if found, err := look(ctx, what); err != nil || found {
			return t.traced, err
		}
	}
	return t.traced, ErrUntraced
}

// ErrNotPublished: the period, or any period at all, has no published edition.
var ErrNotPublished = errors.New("no edition was published")

// publishedEdition is the newest revision of the period, or of the period with the newest data.
func publishedEdition(ctx context.Context, d Desk, period string) (ledger.Edition, error) {
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return ledger.Edition{}, err
	}
	for _, e := range slices.Backward(editions) { // newest data last
		if period == "" || e.Past.Period.ID == period {
			return d.Ledger.Edition(ctx, e.Past.Period.ID, e.Revision)
		}
	}
	return ledger.Edition{}, ErrNotPublished
}

// tracer looks for things in one published period.
type tracer struct {
	d       Desk
	past    progress.Past
	plan    progress.Plan
	history progress.History
	// corrects is the edition that the traced one takes the place of; nil of a first edition.
	corrects *progress.Past
	traced   Traced
}

func newTracer(ctx context.Context, d Desk, period string) (*tracer, error) {
	edition, err := publishedEdition(ctx, d, period)
	if err != nil {
		return nil, err
	}
	t := &tracer{d: d, past: edition.Past, traced: Traced{Period: edition.Past.Period.ID, Revision: edition.Revision, DataDate: edition.Past.DataDate}}
	if t.plan, err = d.Ledger.Plan(ctx, t.past.PlanVersion); err != nil {
		return nil, err
	}
	if t.corrects, err = editionBody(ctx, d, ledger.Edition{Past: t.past, Revision: edition.Revision - 1}); err != nil {
		return nil, err
	}
	t.history, err = d.Ledger.History(ctx, t.past.Period)
	return t, err
}

// sum adds the period up again from what the ledger holds of it, by the unit register of that time: today's may be another.
func (t *tracer) sum() (progress.Synthesis, synthesize.Input) {
	units := t.d.Units
	if len(t.past.Units) > 0 {
		units = progress.NewUnits(t.past.Units)
	}
	edition, _ := t.d.Office.Edition(t.past.Period.Kind)
	in := synthesize.Input{
		Office: t.d.Office.Office, Revision: t.traced.Revision, Corrects: t.corrects, Period: t.past.Period, DataDate: t.past.DataDate, Plan: t.plan, Units: units,
		SoonDays: edition.SoonDays, RankDue: t.d.Office.RankDue, Submissions: t.past.Submissions, Positions: t.past.Positions,
		Findings: t.past.Findings, History: t.history,
	}
	return synthesize.Sum(in), in
}

// figure looks for a figure by its id.
func (t *tracer) figure(_ context.Context, id string) (bool, error) {
	s, in := t.sum()
	return t.figureOf(s, in, id), nil
}

func (t *tracer) figureOf(s progress.Synthesis, in synthesize.Input, id string) bool {
	f, ok := s.Figure(id)
	if !ok {
		return false
	}
	out := &TracedFigure{ID: f.ID, Value: f.Value, Previous: f.Previous, YearBefore: f.YearBefore}
	if members, ok := synthesize.MembersOf(s, in, id); ok {
		out.Counted, out.Rest = t.lines(members.Counted), t.lines(members.Rest)
	} else if strings.HasPrefix(id, "reporting.") {
		out.Submissions = submissionsOf(s.Submissions, progress.Measure(strings.TrimPrefix(id, "reporting.")))
	} else if parts := strings.Split(id, "."); len(parts) == 3 && parts[0] == "rule" {
		for _, finding := range s.Findings {
			if finding.Rule == parts[1] && string(finding.Severity) == parts[2] {
				out.Findings = append(out.Findings, finding)
			}
		}
	} else if id == "findings.count" {
		out.Findings = s.Findings
	} else if id == "corrected.returns" {
		out.Submissions = s.Correction.Returns
	}
	out.Parts = partsOf(s, id)
	t.traced.Figure = out
	return true
}

// partsOf are the parts of a score or a rank, or the one part that the figure is; none of any other figure.
func partsOf(s progress.Synthesis, id string) []progress.StandingPart {
	for _, l := range s.Units {
		m, ok := strings.CutPrefix(id, l.ID+".")
		if !ok || l.Standing == nil {
			continue
		}
		parts := l.Standing.Parts()
		if m := progress.Measure(m); m != progress.MeasureScore && m != progress.MeasureRank {
			parts = slices.DeleteFunc(parts, func(p progress.StandingPart) bool { return p.Measure != m })
		}
		return parts
	}
	return nil
}

// submissionsOf are the submissions that a measure of the returns counts.
func submissionsOf(all []progress.Submission, m progress.Measure) []progress.Submission {
	wanted := map[progress.Measure][]progress.Punctuality{
		progress.MeasureReceived: {progress.OnTime, progress.Late}, progress.MeasureOnTime: {progress.OnTime}, progress.MeasureLate: {progress.Late},
		progress.MeasureMissing: {progress.Missing}, progress.MeasureRefused: {progress.Refused},
	}[m]
	if wanted == nil { // rows and rates are about every unit
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(s progress.Submission) bool { return !slices.Contains(wanted, s.Punctuality) })
}

// task follows a task by its code or id over every published period.
func (t *tracer) task(_ context.Context, name string) (bool, error) {
	i := slices.IndexFunc(t.plan.Tasks, func(task progress.Task) bool { return task.ID == name || task.Code == name })
	if i < 0 {
		wanted := progress.Fold(name)
		i = slices.IndexFunc(t.plan.Tasks, func(task progress.Task) bool { return wanted != "" && progress.Fold(task.Code) == wanted })
	}
	if i < 0 {
		return false, nil
	}
	task := t.plan.Tasks[i]
	out := &TracedTask{Task: task, PlanFile: t.plan.File, PlanSHA: t.plan.SHA256, History: task.DeadlineHistory()}
	for _, past := range slices.Backward(append(slices.Clone(t.history.Earlier), t.past)) {
		for _, p := range past.Positions {
			if p.Task.Key() == task.Key() {
				out.Positions = append(out.Positions, t.position(p, past.Period.ID, past.Findings))
			}
		}
	}
	t.traced.Task = out
	return true, nil
}

// file tells what became of a file of the inbox: by its path below the inbox, its name, or the first digits of its hash.
func (t *tracer) file(ctx context.Context, name string) (bool, error) {
	entries, err := t.d.Ledger.Entries(ctx)
	if err != nil {
		return false, err
	}
	entry, found := findEntry(entries, name)
	if !found {
		return false, nil
	}
	out := &TracedFile{Entry: entry, Rows: []TracedFileRow{}, Findings: []progress.Finding{}}
	reading, _, err := t.d.Ledger.Reading(ctx, entry.SHA256, extract.Version)
	if err != nil {
		return false, err
	}
	decided := map[string]progress.Position{}
	for _, p := range t.past.Positions {
		if p.Claim != nil && p.Claim.SHA256 == entry.SHA256 {
			decided[p.Claim.Row.Origin.String()] = p
			for _, part := range p.Claim.Row.Parts {
				decided[part.Origin.String()] = p
			}
		}
	}
	for _, row := range reading.Rows {
		p := decided[row.Origin.String()]
		out.Rows = append(out.Rows, TracedFileRow{Origin: row.Origin, Code: row.Code, Text: row.Task, Task: p.Task.Code, Class: p.Class})
	}
	for _, f := range t.past.Findings {
		if f.File == entry.Path {
			out.Findings = append(out.Findings, f)
		}
	}
	if len(out.Findings) == 0 { // of another period, or not judged yet: what the reader found
		out.Findings = append(out.Findings, reading.Findings...)
	}
	t.traced.File = out
	return true, nil
}

// findEntry finds an entry by path, by file name where only one has it, or by at least eight digits of its hash.
func findEntry(entries []progress.Entry, name string) (progress.Entry, bool) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	for _, e := range entries {
		if e.Path == slashed || strings.HasSuffix(slashed, "/"+e.Path) {
			return e, true
		}
	}
	var named []progress.Entry
	for _, e := range entries {
		if path.Base(e.Path) == path.Base(slashed) || len(name) >= 8 && strings.HasPrefix(e.SHA256, strings.ToLower(name)) {
			named = append(named, e)
		}
	}
	if len(named) == 1 {
		return named[0], true
	}
	return progress.Entry{}, false
}

func (t *tracer) lines(list []progress.TaskLine) []TracedPosition {
	out := make([]TracedPosition, len(list))
	for i, l := range list {
		out[i] = t.position(l.Position, t.past.Period.ID, t.past.Findings)
	}
	return out
}

func (t *tracer) position(p progress.Position, period string, findings []progress.Finding) TracedPosition {
	out := TracedPosition{
		Period: period, Task: p.Task.Code, Title: p.Task.Title, Unit: p.Unit, UnitName: t.d.UnitName(p.Unit), Class: p.Class, DaysLate: p.DaysLate,
		Deadline: p.Task.Due, Completed: p.Completed, Carried: p.Carried, Doubts: p.Doubts, Blocked: p.Blocked, Plan: p.Task.Origin,
	}
	if c := p.Claim; c != nil {
		out.Row = &TracedRow{
			File: c.File, SHA256: c.SHA256, Received: c.Received, Origin: c.Row.Origin, StatusText: c.Row.StatusText,
			Percent: c.Row.Percent, Result: c.Row.Result, Parts: c.Row.Parts,
		}
	}
	for _, f := range findings {
		if f.Unit == p.Unit && f.TaskKey() == p.Task.Key() {
			out.Findings = append(out.Findings, f)
		}
	}
	return out
}
