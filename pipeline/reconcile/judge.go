package reconcile

import (
	"slices"
	"time"

	"tiendo/pipeline/progress"
)

// Input is all that a judgement rests on.
type Input struct {
	Units    progress.Units
	Plan     progress.Plan
	Period   progress.Period
	DataDate progress.Date // the figures are as of this day, its end
	DueAt    time.Time     // returns received later are late; zero: none is. Its zone is the office's
	SoonDays int           // a deadline within so many days is due soon
	// Rules are the rules that the office has set otherwise than the catalogue has them, by code.
	Rules map[string]Setting
	// Waivers are the findings that the coordinator has had explained.
	Waivers []progress.Waiver
	// Returns are those that [Identify] gave to this period, in any order, refused ones too.
	Returns []progress.Return
	// Reminders counts the letters of reminder made for each unit before the close.
	Reminders map[string]int
	History   progress.History
}

// Judgement is what a period's returns amount to.
type Judgement struct {
	Submissions []progress.Submission // of every unit that owes a return, in the order of the register
	Positions   []progress.Position   // in the order of the plan, then of the register
	Findings    []progress.Finding    // sorted
	// Resolved are the findings of the period before that are no longer true, of units whose return counts: silence resolves nothing.
	Resolved []progress.Finding
	// Entries tells where each return ended, by path: Accepted, Superseded, Duplicate or Rejected.
	Entries map[string]progress.Entry
}

// judging is what all deliveries of a period share.
type judging struct {
	in    Input
	leads [][]string // per task of the plan: codes of the units that answer for it now, in the order of the register
	index *planIndex
	past  []past         // newest first
	older map[key][]mark // newest first, before past
	rules []rule         // as the office has set them
}

// Judge compares the returns of one period with the plan and with history.
//
// A return counts if nothing refuses it as a whole; of several the one first seen last. A row counts if it is surely
// about a task that its unit leads and no finding of severity error stands in it. Everything else is a finding.
func Judge(in Input) Judgement {
	j := judging{in: in, leads: leadsNow(in), past: indexPast(in), older: indexOlder(in), rules: rulesAsSet(in.Rules)}
	j.index = newPlanIndex(in.Plan.Tasks, j.leads)
	out := Judgement{Entries: map[string]progress.Entry{}}
	claims := map[key]*claim{}
	blocked := map[key][]string{}
	p := period{judging: &j, deliveries: j.deliveries()}
	for _, d := range p.deliveries {
		d.matchRows()
		for _, c := range d.claims() {
			if fault := c.judge(); len(fault) > 0 {
				blocked[c.key()] = fault
				continue
			}
			claims[c.key()] = c
			p.claims = append(p.claims, c)
		}
		d.checkWhole()
	}
	j.checkPeriod(p)
	for _, d := range p.deliveries {
		for _, r := range d.all() {
			out.Entries[r.Path] = d.entry(r)
		}
		out.Findings = append(out.Findings, d.findings...)
		if d.expected {
			out.Submissions = append(out.Submissions, d.submission())
		}
	}
	out.Positions = j.positions(claims, blocked)
	countRows(out.Submissions, out.Positions)
	j.waive(&out)
	countFindings(out.Submissions, out.Findings)
	out.Resolved = sinceWhen(in, out)
	return out
}

// checkPeriod applies the rules that see what all units sent; each finding joins the delivery of its unit.
func (j *judging) checkPeriod(p period) {
	for _, rule := range j.rules {
		if rule.ofPeriod == nil {
			continue
		}
		for _, f := range rule.stamp(rule.ofPeriod(p), "", progress.Task{}, "") {
			i := slices.IndexFunc(p.deliveries, func(d *delivery) bool { return d.unit.Code == f.Unit })
			p.deliveries[i].findings = append(p.deliveries[i].findings, f)
		}
	}
}

// key names a position across periods.
type key struct{ unit, task string }

// leadsNow follows successions: after a merger the successor answers for the task. A code that the register does not
// have stays as it is: its position is one that nobody reports. A collective lead is the units that owe a return on the data date.
func leadsNow(in Input) [][]string {
	place := map[string]int{}
	for i, u := range in.Units.All() {
		place[u.Code] = i
	}
	reporting := in.Units.Reporting(in.DataDate)
	out := make([][]string, len(in.Plan.Tasks))
	for i, t := range in.Plan.Tasks {
		if t.Collective {
			for _, u := range reporting {
				if u.IsOfLevel(t.Levels) {
					out[i] = append(out[i], u.Code)
				}
			}
			continue
		}
		seen := map[string]bool{}
		for _, code := range t.Leads {
			if u, ok := in.Units.Current(code, in.DataDate); ok {
				code = u.Code
			}
			if !seen[code] {
				seen[code] = true
				out[i] = append(out[i], code)
			}
		}
		sortByPlace(out[i], place)
	}
	return out
}

// countRows fills in what only the positions tell: how many rows each unit owed and how many count. A task confirmed
// done before and left out now is not owed.
func countRows(subs []progress.Submission, positions []progress.Position) {
	at := map[string]*progress.Submission{}
	for i := range subs {
		at[subs[i].Unit] = &subs[i]
	}
	for _, p := range positions {
		s := at[p.Unit]
		if s == nil || p.Carried {
			continue
		}
		s.RowsOwed++
		if p.Claim != nil {
			s.RowsCounted++
		}
	}
}

// waive numbers the findings and puts the waivers on them; a waiver that cannot hold is a finding of the office's own.
func (j *judging) waive(out *Judgement) {
	progress.NumberFindings(out.Findings)
	var w waiving
	w.expired, w.refused, w.unmatched = progress.Waive(out.Findings, j.in.Waivers, j.in.DataDate)
	for _, rule := range j.rules {
		if rule.ofWaivers != nil {
			out.Findings = append(out.Findings, rule.stamp(rule.ofWaivers(w), "", progress.Task{}, "")...)
		}
	}
	progress.NumberFindings(out.Findings)
}

// countFindings fills in what was found in the returns of each unit. What is waived is listed and not held against it.
func countFindings(subs []progress.Submission, findings []progress.Finding) {
	at := map[string]*progress.Submission{}
	for i := range subs {
		at[subs[i].Unit] = &subs[i]
	}
	for _, f := range findings {
		s := at[f.Unit]
		if s == nil || f.Waived != nil {
			continue
		}
		switch f.Severity {
		case progress.SeverityError:
			s.Errors++
		case progress.SeverityWarning:
			s.Warnings++
		case progress.SeverityNote:
			s.Notes++
		}
	}
}
