package main

import (
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newCheck(c *console) *cobra.Command {
	var unit, period string
	cmd := c.command("check FILE...", "check", cobra.MinimumNArgs(1), func(cmd *cobra.Command, files []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		if period != "" {
			if _, err := progress.ParsePeriod(period); err != nil {
				return usageError{[]string{c.words.Say("error.period", "found", period)}}
			}
		}
		return c.withLook(cmd.Context(), office, func(d pipeline.Desk) error {
			d, err := pipeline.WithRegisters(cmd.Context(), d)
			if err != nil {
				return err
			}
			if _, ok := d.Units.ByCode(unit); unit != "" && !ok {
				return usageError{[]string{c.words.Say("error.no_unit", "found", unit)}}
			}
			var all []pipeline.Checked
			attention := false
			for _, file := range files {
				data, err := c.readInput(file)
				if err != nil {
					return err
				}
				reading, err := pipeline.ReadReturn(cmd.Context(), d.Readers, data, filepath.Base(file))
				if err != nil {
					return err
				}
				checked, err := pipeline.Check(cmd.Context(), d, reading, unit, period)
				if err != nil {
					return err
				}
				checked.File = file
				c.finish(checked.Findings)
				identify(checked.Findings)
				attention = attention || hasError(checked.Findings)
				if !c.json {
					c.tellChecked(checked)
				}
				all = append(all, checked)
			}
			return c.endExtract(printOneOrMany(c, all), attention)
		})
	})
	cmd.Flags().StringVar(&unit, "unit", "", c.words.Say("help.flag.unit"))
	cmd.Flags().StringVar(&period, "period", "", c.words.Say("help.flag.period"))
	return c.jsonFlag(cmd)
}

func (c *console) tellChecked(checked pipeline.Checked) {
	unit := checked.UnitName
	if unit == "" {
		unit = c.words.Say("check.unknown_unit")
	}
	c.say("check.file", "file", printable(checked.File), "unit", unit, "period", checked.Period,
		"counted", strconv.Itoa(checked.RowsCounted), "owed", strconv.Itoa(checked.RowsOwed))
	if len(checked.Findings) == 0 {
		c.say("check.clean")
	}
	c.tellFindings(checked.Findings)
}
