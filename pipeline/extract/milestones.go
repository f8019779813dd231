package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// milestoneColumns are the columns that a sheet of milestones must have, as a fault names them.
var milestoneColumns = []struct {
	field   progress.Field
	heading string
}{
	{progress.FieldCode, "Mã nhiệm vụ"}, {progress.FieldMilestone, "Mốc"}, {progress.FieldDue, "Thời hạn"},
}

// milestoneTable is a table of milestones: its columns, and the lines below the headings. A table that carries the name of one and
// has no headings of one has no columns.
type milestoneTable struct {
	at      progress.Origin // of the headings, or of the sheet
	columns map[progress.Field]int
	lines   []grid.Row
}

// unreadMilestones warns of milestones in places where none are read: a hidden sheet, columns of the plan itself. Without a word the
// office would believe that it is warned by them.
func (r *register) unreadMilestones(doc grid.Document, sections []rows.Section) {
	for _, b := range doc.Blocks {
		if b.Table == nil || !b.Table.Hidden {
			continue
		}
		if _, is := milestonesOf(b.Table); is && (leadLine(b.Table) < 0 || namesMilestones(b.Table.Sheet)) {
			r.warn(ruleMilestone, "hidden", progress.Origin{Sheet: b.Table.Sheet}, "found", short(b.Table.Sheet))
		}
	}
	for _, s := range sections {
		for _, c := range s.Columns {
			if c.Field != progress.FieldDue && namesMilestones(c.Heading) {
				r.warn(ruleMilestone, "column", c.Origin, "found", short(c.Heading))
				break
			}
		}
	}
}

// takeMilestones takes the tables of milestones out of a plan, so that what is left reads as if there were none. A table that names a
// lead is a plan, unless it names the milestone and its sheet does so too: many copy the columns of the plan beside their milestones.
// Below a plan, on its sheet, the headings of milestones begin a table of their own. What is hidden stays where it is and is not read,
// as in all of a plan.
func takeMilestones(doc grid.Document) (grid.Document, []milestoneTable) {
	var tables []milestoneTable
	var left []grid.Block
	for _, b := range doc.Blocks {
		if b.Table != nil && !b.Table.Hidden {
			t, is := milestonesOf(b.Table)
			lead := leadLine(b.Table)
			switch {
			case is && (lead < 0 || len(t.columns) > 0 && namesMilestones(b.Table.Sheet)):
				tables = append(tables, t)
				continue
			case lead >= 0:
				plan := *b.Table
				below := plan
				below.Rows = plan.Rows[lead+1:]
				if t, is := milestonesOf(&below); is && len(t.columns) > 0 {
					tables = append(tables, t)
					plan.Rows = plan.Rows[:len(plan.Rows)-len(t.lines)-1]
					b.Table = &plan
				}
			}
		}
		left = append(left, b)
	}
	doc.Blocks = left
	return doc, tables
}

// leadLine is the first line of a table that names the column of leads, without which nothing is a plan; -1 where none does.
func leadLine(t *grid.Table) int {
	headings := templates.BuiltinVocabulary().Tasks
	return slices.IndexFunc(t.Rows, func(row grid.Row) bool {
		return slices.ContainsFunc(row.Cells, func(c grid.Cell) bool {
			key := templates.Key(c.Text)
			return headings.Fields[key] == progress.FieldLead || headings.Ambiguous[key] == templates.LeadOrMeasure
		})
	})
}

// milestonesOf finds the headings of a table of milestones: the first line that names the milestone and another of its columns.
func milestonesOf(t *grid.Table) (milestoneTable, bool) {
	said := false
	for i, row := range t.Rows {
		columns := map[progress.Field]int{}
		for j, c := range row.Cells {
			said = said || c.Text != ""
			if f, known := milestoneField(c.Text); known && !c.Hidden {
				if _, twice := columns[f]; !twice {
					columns[f] = j
				}
			}
		}
		if at, named := columns[progress.FieldMilestone]; named && len(columns) > 1 {
			return milestoneTable{row.Cells[at].Origin, columns, t.Rows[i+1:]}, true
		}
	}
	return milestoneTable{at: progress.Origin{Sheet: t.Sheet}}, namesMilestones(t.Sheet) && said
}

