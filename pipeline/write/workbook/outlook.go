package workbook

import (
	"tiendo/pipeline/progress"
)

// addWarned writes the early warnings, in the order of their risk.
func (b *book) addWarned() error {
	type task = progress.TaskLine
	date := func(key string, of func(progress.Warning) progress.Date) column[task] {
		return column[task]{key: key, width: 12, cell: func(t task) cell { return b.date(of(*t.Warning)) }}
	}
	columns := pick(b.taskColumns(), "code", "task", "unit", "head", "due", "percent")
	columns[0].cell = func(t task) cell { return b.code(t.Task.Code, t.Task.Key(), t.Unit) }
	columns = append(columns,
		column[task]{key: "warning", width: 44, cell: func(t task) cell { return b.text(b.words.Fill("warning."+t.Warning.Reason, t.Warning.Facts)) }},
		column[task]{key: "chance", width: 10, cell: func(t task) cell {
			if t.Warning.Chance == 0 { // the unit's own word, with too few reports for a forecast
				return cell{style: b.style.percent}
			}
			return cell{value: t.Warning.Chance, style: b.style.percent}
		}},
		date("finish", func(w progress.Warning) progress.Date { return w.Finish }),
		date("earliest", func(w progress.Warning) progress.Date { return w.Earliest }),
		date("latest", func(w progress.Warning) progress.Date { return w.Latest }),
		column[task]{key: "forecast_moves", width: 12, cell: func(t task) cell { return b.count(t.ForecastMoves) }},
	)
	return addList(b, list[task]{id: "warned", columns: columns, items: b.synthesis.Warned, frozen: 2, printed: 9})
}

// addResolved writes the findings of the period before that are no longer true.
func (b *book) addResolved() error {
	type finding = progress.Finding
	return addList(b, list[finding]{id: "resolved", items: b.synthesis.Resolved, columns: []column[finding]{
		{key: "unit", width: 30, cell: func(f finding) cell { return b.text(b.unitName(f.Unit)) }},
		{key: "rule", width: 8, cell: func(f finding) cell { return b.text(f.Rule) }},
		{key: "checked", width: 44, cell: func(f finding) cell { return b.text(b.words.Say("rule." + f.Rule)) }},
		{key: "code", width: 9, cell: func(f finding) cell { return b.code(f.Task, f.TaskKey(), f.Unit) }},
		{key: "since", width: 12, cell: func(f finding) cell { return b.text(f.Since) }},
	}})
}

// addStandings writes what the head of each unit is judged by, in the order of the tree.
func (b *book) addStandings() error {
	type line = progress.Line
	id := func(l line, m progress.Measure) string { return l.ID + "." + string(m) }
	rate := func(key string, n int) column[line] {
		return column[line]{key: key, width: 14, cell: func(l line) cell {
			part := l.Standing.Parts()[n]
			return cell{value: share(part.Share), style: b.style.rate, figure: id(l, part.Measure)}
		}}
	}
	var units []line
	for _, l := range b.synthesis.Units {
		if l.Standing != nil {
			units = append(units, l)
		}
	}
	ranked := func(l line, v any, style int, m progress.Measure) cell {
		if l.Standing.Rank == 0 {
			return cell{style: style}
		}
		return cell{value: v, style: style, figure: id(l, m)}
	}
	return addList(b, list[line]{id: "standings", items: units, frozen: 1, columns: []column[line]{
		{key: "unit", width: 34, cell: func(l line) cell { return b.text(l.Name) }},
		{key: "head", width: 22, cell: func(l line) cell { return b.text(l.Head) }},
		{key: "rank", width: 9, cell: func(l line) cell { return ranked(l, l.Standing.Rank, b.style.count, progress.MeasureRank) }},
		{key: "tied", width: 9, cell: func(l line) cell { return b.text(b.yes(l.Standing.Tied)) }},
		{key: "score", width: 9, cell: func(l line) cell { return ranked(l, l.Standing.Score, b.style.tenth, progress.MeasureScore) }},
		{key: "weeks_late", width: 11, cell: func(l line) cell {
			return cell{value: l.Standing.WeeksLate, style: b.style.tenth, figure: id(l, progress.MeasureWeeksLate)}
		}},
		rate("standing_on_schedule", 0),
		rate("standing_punctual", 1),
		rate("standing_complete", 2),
		rate("standing_clean", 3),
	}})
}
