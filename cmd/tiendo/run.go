package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newRun(c *console) *cobra.Command {
	var period string
	var dryRun, all, force bool
	cmd := c.command("run", "run", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return c.withDesk(cmd.Context(), func(d pipeline.Desk) error {
			periods, later, err := c.periodsToRun(cmd.Context(), d, period, all, dryRun)
			if err != nil {
				return err
			}
			if d, err = pipeline.WithRegisters(cmd.Context(), d); err != nil {
				return err
			}
			if err := pipeline.Pull(cmd.Context(), d, force); err != nil {
				return err
			}
			if len(periods) == 0 && !c.json {
				c.say("run.nothing_due")
			}
			attention, err := c.runPeriods(cmd.Context(), d, periods, later, dryRun)
			if err != nil {
				return err
			}
			if !dryRun {
				failed, err := c.sendAnswers(cmd.Context(), d)
				if err != nil {
					return err
				}
				attention = attention || failed
			}
			if attention {
				return errAttention
			}
			return nil
		})
	})
	cmd.Flags().StringVar(&period, "period", "", c.words.Say("help.flag.period"))
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, c.words.Say("help.flag.dry_run"))
	cmd.Flags().BoolVar(&all, "all", false, c.words.Say("help.flag.all"))
	cmd.Flags().BoolVar(&force, "force", false, c.words.Say("help.flag.force"))
	return c.jsonFlag(cmd)
}

// periodsToRun decides which periods a run closes: the one named, else the earliest that is due, else (all) every one
// that is due. later counts those left over.
func (c *console) periodsToRun(ctx context.Context, d pipeline.Desk, named string, all, dryRun bool) (run []progress.Period, later int, err error) {
	if named == "" {
		due, err := pipeline.WhatIsDue(ctx, d)
		if err != nil || all || len(due) < 2 {
			return due, 0, err
		}
		return due[:1], len(due) - 1, nil
	}
	p, err := progress.ParsePeriod(named)
	if err != nil {
		return nil, 0, usageError{[]string{c.words.Say("error.period", "found", named)}}
	}
	edition, ok := d.Office.Edition(p.Kind)
	if !ok {
		return nil, 0, usageError{[]string{c.words.Say("error.no_edition", "period", named)}}
	}
	if closes := edition.Close.In(p, d.Office.Zone); closes.After(d.Now()) && !dryRun {
		return nil, 0, usageError{[]string{c.words.Say("error.not_closed", "period", named, "close", closes.Format("15:04 02/01/2006"))}}
	}
	return []progress.Period{p}, 0, nil
}

// runPeriods closes periods in order and tells what came of each, and whether any of it needs attention.
func (c *console) runPeriods(ctx context.Context, d pipeline.Desk, periods []progress.Period, later int, dryRun bool) (attention bool, err error) {
	closePeriod := pipeline.Close
	if dryRun {
		closePeriod = pipeline.Rehearse
	}
	results := []runJSON{} // never null in JSON
	for _, p := range periods {
		closed, err := closePeriod(ctx, d, p)
		if err != nil {
			return attention, err
		}
		attention = attention || refused(closed) > 0 || len(closed.Trouble) > 0
		c.tellAfterwards(closed)
		if c.json {
			results = append(results, newRunJSON(closed, dryRun))
			continue
		}
		c.tellClosed(closed, dryRun, later)
	}
	if c.json {
		return attention, c.printJSON(results)
	}
	return attention, nil
}

// tellAfterwards tells what went wrong after an edition was published, and whom no mail can reach.
func (c *console) tellAfterwards(closed pipeline.Closed) {
	for _, trouble := range closed.Trouble {
		fmt.Fprintln(c.err, c.words.Say("run.trouble", "detail", trouble.Error()))
	}
	if len(closed.NoAddress) > 0 {
		fmt.Fprintln(c.err, c.words.Say("mail.no_addresses", "units", printable(strings.Join(closed.NoAddress, "; "))))
	}
}

