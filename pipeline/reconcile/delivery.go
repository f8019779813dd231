package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// delivery is all that one unit sent for the period. Returns whose unit could not be told form a delivery of the unit "".
type delivery struct {
	*judging
	unit     progress.Unit
	expected bool              // the unit owes a return
	returns  []progress.Return // by first sight, oldest first, without duplicates
	copies   []progress.Return // returns whose bytes stand in returns already
	counted  *progress.Return  // the one that counts; nil where none does
	matches  []match           // of the rows of counted
	findings []progress.Finding
}

// deliveries sorts the returns by unit: those who owe a return in the order of the register, then others who sent
// one all the same.
func (j *judging) deliveries() []*delivery {
	owing := map[string]bool{}
	for _, u := range j.in.Units.Reporting(j.in.DataDate) {
		owing[u.Code] = true
	}
	for _, leads := range j.leads {
		for _, code := range leads {
			owing[code] = true
		}
	}
	sent := map[string][]progress.Return{}
	for _, r := range j.in.Returns {
		sent[r.Unit] = append(sent[r.Unit], r)
	}
	var out []*delivery
	add := func(u progress.Unit) {
		d := &delivery{judging: j, unit: u, expected: owing[u.Code]}
		if returns := sent[u.Code]; d.expected || len(returns) > 0 {
			d.sort(returns)
			out = append(out, d)
		}
		delete(sent, u.Code)
	}
	seen := map[string]bool{}
	for _, u := range j.in.Units.All() {
		if !seen[u.Code] {
			seen[u.Code] = true
			add(u)
		}
	}
	for _, code := range sortedKeys(sent) {
		add(progress.Unit{Code: code})
	}
	return out
}

// sort puts the returns in the order of first sight, takes copies of the same bytes aside and picks the one that counts:
// the last that nothing refuses, and of a lower office that sends its synthesis with a letter or in a second format, the synthesis, in its
// newest revision.
func (d *delivery) sort(returns []progress.Return) {
	returns = slices.Clone(returns)
	slices.SortFunc(returns, func(a, b progress.Return) int {
		// Of copies of the same bytes the one with the shorter name is shown as the original: "BC - Copy.xlsx" is the copy.
		return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(len(a.Path), len(b.Path)), cmp.Compare(a.Path, b.Path))
	})
	seen := map[string]bool{}
	for _, r := range returns {
		if seen[r.SHA256] && r.SHA256 != "" {
			d.copies = append(d.copies, r)
			continue
		}
		seen[r.SHA256] = true
		d.returns = append(d.returns, r)
	}
	for i := range slices.Backward(d.returns) {
		r := &d.returns[i]
		if !d.refuses(*r) && (d.counted == nil || revisionOf(*r) > revisionOf(*d.counted)) {
			d.counted = r
		}
	}
}

// revisionOf is the revision of a synthesis, from 1; 0 of any other return.
func revisionOf(r progress.Return) int {
	if r.Reading.Seal == nil {
		return 0
	}
	return max(r.Reading.Seal.Revision, 1)
}

// refuses reports whether a return as a whole cannot count.
func (d *delivery) refuses(r progress.Return) bool {
	return !d.expected || hasError(r.Findings) || r.Reading.Refused() || d.isEmpty(r)
}

// isEmpty: a form without rows, or of which no row says anything, from a unit that owes some (F03).
func (d *delivery) isEmpty(r progress.Return) bool {
	if r.Reading.Refused() || hasError(r.Findings) || len(d.owed()) == 0 {
		return false
	}
	faults := indexFaults(&r)
	return !slices.ContainsFunc(r.Reading.Rows, func(row progress.Row) bool { return !saysNothing(row, faults) })
}

// saysNothing: a row in which no column of a report is filled in. Where a reader found something that cannot be read, something was said.
func saysNothing(row progress.Row, faults faults) bool {
	if row.Percent != nil || !row.Completed.IsZero() || row.Parts != nil || len(faults.of(row)) > 0 {
		return false
	}
	for _, said := range []string{row.StatusText, string(row.Status), row.Result, row.Evidence, row.Difficulty, row.Proposal, row.Reason, row.Note, row.Extra[progress.FieldForecast]} {
		if strings.TrimSpace(said) != "" {
			return false
		}
	}
	return true
}

func hasError(fs []progress.Finding) bool {
	return slices.ContainsFunc(fs, func(f progress.Finding) bool { return f.Severity == progress.SeverityError })
}

// older are the valid returns that a later one replaced, oldest first.
func (d *delivery) older() []progress.Return {
	var out []progress.Return
	for _, r := range d.returns {
		if d.counted != nil && r.Path != d.counted.Path && !d.refuses(r) {
			out = append(out, r)
		}
	}
	return out
}

func (d *delivery) all() []progress.Return { return append(slices.Clone(d.returns), d.copies...) }

