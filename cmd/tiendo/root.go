package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/ledger"
	"tiendo/templates"
)

// version is the program's; it is printed in every report.
const version = "0.1.0"

// Exit statuses. They are a contract: scripts depend on them.
const (
	exitDone      = 0 // done
	exitAttention = 1 // done, and something needs attention: a file was refused, check or extract found an error
	exitUsage     = 2 // wrong usage or configuration; nothing was read
	exitFailed    = 3 // could not be done; nothing was published
	exitBusy      = 4 // another instance holds the state
)

// usageError is a fault of the command line or the configuration, already in the user's language.
type usageError struct{ lines []string }

func (e usageError) Error() string { return strings.Join(e.lines, "\n") }

// errAttention ends a command that did its work and found something to attend to.
var errAttention = errors.New("needs attention")

// console is what a command talks through.
type console struct {
	out, err io.Writer
	words    *templates.Words
	json     bool
	office   string // folder of the office
	now      func() time.Time
}

func (c *console) say(key string, pairs ...string) {
	fmt.Fprintln(c.out, c.words.Say(key, pairs...))
}

func (c *console) printJSON(v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// execute runs the command line and returns the exit status.
func execute(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == workerArg {
		return serveWorker(os.Stdin, stdout)
	}
	c := &console{out: stdout, err: stderr, words: templates.In(langOf(args)), now: time.Now}
	root := newRoot(c)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	stopBy := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		stopBy = append(stopBy, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), stopBy...)
	defer stop()
	return c.status(root.ExecuteContext(ctx))
}

// langOf finds the language before cobra runs, so that help and usage errors speak it: --lang, else the configuration of
// the office, else Vietnamese.
func langOf(args []string) templates.Lang {
	office := "."
	for i, a := range args {
		name, value, joined := strings.Cut(a, "=")
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		switch name {
		case "--lang":
			return templates.Lang(value)
		case "--office":
			office = value
		}
	}
	if data, err := os.ReadFile(filepath.Join(office, configName)); err == nil {
		return parseConfig(data, office, &problems{}).Lang
	}
	return templates.Vietnamese
}

// status prints what went wrong in the user's language and returns the exit status.
func (c *console) status(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errAttention):
		return exitAttention
	case errors.As(err, &usage):
		for _, line := range usage.lines {
			fmt.Fprintln(c.err, line)
		}
		return exitUsage
	case errors.As(err, new(pipeline.RegisterFaults)):
		fmt.Fprintln(c.err, c.sentence(err))
		return exitUsage
	case errors.Is(err, ledger.ErrLocked):
		fmt.Fprintln(c.err, c.words.Say("error.busy"))
		return exitBusy
	}
	fmt.Fprintln(c.err, c.sentence(err))
	return exitFailed
}

// sentence says in the user's language why the machine could not do its work, and what to do; the system's own words
// stand behind it for the administrator. A register that is refused has a line for each fault.
func (c *console) sentence(err error) string {
	var failure *pipeline.Failure
	if errors.As(err, &failure) {
		return c.words.Fill("failure."+failure.Key, failure.Facts)
	}
	var faults pipeline.RegisterFaults
	if errors.As(err, &faults) {
		lines := []string{c.words.Say("error.register", "file", faults.File)}
		for _, f := range faults.Findings {
			message, remedy := c.words.Finding(f)
			lines = append(lines, fmt.Sprintf("  %s: %s %s %s", c.words.Place(f.Origin), f.Rule, message, remedy))
		}
		return strings.Join(lines, "\n")
	}
	key := "error.machine"
	switch {
	case errors.Is(err, pipeline.ErrSums), errors.Is(err, pipeline.ErrMouths):
		key = "error.sums"
	case errors.Is(err, ledger.ErrNewer):
		key = "error.newer"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), ledger.Full(err):
		key = "error.disk_full"
	case ledger.Damaged(err):
		key = "error.ledger_damaged"
	case errors.Is(err, pipeline.ErrNameTaken):
		key = "error.name_taken"
	case errors.Is(err, syscall.EIO):
		key = "error.io"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), ledger.Denied(err):
		key = "error.permission"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		key = "error.not_there"
	case errors.Is(err, context.Canceled):
		key = "error.stopped"
	}
	return c.words.Say(key, "detail", err.Error())
}

func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:           "tiendo",
		Short:         c.words.Say("help.tiendo"),
		Long:          c.words.Say("help.tiendo.long"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetUsageTemplate(c.usageTemplate(root.UsageTemplate()))
	root.PersistentFlags().BoolP("help", "h", false, c.words.Say("help.flag.help"))
	root.PersistentFlags().StringVar(&c.office, "office", ".", c.words.Say("help.flag.office"))
	root.PersistentFlags().String("lang", "", c.words.Say("help.flag.lang"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return c.wrongUsage(cmd, c.flagFault(err))
	})
	for _, add := range []func(*console) *cobra.Command{
		newInit, newRun, newServe, newStatus, newExtract, newCheck, newForm, newRemind, newExplain, newPlan, newVerify, newBackup, newDoctor, newVersion,
	} {
		root.AddCommand(add(c))
	}
	c.wrapUsage(root)
	root.InitDefaultHelpCmd()
	for _, child := range root.Commands() {
		if child.Name() == "help" {
			child.Short = c.words.Say("help.flag.help")
		}
	}
	return root
}

// command builds a subcommand whose texts stand in templates under help.NAME.
func (c *console) command(use, name string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Args: args, RunE: run,
		Short:   c.words.Say("help." + name),
		Long:    c.words.Say("help." + name + ".long"),
		Example: c.words.Say("help." + name + ".example"),
	}
}

func (c *console) jsonFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().BoolVar(&c.json, "json", false, c.words.Say("help.flag.json"))
	return cmd
}

// loadOffice reads the configuration of the office's folder.
func (c *console) loadOffice() (pipeline.Office, error) {
	office, found, err := loadConfig(filepath.Join(c.office, configName))
	if err != nil {
		return office, err
	}
	if len(found.list) > 0 {
		return office, usageError{found.say(c.words)}
	}
	office.Version = version
	return office, nil
}

func newVersion(c *console) *cobra.Command {
	return c.command("version", "version", cobra.NoArgs, func(*cobra.Command, []string) error {
		fmt.Fprintf(c.out, "tiendo %s\n", version)
		return nil
	})
}
