package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/samples"
	"tiendo/templates"
)

func newInit(c *console) *cobra.Command {
	var sample bool
	cmd := c.command("init DIR", "init", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		dir := filepath.Clean(args[0])
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if len(entries) > 0 {
			return usageError{[]string{c.words.Say("error.not_empty", "dir", dir)}}
		}
		from := templates.BlankOffice()
		if sample {
			from = samples.Office()
		}
		if err := copyOffice(from, dir); err != nil {
			return err
		}
		c.say("init.done", "dir", dir)
		shown := quoted(dir)
		if !sample {
			c.say("init.next", "dir", shown)
			return markInbox(filepath.Join(dir, "inbox"))
		}
		c.office = dir
		if err := c.withDesk(cmd.Context(), func(d pipeline.Desk) error {
			return pipeline.Replay(cmd.Context(), d, dir, func(period string, n, total int) {
				c.say("init.replay", "period", period, "n", strconv.Itoa(n), "total", strconv.Itoa(total))
			})
		}); err != nil {
			return err
		}
		c.say("init.sample_next", "dir", shown)
		return nil
	})
	cmd.Flags().BoolVar(&sample, "sample", false, c.words.Say("help.flag.sample"))
	return cmd
}

// quoted is a path as a shell takes it for one word.
func quoted(path string) string {
	if strings.ContainsAny(path, " \t&;()'$*?<>|") {
		return `"` + path + `"`
	}
	return path
}

// copyOffice writes the files of an office into dir, with the folders that an office needs.
func copyOffice(from fs.FS, dir string) error {
	for _, folder := range []string{"inbox", "reports", "returns", "state"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o750); err != nil {
			return err
		}
	}
	return fs.WalkDir(from, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if e.IsDir() {
			return os.MkdirAll(to, 0o750)
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o640)
	})
}

// markInbox puts words of its own into an inbox, so that no other share and no empty mount point is taken for it.
func markInbox(inbox string) error {
	return os.WriteFile(filepath.Join(inbox, pipeline.Sentinel), []byte("tiendo "+rand.Text()+"\n"), 0o640)
}
