package main

import (
	"cmp"
	"maps"
	"slices"

	"tiendo/pipeline/progress"
)

// standing is a position at the end of an edition, judged from the story.
type standing struct {
	c         *course
	rep       *report       // what the unit's file says of it; nil where nothing
	row       *progress.Row // the same as the form shows it
	class     progress.Class
	previous  progress.Class
	carried   bool
	completed progress.Date
	assumed   bool // the day of completion is the data date of the first claim
	daysLate  int
	isDue     bool
	pastDue   bool
	doubts    []string
	blocked   []string
	told      bool // a row of the unit about it has counted in this edition or one before
}

// judge decides the class of a position. rep and row are nil where the unit sent nothing that counts; before is the
// standing of the edition before, nil where there is none.
func judge(e edition, c *course, rep *report, row *progress.Row, before *standing) standing {
	s := standing{c: c, rep: rep, row: row}
	due, original := c.task.Due.Date, c.task.OriginalDue.Date
	s.isDue = !due.IsZero() && !due.After(e.close)
	if before != nil {
		s.previous = before.class
	}
	if rep != nil {
		s.blocked = rep.blockers
	}
	counts := rep != nil && len(rep.blockers) == 0
	s.told = counts || before != nil && before.told
	switch {
	case c.task.Due.Regular:
		s.class = progress.Regular
		return s
	case !counts && before != nil && before.class.IsDone():
		s.class, s.carried, s.completed, s.assumed = before.class, true, before.completed, before.assumed
	case !counts:
		s.class = progress.NotReported
	case row.Status == progress.Done:
		s.completed = row.Completed
		if s.completed.IsZero() {
			s.completed, s.assumed = e.close, true
			if before != nil && before.assumed {
				s.completed = before.completed
			}
		}
		s.doubts = doubts(rep, row)
		s.class = doneClass(s.completed, original, s.doubts)
	default:
		s.class = openClass(e, due)
	}
	s.pastDue = !s.class.IsDone() && !due.IsZero() && due.Before(e.close)
	until := e.close
	if s.class.IsDone() {
		until = s.completed
	}
	if !original.IsZero() {
		s.daysLate = max(0, original.DaysUntil(until))
	}
	return s
}

// doubts are the reasons not to believe a claim of completion.
func doubts(rep *report, row *progress.Row) []string {
	var out []string
	if row.Percent != nil && *row.Percent < 100 {
		out = append(out, "R04")
	}
	if rep.evidence == "" {
		out = append(out, "R07")
	}
	return append(out, rep.unproven...)
}

func doneClass(completed, original progress.Date, doubts []string) progress.Class {
	switch {
	case len(doubts) > 0:
		return progress.Unconfirmed
	case original.IsZero() || !completed.After(original):
		return progress.DoneOnTime
	}
	return progress.DoneLate
}

func openClass(e edition, due progress.Date) progress.Class {
	switch {
	case due.IsZero():
		return progress.InTerm
	case e.close.After(due):
		return progress.Overdue
	case e.close.DaysUntil(due) <= e.soonDays:
		return progress.DueSoon
	}
	return progress.InTerm
}

// count adds positions up.
func count(of []standing) progress.Counts {
	var n progress.Counts
	tasks := map[string]bool{}
	for _, s := range of {
		n.Total++
		tasks[s.c.task.Code] = true
		switch s.class {
		case progress.DoneOnTime:
			n.DoneOnTime++
		case progress.DoneLate:
			n.DoneLate++
		case progress.Unconfirmed:
			n.Unconfirmed++
		case progress.InTerm:
			n.InTerm++
		case progress.DueSoon:
			n.DueSoon++
		case progress.Overdue:
			n.Overdue++
			n.OverdueBy[band(s.daysLate)]++
		case progress.NotReported:
			n.NotReported++
		case progress.Regular:
			n.Regular++
		}
		if s.isDue {
			n.Due++
		}
		if s.pastDue {
			n.PastDue++
		}
	}
	n.Tasks = len(tasks)
	return n
}

// band is the place among 1–30, 31–90, 91–120 and more than 120 days.
func band(days int) int {
	switch {
	case days <= 30:
		return 0
	case days <= 90:
		return 1
	case days <= 120:
		return 2
	}
	return 3
}

// countBy adds positions up by what key says of them.
func countBy(of []standing, key func(standing) string) map[string]truthCounts {
	parts := map[string][]standing{}
	for _, s := range of {
		parts[key(s)] = append(parts[key(s)], s)
	}
	out := map[string]truthCounts{}
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		out[k] = newTruthCounts(count(parts[k]))
	}
	return out
}

// flaws are the findings about the rows of one unit's return and the rows that it lacks.
func flaws(e edition, s standing, before *standing, received bool) []truthFinding {
	var rules []string
	rules = append(rules, s.blocked...)
	owed := before == nil || !before.class.IsDone()
	switch {
	case !received || !owed || s.rep != nil:
	case s.told && !s.c.task.Due.Regular:
		rules = append(rules, "H12")
	default:
		rules = append(rules, "P03")
	}
	if s.rep == nil || len(s.blocked) > 0 {
		return findings(s, rules)
	}
	rules = append(rules, s.doubts...)
	switch {
	case s.rep.letter:
		rules = append(rules, "P06")
	case s.rep.moved:
		rules = append(rules, "P05")
	}
	late := !s.c.task.Due.Date.IsZero() && e.close.After(s.c.task.Due.Date)
	if late && s.row.Status != progress.Done && s.row.Claim == progress.ClaimOnTime {
		rules = append(rules, "R14")
	}
	if s.class == progress.Overdue && s.row.Reason == "" && s.row.Difficulty == "" {
		rules = append(rules, "R15")
	}
	if before != nil && before.row != nil && len(before.blocked) == 0 {
		rules = append(rules, against(*before.row, *s.row)...)
	}
	return findings(s, rules)
}

// against compares a row with the one of the edition before.
func against(old, now progress.Row) []string {
	if old.Percent != nil && now.Percent != nil && *now.Percent < *old.Percent {
		return []string{"H01"}
	}
	samePercent := old.Percent == nil && now.Percent == nil || old.Percent != nil && now.Percent != nil && *old.Percent == *now.Percent
	if samePercent && old.Status == now.Status && old.Result == now.Result {
		return []string{"H04"}
	}
	return nil
}

func findings(s standing, rules []string) []truthFinding {
	var out []truthFinding
	for _, rule := range rules {
		out = append(out, truthFinding{Rule: rule, Unit: s.c.unit, Task: s.c.task.Code})
	}
	return out
}

func sortFindings(fs []truthFinding) {
	slices.SortFunc(fs, func(a, b truthFinding) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Task, b.Task), cmp.Compare(a.File, b.File))
	})
}
