package report

import (
	"cmp"
	"iter"
	"slices"

	"tiendo/pipeline/progress"
)

// silent lists the units without a return that counts on time.
func (d *document) silent(no string) {
	d.silentUnits(no, d.notOnTime(), 0)
}

// silentUnits draws the table of those units; rest counts the units that had no room.
func (d *document) silentUnits(no string, subs []progress.Submission, rest int) {
	d.heading(d.missing, "silent.title", "no", no)
	if len(subs) == 0 {
		d.note(d.say("silent.none"))
		return
	}
	d.submissionTable().draw(d.submissionRows(subs))
	if rest > 0 {
		d.note(d.say("silent.more", "n", d.w.Int(rest), "sheet", d.w.Say("workbook.sheet.submissions")))
	}
}

// notOnTime are the submissions that are not a return in time. Those who sent nothing come first: they are whom somebody must call.
func (d *document) notOnTime() []progress.Submission {
	var subs []progress.Submission
	for _, sub := range d.s.Submissions {
		if sub.Punctuality != progress.OnTime {
			subs = append(subs, sub)
		}
	}
	order := []progress.Punctuality{progress.Missing, progress.Refused, progress.Late}
	slices.SortStableFunc(subs, func(a, b progress.Submission) int {
		return cmp.Compare(slices.Index(order, a.Punctuality), slices.Index(order, b.Punctuality))
	})
	return subs
}

// compliance lists what every unit sent.
func (d *document) compliance(no string) {
	d.heading(0, "compliance.title", "no", no)
	d.submissionTable().draw(d.submissionRows(d.s.Submissions))
	d.heatMap()
}

func (d *document) submissionTable() *table {
	return d.newTable([]column{
		{head: d.say("col.no"), share: 22, align: center}, {head: d.say("col.unit_answers"), share: 112, names: true}, {head: d.say("col.punctuality"), share: 50},
		{head: d.say("col.received"), share: 54}, {head: d.say("col.file"), share: 80},
		{head: d.say("col.rows"), share: 44, align: right}, {head: d.say("col.faults"), share: 76}, {head: d.say("col.reminders"), share: 30, align: right},
	}, d.small())
}

func (d *document) submissionRows(subs []progress.Submission) iter.Seq[row] {
	st := d.small()
	heads := map[string]string{}
	for _, u := range d.s.Units {
		if u.Submission != nil {
			heads[u.Submission.Unit] = u.Head
		}
	}
	return func(yield func(row) bool) {
		for i, sub := range subs {
			unit := d.unitName(sub.Unit)
			if head := heads[sub.Unit]; head != "" {
				unit += "\n" + head
			}
			mark := st
			if sub.Punctuality == progress.Missing || sub.Punctuality == progress.Refused {
				mark = st.bold().in(red)
			}
			if !yield(row{cells: []cell{
				{spans: one(number(i+1), st)}, {spans: one(unit, st)}, {spans: one(d.say("punctuality."+string(sub.Punctuality)), mark)},
				{spans: one(d.moment(sub.Received), st)}, {spans: one(sub.File, st)},
				{spans: one(d.fraction(progress.Share{Num: sub.RowsCounted, Den: sub.RowsOwed}), st)},
				{spans: one(d.faults(sub), st)}, {spans: one(d.w.Int(sub.Reminders), st)},
			}}) {
				return
			}
		}
	}
}

// faults counts what the checks found in a return; nothing where there is none.
func (d *document) faults(sub progress.Submission) string {
	if sub.File == "" {
		return ""
	}
	return d.say("faults", "errors", d.w.Int(sub.Errors), "warnings", d.w.Int(sub.Warnings))
}
