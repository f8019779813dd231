package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newExplain(c *console) *cobra.Command {
	var period string
	cmd := c.command("explain FILE|TASK|FIGURE", "explain", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		if _, err := progress.ParsePeriod(period); period != "" && err != nil {
			return usageError{[]string{c.words.Say("error.period", "found", period)}}
		}
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		l, err := c.needLedger(cmd.Context(), office)
		if err != nil {
			return err
		}
		defer l.Close()
		readers, err := newReaders(office)
		if err != nil {
			return err
		}
		defer readers.Close()
		d := pipeline.Desk{Office: office, Ledger: l, Readers: readers, Now: c.now}
		// What was published rests on the plan that the ledger keeps; the plan file of today has no say.
		if d.Units, err = pipeline.ReadUnits(cmd.Context(), readers, office.UnitsFile); err != nil {
			return err
		}
		traced, err := pipeline.Trace(cmd.Context(), d, period, args[0])
		switch {
		case errors.Is(err, pipeline.ErrUntraced):
			return usageError{[]string{c.words.Say("trace.unknown", "found", args[0], "period", traced.Period)}}
		case errors.Is(err, pipeline.ErrNotPublished):
			return usageError{[]string{c.words.Say("trace.not_published", "period", period)}}
		case err != nil:
			return err
		}
		c.finishTraced(&traced)
		if c.json {
			return c.printJSON(traced)
		}
		c.tellTraced(traced, d)
		return nil
	})
	cmd.Flags().StringVar(&period, "period", "", c.words.Say("help.flag.explain_period"))
	return c.jsonFlag(cmd)
}

// finishTraced fills in the sentences of all findings.
func (c *console) finishTraced(t *pipeline.Traced) {
	if t.Figure != nil {
		c.finish(t.Figure.Findings)
		identify(t.Figure.Findings)
		for _, list := range [][]pipeline.TracedPosition{t.Figure.Counted, t.Figure.Rest} {
			for _, p := range list {
				c.finish(p.Findings)
				identify(p.Findings)
			}
		}
	}
	if t.Task != nil {
		for _, p := range t.Task.Positions {
			c.finish(p.Findings)
			identify(p.Findings)
		}
	}
	if t.File != nil {
		c.finish(t.File.Findings)
		identify(t.File.Findings)
	}
}

func (c *console) tellTraced(t pipeline.Traced, d pipeline.Desk) {
	c.say("trace.period", "period", t.Period, "revision", strconv.Itoa(t.Revision), "date", c.words.Date(t.DataDate))
	switch {
	case t.Figure != nil:
		c.tellFigure(*t.Figure, d)
	case t.Task != nil:
		c.tellTask(*t.Task, d)
	case t.File != nil:
		c.tellFile(*t.File, d)
	}
}

func (c *console) tellFigure(f pipeline.TracedFigure, d pipeline.Desk) {
	c.say("trace.figure", "id", f.ID, "value", c.value(&f.Value), "previous", c.value(f.Previous), "year", c.value(f.YearBefore))
	for _, p := range f.Parts {
		c.say("trace.part", "name", c.words.Say("workbook.column.standing_"+strings.TrimPrefix(string(p.Measure), "own_")), "weight", c.words.Int(p.Weight),
			"value", c.value(&progress.Value{Count: p.Share.Num, Share: &p.Share}))
	}
	if f.Counted != nil {
		c.say("trace.counted", "n", c.words.Int(len(f.Counted)))
		c.tellPositions(f.Counted, d)
	}
	if len(f.Rest) > 0 {
		c.say("trace.rest", "n", c.words.Int(len(f.Rest)))
		c.tellPositions(f.Rest, d)
	}
	for _, s := range f.Submissions {
		c.say("trace.submission", "unit", d.UnitName(s.Unit), "state", c.words.Say("punctuality."+string(s.Punctuality)), "file", orDash(printable(s.File)),
			"counted", c.words.Int(s.RowsCounted), "owed", c.words.Int(s.RowsOwed))
	}
	c.tellFindings(f.Findings)
}

// value writes a figure's value: a count, or a rate with its numerator and denominator; a gap where there is none.
func (c *console) value(v *progress.Value) string {
	if v == nil {
		return "–"
	}
	if v.Tenths != nil {
		return c.words.Decimal(*v.Tenths, 1)
	}
	if v.Share == nil {
		return c.words.Int(v.Count)
	}
	fraction := c.words.Int(v.Share.Num) + "/" + c.words.Int(v.Share.Den)
	if p, ok := v.Share.Percent(); ok {
		return c.words.Decimal(p, 1) + "% (" + fraction + ")"
	}
	return "– (" + fraction + ")"
}

