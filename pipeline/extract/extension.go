package extract

import (
	"time"

	"tiendo/pipeline/progress"
)

// ruleExtension is what the column of approving documents does not say, or says against the deadlines beside it. It is a warning: the
// deadline in force is what everything is judged by, and no document that the office has yet to look up may stop its plan.
const ruleExtension = "G11"

// extensions lists what is wrong with the documents that moved the deadline of a task.
func (r *register) extensions(row progress.Row, task progress.Task) {
	at := cellOf(row, progress.FieldExtension)
	warn := func(variant, found, expected string) {
		r.warn(ruleExtension, variant, at, "code", task.Code, "found", short(found), "expected", short(expected))
	}
	list := task.Extensions()
	switch moved := task.Extended(); {
	case len(list) == 0 && moved:
		warn("undocumented", task.OriginalDue.Text, task.Due.Text)
	case len(list) > 0 && !moved:
		warn("unmoved", task.Extension, task.Due.Text)
	}
	before := task.OriginalDue
	if !task.Extended() { // the original is not known
		before = progress.Due{}
	}
	var issued progress.Date
	var last progress.Extension
	for _, e := range list {
		switch {
		case e.Document == "":
			warn("unreadable", e.Text, "")
		case e.Issued.IsZero():
			warn("undated", e.Text, "")
		case e.Issued.Before(issued):
			warn("backwards", e.Text, issued.Time(time.UTC).Format("02/01/2006"))
		}
		if !e.Issued.IsZero() {
			issued = e.Issued
		}
		if e.Due.Date.IsZero() {
			continue
		}
		if !before.Date.IsZero() && !e.Due.Date.After(before.Date) {
			warn("backwards", e.Text, before.Text)
		}
		before, last = e.Due, e
	}
	if n := len(list); n > 0 && !list[n-1].Due.Date.IsZero() && last.Due.Date != task.Due.Date {
		warn("not_in_force", last.Text, task.Due.Text)
	}
}