// sendAnswers sends the answers that wait, and what other mail waits with them, and tells what could not be sent. Nothing of it hurts what was published.
func (c *console) sendAnswers(ctx context.Context, d pipeline.Desk) (failed bool, err error) {
	if !d.Office.MailAnswers {
		return false, nil
	}
	mailed, err := pipeline.SendWaiting(ctx, d)
	sent := 0
	for _, m := range mailed {
		if m.Outcome == pipeline.MailDelivered {
			sent++
			continue
		}
		failed = true
		fmt.Fprintln(c.err, c.mailed(m))
	}
	if sent > 0 && !c.json {
		c.say("mail.sent_in_all", "n", c.words.Int(sent))
	}
	return failed, err
}

// refused counts the files of the inbox that were refused.
func refused(closed pipeline.Closed) int {
	n := 0
	for _, e := range closed.Entries {
		if e.State == progress.Rejected {
			n++
		}
	}
	return n
}

// tellClosed prints a line for each unit, the sums, where the outputs are and the one next step.
func (c *console) tellClosed(closed pipeline.Closed, dryRun bool, later int) {
	s, w := closed.Synthesis, c.words
	if closed.Already > 0 {
		c.say("run.already", "period", s.Period.ID, "revision", strconv.Itoa(closed.Already))
	}
	c.say("run.title", "period", s.Period.ID, "office", s.Office.Name)
	widest := 0
	for _, sub := range s.Submissions {
		widest = max(widest, utf8.RuneCountInString(s.UnitNames[sub.Unit]))
	}
	for i, sub := range s.Submissions {
		rows := "–"
		if sub.Punctuality == progress.OnTime || sub.Punctuality == progress.Late {
			rows = w.Say("run.rows", "counted", w.Int(sub.RowsCounted), "owed", w.Int(sub.RowsOwed))
		}
		c.say("run.unit", "n", fmt.Sprintf("%3d", i+1), "total", strconv.Itoa(len(s.Submissions)),
			"state", pad(w.Say("punctuality."+string(sub.Punctuality)), 9), "unit", pad(s.UnitNames[sub.Unit], widest),
			"rows", pad(rows, 12), "findings", c.counts(sub.Errors, sub.Warnings, sub.Notes))
	}
	fmt.Fprintln(c.out)
	c.tellEntries(closed.Entries, s.Findings)
	r := s.Reporting
	c.say("run.reporting", "received", w.Int(r.Received()), "expected", w.Int(r.Expected), "ontime", w.Int(r.OnTime),
		"late", w.Int(r.Late), "missing", w.Int(r.Missing), "refused", w.Int(r.Refused))
	pairs := []string{"total", w.Int(s.Total.Counts.Total)}
	for _, class := range progress.Classes {
		pairs = append(pairs, string(class), w.Int(s.Total.Counts.Of(class)))
	}
	c.say("run.positions", pairs...)
	bySeverity := map[progress.Severity]int{}
	for _, f := range s.Findings {
		bySeverity[f.Severity]++
	}
	fmt.Fprintln(c.out, c.counts(bySeverity[progress.SeverityError], bySeverity[progress.SeverityWarning], bySeverity[progress.SeverityNote]))
	fmt.Fprintln(c.out)
	c.tellOutputs(closed, dryRun, later)
}

func (c *console) counts(errors, warnings, notes int) string {
	return c.words.Say("run.findings", "errors", c.words.Int(errors), "warnings", c.words.Int(warnings), "notes", c.words.Int(notes))
}

// tellEntries prints the sum over the inbox and every entry that does not simply count.
func (c *console) tellEntries(entries []progress.Entry, findings []progress.Finding) {
	if len(entries) == 0 {
		return
	}
	byState := map[progress.EntryState]int{}
	for _, e := range entries {
		byState[e.State]++
	}
	pairs := []string{"total", c.words.Int(len(entries))}
	for _, state := range []progress.EntryState{progress.Accepted, progress.Superseded, progress.Duplicate, progress.Rejected, progress.Ignored, progress.Pending} {
		pairs = append(pairs, string(state), c.words.Int(byState[state]))
	}
	c.say("run.entries", pairs...)
	for _, e := range entries {
		if e.State != progress.Accepted {
			c.say("run.entry", "state", c.words.Say("state."+string(e.State)), "path", printable(e.Path), "reason", c.reason(e, findings))
		}
	}
}

