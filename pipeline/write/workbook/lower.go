package workbook

import "tiendo/pipeline/progress"

// lowerLine is where one unit of a lower office stands with a task.
type lowerLine struct {
	task progress.TaskLine
	part progress.Part
}

// addLower writes, for units that report by their own synthesis, how each unit below them stands, down to its return. Where there is none the
// book has no such sheet.
func (b *book) addLower() error {
	var lines []lowerLine
	for _, t := range b.synthesis.Tasks {
		for _, p := range rowOf(t).Parts {
			lines = append(lines, lowerLine{t, p})
		}
	}
	if len(lines) == 0 {
		return nil
	}
	text := func(key string, width float64, of func(lowerLine) string) column[lowerLine] {
		return column[lowerLine]{key: key, width: width, cell: func(l lowerLine) cell { return b.text(of(l)) }}
	}
	return addList(b, list[lowerLine]{id: "lower", items: lines, frozen: 2, printed: 9, columns: []column[lowerLine]{
		{key: "code", width: 9, cell: func(l lowerLine) cell { return b.code(l.task.Task.Code, l.task.Task.Key(), l.task.Unit) }},
		text("task", 44, func(l lowerLine) string { return l.task.Task.Title }),
		text("unit", 22, func(l lowerLine) string { return l.task.UnitName }),
		text("lower_unit", 22, func(l lowerLine) string { return l.part.Unit }),
		{key: "class", width: 14, rules: b.classRules(), cell: func(l lowerLine) cell { return b.class(l.part.Class) }},
		{key: "percent", width: 8, cell: func(l lowerLine) cell { return b.percent(l.part.Percent) }},
		{key: "completed", width: 12, cell: func(l lowerLine) cell { return b.date(l.part.Completed) }},
		text("lower_file", 28, func(l lowerLine) string { return l.part.File }),
		text("lower_place", 16, func(l lowerLine) string { return l.part.Place }),
		{key: "file", width: 26, cell: func(l lowerLine) cell { return b.source(claimOf(l.task).File) }},
		text("place", 16, func(l lowerLine) string { return b.place(l.part.Origin) }),
		text("sha256", 68, func(l lowerLine) string { return l.part.SHA256 }),
	}})
}
