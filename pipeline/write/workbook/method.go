package workbook

import (
	"strconv"
	"time"

	"tiendo/pipeline/progress"
)

// addInputs writes every file that was read for this period, with its hash.
func (b *book) addInputs() error {
	type input = progress.Input
	return addList(b, list[input]{id: "inputs", items: b.synthesis.Inputs, columns: []column[input]{
		{key: "unit", width: 30, cell: func(i input) cell { return b.text(b.unitName(i.Unit)) }},
		{key: "file", width: 44, cell: func(i input) cell { return b.text(i.Path) }},
		{key: "received", width: 17, cell: func(i input) cell {
			return cell{value: moment(i.Received, b.synthesis.DueAt.Location()), style: b.style.moment}
		}},
		{key: "rows_read", width: 10, cell: func(i input) cell { return b.count(i.Rows) }},
		{key: "sha256", width: 68, cell: func(i input) cell { return b.text(i.SHA256) }},
	}})
}

// definition is a line of the method sheet.
type definition struct{ what, how string }

// addMethod writes how the figures are made: definitions, thresholds, versions.
func (b *book) addMethod() error {
	type def = definition
	return addList(b, list[def]{id: "method", items: b.definitions(), columns: []column[def]{
		{key: "what", width: 36, cell: func(d def) cell { return cell{value: d.what, style: b.style.label} }},
		{key: "definition", width: 100, cell: func(d def) cell { return b.text(d.how) }},
	}})
}

func (b *book) definitions() []definition {
	s, say := b.synthesis, b.words.Say
	fact := func(key, value string) definition { return definition{say("workbook.method." + key), value} }
	out := []definition{
		fact("period", b.periodName()),
		fact("as_of", b.asOf),
		fact("due_at", s.DueAt.Format("15:04 ")+b.words.Date(dateOf(s.DueAt))),
		fact("plan", s.PlanName+", "+s.PlanVersion),
		fact("revision", strconv.Itoa(s.Revision)),
		fact("program", "tiendo "+s.Version),
		fact("soon_days", say("workbook.method.soon_days.how", "n", strconv.Itoa(s.SoonDays))),
		fact("rank_due", say("workbook.method.rank_due.how", "n", strconv.Itoa(s.RankDue))),
		fact("standing", say("workbook.method.standing.how", b.words.Weights()...)),
		fact("position", say("workbook.method.position.how")),
		fact("gap", say("workbook.method.gap.how")),
	}
	for _, m := range progress.Measures {
		out = append(out, definition{say("workbook.measure." + string(m)), say("workbook.define."+string(m), "n", strconv.Itoa(s.SoonDays))})
	}
	return out
}

// dateOf is the day of t in its own zone; the zero Date for the zero time.
func dateOf(t time.Time) progress.Date {
	if t.IsZero() {
		return progress.Date{}
	}
	return progress.DateOf(t)
}
