package main

import (
	"fmt"
	"strings"

	"tiendo/pipeline/progress"
)

// trap bends the story of one position, so that a rule has a clear case. what tells a reader of the sample what was done.
type trap struct {
	rules   string // rules that it breaks, for the table of the README
	edition string // where the case is seen
	unit    string
	what    string
	fate    fate
	bend    func(c *course, at string)
}

// fate is what a trap asks of the position that it is given: a deadline that fits, and then a course that fits.
type fate struct {
	fit   func(due progress.Date, e edition) bool
	owes  string // the product begins so; empty: any
	force func(c *course, e edition)
}

var (
	// openInTerm: in progress for the whole story, with the deadline at least five weeks off.
	openInTerm = fate{
		fit:   func(due progress.Date, e edition) bool { return e.close.DaysUntil(due) >= 35 },
		force: func(c *course, _ edition) { c.finish = progress.Date{}; c.begin() },
	}
	// decisionInTerm: openInTerm, where a decision is owed.
	decisionInTerm = fate{fit: openInTerm.fit, owes: "Quyết định", force: openInTerm.force}
	// openOverdue: the deadline has passed and the task is not done.
	openOverdue = fate{
		fit:   func(due progress.Date, e edition) bool { return !due.IsZero() && due.Before(e.close) },
		force: func(c *course, _ edition) { c.finish = progress.Date{}; c.begin() },
	}
	// finishedEarly: finished three weeks before the edition.
	finishedEarly = fate{
		fit:   func(due progress.Date, e edition) bool { return !due.IsZero() && due.Before(e.close) },
		force: func(c *course, e edition) { c.finish = e.close.AddDays(-24) },
	}
)

// begin makes sure that a task that is to be in progress has begun.
func (c *course) begin() {
	for i := range c.percents {
		c.percents[i] = max(c.percents[i], float64(10+5*i))
	}
}

// finish makes the task done, as far as the unit says, from the edition on; the evidence is of that week.
func finish(c *course, at string, days int) *report {
	rep := c.reports[at]
	p, err := progress.ParsePeriod(at)
	if err != nil {
		panic(err)
	}
	rep.finish(random(0, c.task.Code+c.unit+at), p.Start.AddDays(days))
	return rep
}

var traps = []trap{
	{"H04", "2025-W20", "vu-khtc", "status, percentage and result are the same words for three weeks", openInTerm, func(c *course, at string) {
		for _, id := range []string{"2025-W19", at} {
			again := *c.reports["2025-W18"]
			c.reports[id] = &again
		}
	}},
	{"R15", "2025-W20", "vu-khtc", "overdue, no reason given", openOverdue, func(c *course, at string) {
		setOpen(c.reports[at], "Quá hạn", progress.ClaimLate)
		c.reports[at].reason, c.reports[at].difficulty, c.reports[at].proposal = "", "", ""
	}},
	{"P05", "2025-W20", "vu-khtc", "the return has 30/11/2026 as the deadline, without a document", openInTerm, moveDue("30/11/2026", "2026-11-30")},
	{"R04", "2025-W20", "vu-pc", "said to be done, at 85 %", openInTerm, func(c *course, at string) {
		part := 85.0
		finish(c, at, 1).percent = &part
	}},
	{"H01", "2025-W20", "vu-pc", "falls from 70 % to 55 %", openInTerm, backwards},
	{"R14", "2025-W20", "vu-pc", "\"trong hạn\" though the deadline has passed", openOverdue, claimInTerm},
	{"R01", "2025-W20", "vu-tccb", "status \"OK\"", openInTerm, func(c *course, at string) {
		setOpen(c.reports[at], "OK", progress.NoClaim)
		c.reports[at].status = progress.StatusUnknown
		c.reports[at].blockers = []string{"R01"}
	}},
	{"R02", "2025-W20", "vu-tccb", "percentage \"gần xong\"", openInTerm, badPercent("gần xong")},
	{"P04", "2025-W20", "vu-tccb", "one task on two rows with different percentages", openInTerm, func(c *course, at string) {
		c.reports[at].twice = true
		c.reports[at].blockers = []string{"P04"}
	}},
	{"R07", "2025-W20", "vu-htqt", "said to be done, no document named", openInTerm, undocumented},
	{"R15", "2025-W20", "vu-ktxhs", "overdue, no reason given", openOverdue, func(c *course, at string) {
		setOpen(c.reports[at], "Đang thực hiện", progress.NoClaim)
		c.reports[at].reason, c.reports[at].difficulty, c.reports[at].proposal = "", "", ""
	}},
	{"R07", "2025-W20", "vu-ktxhs", "ticked as done, the result names no document", openInTerm, undocumented},
	{"R10", "2025-W20", "vu-ktxhs", "done, in a form without a day of completion", openInTerm, func(c *course, at string) { finish(c, at, 1) }},
	{"P05", "2025-W20", "vu-bc", "the return has 30/11/2026 as the deadline, without a document", openInTerm, moveDue("30/11/2026", "2026-11-30")},
	{"R02", "2025-W20", "cuc-cnict", "percentage 150%", openInTerm, badPercent("150%")},
	{"R11", "2025-W20", "cuc-cnict", "completed on 30/5/2025, after the data date", openInTerm, future},
	{"H12", "2025-W20", "cuc-cds", "a row of the weeks before is left out", openInTerm, omit},
	{"H12", "2025-W20", "cuc-cds", "a row of the weeks before is left out", openOverdue, omit},
	{"H02", "2025-W20", "cuc-cds", "was confirmed done, is being redone", finishedEarly, func(c *course, at string) {
		rep := c.reports[at]
		setOpen(rep, "Đang thực hiện", progress.NoClaim)
		rep.again, rep.percent, rep.completed, rep.evidence = true, nil, progress.Date{}, ""
		rep.result = "Phải thực hiện lại một số nội dung theo ý kiến kiểm tra của lãnh đạo Bộ."
		rep.reason = "Kết quả trước đây chưa đạt yêu cầu khi kiểm tra thực tế."
	}},
	{"R03", "2025-W20", "cuc-attt", "completed on 31/4/2025, which no calendar has", openInTerm, func(c *course, at string) {
		rep := finish(c, at, 0)
		rep.completed, rep.dateText = progress.Date{}, "31/4/2025"
		rep.blockers = []string{"R03"}
	}},
	{"R14", "2025-W20", "cuc-attt", "\"trong hạn\" though the deadline has passed", openOverdue, claimInTerm},
	{"H01", "2025-W20", "cuc-vt", "falls from 70 % to 55 %", openInTerm, backwards},
	{"R05", "2025-W20", "cuc-ts", "100 %, yet said to be in progress", openInTerm, func(c *course, at string) {
		all := 100.0
		setOpen(c.reports[at], "Đang thực hiện", progress.NoClaim)
		c.reports[at].percent = &all
	}},
	{"R11", "2025-W20", "hv-bcvt", "completed on 30/5/2025, after the data date", openInTerm, future},
	{"R04", "2025-W17", "vu-bc", "said to be done, at 85 %", openInTerm, func(c *course, at string) {
		part := 85.0
		finish(c, at, 0).percent = &part
	}},
	{"R01", "2025-W16", "vu-pc", "status \"xong rồi\"", openInTerm, func(c *course, at string) {
		setOpen(c.reports[at], "xong rồi", progress.NoClaim)
		c.reports[at].status = progress.StatusUnknown
		c.reports[at].blockers = []string{"R01"}
	}},
	{"P03", "2025-W15", "cuc-ts", "an owed row is left out", openInTerm, omit},
	{"R08", "2025-W20", "cuc-xb", "said to be done, the result says that it will be", openInTerm, func(c *course, at string) {
		rep := finish(c, at, 1)
		rep.result, rep.unproven = "Sản phẩm đã cơ bản xong, đang trình lãnh đạo Bộ xem xét, phê duyệt.", []string{"R08"}
	}},
	{"R09", "2025-W20", "cuc-cnict", "said to be done, a submission letter stands for the decision that is owed", decisionInTerm, func(c *course, at string) {
		rep := finish(c, at, 1)
		rep.result, rep.evidence, rep.unproven = "Đã hoàn thành việc xây dựng hồ sơ.", "Tờ trình số 512/TTr-CNICT ngày 13/5/2025", []string{"R09"}
	}},
	{"P06", "2025-W20", "cuc-vt", "the return has 30/11/2026 as the deadline, by a letter that the plan does not know", openInTerm, func(c *course, at string) {
		moveDue("30/11/2026 (gia hạn theo Công văn số 1522/VP-TH ngày 08/5/2025)", "2026-11-30")(c, at)
		c.reports[at].letter = true
	}},
	{"R07", "2025-04", "hv-bcvt", "said to be done, no document named", openInTerm, undocumented},
}

