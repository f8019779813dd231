package progress

import "strconv"

// Measure names what is counted, the last part of a figure's id. Ids are stable for ever: commands, links and
// other programs use them.
type Measure string

// The measures of a [Line]: first counts of positions, then rates.
const (
	MeasureTotal         Measure = "total"
	MeasureTasks         Measure = "tasks"
	MeasureDone          Measure = "done"
	MeasureDoneOnTime    Measure = "done_on_time"
	MeasureDoneLate      Measure = "done_late"
	MeasureUnconfirmed   Measure = "unconfirmed"
	MeasureInTerm        Measure = "in_term"
	MeasureDueSoon       Measure = "due_soon"
	MeasureOverdue       Measure = "overdue"
	MeasureNotReported   Measure = "not_reported"
	MeasureRegular       Measure = "regular"
	MeasureDated         Measure = "dated"
	MeasureDue           Measure = "due"
	MeasurePastDue       Measure = "past_due"
	MeasureOverdueTo30   Measure = "overdue_1_30"
	MeasureOverdueTo90   Measure = "overdue_31_90"
	MeasureOverdueTo120  Measure = "overdue_91_120"
	MeasureOverdueBeyond Measure = "overdue_over_120"

	MeasureCompletion  Measure = "completion"
	MeasureOnSchedule  Measure = "on_schedule"
	MeasureOnTimeShare Measure = "on_time_share"
)

// Measures lists the measures of a line in the order in which they are printed.
var Measures = []Measure{
	MeasureTotal, MeasureTasks, MeasureDone, MeasureDoneOnTime, MeasureDoneLate, MeasureUnconfirmed, MeasureInTerm,
	MeasureDueSoon, MeasureOverdue, MeasureNotReported, MeasureRegular, MeasureDated, MeasureDue, MeasurePastDue,
	MeasureOverdueTo30, MeasureOverdueTo90, MeasureOverdueTo120, MeasureOverdueBeyond,
	MeasureCompletion, MeasureOnSchedule, MeasureOnTimeShare,
}

// Measure is the value of a measure of the counts. An unknown measure panics: measures are constants of the program.
func (c Counts) Measure(m Measure) Value {
	switch m {
	case MeasureTotal:
		return count(c.Total)
	case MeasureTasks:
		return count(c.Tasks)
	case MeasureDone:
		return count(c.Done())
	case MeasureDated:
		return count(c.Dated())
	case MeasureDue:
		return count(c.Due)
	case MeasurePastDue:
		return count(c.PastDue)
	case MeasureOverdueTo30:
		return count(c.OverdueBy[0])
	case MeasureOverdueTo90:
		return count(c.OverdueBy[1])
	case MeasureOverdueTo120:
		return count(c.OverdueBy[2])
	case MeasureOverdueBeyond:
		return count(c.OverdueBy[3])
	case MeasureCompletion:
		return rate(c.Completion())
	case MeasureOnSchedule:
		return rate(c.OnSchedule())
	case MeasureOnTimeShare:
		return rate(c.OnTimeShare())
	case MeasureDoneOnTime, MeasureDoneLate, MeasureUnconfirmed, MeasureInTerm, MeasureDueSoon, MeasureOverdue,
		MeasureNotReported, MeasureRegular: // each carries the name of its class
		return count(c.Of(Class(m)))
	}
	panic("progress: unknown measure " + string(m))
}

// Value is what a figure shows: a count, a rate where Share is set, or a number with one decimal where Tenths is set.
type Value struct {
	Count  int      `json:"count"`            // of a rate: the numerator
	Share  *Share   `json:"share,omitempty"`  // nil for a count
	Tenths *float64 `json:"tenths,omitempty"` // a score, weeks
}

func count(n int) Value  { return Value{Count: n} }
func rate(s Share) Value { return Value{Count: s.Num, Share: &s} }

func tenths(x float64) Value { return Value{Tenths: &x} }

// Change is how far v has moved from an earlier value: in pieces for counts, in percentage points for rates. ok is
// false where either rate has nothing in its denominator, or one is a count and the other a rate.
func (v Value) Change(from Value) (change float64, ok bool) {
	if v.Share == nil && from.Share == nil {
		return float64(v.Count - from.Count), true
	}
	if v.Share == nil || from.Share == nil {
		return 0, false
	}
	now, ok1 := v.Share.Percent()
	then, ok2 := from.Share.Percent()
	if !ok1 || !ok2 {
		return 0, false
	}
	return now - then, true
}

// Figure is one number that is printed outside the lists of tasks: on page 1, in a summary table, in the workbook.
type Figure struct {
	// ID is LINE.MEASURE: total.overdue, unit.vu-khtc.on_schedule, group.1.phase.2.done, reporting.missing, changed.reopened,
	// rule.P05.warning.
	ID         string
	Value      Value
	Previous   *Value // the period before; nil where it was not published, or the figure has none
	YearBefore *Value // the same period of last year
}

// Figure is the figure of one measure of the line.
func (l Line) Figure(m Measure) Figure {
	f := Figure{ID: l.ID + "." + string(m), Value: l.Counts.Measure(m)}
	if l.Previous != nil {
		v := l.Previous.Measure(m)
		f.Previous = &v
	}
	if l.YearBefore != nil {
		v := l.YearBefore.Measure(m)
		f.YearBefore = &v
	}
	return f
}

