package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
)

func newVerify(c *console) *cobra.Command {
	return c.jsonFlag(c.command("verify", "verify", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		l, err := c.needLedger(cmd.Context(), office)
		if err != nil {
			return err
		}
		defer l.Close()
		verified, err := pipeline.Verify(cmd.Context(), pipeline.Desk{Office: office, Ledger: l, Now: c.now})
		if err != nil {
			return err
		}
		if c.json {
			if err := c.printJSON(verified); err != nil {
				return err
			}
		} else {
			for _, p := range verified.Problems {
				c.say("publish.problem."+p.Kind, "name", p.Name, "manifest", p.Manifest)
			}
			if len(verified.Problems) == 0 {
				c.say("verify.fine", "n", strconv.Itoa(verified.Editions))
			}
		}
		if len(verified.Problems) > 0 {
			return errAttention
		}
		return nil
	}))
}