var inBrackets = regexp.MustCompile(`\([^)]*\)`)

// milestoneField is the column that a heading names; what stands in brackets behind it explains: Thời hạn (ngày/tháng/năm).
func milestoneField(heading string) (progress.Field, bool) {
	fields := templates.BuiltinVocabulary().Milestones.Fields
	f, known := fields[templates.Key(heading)]
	if !known {
		f, known = fields[templates.Key(inBrackets.ReplaceAllString(heading, " "))]
	}
	return f, known
}

// namesMilestones: the name begins with a wording of the milestone, such as Các mốc 2025 or Mốc thời gian.
func namesMilestones(name string) bool {
	for wording, f := range templates.BuiltinVocabulary().Milestones.Fields {
		if f == progress.FieldMilestone && templates.StartsWith(templates.Key(name), wording) {
			return true
		}
	}
	return false
}

// milestones gives the tasks their milestones, and lists what is wrong with these. All of it is of severity error: a milestone that
// nobody can hold against its task would be one that nobody is warned by.
func (r *register) milestones(tables []milestoneTable, tasks []progress.Task) {
	byCode := map[string]*progress.Task{}
	for i := range tasks {
		byCode[tasks[i].Code] = &tasks[i]
	}
	for _, t := range tables {
		r.milestonesFrom(t, byCode)
	}
	for i := range tasks {
		slices.SortStableFunc(tasks[i].Milestones, func(a, b progress.Milestone) int { return -cmp.Compare(a.Due.Date.DaysUntil(b.Due.Date), 0) })
		r.milestonesOf(tasks[i])
	}
}

// milestonesFrom reads the lines of one table.
func (r *register) milestonesFrom(t milestoneTable, tasks map[string]*progress.Task) {
	if len(t.columns) == 0 {
		r.fault(ruleHeading, "milestones", t.at, "expected", "Mã nhiệm vụ, Mốc, Thời hạn, Tỷ lệ phải đạt")
		return
	}
	missing := false
	for _, need := range milestoneColumns {
		if _, has := t.columns[need.field]; !has {
			r.fault(ruleHeading, "", t.at, "expected", need.heading)
			missing = true
		}
	}
	if missing {
		return
	}
	percents, readable := t.percents()
	code := ""
	for i, line := range t.lines {
		at := func(f progress.Field) grid.Cell { return line.Cells[t.columns[f]] }
		if c := at(progress.FieldCode); !c.Covered { // a code that is merged over lines is that of them all
			code = c.Text
		}
		if line.Hidden || t.silent(line) || t.aside(line, tasks) {
			continue
		}
		if code == "" { // nothing more can be said of what
			r.fault(ruleMilestone, "no_task", at(progress.FieldCode).Origin, "milestone", short(at(progress.FieldMilestone).Text))
			continue
		}
		m := progress.Milestone{Text: at(progress.FieldMilestone).Text, Percent: percents[i], Origin: at(progress.FieldMilestone).Origin}
		if m.Text == "" {
			r.fault(ruleMilestone, "blank", m.Origin, "code", code)
		}
		m.Due = r.milestoneDue(at(progress.FieldDue), code, m.Text)
		if !readable[i] {
			c := line.Cells[t.columns[progress.FieldPercent]]
			r.fault(ruleMilestone, "percent", c.Origin, "code", code, "milestone", short(m.Text), "found", short(c.Text))
		}
		task := tasks[code]
		switch {
		case task == nil:
			r.fault(ruleMilestone, "unknown_task", at(progress.FieldCode).Origin, "found", code, "milestone", short(m.Text))
		case !m.Due.Date.IsZero():
			task.Milestones = append(task.Milestones, m)
		}
	}
}

