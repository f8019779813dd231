package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// claim is a row of the return that counts, about a task that its unit leads.
type claim struct {
	*delivery
	row    progress.Row
	task   progress.Task
	match  match
	twins  []progress.Row // further rows about the same task
	faults []string       // rules of the errors that the readers found in the row
	doubts []string       // rules that keep a claim of done from being confirmed
}

func (c *claim) key() key { return key{c.unit.Code, c.task.Key()} }

// judge applies the rules of claims. It adds their findings to the delivery and lists the rules that block the row.
func (c *claim) judge() (blocked []string) {
	blocked = slices.Clone(c.faults)
	for _, rule := range c.rules {
		if rule.ofClaim == nil {
			continue
		}
		found := rule.stamp(rule.ofClaim(*c), c.unit.Code, c.task, c.counted.Path)
		if len(found) > 0 && rule.doubts && c.isDone() {
			c.doubts = append(c.doubts, rule.code)
		}
		if hasError(found) {
			blocked = append(blocked, rule.code)
		}
		c.delivery.findings = append(c.delivery.findings, found...)
	}
	slices.Sort(blocked)
	return slices.Compact(blocked)
}

// finding is a finding about the claim, from a rule that sees the whole period.
func (c *claim) finding(f progress.Finding) progress.Finding {
	f.Unit, f.Task, f.TaskID, f.File = c.unit.Code, c.task.Code, c.task.ID, c.counted.Path
	return f
}

// at is the place of a field of the row, or of the row where the field has no cell of its own.
func (c *claim) at(field progress.Field) progress.Origin { return place(c.row, field) }

func place(row progress.Row, field progress.Field) progress.Origin {
	if o, ok := row.Cells[field]; ok && !o.IsZero() {
		return o
	}
	return row.Origin
}

func (c *claim) isDone() bool { return c.row.Status == progress.Done }

// deadline is the day in force, original the day before extensions; zero where there is none.
func (c *claim) deadline() progress.Date { return c.task.Due.Date }
func (c *claim) original() progress.Date { return originalDue(c.task) }

// originalDue is the deadline before extensions; a plan without that column has only the one in force.
func originalDue(t progress.Task) progress.Date {
	if t.OriginalDue.Date.IsZero() && t.OriginalDue.Text == "" {
		return t.Due.Date
	}
	return t.OriginalDue.Date
}

// isOverdue: not said to be done, and the deadline in force has passed.
func (c *claim) isOverdue() bool {
	return !c.isDone() && !c.task.Due.Regular && passed(c.deadline(), c.in.DataDate)
}

// passed reports whether day d is over on the data date. The last day of a deadline is in term.
func passed(d, dataDate progress.Date) bool { return !d.IsZero() && dataDate.After(d) }

// before is the row by which the unit last reported on the task, or nil.
func (c *claim) before() *progress.Row {
	if last := c.lastClaim(c.key()); last != nil {
		return &last.Row
	}
	return nil
}