// entry tells where a return of the delivery ended. Reasons are keys below "entry." of the wording.
func (d *delivery) entry(r progress.Return) progress.Entry {
	e := progress.Entry{
		Path: r.Path, Size: r.Size, SHA256: r.SHA256, Received: r.Received, Unit: r.Unit, Period: r.Period,
		State: progress.Accepted, Reason: "counted", Facts: facts{"period": r.Period},
	}
	switch {
	case slices.ContainsFunc(d.copies, func(c progress.Return) bool { return c.Path == r.Path }):
		original := slices.IndexFunc(d.returns, func(o progress.Return) bool { return o.SHA256 == r.SHA256 })
		e.State, e.Reason, e.Facts = progress.Duplicate, "same_bytes", facts{"other": d.returns[original].Path}
	case hasError(r.Findings) || r.Reading.Refused():
		e.State, e.Reason, e.Facts = progress.Rejected, "refused", facts{"rule": refusedBy(r)}
	case !d.expected:
		e.State, e.Reason, e.Facts = progress.Rejected, "refused", facts{"rule": f04.code}
	case d.isEmpty(r):
		e.State, e.Reason, e.Facts = progress.Rejected, "refused", facts{"rule": f03.code}
	case r.Path != d.counted.Path:
		e.State, e.Reason, e.Facts = progress.Superseded, d.displacedBy(r), facts{"other": d.counted.Path}
	}
	return e
}

// displacedBy says what the return that counts has before another valid one of the unit. It is the later one only among returns of one
// kind, and only where they did not come with the same pull: of those that did the order of their names decides.
func (d *delivery) displacedBy(r progress.Return) string {
	switch {
	case d.isSynthesis() && r.Reading.Seal == nil:
		return "synthesis_counts"
	case revisionOf(r) < revisionOf(*d.counted):
		return "newer_revision"
	case r.Reading.Format != d.counted.Reading.Format:
		return "other_format"
	case r.Received.Equal(d.counted.Received):
		return "same_time"
	}
	return "newer_version"
}

// refusedBy lists the rules that refuse a return, each once.
func refusedBy(r progress.Return) string {
	var codes []string
	for _, f := range slices.Concat(r.Findings, r.Reading.Findings) {
		if f.Severity == progress.SeverityError {
			codes = append(codes, f.Rule)
		}
	}
	return joinSorted(codes)
}

// submission sums up the delivery; rows and findings are counted when all are known.
func (d *delivery) submission() progress.Submission {
	s := progress.Submission{Unit: d.unit.Code, Period: d.in.Period.ID, Punctuality: progress.Missing, Reminders: d.in.Reminders[d.unit.Code]}
	shown := d.counted
	if n := len(d.returns); shown == nil && n > 0 {
		shown = &d.returns[n-1]
	}
	if shown != nil {
		s.File, s.SHA256, s.Received, s.RowsRead = shown.Path, shown.SHA256, shown.Received, len(shown.Reading.Rows)
		s.Punctuality = progress.Refused
	}
	if d.counted != nil {
		s.Punctuality = progress.OnTime
		if d.isLate() {
			s.Punctuality = progress.Late
		}
	}
	for _, r := range d.older() {
		s.Superseded = append(s.Superseded, r.Path)
	}
	return s
}

// isLate: the return that counts came after the time due.
func (d *delivery) isLate() bool {
	return d.counted != nil && !d.in.DueAt.IsZero() && d.counted.Received.After(d.in.DueAt)
}

// matchRows finds the task of each row of the return that counts.
func (d *delivery) matchRows() {
	if d.counted == nil {
		return
	}
	rows := reported(d.counted.Reading)
	lines := !d.isSynthesis() && numbered(rows)
	faults := indexFaults(d.counted)
	for _, row := range rows {
		m := d.index.find(d.unit.Code, row, lines)
		m.delivery, m.blank = d, saysNothing(row, faults)
		d.matches = append(d.matches, m)
	}
}

// claims are the rows about tasks that the unit leads, one for each task, in the order of the file.
func (d *delivery) claims() []*claim {
	var out []*claim
	byTask := map[int]*claim{}
	faults := indexFaults(d.counted)
	for _, m := range d.matches {
		if m.verdict != owned || m.blank {
			continue
		}
		if first := byTask[m.task]; first != nil {
			first.twins = append(first.twins, m.row)
			first.faults = append(first.faults, faults.of(m.row)...)
			continue
		}
		c := &claim{delivery: d, row: m.row, task: d.in.Plan.Tasks[m.task], match: m, faults: faults.of(m.row)}
		byTask[m.task] = c
		out = append(out, c)
	}
	return out
}

// checkWhole adds what the file readers found and what the rules say of the delivery and its rows as such. What was found in
// a version that a later one replaced is not repeated: the later one answers for it, and F17 names the older.
func (d *delivery) checkWhole() {
	tasks := indexTasks(d)
	for _, r := range d.returns {
		if d.counted == nil || r.Path == d.counted.Path || d.refuses(r) {
			d.findings = append(d.findings, r.Findings...)
			for _, f := range r.Reading.Findings {
				f.Unit, f.File = d.unit.Code, r.Path
				if f.Task == "" && d.counted != nil && r.Path == d.counted.Path {
					task := tasks.of(f.Origin)
					f.Task, f.TaskID = task.Code, task.ID
				}
				d.findings = append(d.findings, f)
			}
		}
	}
	file := ""
	if d.counted != nil {
		file = d.counted.Path
	}
	for _, rule := range d.rules {
		switch {
		case rule.ofDelivery != nil:
			d.findings = append(d.findings, rule.stamp(rule.ofDelivery(*d), d.unit.Code, progress.Task{}, file)...)
		case rule.ofMatch != nil && d.counted != nil:
			for _, m := range d.matches {
				d.findings = append(d.findings, rule.stamp(rule.ofMatch(m), d.unit.Code, progress.Task{}, file)...)
			}
		}
	}
}
