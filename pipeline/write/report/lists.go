package report

import (
	"strings"

	"tiendo/pipeline/progress"
)

// changes lists what is another than in the period before: positions first, then deadlines.
func (d *document) changes(no string) {
	d.heading(0, "changes.title", "no", no)
	if d.s.Total.Previous == nil {
		d.note(d.say("changed.none"))
	} else {
		d.changedTable()
	}
	d.subheading(d.say("moves.title", "n", d.w.Int(len(d.s.Moves))))
	if len(d.s.Moves) == 0 {
		d.note(d.say("list.none"))
		return
	}
	st := d.small()
	columns := []column{
		{head: d.say("col.task"), share: 132, names: true}, {head: d.say("col.unit"), share: 82}, {head: d.say("col.from"), share: 62},
		{head: d.say("col.to"), share: 62}, {head: d.say("col.document"), share: 130},
	}
	d.table(columns, st, func(yield func(row) bool) {
		for _, m := range d.s.Moves {
			document := m.Document
			if document == "" {
				document = d.say("moves.no_document")
			}
			if m.Claimed {
				document += "\n" + d.say("moves.claimed", "place", d.place(m.File, m.Origin))
			}
			unit := d.unitName(m.Unit)
			if unit == "" { // the plan moved it for all its leads
				unit = m.Task.LeadText
			}
			if !yield(row{cells: []cell{
				{spans: d.taskSpans(m.Task, st), target: d.lines[taskKey{m.Unit, m.Task.Key()}]},
				{spans: one(unit, st)}, {spans: one(d.due(m.From), st)}, {spans: one(d.due(m.To), st)}, {spans: one(document, st)},
			}}) {
				return
			}
		}
	})
}

// changedTable lists the positions that moved, by kind of change.
func (d *document) changedTable() {
	st := d.small()
	lists := []struct {
		key   string
		tasks []progress.TaskLine
	}{
		{"newly_overdue", d.s.NewlyOverdue}, {"newly_done", d.s.NewlyDone}, {"reopened", d.s.Reopened},
		{"entered", d.s.Entered}, {"left", d.s.Left},
	}
	n := 0
	for _, l := range lists {
		n += len(l.tasks)
	}
	if n == 0 {
		d.note(d.say("list.none"))
		return
	}
	columns := []column{
		{head: d.say("col.task"), share: 224, names: true}, {head: d.say("col.unit"), share: 104}, {head: d.say("col.before"), share: 70}, {head: d.say("col.now"), share: 70},
	}
	d.table(columns, st, func(yield func(row) bool) {
		for _, l := range lists {
			if len(l.tasks) == 0 {
				continue
			}
			if !yield(d.band(d.say("changes."+l.key) + " (" + d.w.Int(len(l.tasks)) + ")")) {
				return
			}
			for _, t := range l.tasks {
				if !yield(row{cells: []cell{
					{spans: d.taskSpans(t.Task, st), target: d.line(t)}, {spans: one(t.UnitName, st)},
					{spans: one(d.class(t.Previous), st)}, {spans: one(d.class(t.Class), st)},
				}}) {
					return
				}
			}
		}
	})
}

// class names a class; none is a dash.
func (d *document) class(c progress.Class) string {
	if c == "" {
		return d.say("none")
	}
	return d.say("class." + string(c))
}

// band is a row over the whole width of a table.
func (d *document) band(text string) row {
	return row{band: true, cells: []cell{{spans: one(text, d.small().bold())}}}
}

