package main

import (
	"cmp"
	"slices"

	"tiendo/pipeline/progress"
)

// desk is where the returns of one edition arrive.
type desk struct {
	e        edition
	inbox    bool                       // the edition is the current one
	counting map[string]map[string]line // unit → task → the row of the return that counts
	punctual map[string]progress.Punctuality
	file     map[string]string // unit → the return that counts
	files    []truthFile
	findings []truthFinding
}

// line is a row as the unit meant it and as the form shows it.
type line struct {
	rep *report
	row progress.Row
}

func newDesk(e edition, inbox bool, deliveries []delivery) *desk {
	d := &desk{e: e, inbox: inbox, counting: map[string]map[string]line{}, punctual: map[string]progress.Punctuality{}, file: map[string]string{}}
	for _, sent := range deliveries {
		if sent.state == progress.Rejected && d.punctual[sent.unit] == "" {
			d.punctual[sent.unit] = progress.Refused
		}
		if !sent.counts() {
			continue
		}
		d.punctual[sent.unit] = progress.OnTime
		if sent.received.After(e.at(0, dueHour, 0)) {
			d.punctual[sent.unit] = progress.Late
		}
	}
	return d
}

// receive notes one file.
func (d *desk) receive(p parcel, reports []*report, rows []progress.Row) {
	f := truthFile{Path: p.path, Received: moment(p.delivery.received), State: p.state, Reason: p.reason, Unit: p.unit}
	switch p.state {
	case progress.Accepted:
		f.Rows, f.Truth = len(rows), d.shown(rows)
		d.file[p.unit] = p.path
		d.counting[p.unit] = map[string]line{}
		for i, rep := range reports {
			if rep.stray {
				d.findings = append(d.findings, strayFinding(rep))
				continue
			}
			d.counting[p.unit][rep.task.Code] = line{rep, rows[i]}
		}
	case progress.Superseded:
		f.Rows, f.Truth = len(rows), d.shown(rows)
		d.findings = append(d.findings, truthFinding{Rule: "F17", Unit: p.unit, File: p.path})
	case progress.Rejected:
		d.findings = append(d.findings, truthFinding{Rule: p.reason, Unit: p.unit, File: p.path})
	}
	d.files = append(d.files, f)
}

// strayFinding names the task, where there is one: a row that is not in the plan (P01) is about none.
func strayFinding(rep *report) truthFinding {
	f := truthFinding{Rule: rep.blockers[0], Unit: rep.unit}
	if f.Rule != "P01" {
		f.Task = rep.code
	}
	return f
}

// shown are the rows that the truth lists: those of the inbox. The history is written in simple forms, and counted only.
func (d *desk) shown(rows []progress.Row) []progress.Row {
	if !d.inbox {
		return nil
	}
	out := make([]progress.Row, len(rows))
	for i, row := range rows {
		out[i] = row.Contract()
	}
	return out
}

// find is what the unit's return says of a position; nil where nothing.
func (d *desk) find(c *course) (*progress.Row, *report) {
	l, ok := d.counting[c.unit][c.task.Code]
	if !ok {
		return nil, nil
	}
	return &l.row, l.rep
}

// judge decides every position and notes the flaws of its row.
func (d *desk) judge(courses []*course, before map[*course]standing) map[*course]standing {
	judged := map[*course]standing{}
	for _, c := range courses {
		row, rep := d.find(c)
		var prior *standing
		if s, ok := before[c]; ok {
			prior = &s
		}
		s := judge(d.e, c, rep, row, prior)
		judged[c] = s
		d.findings = append(d.findings, flaws(d.e, s, prior, d.file[c.unit] != "")...)
	}
	return judged
}

// close writes the edition down, positions in the order of the courses.
func (d *desk) close(units []progress.Unit, courses []*course, judged map[*course]standing) truthPeriod {
	standings := make([]standing, len(courses))
	for i, c := range courses {
		standings[i] = judged[c]
	}
	submissions := d.submissions(units)
	sortFindings(d.findings)
	slices.SortFunc(d.files, func(a, b truthFile) int { return cmp.Compare(a.Path, b.Path) })
	return newTruthPeriod(d.e, units, d.files, submissions, standings, d.findings)
}

// submissions says for each reporting unit how it delivered, and finds those that did not or were late.
func (d *desk) submissions(units []progress.Unit) []truthSubmission {
	var out []truthSubmission
	for _, u := range units {
		if !u.Reports {
			continue
		}
		s := truthSubmission{Unit: u.Code, Punctuality: d.punctual[u.Code], File: d.file[u.Code]}
		switch s.Punctuality {
		case "":
			s.Punctuality = progress.Missing
			d.findings = append(d.findings, truthFinding{Rule: "F01", Unit: u.Code})
		case progress.Late:
			d.findings = append(d.findings, truthFinding{Rule: "F02", Unit: u.Code, File: s.File})
		}
		out = append(out, s)
	}
	return out
}