func setOpen(rep *report, words string, claim progress.Timeliness) {
	if rep.status == progress.NotStarted {
		rep.percent = nil
	}
	rep.status, rep.statusText, rep.claim = progress.InProgress, words, claim
}

func omit(c *course, at string) { c.reports[at].omitted = true }

func claimInTerm(c *course, at string) {
	setOpen(c.reports[at], "Đang thực hiện trong hạn", progress.ClaimOnTime)
}

func undocumented(c *course, at string) {
	rep := finish(c, at, 1)
	rep.evidence, rep.result = "", unsupported[0]
}

func future(c *course, at string) {
	rep := finish(c, at, 1)
	rep.completed = day("2025-05-30")
	rep.blockers = []string{"R11"}
}

func badPercent(words string) func(*course, string) {
	return func(c *course, at string) {
		setOpen(c.reports[at], "Đang thực hiện", progress.NoClaim)
		c.reports[at].percentText = words
		c.reports[at].blockers = []string{"R02"}
	}
}

func moveDue(text, iso string) func(*course, string) {
	return func(c *course, at string) {
		c.reports[at].due = progress.Due{Text: text, Date: day(iso), Precision: progress.Day}
		c.reports[at].moved = true
	}
}

// backwards falls from 70 to 55 in the edition after weeks that never fell.
func backwards(c *course, at string) {
	high, low := 70.0, 55.0
	for id, rep := range c.reports {
		setOpen(rep, "Đang thực hiện", progress.NoClaim)
		rep.percent = &high
		if id == at {
			rep.percent = &low
		}
	}
}

// lay gives each trap the first position of its unit that fits and that no other trap has, a task of its own rather than one of all units, and forces its fate. The reports are not told yet.
func lay(traps []trap, courses []*course, editions map[string]edition) (map[*course]trap, error) {
	laid := map[*course]trap{}
	for _, t := range traps {
		e := editions[t.edition]
		c := position(t, courses, laid, e)
		if c == nil {
			return nil, fmt.Errorf("trap %s of %s in %s: no position fits", t.rules, t.unit, t.edition)
		}
		t.fate.force(c, e)
		laid[c] = t
	}
	return laid, nil
}

func position(t trap, courses []*course, laid map[*course]trap, e edition) *course {
	var collective *course
	for _, c := range courses {
		_, taken := laid[c]
		switch {
		case taken || c.unit != t.unit || !t.fate.fit(c.task.Due.Date, e) || !strings.HasPrefix(c.task.Product, t.fate.owes):
		case c.task.LeadText != everyUnit:
			return c
		case collective == nil:
			collective = c
		}
	}
	return collective
}