// Figures lists the figures of all measures of the line.
func (l Line) Figures() []Figure {
	out := make([]Figure, len(Measures))
	for i, m := range Measures {
		out[i] = l.Figure(m)
	}
	return out
}

// Measures of the returns of a period, after "reporting.".
const (
	MeasureExpected    Measure = "expected"
	MeasureReceived    Measure = "received"
	MeasureOnTime      Measure = "on_time"
	MeasureLate        Measure = "late"
	MeasureMissing     Measure = "missing"
	MeasureRefused     Measure = "refused"
	MeasureRowsOwed    Measure = "rows_owed"
	MeasureRowsCounted Measure = "rows_counted"

	MeasureReceivedRate Measure = "received_rate" // received ÷ expected
	MeasureOnTimeRate   Measure = "on_time_rate"  // on time ÷ expected
	MeasureRowsRate     Measure = "rows_rate"     // rows counted ÷ rows owed
)

var reportingMeasures = []Measure{
	MeasureExpected, MeasureReceived, MeasureOnTime, MeasureLate, MeasureMissing, MeasureRefused, MeasureRowsOwed,
	MeasureRowsCounted, MeasureReceivedRate, MeasureOnTimeRate, MeasureRowsRate,
}

// Measure is the value of a measure of the returns. An unknown measure panics, as for [Counts.Measure].
func (r Reporting) Measure(m Measure) Value {
	switch m {
	case MeasureExpected:
		return count(r.Expected)
	case MeasureReceived:
		return count(r.Received())
	case MeasureOnTime:
		return count(r.OnTime)
	case MeasureLate:
		return count(r.Late)
	case MeasureMissing:
		return count(r.Missing)
	case MeasureRefused:
		return count(r.Refused)
	case MeasureRowsOwed:
		return count(r.RowsOwed)
	case MeasureRowsCounted:
		return count(r.RowsCounted)
	case MeasureReceivedRate:
		return rate(Share{r.Received(), r.Expected})
	case MeasureOnTimeRate:
		return rate(Share{r.OnTime, r.Expected})
	case MeasureRowsRate:
		return rate(Share{r.RowsCounted, r.RowsOwed})
	}
	panic("progress: unknown measure of reporting " + string(m))
}

// ReportingFigure is the figure of one measure of the returns.
func (s Synthesis) ReportingFigure(m Measure) Figure {
	f := Figure{ID: "reporting." + string(m), Value: s.Reporting.Measure(m)}
	if s.ReportingPrevious != nil {
		v := s.ReportingPrevious.Measure(m)
		f.Previous = &v
	}
	return f
}

// Lines lists every line of counts: the total, then units, groups, phases, authorities, persons, leaders and plans.
func (s Synthesis) Lines() []Line {
	lines := []Line{s.Total}
	for _, part := range [][]Line{s.Units, s.Groups, s.Phases, s.Authorities, s.Persons, s.Leaders, s.PlanLines} {
		lines = append(lines, part...)
	}
	return lines
}

// CellID is the first part of the ids of a cell's figures: group.1.phase.2. It is empty where the synthesis has
// no line of that group or phase.
func (s Synthesis) CellID(c Cell) string {
	group, phase := lineNamed(s.Groups, c.Group), lineNamed(s.Phases, c.Phase)
	if group == "" || phase == "" {
		return ""
	}
	return group + "." + phase
}

func lineNamed(lines []Line, name string) string {
	for _, l := range lines {
		if l.Name == name {
			return l.ID
		}
	}
	return ""
}

// Figures lists every figure that is printed outside the lists of tasks, in printing order. No two have the same id.
func (s Synthesis) Figures() []Figure {
	var out []Figure
	for _, l := range s.Lines() {
		out = append(out, l.Figures()...)
		out = append(out, l.StandingFigures()...)
	}
	for _, c := range s.GroupPhase {
		out = append(out, Line{ID: s.CellID(c), Counts: c.Counts}.Figures()...)
	}
	for _, m := range reportingMeasures {
		out = append(out, s.ReportingFigure(m))
	}
	for _, list := range []struct {
		id string
		n  int
	}{
		{"changed.newly_overdue", len(s.NewlyOverdue)},
		{"changed.newly_done", len(s.NewlyDone)},
		{"changed.reopened", len(s.Reopened)},
		{"changed.entered", len(s.Entered)},
		{"changed.left", len(s.Left)},
		{"changed.deadlines", len(s.Moves)},
		{"warned.count", len(s.Warned)},
		{"voices.count", len(s.Voices)},
		{"findings.count", len(s.Findings)},
	} {
		out = append(out, Figure{ID: list.id, Value: count(list.n)})
	}
	if c := s.Correction; c != nil {
		out = append(out, Figure{ID: "corrected.returns", Value: count(len(c.Returns))}, Figure{ID: "corrected.positions", Value: count(len(c.Moved))})
	}
	for _, r := range s.Rules {
		out = append(out, Figure{ID: "rule." + r.Rule + "." + string(r.Severity), Value: count(r.Count)})
	}
	return out
}

// Figure finds a figure by its id.
func (s Synthesis) Figure(id string) (Figure, bool) {
	for _, f := range s.Figures() {
		if f.ID == id {
			return f, true
		}
	}
	return Figure{}, false
}

// LineID makes the id of the n-th line, from 1, of a breakdown whose lines have no code of their own: group.1.
func LineID(kind string, n int) string { return kind + "." + strconv.Itoa(n) }
