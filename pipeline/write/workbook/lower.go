package workbook

import (
	"strings"

	"tiendo/pipeline/progress"
)

// lowerLine is where one unit of a lower office stands with a task.
type lowerLine struct {
	task    progress.TaskLine
	between []string // the units between that of the task and this one, where several offices stand between them
	part    progress.Part
}

// lowerLines are the units behind the positions that lower offices report on, each unit before those behind it.
func lowerLines(tasks []progress.TaskLine) []lowerLine {
	var out []lowerLine
	var add func(t progress.TaskLine, between []string, parts []progress.Part)
	add = func(t progress.TaskLine, between []string, parts []progress.Part) {
		for _, p := range parts {
			out = append(out, lowerLine{t, between, p})
			add(t, append(between[:len(between):len(between)], p.Unit), p.Parts)
		}
	}
	for _, t := range tasks {
		add(t, nil, rowOf(t).Parts)
	}
	return out
}

// addLower writes, for units that report by their own synthesis, how each unit below them stands, down to its return. Where there is none the
// book has no such sheet.
func (b *book) addLower() error {
	if len(b.lower) == 0 {
		return nil
	}
	return addList(b, list[lowerLine]{id: "lower", items: b.lower, frozen: 2, printed: 9, columns: b.lowerColumns()})
}

// lowerFields are what the columns of lower units are to the office above.
var lowerFields = map[string]progress.Field{
	"code": progress.FieldCode, "task": progress.FieldTask, "unit": progress.FieldLead, "lower_unit": progress.FieldPart, "between": progress.FieldBetween,
	"class": progress.FieldClass, "percent": progress.FieldPercent, "completed": progress.FieldCompleted, "lower_file": progress.FieldFile,
	"lower_place": progress.FieldPlace, "sha256": progress.FieldSHA256,
}

func (b *book) lowerColumns() []column[lowerLine] {
	text := func(key string, width float64, of func(lowerLine) string) column[lowerLine] {
		return column[lowerLine]{key: key, width: width, cell: func(l lowerLine) cell { return b.text(of(l)) }}
	}
	return []column[lowerLine]{
		{key: "code", width: 9, cell: func(l lowerLine) cell { return b.code(l.task.Task.Code, l.task.Task.Key(), l.task.Unit) }},
		text("task", 44, func(l lowerLine) string { return l.task.Task.Title }),
		text("unit", 22, func(l lowerLine) string { return l.task.UnitName }),
		text("lower_unit", 22, func(l lowerLine) string { return l.part.Unit }),
		{key: "class", width: 14, rules: b.classRules(), cell: func(l lowerLine) cell { return b.class(l.part.Class) }},
		{key: "percent", width: 8, cell: func(l lowerLine) cell { return b.percent(l.part.Percent) }},
		{key: "completed", width: 12, cell: func(l lowerLine) cell { return b.date(l.part.Completed) }},
		text("lower_file", 28, func(l lowerLine) string { return l.part.File }),
		text("lower_place", 16, func(l lowerLine) string { return l.part.Place }),
		text("between", 22, func(l lowerLine) string { return strings.Join(l.between, progress.PartSign) }),
		{key: "file", width: 26, cell: func(l lowerLine) cell { return b.source(claimOf(l.task).File) }},
		text("place", 16, func(l lowerLine) string { return b.place(l.part.Origin) }),
		text("sha256", 68, func(l lowerLine) string { return l.part.SHA256 }),
	}
}