// voices lists difficulties and proposals under the authority that must act.
func (d *document) voices(no string) {
	d.heading(0, "voices.title", "no", no)
	if len(d.s.Voices) == 0 {
		d.note(d.say("voices.none"))
		return
	}
	st := d.small()
	columns := []column{
		{head: d.say("col.unit"), share: 80}, {head: d.say("col.task"), share: 128, names: true}, {head: d.say("col.difficulty"), share: 130}, {head: d.say("col.proposal"), share: 130},
	}
	d.table(columns, st, func(yield func(row) bool) {
		addressee := "\x00" // no addressee is one of the groups
		for _, v := range d.s.Voices {
			if v.Addressee != addressee {
				addressee = v.Addressee
				title := d.say("voices.nobody")
				if addressee != "" {
					title = d.say("voices.to", "name", addressee)
				}
				if !yield(d.band(title)) {
					return
				}
			}
			difficulty := v.Difficulty
			if v.Reason != "" {
				difficulty = strings.TrimSpace(difficulty + "\n" + d.say("reason.reason", "words", v.Reason))
			}
			if !yield(row{cells: []cell{
				{spans: one(v.UnitName, st)}, {spans: d.taskSpans(v.Task, st), target: d.lines[taskKey{v.Unit, v.Task.Key()}]},
				{spans: one(difficulty, st)}, {spans: one(v.Proposal, st)},
			}}) {
				return
			}
		}
	})
}

// quality lists what the checks found: counted by rule, then each by unit.
func (d *document) quality(no string) {
	d.heading(0, "quality.title", "no", no)
	if len(d.s.Findings) == 0 {
		d.note(d.say("quality.none"))
		return
	}
	d.contested()
	st := d.small()
	d.table([]column{
		{head: d.say("col.rule"), share: 40, align: center, names: true}, {head: d.say("col.checked"), share: 250}, {head: d.say("col.severity"), share: 100},
		{head: d.say("col.count"), share: 60, align: right},
	}, st, func(yield func(row) bool) {
		for _, r := range d.s.Rules {
			id := "rule." + r.Rule + "." + string(r.Severity)
			if !yield(row{cells: []cell{
				{spans: one(r.Rule, st)}, {spans: one(d.w.Say("rule."+r.Rule), st)},
				{spans: one(d.say("severity."+string(r.Severity)), st)}, {spans: []span{d.listLength(id, r.Count, st)}},
			}}) {
				return
			}
		}
	})
	columns := []column{
		{head: d.say("col.rule"), share: 34, align: center}, {head: d.say("col.severity"), share: 50}, {head: d.say("col.finding"), share: 214}, {head: d.say("col.remedy"), share: 170},
	}
	d.table(columns, st, func(yield func(row) bool) {
		unit := "\x00"
		for _, f := range progress.Abridge(d.s.Findings) {
			if f.Unit != unit {
				unit = f.Unit
				name := d.unitName(unit)
				if unit == "" {
					name = d.say("quality.nobody")
				}
				if !yield(d.band(name)) {
					return
				}
			}
			message, remedy := d.w.Finding(f.Finding)
			if f.More > 0 {
				message, remedy = d.say("quality.more", "n", d.w.Int(f.More), "rule", f.Rule), ""
			}
			if !yield(row{cells: []cell{
				{spans: one(f.Rule, st)}, {spans: one(d.say("severity."+string(f.Severity)), st)}, {spans: one(message, st)}, {spans: one(remedy, st)},
			}}) {
				return
			}
		}
	})
}

// contested sets the unit's word beside ours where they differ; a weekly edition leaves that to the workbook.
func (d *document) contested() {
	if len(d.s.Contested) == 0 || d.s.Period.Kind == progress.Week {
		return
	}
	d.subheading(d.say("contested.title"))
	st := d.small()
	d.table([]column{
		{head: d.say("col.unit"), share: 90}, {head: d.say("col.task"), share: 158, names: true}, {head: d.say("contested.held"), share: 80}, {head: d.say("contested.said"), share: 140},
	}, st, func(yield func(row) bool) {
		for _, t := range d.s.Contested {
			held := joinLines(d.say("class."+string(t.Class)), strings.Join(t.Doubts, ", "))
			said := joinLines(t.Claim.Row.StatusText, d.opening(t.Claim.Row.Result), t.Claim.Row.Evidence)
			if !yield(row{cells: []cell{
				{spans: one(t.UnitName, st)}, {spans: d.taskSpans(t.Task, st), target: d.line(t)}, {spans: one(held, st)}, {spans: one(said, st)},
			}}) {
				return
			}
		}
	})
}
