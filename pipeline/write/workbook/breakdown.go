package workbook

import "tiendo/pipeline/progress"

// addUnits writes the unit tree, a row for each unit with all below it.
func (b *book) addUnits() error {
	columns := append([]column[progress.Line]{
		{key: "unit", width: 32, cell: func(l progress.Line) cell {
			return cell{value: l.Name, style: b.style.indent[min(l.Depth, len(b.style.indent)-1)]}
		}},
		{key: "head", width: 18, cell: func(l progress.Line) cell { return b.text(l.Head) }},
		{key: "punctuality", width: 10, cell: func(l progress.Line) cell {
			if l.Submission == nil {
				return b.text("")
			}
			return b.punctuality(l.Submission.Punctuality)
		}},
	}, measureColumns(b, func(l progress.Line) progress.Line { return l })...)
	columns = append(columns, b.changeColumns()...)
	return addList(b, list[progress.Line]{id: "units", columns: columns, items: b.synthesis.Units, frozen: 1})
}

// changeColumns compare the two measures that leaders follow with the period before.
func (b *book) changeColumns() []column[progress.Line] {
	var out []column[progress.Line]
	for _, m := range []progress.Measure{progress.MeasureOverdue, progress.MeasureOnSchedule} {
		out = append(out, column[progress.Line]{
			key: string(m) + "_change", width: 9,
			cell: func(l progress.Line) cell {
				f := l.Figure(m)
				return b.change(f.Value, f.Previous)
			},
		})
	}
	return out
}

// division is a line of a breakdown, and what it divides by.
type division struct {
	by   string // wording key below workbook.by
	line progress.Line
}

// addBreakdown writes the lines by group, phase, group and phase, assigning authority, leader and plan in one table.
func (b *book) addBreakdown() error {
	s := b.synthesis
	var items []division
	for _, part := range []struct {
		by    string
		lines []progress.Line
	}{{"group", s.Groups}, {"phase", s.Phases}, {"group_phase", b.groupPhase()}, {"authority", s.Authorities}, {"leader", s.Leaders}, {"plan", s.PlanLines}} {
		for _, l := range part.lines {
			items = append(items, division{part.by, l})
		}
	}
	columns := append([]column[division]{
		{key: "by", width: 16, cell: func(d division) cell { return b.text(b.words.Say("workbook.by." + d.by)) }},
		{key: "name", width: 40, cell: func(d division) cell { return b.text(d.line.Name) }},
	}, measureColumns(b, func(d division) progress.Line { return d.line })...)
	return addList(b, list[division]{id: "groups", columns: columns, items: items, frozen: 2})
}

// groupPhase are the cells of the breakdown by group and phase as lines; empty cells are lines of zeros.
func (b *book) groupPhase() []progress.Line {
	var out []progress.Line
	for _, c := range b.synthesis.GroupPhase {
		out = append(out, progress.Line{ID: b.synthesis.CellID(c), Name: c.Group + " – " + c.Phase, Counts: c.Counts})
	}
	return out
}

// addPersons writes a row for each responsible person.
func (b *book) addPersons() error {
	columns := append([]column[progress.Line]{
		{key: "person", width: 32, cell: func(l progress.Line) cell { return b.text(l.Name) }},
	}, measureColumns(b, func(l progress.Line) progress.Line { return l })...)
	return addList(b, list[progress.Line]{id: "persons", columns: columns, items: b.synthesis.Persons, frozen: 1})
}

// measureColumns is a column for each measure of a line; every cell is a figure.
func measureColumns[T any](b *book, lineOf func(T) progress.Line) []column[T] {
	var out []column[T]
	for _, m := range progress.Measures {
		c := column[T]{head: b.words.Say("workbook.measure." + string(m)), width: 7.5, cell: func(item T) cell {
			f := lineOf(item).Figure(m)
			v := b.value(&f.Value)
			v.figure = f.ID
			return v
		}}
		if m == progress.MeasureOverdue {
			c.rules = b.alarm()
		}
		out = append(out, c)
	}
	return out
}