// silent reports a line that says nothing but its running number.
func (t milestoneTable) silent(line grid.Row) bool {
	for _, f := range []progress.Field{progress.FieldCode, progress.FieldMilestone, progress.FieldDue, progress.FieldPercent} {
		if at, has := t.columns[f]; has && line.Cells[at].Text != "" {
			return false
		}
	}
	return true
}

// aside reports a line between or below the milestones that is none: the heading of a group, a sum, the names of who made the sheet. It
// has neither a task nor a percent nor a day, and no milestone either, unless it is a sum.
func (t milestoneTable) aside(line grid.Row, tasks map[string]*progress.Task) bool {
	text := func(f progress.Field) string {
		if at, has := t.columns[f]; has && !line.Cells[at].Covered {
			return line.Cells[at].Text
		}
		return ""
	}
	if _, dated := progress.ParseDue(text(progress.FieldDue)); dated || tasks[text(progress.FieldCode)] != nil || text(progress.FieldPercent) != "" {
		return false
	}
	if text(progress.FieldMilestone) == "" {
		return text(progress.FieldCode) != ""
	}
	for _, c := range line.Cells {
		if c.Text != "" {
			return isTotal(c.Text)
		}
	}
	return false
}

func isTotal(text string) bool {
	v := templates.BuiltinVocabulary()
	key := templates.Key(text)
	return v.TotalsExact[key] || slices.ContainsFunc(v.TotalsStarting, func(w string) bool { return templates.StartsWith(key, w) })
}

// percents reads the column of percents; a sheet without one holds named steps alone.
func (t milestoneTable) percents() ([]*float64, []bool) {
	column := make([]grid.Cell, len(t.lines))
	if at, has := t.columns[progress.FieldPercent]; has {
		for i, line := range t.lines {
			if column[i] = line.Cells[at]; templates.BuiltinVocabulary().Blanks[strings.ToLower(column[i].Text)] {
				column[i] = grid.Cell{}
			}
		}
	}
	return rows.Percents(column)
}

// milestoneDue reads the last day of a milestone: one that has none, or no end, can be neither kept nor missed.
func (r *register) milestoneDue(c grid.Cell, code, text string) progress.Due {
	due, ok := progress.ParseDue(c.Text)
	variant := ""
	switch {
	case c.Text == "":
		variant = "no_day"
	case !ok:
		variant = "unreadable"
	case due.Date.IsZero() || due.Regular || due.Open || due.Conditional:
		variant = "undated"
	default:
		return due
	}
	r.fault(ruleMilestone, variant, c.Origin, "code", code, "milestone", short(text), "found", short(c.Text))
	return progress.Due{}
}

// milestonesOf holds the milestones of a task, by day, against each other and against its deadline in force. One after the deadline
// is an error and no warning, because nobody is told of the warnings of a register, and because what is due by then is the whole task.
func (r *register) milestonesOf(task progress.Task) {
	seen := map[string]progress.Origin{}
	for i, m := range task.Milestones {
		facts := []string{"code", task.Code, "milestone", short(m.Text)}
		if due := task.Due.Date; !due.IsZero() && m.Due.Date.After(due) {
			r.fault(ruleMilestone, "after_deadline", m.Origin, append(facts, "found", m.Due.Text, "expected", task.Due.Text)...)
		}
		key := m.Due.Date.String() + " " + progress.FoldSpelling(m.Text)
		if first, twice := seen[key]; twice {
			r.fault(ruleMilestone, "twice", m.Origin, append(facts, "found", m.Due.Text, "first", first.String())...)
		} else {
			seen[key] = m.Origin
		}
		for _, before := range task.Milestones[:i] {
			if m.Percent != nil && before.Percent != nil && before.Due.Date.Before(m.Due.Date) && *m.Percent < *before.Percent {
				r.fault(ruleMilestone, "falls", m.Origin, append(facts, "found", percentText(*m.Percent), "other", short(before.Text), "expected", percentText(*before.Percent))...)
				break
			}
		}
	}
}

func percentText(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) }