// reason is why an entry ended where it did; a refused file says in full what is wrong with it.
func (c *console) reason(e progress.Entry, findings []progress.Finding) string {
	pairs := []string{"period", e.Period}
	for k, v := range e.Facts {
		pairs = append(pairs, k, printable(v))
	}
	if title := "rule." + e.Facts["rule"]; c.words.Has(title) {
		pairs = append(pairs, "title", c.words.Say(title))
	}
	reason := c.words.Say("entry."+e.Reason, pairs...)
	for _, f := range findings {
		if e.State == progress.Rejected && f.File == e.Path && f.Severity == progress.SeverityError {
			message, remedy := c.words.Finding(f)
			reason += "\n      " + f.Rule + ": " + printable(message) + " " + remedy
		}
	}
	return reason
}

func (c *console) tellOutputs(closed pipeline.Closed, dryRun bool, later int) {
	if len(closed.Files) == 0 {
		return
	}
	if dryRun {
		c.say("run.draft")
	} else {
		c.say("run.published", "revision", strconv.Itoa(closed.Synthesis.Revision))
	}
	for _, f := range closed.Files {
		fmt.Fprintln(c.out, "  "+f)
	}
	switch n := refused(closed); {
	case later > 0:
		c.say("run.next.due", "n", strconv.Itoa(later))
	case n > 0 && dryRun:
		c.say("run.next.mend", "n", strconv.Itoa(n))
	case n > 0:
		c.say("run.next.explain", "n", strconv.Itoa(n))
	default:
		c.say("run.next.read")
	}
}

// runJSON is what run --json prints for a period.
type runJSON struct {
	Period      string                `json:"period"`
	Revision    int                   `json:"revision"`
	Published   bool                  `json:"published"`
	Draft       bool                  `json:"draft"`
	Files       []string              `json:"files"`
	Counts      map[string]int        `json:"counts"`
	Submissions []progress.Submission `json:"submissions"`
	Entries     []progress.Entry      `json:"entries"`
	Findings    int                   `json:"findings"`
}

func newRunJSON(closed pipeline.Closed, dryRun bool) runJSON {
	s := closed.Synthesis
	j := runJSON{
		Period: s.Period.ID, Revision: cmp.Or(closed.Already, s.Revision), Published: !dryRun && closed.Already == 0, Draft: dryRun,
		Files: closed.Files, Counts: map[string]int{"total": s.Total.Counts.Total}, Submissions: s.Submissions, Entries: closed.Entries,
		Findings: len(s.Findings),
	}
	for _, class := range progress.Classes {
		j.Counts[string(class)] = s.Total.Counts.Of(class)
	}
	return j
}

// pad fills s with spaces to a width in characters.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// printable keeps a name from a share from steering the terminal: control and direction characters are quoted.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.QuoteToGraphic(s)
	}
	return s
}

// progressBar tells how far the reading is, on a terminal alone.
func (c *console) progressBar() func(done, total int) {
	f, ok := c.err.(*os.File)
	if !ok || !isTerminal(f) {
		return nil
	}
	return func(done, total int) { drawProgress(f, c.words.Say("run.reading"), done, total) }
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

func drawProgress(w io.Writer, what string, done, total int) {
	const width = 30
	if total == 0 {
		return
	}
	filled := width * done / total
	fmt.Fprintf(w, "\r%s [%s%s] %d/%d", what, strings.Repeat("#", filled), strings.Repeat(".", width-filled), done, total)
	if done == total {
		fmt.Fprint(w, "\r\033[K")
	}
}
