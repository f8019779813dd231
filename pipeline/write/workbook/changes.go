package workbook

import "tiendo/pipeline/progress"

// changed is a position that changed since the period before, and how.
type changed struct {
	how  string // figure that counts its kind
	task *progress.TaskLine
}

// addChanges writes the positions that changed since the period before; changes of the same task first, entries and exits last.
func (b *book) addChanges() error {
	s := b.synthesis
	var items []changed
	for _, part := range []struct {
		how   string
		tasks []progress.TaskLine
	}{
		{"newly_overdue", s.NewlyOverdue}, {"newly_done", s.NewlyDone}, {"reopened", s.Reopened},
		{"entered", s.Entered}, {"left", s.Left},
	} {
		for i := range part.tasks {
			items = append(items, changed{part.how, &part.tasks[i]})
		}
	}
	columns := []column[changed]{
		{key: "how", width: 22, cell: func(c changed) cell { return b.text(b.words.Say("workbook.figure.changed." + c.how)) }},
		{key: "code", width: 9, cell: func(c changed) cell {
			return b.code(c.task.Task.Code, c.task.Task.Key(), c.task.Unit)
		}},
	}
	for _, t := range pick(b.taskColumns(), "task", "unit", "previous_class", "class", "due", "days_late", "result", "head", "original_due", "completed", "file", "place") {
		columns = append(columns, column[changed]{key: t.key, width: t.width, rules: t.rules, cell: func(c changed) cell { return t.cell(*c.task) }})
	}
	return addList(b, list[changed]{id: "changes", columns: columns, items: items, frozen: 2, printed: 9})
}

// addCorrection writes the positions that a revision puts into another class; a first edition has no such sheet.
func (b *book) addCorrection() error {
	type moved = progress.Moved
	c := b.synthesis.Correction
	if c == nil {
		return nil
	}
	columns := []column[moved]{
		{key: "code", width: 9, cell: func(m moved) cell { return b.code(m.Task.Code, m.Task.Key(), m.Unit) }},
		{key: "edition_class", width: 22, cell: func(m moved) cell { return b.class(m.From) }, rules: b.classRules()},
	}
	for _, t := range pick(b.taskColumns(), "class", "task", "unit", "head", "due", "days_late", "result", "file", "place") {
		columns = append(columns, column[moved]{key: t.key, width: t.width, rules: t.rules, cell: func(m moved) cell { return t.cell(m.TaskLine) }})
	}
	return addList(b, list[moved]{id: "correction", columns: columns, items: c.Moved, frozen: 1, printed: 9})
}

// addMoves writes the deadlines that differ: approved ones with the approving document, claimed ones with their place.
func (b *book) addMoves() error {
	type move = progress.DeadlineMove
	text := func(key string, width float64, of func(move) string) column[move] {
		return column[move]{key: key, width: width, cell: func(m move) cell { return b.text(of(m)) }}
	}
	return addList(b, list[move]{id: "moves", items: b.synthesis.Moves, frozen: 2, printed: 9, columns: []column[move]{
		{key: "code", width: 9, cell: func(m move) cell {
			return b.code(m.Task.Code, m.Task.Key(), m.Unit)
		}},
		text("task", 48, func(m move) string { return m.Task.Title }),
		text("unit", 26, func(m move) string {
			if m.Unit == "" { // the plan moved it for all its leads
				return m.Task.LeadText
			}
			return b.unitName(m.Unit)
		}),
		text("from_text", 18, func(m move) string { return m.From.Text }),
		{key: "from", width: 12, cell: func(m move) cell { return b.date(m.From.Date) }},
		text("to_text", 18, func(m move) string { return m.To.Text }),
		{key: "to", width: 12, cell: func(m move) cell { return b.date(m.To.Date) }},
		text("document", 24, func(m move) string { return m.Document }),
		{key: "document_date", width: 12, cell: func(m move) cell { return b.date(m.Issued) }},
		text("basis", 24, func(m move) string {
			if m.Claimed {
				return b.words.Say("workbook.basis.claimed")
			}
			return b.words.Say("workbook.basis.plan")
		}),
		{key: "file", width: 26, cell: func(m move) cell { return b.source(m.File) }},
		text("place", 16, func(m move) string { return b.place(m.Origin) }),
	}})
}

// addVoices writes difficulties and proposals as the units worded them.
func (b *book) addVoices() error {
	type voice = progress.Voice
	text := func(key string, width float64, of func(voice) string) column[voice] {
		return column[voice]{key: key, width: width, cell: func(v voice) cell { return b.text(of(v)) }}
	}
	return addList(b, list[voice]{id: "voices", items: b.synthesis.Voices, printed: 7, columns: []column[voice]{
		text("addressee", 24, func(v voice) string { return v.Addressee }),
		text("unit", 26, func(v voice) string { return v.UnitName }),
		{key: "code", width: 9, cell: func(v voice) cell {
			return b.code(v.Task.Code, v.Task.Key(), v.Unit)
		}},
		text("task", 40, func(v voice) string { return v.Task.Title }),
		text("difficulty", 40, func(v voice) string { return v.Difficulty }),
		text("proposal", 40, func(v voice) string { return v.Proposal }),
		text("reason", 30, func(v voice) string { return v.Reason }),
		{key: "file", width: 26, cell: func(v voice) cell { return b.source(v.File) }},
		text("place", 16, func(v voice) string { return b.place(v.Origin) }),
	}})
}
