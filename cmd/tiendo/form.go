package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newForm(c *console) *cobra.Command {
	var unit, period, dir string
	cmd := c.command("form", "form", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		p, err := c.editionPeriod(office, period)
		if err != nil {
			return err
		}
		return c.withLook(cmd.Context(), office, func(d pipeline.Desk) error {
			return c.makeForms(cmd.Context(), d, p, unit, dir)
		})
	})
	cmd.Flags().StringVar(&unit, "unit", "", c.words.Say("help.flag.one_unit"))
	cmd.Flags().StringVar(&period, "period", "", c.words.Say("help.flag.form_period"))
	cmd.Flags().StringVar(&dir, "out", "", c.words.Say("help.flag.form_out"))
	return c.jsonFlag(cmd)
}

// editionPeriod is the period of that id, for which the office has an edition; the zero Period where no id is given.
func (c *console) editionPeriod(office pipeline.Office, id string) (progress.Period, error) {
	if id == "" {
		return progress.Period{}, nil
	}
	p, err := progress.ParsePeriod(id)
	if err != nil {
		return p, usageError{[]string{c.words.Say("error.period", "found", printable(id))}}
	}
	if _, ok := office.Edition(p.Kind); !ok {
		return p, usageError{[]string{c.words.Say("error.no_edition", "period", id)}}
	}
	return p, nil
}

// knownUnit refuses a code that the register does not have.
func (c *console) knownUnit(d pipeline.Desk, unit string) error {
	if _, ok := d.Units.ByCode(unit); unit != "" && !ok {
		return usageError{[]string{c.words.Say("error.no_unit", "found", printable(unit))}}
	}
	return nil
}

func (c *console) makeForms(ctx context.Context, d pipeline.Desk, p progress.Period, unit, dir string) error {
	d, err := pipeline.WithRegisters(ctx, d)
	if err != nil {
		return err
	}
	if err := c.knownUnit(d, unit); err != nil {
		return err
	}
	if p.ID == "" {
		p = d.Office.OpenAt(d.Now())
	}
	if dir == "" {
		dir = d.Office.Returns
	}
	forms, err := pipeline.Forms(ctx, d, p, unit, dir)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(forms)
	}
	for _, f := range forms {
		key := "form.made"
		if !f.New {
			key = "form.same"
		}
		c.say(key, "file", printable(f.File), "n", strconv.Itoa(f.Tasks))
	}
	if len(forms) == 0 {
		c.say("form.none", "period", p.ID)
	}
	return nil
}
