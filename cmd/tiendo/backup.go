package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
)

func newBackup(c *console) *cobra.Command {
	return c.jsonFlag(c.command("backup DIR", "backup", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		if _, err := os.Lstat(args[0]); err == nil {
			return usageError{[]string{c.words.Say("backup.exists", "dir", args[0])}}
		}
		l, err := c.needLedger(cmd.Context(), office)
		if err != nil {
			return err
		}
		defer l.Close()
		done, err := pipeline.Backup(cmd.Context(), pipeline.Desk{Office: office, Ledger: l, Now: c.now}, filepath.Join(c.office, configName), args[0])
		if err != nil {
			return err
		}
		if c.json {
			return c.printJSON(done)
		}
		c.say("backup.done", "dir", done.Dir, "files", c.words.Int(done.Files), "mib", c.words.Decimal(float64(done.Bytes)/(1<<20), 1))
		return nil
	}))
}
