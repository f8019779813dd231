package rows

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// finish turns the words of an entry into a row, with a finding for each that cannot be read.
func (b *body) finish(e *entry) progress.Row {
	row := e.row
	row.Cells = map[progress.Field]progress.Origin{}
	for _, f := range slices.Sorted(maps.Keys(e.cells)) {
		row.Cells[f] = e.cells[f].Origin
	}
	for f, text := range e.texts {
		text = strings.TrimSpace(text)
		if into := textField(&row, f); into != nil {
			*into = text
		} else if text != "" && !readApart[f] {
			if row.Extra == nil {
				row.Extra = map[progress.Field]string{}
			}
			row.Extra[f] = text
		}
	}
	row.Code = b.code(e)
	if row.Group == "" || e.texts[progress.FieldGroup] != "" {
		row.Group = e.texts[progress.FieldGroup]
	}
	if b.kind == UnitRegister {
		return row
	}
	b.readDeadline(&row, e)
	b.readStanding(&row, e)
	b.readShare(&row, e)
	b.readCompletion(&row, e)
	return row
}

// readApart are the fields that finish does not copy as they stand.
var readApart = map[progress.Field]bool{
	progress.FieldNo: true, progress.FieldCode: true, progress.FieldGroup: true, progress.FieldDue: true,
	progress.FieldStatus: true, progress.FieldPercent: true, progress.FieldCompleted: true,
}

func textField(row *progress.Row, f progress.Field) *string {
	switch f {
	case progress.FieldTask:
		return &row.Task
	case progress.FieldLead:
		return &row.Lead
	case progress.FieldCooperating:
		return &row.Cooperating
	case progress.FieldPerson:
		return &row.Person
	case progress.FieldProduct:
		return &row.Product
	case progress.FieldResult:
		return &row.Result
	case progress.FieldEvidence:
		return &row.Evidence
	case progress.FieldDifficulty:
		return &row.Difficulty
	case progress.FieldProposal:
		return &row.Proposal
	case progress.FieldReason:
		return &row.Reason
	case progress.FieldNote:
		return &row.Note
	}
	return nil
}

// code is what the form calls the task: from its column of codes, else its running number, without the closing dot.
func (b *body) code(e *entry) string {
	code := e.texts[progress.FieldCode]
	if code == "" {
		code = e.texts[progress.FieldNo]
	}
	code = strings.TrimSpace(code)
	if bulletMark.MatchString(code) && !strings.ContainsAny(code, "abcdefghijklmnopqrstuvwxyzđ") {
		return ""
	}
	if m := closedNumber.FindStringSubmatch(code); m != nil {
		return m[1]
	}
	return strings.TrimSpace(strings.TrimRight(code, "."))
}

// closedNumber is a running number with the sign that closes it: 1/ 2) 3-
var closedNumber = regexp.MustCompile(`^(\d+(?:\.\d+)*)\s*[./):-]+$`)

// readDeadline reads the deadline. What cannot be read is left without a date: the plan's deadline rules anyway.
func (b *body) readDeadline(row *progress.Row, e *entry) {
	row.Due = strings.TrimSpace(e.texts[progress.FieldDue])
	row.DuePrecision = progress.NoDate
	c, ok := e.cells[progress.FieldDue]
	if !ok || row.Due == "" {
		return
	}
	if c.Kind == grid.Date && row.Due == c.Text {
		row.DueDate, row.DuePrecision = c.Date, progress.Day
		switch c.Precision {
		case progress.MonthOnly:
			row.DueDate, row.DuePrecision = c.Date.MonthEnd(), progress.MonthOnly
		case progress.YearOnly:
			row.DueDate, row.DuePrecision = progress.Date{Year: c.Date.Year, Month: time.December, Day: 31}, progress.YearOnly
		}
		return
	}
	due, ok := b.due(row.Due)
	if !ok {
		if b.kind == Return && !b.isBlank(row.Due) && c.Kind != grid.Error {
			b.find("R03", progress.SeverityNote, "due", c.Origin, map[string]string{"found": quote(row.Due)})
		}
		return
	}
	if b.dues[row.Due].lent {
		b.lentYear(row.Due, due.Date.Year, c.Origin)
	}
	row.DueDate, row.DuePrecision = due.Date, due.Precision
}

