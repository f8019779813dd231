package report

import (
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// correctionLine says on page 1 what a revision changes of the edition before it: which returns count now, how many positions
// stand in another class, and how the classes moved by that.
func (d *document) correctionLine(brief brevity) block {
	c := d.s.Correction
	st := style{face: templates.FaceRegular, size: 10.5}
	var names []string
	for _, sub := range c.Returns {
		names = append(names, d.unitName(sub.Unit))
	}
	spans := d.fillIn("correction.returns", st, map[string][]span{"n": {d.listLength("corrected.returns", len(c.Returns), st.bold())}})
	if len(names) > 0 {
		spans = append(spans, span{text: " (" + strings.Join(names, "; ") + ")", style: st})
	}
	spans = append(spans, span{text: "; ", style: st})
	spans = append(spans, d.fillIn("correction.positions", st, map[string][]span{"n": {d.listLength("corrected.positions", len(c.Moved), st.bold())}})...)
	if moved := d.movedClasses(); moved != "" {
		spans = append(spans, span{text: " (" + moved + ")", style: st})
	}
	spans = append(spans, span{text: ".", style: st})
	return d.sentence(d.say("correction.label", "r", number(c.Revision)), spans, brief.sentenceLines(), d.corrected)
}

// movedClasses says of each class whose count is another how it moved: quá hạn 19 → 21.
func (d *document) movedClasses() string {
	var moved []string
	for _, class := range progress.Classes {
		from, to := d.s.Correction.Before.Of(class), d.s.Total.Counts.Of(class)
		if from != to {
			moved = append(moved, strings.ToLower(d.class(class))+" "+d.w.Int(from)+" → "+d.w.Int(to))
		}
	}
	return strings.Join(moved, ", ")
}

// correctionAnnex lists every position that a revision puts into another class.
func (d *document) correctionAnnex() {
	c := d.s.Correction
	if c == nil {
		return
	}
	d.turn(false)
	d.aim(d.corrected, d.y)
	d.annexTitle("correction", "r", number(c.Revision))
	if len(c.Moved) == 0 {
		d.note(d.say("list.none"))
		return
	}
	st := d.small()
	d.table([]column{
		{head: d.say("col.task"), share: 170, names: true}, {head: d.say("col.unit"), share: 90}, {head: d.say("col.edition", "r", number(c.Revision)), share: 60},
		{head: d.say("col.edition", "r", number(d.s.Revision)), share: 60}, {head: d.say("col.source"), share: 88},
	}, st, func(yield func(row) bool) {
		for _, m := range c.Moved {
			now, source := d.class(m.Class), ""
			if m.Gone {
				now = d.say("changes.left")
			} else if m.Claim != nil {
				source = d.place(m.Claim.File, m.Claim.Row.Origin)
			}
			if !yield(row{cells: []cell{
				{spans: d.taskSpans(m.Task, st), target: d.line(m.TaskLine)}, {spans: one(m.UnitName, st)}, {spans: one(d.class(m.From), st)},
				{spans: one(now, st)}, {spans: one(source, st.sized(8))},
			}}) {
				return
			}
		}
	})
}
