package report

import (
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
)

// tasksAnnex lists every position on landscape pages, under the groups of the plan, each with its source.
func (d *document) tasksAnnex() {
	d.turn(true)
	d.annexTitle("tasks")
	if len(d.s.Tasks) == 0 {
		d.note(d.say("list.none"))
		return
	}
	st := d.small().sized(9)
	columns := []column{
		{head: d.say("col.code"), share: 38, names: true}, {head: d.say("col.task_product"), share: 182}, {head: d.say("col.unit_head"), share: 92},
		{head: d.say("col.due"), share: 54}, {head: d.say("col.class"), share: 54}, {head: d.say("col.percent"), share: 32, align: right},
		{head: d.say("col.completed"), share: 48, align: center}, {head: d.say("col.result"), share: 146}, {head: d.say("col.source"), share: 76},
	}
	d.table(columns, st, func(yield func(row) bool) {
		group := "\x00"
		for _, t := range d.s.Tasks {
			if t.Task.Group != group {
				group = t.Task.Group
				title := group
				if title == "" {
					title = d.say("tasks.no_group")
				}
				if !yield(d.band(title)) {
					return
				}
			}
			if !yield(d.taskRow(t, st)) {
				return
			}
		}
	})
}

func (d *document) taskRow(t progress.TaskLine, st style) row {
	title := t.Task.Title
	if t.Task.Product != "" {
		title += "\n" + d.say("tasks.product", "product", t.Task.Product)
	}
	unit := unitAndHead(t)
	if t.Task.Person != "" {
		unit += "\n" + t.Task.Person
	}
	class := st
	switch t.Class {
	case progress.Overdue, progress.NotReported:
		class = st.bold().in(red)
	case progress.DueSoon, progress.Unconfirmed:
		class = st.bold().in(amber)
	}
	percent, result, source := "", "", ""
	if t.Claim != nil {
		if t.Claim.Row.Percent != nil {
			percent = d.say("percent", "n", d.plain(*t.Claim.Row.Percent))
		}
		result = joinLines(t.Claim.Row.Result, t.Claim.Row.Evidence)
		source = d.place(t.Claim.File, t.Claim.Row.Origin)
		if t.Carried {
			source = d.say("tasks.carried") + "\n" + source
		}
	}
	state := d.class(t.Class)
	if t.DaysLate > 0 {
		state += "\n" + d.say("tasks.late", "n", d.w.Int(t.DaysLate))
	}
	if len(t.Rules) > 0 {
		state += "\n" + strings.Join(t.Rules, ", ")
	}
	completed := d.w.Date(t.Completed)
	if t.CompletedAssumed && completed != "" {
		completed += "\n" + d.say("tasks.assumed")
	}
	return row{anchor: d.line(t), cells: []cell{
		{spans: one(t.Task.Code, st.bold())}, {spans: one(title, st)}, {spans: one(unit, st)}, {spans: one(d.deadlinesAndDocuments(t.Task), st)},
		{spans: one(state, class)}, {spans: one(percent, st)}, {spans: one(completed, st)}, {spans: one(result, st)}, {spans: one(source, st.sized(8))},
	}}
}

// plain writes a percentage of a return: whole where it is whole.
func (d *document) plain(p float64) string {
	if p == float64(int(p)) {
		return d.w.Decimal(p, 0)
	}
	return d.w.Decimal(p, 1)
}

func joinLines(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, "\n")
}

// annexTitle is the heading of an annex, centred, as Decree 30 has it.
func (d *document) annexTitle(key string, pairs ...string) {
	title := d.say("annex." + key)
	d.bookmark(title+": "+d.say("annex."+key+".subject", pairs...), d.y)
	st := d.body().bold().sized(14)
	width := d.right - d.left
	d.tag(tagged.H2, func() {
		d.flow(d.wrap(one(title, st), width), 0, center)
		d.flow(d.wrap(one(d.say("annex."+key+".subject", pairs...), st.sized(13)), width), 0, center)
	})
	d.paragraph(one(d.say("annex.of", "period", d.period(d.s.Period), "date", d.w.FullDate(d.s.DataDate)), d.body().italic()), center)
	d.y += 6
}

// methodAnnex says how every figure is made, and from which files.
func (d *document) methodAnnex() {
	d.turn(false)
	d.aim(d.method, d.y)
	d.annexTitle("method")
	body := d.body().sized(11.5)
	n := 0
	item := func(text string) {
		n++
		d.item(d.wrap(one(number(n)+". "+text, body), d.right-d.left), 0)
		d.y += 4
	}
	d.tag(tagged.L, func() {
		for _, key := range []string{
			"position", "classes", "due", "deadline", "on_time", "unconfirmed", "soon", "rate", "completion", "not_reported", "rank", "standing", "warning", "change",
		} {
			item(d.say("method."+key, append(d.w.Weights(), "days", d.w.Int(d.s.SoonDays), "rank", d.w.Int(d.s.RankDue))...))
		}
		item(d.say("method.versions", "plan", d.planName(), "version", d.s.PlanVersion, "program", d.s.Version, "due", d.moment(d.s.DueAt)))
		if d.replaced > 0 {
			item(d.say("method.replaced", "n", d.w.Int(d.replaced)))
		}
	})
	d.inputs()
}

// inputs lists the files behind the synthesis with their hashes.
func (d *document) inputs() {
	d.subheading(d.say("inputs.title", "n", d.w.Int(len(d.s.Inputs))))
	if len(d.s.Inputs) == 0 {
		d.note(d.say("list.none"))
		return
	}
	st := d.small().sized(9)
	columns := []column{
		{head: d.say("col.file_hash"), share: 268, names: true}, {head: d.say("col.unit"), share: 108}, {head: d.say("col.received"), share: 56},
		{head: d.say("col.rows_read"), share: 36, align: right},
	}
	d.table(columns, st, func(yield func(row) bool) {
		for _, in := range d.s.Inputs {
			if !yield(row{cells: []cell{
				{spans: []span{{text: in.Path + "\n", style: st}, {text: in.SHA256, style: st.sized(8)}}}, // the hash fits on one line
				{spans: one(d.unitName(in.Unit), st)}, {spans: one(d.moment(in.Received), st)}, {spans: one(d.w.Int(in.Rows), st)},
			}}) {
				return
			}
		}
	})
}