func (b *body) isBlank(text string) bool {
	return b.vocab.Blanks[strings.ToLower(strings.TrimSpace(text))]
}

// readStanding reads the status: of a marked column, of the column of statuses, of the caption above, or, where the form has no such
// column, of the first words of the result.
func (b *body) readStanding(row *progress.Row, e *entry) {
	text := strings.TrimSpace(e.texts[progress.FieldStatus])
	if e.tick != "" {
		text = e.tick
	}
	row.StatusText = text
	if text == "" {
		if !b.section.heading.has(progress.FieldStatus) && !hasTicks(b.section.heading) {
			b.statusFromResult(row)
		}
		return
	}
	s := b.status(text)
	if !s.known && b.section.heading.has(progress.FieldStatus) && b.isBlank(text) {
		row.StatusText = text
		return
	}
	if !s.known && s.percent != nil && strings.TrimSpace(withoutPercent(strings.ToLower(text))) == "" {
		row.Percent = s.percent // "60%" among the words of a column that is both
		return
	}
	if !s.known {
		if c := e.cells[progress.FieldStatus]; c.Kind != grid.Error {
			b.find("R01", progress.SeverityError, "", originOr(c.Origin, row.Origin), map[string]string{"found": quote(text)})
		}
		return
	}
	row.Status, row.Claim, row.Percent = s.status, s.claim, s.percent
}

func originOr(o, other progress.Origin) progress.Origin {
	if o.IsZero() {
		return other
	}
	return o
}

var firstClause = regexp.MustCompile(`^[^.,;:(\n–]+`)

// statusFromResult: "Đã hoàn thành. Quyết định số 12/QĐ …" says the status in the words before the first stop.
func (b *body) statusFromResult(row *progress.Row) {
	clause := strings.TrimSpace(firstClause.FindString(row.Result))
	if p := b.purely(clause); p.known {
		row.StatusText, row.Status, row.Claim, row.Percent = clause, p.status, p.claim, p.percent
	}
}

// readShare reads the percent of the percent column; it goes before a percent in the words of the status.
func (b *body) readShare(row *progress.Row, e *entry) {
	c, ok := e.cells[progress.FieldPercent]
	if !ok || b.isBlank(c.Text) && c.Text != "0" || c.Kind == grid.Error {
		return
	}
	p, ok := percentOf(c, b.scale, row.Status)
	if !ok {
		row.Percent = nil
		b.find("R02", progress.SeverityError, "", c.Origin, map[string]string{"found": quote(c.Text)})
		return
	}
	if p != nil {
		row.Percent = p
	}
}

var expected = regexp.MustCompile(`(?i)dự kiến|du kien|ước|phấn đấu|sẽ `)

// readCompletion reads the day of completion. A day that is only expected is a forecast.
func (b *body) readCompletion(row *progress.Row, e *entry) {
	c, ok := e.cells[progress.FieldCompleted]
	text := strings.TrimSpace(e.texts[progress.FieldCompleted])
	if !ok || text == "" || b.isBlank(text) || c.Kind == grid.Error {
		return
	}
	if c.Kind == grid.Date && c.Precision != progress.MonthOnly {
		row.Completed = c.Date
		return
	}
	if expected.MatchString(text) {
		if row.Extra == nil {
			row.Extra = map[progress.Field]string{}
		}
		row.Extra[progress.FieldForecast] = text
		return
	}
	if d, ok := progress.ParseDay(text); ok {
		row.Completed = d
		return
	}
	if d, ok := b.dayOfPeriod(text); ok {
		b.lentYear(text, d.Year, c.Origin)
		row.Completed = d
		return
	}
	if s := b.status(text); s.known && s.status != progress.Done {
		return // "Chưa hoàn thành" in the column of dates says that there is none
	}
	if due, ok := b.due(text); ok {
		if !due.Date.IsZero() {
			b.find("R03", progress.SeverityWarning, "not_a_day", c.Origin, map[string]string{"found": quote(text)})
		}
		return
	}
	b.find("R03", progress.SeverityError, "completed", c.Origin, map[string]string{"found": quote(text)})
}
