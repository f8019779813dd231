package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newRemind(c *console) *cobra.Command {
	var unit, period string
	var send bool
	cmd := c.command("remind", "remind", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return c.withDesk(cmd.Context(), func(d pipeline.Desk) error {
			if send && d.Office.Mail.IsOff() {
				return usageError{[]string{c.words.Say("mail.off")}}
			}
			p, err := c.editionPeriod(d.Office, period)
			if err != nil {
				return err
			}
			if p.ID == "" {
				if p, err = c.lastPublished(cmd.Context(), d); err != nil {
					return err
				}
			}
			if d, err = pipeline.WithRegisters(cmd.Context(), d); err != nil {
				return err
			}
			if err := c.knownUnit(d, unit); err != nil {
				return err
			}
			if err := pipeline.Pull(cmd.Context(), d, false); err != nil {
				return err
			}
			letters, err := pipeline.Remind(cmd.Context(), d, p, unit)
			if err != nil {
				return err
			}
			if !send {
				return c.tellReminded(p, letters)
			}
			mailed, err := pipeline.SendLetters(cmd.Context(), d, letters)
			if err != nil {
				return err
			}
			return c.tellMailed(p, letters, mailed)
		})
	})
	cmd.Flags().StringVar(&unit, "unit", "", c.words.Say("help.flag.one_unit"))
	cmd.Flags().StringVar(&period, "period", "", c.words.Say("help.flag.remind_period"))
	cmd.Flags().BoolVar(&send, "send", false, c.words.Say("help.flag.send"))
	return c.jsonFlag(cmd)
}

// lastPublished is the published period that closed last, of the shortest edition.
func (c *console) lastPublished(ctx context.Context, d pipeline.Desk) (progress.Period, error) {
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return progress.Period{}, err
	}
	var last progress.Period
	for _, e := range editions {
		if p := e.Past.Period; p.Kind == d.Office.Editions[0].Kind && (last.ID == "" || p.Start.After(last.Start)) {
			last = p
		}
	}
	if last.ID == "" {
		return last, usageError{[]string{c.words.Say("remind.no_period")}}
	}
	return last, nil
}

func (c *console) tellReminded(p progress.Period, letters []pipeline.Reminded) error {
	if c.json {
		return c.printJSON(letters)
	}
	if len(letters) == 0 {
		c.say("remind.none", "period", p.ID)
	}
	for _, r := range letters {
		key := "remind.made"
		if !r.New {
			key = "remind.same"
		}
		c.say(key, "unit", printable(r.UnitName), "n", strconv.Itoa(r.Number), "owes", c.owes(r), "file", printable(r.File))
	}
	return nil
}

// tellMailed tells of the letters and of the messages; one that was not taken, or for which there is no address, needs attention.
func (c *console) tellMailed(p progress.Period, letters []pipeline.Reminded, mailed []pipeline.Mailed) error {
	attention := false
	for _, m := range mailed {
		attention = attention || m.Outcome != pipeline.MailDelivered
	}
	if c.json {
		return c.endExtract(c.printJSON(map[string]any{"letters": letters, "mail": mailed}), attention)
	}
	if err := c.tellReminded(p, letters); err != nil {
		return err
	}
	for _, m := range mailed {
		fmt.Fprintln(c.out, c.mailed(m))
	}
	return c.endExtract(nil, attention)
}

// mailed is a sentence about what became of a message.
func (c *console) mailed(m pipeline.Mailed) string {
	return c.words.Say("mail."+string(m.Outcome), "unit", printable(m.Unit), "to", printable(m.To), "file", printable(m.File), "trouble", printable(m.Trouble))
}

// owes is what a unit owes, in a few words.
func (c *console) owes(r pipeline.Reminded) string {
	var out []string
	if r.Punctuality == progress.Missing || r.Punctuality == progress.Refused {
		out = append(out, c.words.Say("punctuality."+string(r.Punctuality)))
	}
	for _, x := range []struct {
		key string
		n   int
	}{{"silent", r.Silent}, {"unexplained", r.Unexplained}, {"unproven", r.Unproven}, {"blocked", r.Blocked}} {
		if x.n > 0 {
			out = append(out, c.words.Say("remind."+x.key, "n", c.words.Int(x.n)))
		}
	}
	return strings.Join(out, ", ")
}