func (c *console) tellTask(t pipeline.TracedTask, d pipeline.Desk) {
	c.say("trace.task", "code", t.Task.Code, "title", t.Task.Title)
	c.say("trace.task_plan", "file", t.PlanFile, "place", c.words.Place(t.Task.Origin), "sha256", shortHash(t.PlanSHA),
		"due", orDash(t.Task.Due.Text), "original", orDash(t.Task.OriginalDue.Text), "lead", t.Task.LeadText, "product", orDash(t.Task.Product))
	for _, s := range t.History {
		c.say("trace.task_moved", "from", orDash(s.From.Text), "to", orDash(s.To.Text), "document", orDash(printable(s.Words())))
	}
	for _, m := range t.Task.Milestones {
		key, percent := "trace.task_step", ""
		if m.Percent != nil {
			key, percent = "trace.task_milestone", percentText(c.words, *m.Percent)
		}
		c.say(key, "text", m.Text, "due", m.Due.Text, "percent", percent, "place", c.words.Place(m.Origin))
	}
	for i, p := range t.Positions {
		if i == 0 || t.Positions[i-1].Period != p.Period {
			c.say("trace.task_period", "period", p.Period)
		}
		c.tellPosition(p, d)
	}
}

// tellPositions prints positions with the rows behind them; of the positions of one task, which follow each other, the first
// names it.
func (c *console) tellPositions(list []pipeline.TracedPosition, d pipeline.Desk) {
	for i, p := range list {
		if i == 0 || list[i-1].Task != p.Task {
			c.say("trace.position_task", "task", p.Task, "title", p.Title, "plan", c.words.Place(p.Plan))
		}
		c.tellPosition(p, d)
	}
}

func (c *console) tellPosition(p pipeline.TracedPosition, d pipeline.Desk) {
	class := c.words.Say("workbook.measure." + string(p.Class))
	if p.DaysLate > 0 {
		class += ", " + c.words.Say("trace.days_late", "n", c.words.Int(p.DaysLate))
	}
	c.say("trace.position", "unit", p.UnitName, "class", class, "due", orDash(p.Deadline.Text))
	if reasons := slices.Concat(p.Doubts, p.Blocked); len(reasons) > 0 {
		c.say("trace.reasons", "rules", strings.Join(reasons, ", "))
	}
	if p.Row == nil {
		c.say("trace.no_row")
	} else {
		c.tellRow(*p.Row, p.Carried, d)
	}
	c.tellFindings(p.Findings)
}

func (c *console) tellRow(r pipeline.TracedRow, carried bool, d pipeline.Desk) {
	key := "trace.row"
	if carried {
		key = "trace.row_carried"
	}
	percent := "–"
	if r.Percent != nil {
		percent = percentText(c.words, *r.Percent)
	}
	c.say(key, "file", printable(r.File), "place", c.words.Place(r.Origin), "at", r.Received.In(d.Office.Zone).Format("15:04 02/01/2006"),
		"sha256", shortHash(r.SHA256), "status", orDash(printable(r.StatusText)), "percent", percent, "result", orDash(printable(shorten(r.Result, 120))))
	c.tellLower(r.Parts, "        ")
}

// tellLower prints the units of lower offices behind a row, each with the return that its office read, and those behind it further in.
func (c *console) tellLower(parts []progress.Part, indent string) {
	for _, p := range parts {
		class := ""
		if p.Class != "" {
			class = c.words.Say("workbook.measure." + string(p.Class))
		}
		key := "trace.lower"
		if p.File == "" {
			key = "trace.lower_silent"
		}
		c.say(key, "indent", indent, "unit", printable(p.Unit), "class", class, "line", c.words.Place(p.Origin), "file", printable(p.File), "place", printable(p.Place), "sha256", shortHash(p.SHA256))
		c.tellLower(p.Parts, indent+"  ")
	}
}

func (c *console) tellFile(f pipeline.TracedFile, d pipeline.Desk) {
	e := f.Entry
	c.say("trace.file", "file", printable(e.Path), "state", c.words.Say("state."+string(e.State)), "reason", c.reason(e, f.Findings),
		"unit", orDash(e.Unit), "period", orDash(e.Period), "at", e.Received.In(d.Office.Zone).Format("15:04 02/01/2006"), "sha256", shortHash(e.SHA256))
	for _, r := range f.Rows {
		key := "trace.file_row"
		if r.Task == "" {
			key = "trace.file_row_uncounted"
		}
		class := ""
		if r.Class != "" {
			class = c.words.Say("workbook.measure." + string(r.Class))
		}
		c.say(key, "place", c.words.Place(r.Origin), "code", orDash(r.Code), "text", printable(shorten(r.Text, 90)), "task", r.Task, "class", class)
	}
	if e.State != progress.Rejected { // the reason of a refusal holds its findings
		c.tellFindings(f.Findings)
	}
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// shortHash is enough of a hash to find the file by.
func shortHash(sha256 string) string { return sha256[:min(12, len(sha256))] }
