package workbook

import (
	"math"
	"strings"

	"tiendo/pipeline/progress"
)

func (b *book) addOverdue() error {
	return b.addTaskList("overdue", b.synthesis.Overdue,
		10, "code", "task", "unit", "head", "original_due", "due", "days_late", "class", "result", "reason",
		"person", "product", "percent", "difficulty", "proposal", "rules", "file", "place")
}

func (b *book) addDueSoon() error {
	return b.addTaskList("due_soon", b.synthesis.DueSoon,
		9, "code", "task", "unit", "head", "due", "class", "percent", "result", "difficulty",
		"person", "product", "status", "proposal", "rules", "file", "place")
}

func (b *book) addUnconfirmed() error {
	return b.addTaskList("unconfirmed", b.synthesis.Unconfirmed,
		9, "code", "task", "unit", "head", "product", "doubts", "percent", "result", "evidence",
		"person", "due", "status", "rules", "file", "place")
}

// addContested writes the unit's word beside ours where they differ.
func (b *book) addContested() error {
	return b.addTaskList("contested", b.synthesis.Contested, 9, "code", "task", "unit", "class", "status", "percent", "result", "evidence", "doubts",
		"due", "completed", "days_late", "rules", "file", "place")
}

// addTaskList writes positions in columns of taskColumns, of which so many are printed: as many as can be read on A4.
func (b *book) addTaskList(id string, tasks []progress.TaskLine, printed int, keys ...string) error {
	columns := pick(b.taskColumns(), keys...)
	columns[0].cell = func(t progress.TaskLine) cell {
		return b.code(t.Task.Code, t.Task.Key(), t.Unit)
	}
	return addList(b, list[progress.TaskLine]{id: id, columns: columns, items: tasks, frozen: 2, printed: printed})
}

// addTasks writes every position with all that is known of it, down to the cell of the unit's file. The columns
// that fit on paper come first and are printed.
func (b *book) addTasks() error {
	columns := b.taskColumns()
	printed := 1
	for columns[printed-1].key != "place" {
		printed++
	}
	l := list[progress.TaskLine]{id: "tasks", columns: columns, items: b.synthesis.Tasks, frozen: 2, printed: printed}
	for i, part := range b.taskParts {
		l.of = part.branches
		if err := b.add(listSheet(b, l, part.tasks, i+1)); err != nil {
			return err
		}
	}
	return nil
}

