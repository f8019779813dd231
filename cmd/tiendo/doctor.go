package main

import (
	"errors"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/extract/worker"
)

func newDoctor(c *console) *cobra.Command {
	return c.jsonFlag(c.command("doctor", "doctor", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		l, unopened := readLedger(cmd.Context(), office)
		if l != nil {
			defer l.Close()
		}
		return c.withReaders(office, func(readers *worker.Pool) error {
			list := pipeline.Examine(cmd.Context(), office, l, unopened, readers)
			if c.json {
				err = c.printJSON(list)
			} else {
				c.tellExamined(list)
			}
			for _, e := range list {
				if e.Health != pipeline.Well {
					return errors.Join(err, errAttention)
				}
			}
			return err
		})
	}))
}

func (c *console) tellExamined(list []pipeline.Examined) {
	for _, e := range list {
		key := "doctor." + e.What
		if e.Health != pipeline.Well {
			key += "." + string(e.Health)
		}
		c.say("doctor.line", "health", c.words.Say("doctor.health."+string(e.Health)), "text", c.words.Fill(key, e.Facts))
		if e.Detail != "" {
			c.say("doctor.detail", "detail", printable(e.Detail))
		}
	}
}
