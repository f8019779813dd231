package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tiendo/templates"
)

// usageTemplate puts the headings of cobra's help into the user's language.
func (c *console) usageTemplate(template string) string {
	return strings.NewReplacer(
		"Usage:", c.words.Say("help.heading.usage"),
		"Examples:", c.words.Say("help.heading.examples"),
		"Available Commands:", c.words.Say("help.heading.commands"),
		"Global Flags:", c.words.Say("help.heading.global_flags"),
		"Flags:", c.words.Say("help.heading.flags"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, c.words.Say("help.heading.more", "command", "{{.CommandPath}}"),
	).Replace(template)
}

// wrapUsage turns cobra's own complaints about arguments into usage errors, for every command.
func (c *console) wrapUsage(cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, given []string) error {
			if lang := cmd.Flag("lang").Value.String(); lang != "" && !slices.Contains(templates.Langs, templates.Lang(lang)) {
				return usageError{[]string{c.words.Say("error.lang", "found", lang)}}
			}
			if err := args(cmd, given); err != nil {
				return c.wrongUsage(cmd, c.argumentFault(cmd, given))
			}
			return nil
		}
	}
	for _, child := range cmd.Commands() {
		c.wrapUsage(child)
	}
}

// wrongUsage is a fault of the command line, and where to read how it is done.
func (c *console) wrongUsage(cmd *cobra.Command, fault string) error {
	return usageError{[]string{c.words.Say("error.usage", "detail", fault, "command", cmd.CommandPath())}}
}

// argumentFault says what is wrong with the arguments of a command.
func (c *console) argumentFault(cmd *cobra.Command, given []string) string {
	if !cmd.HasSubCommands() || len(given) == 0 {
		return c.words.Say("usage.arguments", "use", cmd.UseLine())
	}
	found := printable(given[0])
	if near := cmd.SuggestionsFor(given[0]); len(near) > 0 {
		return c.words.Say("usage.no_command_near", "found", found, "near", strings.Join(near, ", "))
	}
	return c.words.Say("usage.no_command", "found", found)
}

// flagFault says what is wrong with a flag.
func (c *console) flagFault(err error) string {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return c.words.Say("usage.no_flag", "found", printable(dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())))
	case errors.As(err, &noValue):
		return c.words.Say("usage.flag_needs_value", "found", dashed(noValue.GetSpecifiedName(), noValue.GetSpecifiedShortnames()))
	case errors.As(err, &badValue):
		return c.words.Say("usage.flag_value", "flag", "--"+badValue.GetFlag().Name, "found", printable(badValue.GetValue()))
	}
	return c.words.Say("usage.flag_syntax", "found", printable(err.Error()))
}

// dashed writes a flag as it was given: --period, or -p out of a group of letters.
func dashed(name, letters string) string {
	if letters != "" {
		return "-" + name
	}
	return "--" + name
}