// taskColumns are all columns that a position can have.
func (b *book) taskColumns() []column[progress.TaskLine] {
	type task = progress.TaskLine
	text := func(key string, width float64, of func(task) string) column[task] {
		return column[task]{key: key, width: width, cell: func(t task) cell { return b.text(of(t)) }}
	}
	date := func(key string, of func(task) progress.Date) column[task] {
		return column[task]{key: key, width: 12, cell: func(t task) cell { return b.date(of(t)) }}
	}
	class := func(key string, of func(task) progress.Class) column[task] {
		return column[task]{key: key, width: 14, rules: b.classRules(), cell: func(t task) cell { return b.class(of(t)) }}
	}
	claimed := func(key string, width float64, of func(progress.Row) string) column[task] {
		return text(key, width, func(t task) string { return of(rowOf(t)) })
	}
	return []column[task]{
		text("code", 9, func(t task) string { return t.Task.Code }),
		text("task", 56, func(t task) string { return t.Task.Title }),
		text("unit", 22, func(t task) string { return t.UnitName }),
		text("product", 24, func(t task) string { return t.Task.Product }),
		date("original_due", func(t task) progress.Date { return t.Task.OriginalDue.Date }),
		date("due", func(t task) progress.Date { return t.Task.Due.Date }),
		class("class", func(t task) progress.Class { return t.Class }),
		{key: "percent", width: 8, cell: func(t task) cell { return b.percent(rowOf(t).Percent) }},
		{key: "days_late", width: 10, cell: func(t task) cell { return b.daysLate(t) }},
		claimed("result", 38, func(r progress.Row) string { return r.Result }),
		{key: "file", width: 26, cell: func(t task) cell { return b.source(claimOf(t).File) }},
		text("place", 16, func(t task) string { return b.place(rowOf(t).Origin) }),

		text("group", 26, func(t task) string { return t.Task.Group }),
		text("phase", 14, func(t task) string { return t.Task.Phase }),
		text("authority", 18, func(t task) string { return t.Task.Authority }),
		text("mandate", 22, func(t task) string { return t.Task.Mandate }),
		text("unit_code", 14, func(t task) string { return t.Unit }),
		text("head", 20, func(t task) string { return t.Head }),
		text("person", 20, func(t task) string { return t.Task.Person }),
		text("leader", 20, func(t task) string { return t.Task.Leader }),
		text("cooperating", 24, func(t task) string { return t.Task.Cooperating }),
		text("due_text", 18, func(t task) string { return t.Task.Due.Text }),
		text("next_milestone", 24, func(t task) string { return b.milestone(t.Task) }),
		text("extension", 22, func(t task) string { return t.Task.Extension }),
		class("previous_class", func(t task) progress.Class { return t.Previous }),
		text("moved", 12, func(t task) string {
			if t.Change == "" {
				return ""
			}
			return b.words.Say("change." + string(t.Change))
		}),
		claimed("status", 18, func(r progress.Row) string { return r.StatusText }),
		date("completed", func(t task) progress.Date { return t.Completed }),
		date("forecast", func(t task) progress.Date { return t.Forecast }),
		text("completed_assumed", 12, func(t task) string { return b.yes(t.CompletedAssumed) }),
		text("carried", 12, func(t task) string { return b.yes(t.Carried) }),
		text("doubts", 12, func(t task) string { return strings.Join(t.Doubts, ", ") }),
		text("blocked", 12, func(t task) string { return strings.Join(t.Blocked, ", ") }),
		text("rules", 14, func(t task) string { return strings.Join(t.Rules, ", ") }),
		{key: "unchanged", width: 10, cell: func(t task) cell { return b.count(t.Unchanged) }},
		claimed("evidence", 26, func(r progress.Row) string { return r.Evidence }),
		claimed("difficulty", 30, func(r progress.Row) string { return r.Difficulty }),
		claimed("proposal", 30, func(r progress.Row) string { return r.Proposal }),
		claimed("reason", 26, func(r progress.Row) string { return r.Reason }),
		claimed("note", 20, func(r progress.Row) string { return r.Note }),
		{key: "received", width: 17, cell: func(t task) cell {
			return cell{value: moment(claimOf(t).Received, b.synthesis.DueAt.Location()), style: b.style.moment}
		}},
		text("sha256", 68, func(t task) string { return claimOf(t).SHA256 }),
	}
}

// milestone is the next milestone of a task, with its day and the percent that it demands; empty where none is to come.
func (b *book) milestone(t progress.Task) string {
	m, ok := t.NextMilestone(b.synthesis.DataDate)
	if !ok {
		return ""
	}
	text := m.Text + " – " + b.words.Date(m.Due.Date)
	if m.Percent != nil {
		text += " – " + strings.TrimSuffix(b.words.Decimal(*m.Percent, 1), b.words.Say("number.decimal")+"0") + "%"
	}
	return text
}

// claimOf is the claim of a position; empty where no row counts.
func claimOf(t progress.TaskLine) progress.Claim {
	if t.Claim == nil {
		return progress.Claim{}
	}
	return *t.Claim
}

func rowOf(t progress.TaskLine) progress.Row { return claimOf(t).Row }

// place says where in its file a value stands; empty where there is no file.
func (b *book) place(o progress.Origin) string {
	if o.IsZero() {
		return ""
	}
	return b.words.Place(o)
}

// daysLate is empty where there is no date to miss.
func (b *book) daysLate(t progress.TaskLine) cell {
	if t.Task.OriginalDue.Date.IsZero() {
		return cell{style: b.style.count}
	}
	return b.count(t.DaysLate)
}

// percent is a percent of a return, 0–100, as a real percent.
func (b *book) percent(p *float64) cell {
	switch {
	case p == nil:
		return cell{style: b.style.percent}
	case *p == math.Trunc(*p):
		return cell{value: *p / 100, style: b.style.percent}
	}
	return cell{value: *p / 100, style: b.style.percentTenth}
}

func (b *book) yes(v bool) string {
	if v {
		return b.words.Say("workbook.yes")
	}
	return ""
}
