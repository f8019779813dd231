package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func newExtract(c *console) *cobra.Command {
	var tables, explain bool
	var dir string
	cmd := c.command("extract FILE...", "extract", cobra.MinimumNArgs(1), func(cmd *cobra.Command, files []string) error {
		return c.withReaders(pipeline.Office{}, func(readers *worker.Pool) error {
			switch {
			case tables && (explain || dir != ""):
				return usageError{[]string{c.words.Say("explain.exclusive")}}
			case tables:
				return c.extractTables(cmd, readers, files)
			case explain || dir != "":
				return c.explain(cmd, readers, files, dir)
			}
			return c.extractRows(cmd, readers, files)
		})
	})
	cmd.Flags().BoolVar(&tables, "tables", false, c.words.Say("help.flag.tables"))
	cmd.Flags().BoolVar(&explain, "explain", false, c.words.Say("help.flag.explain"))
	cmd.Flags().StringVar(&dir, "explain-dir", "", c.words.Say("help.flag.explain_dir"))
	return c.jsonFlag(cmd)
}

// extractRows prints what is read in each file: one JSON object, or an array for several files.
func (c *console) extractRows(cmd *cobra.Command, readers *worker.Pool, files []string) error {
	var all []progress.Reading
	attention := false
	for _, file := range files {
		data, err := c.readInput(file)
		if err != nil {
			return err
		}
		r, err := pipeline.ReadReturn(cmd.Context(), readers, data, file)
		if err != nil {
			return err
		}
		r.File = file
		c.finish(r.Findings)
		attention = attention || hasError(r.Findings)
		if !c.json {
			c.tellReading(r)
			continue
		}
		all = append(all, r.Contract())
	}
	return c.endExtract(printOneOrMany(c, all), attention)
}

// extractTables prints the grids of each file as found.
func (c *console) extractTables(cmd *cobra.Command, readers *worker.Pool, files []string) error {
	attention := false
	all := make([]extract.TablesReading, 0, len(files))
	for _, file := range files {
		data, err := c.readInput(file)
		if err != nil {
			return err
		}
		t, err := pipeline.ReadTables(cmd.Context(), readers, data, file)
		if err != nil {
			return err
		}
		t.File = file
		c.finish(t.Findings)
		attention = attention || hasError(t.Findings)
		all = append(all, t)
	}
	if c.json {
		return c.endExtract(printOneOrMany(c, all), attention)
	}
	for _, t := range all {
		for _, table := range t.Tables {
			for _, row := range table.Rows {
				for i, cell := range row {
					if i > 0 {
						fmt.Fprint(c.out, "\t")
					}
					fmt.Fprint(c.out, strconv.QuoteToGraphic(cell))
				}
				fmt.Fprintln(c.out)
			}
			fmt.Fprintln(c.out)
		}
		c.tellFindings(t.Findings)
	}
	return c.endExtract(nil, attention)
}

func (c *console) endExtract(err error, attention bool) error {
	if err == nil && attention {
		return errAttention
	}
	return err
}

func printOneOrMany[T any](c *console, all []T) error {
	switch {
	case !c.json:
		return nil
	case len(all) == 1:
		return c.printJSON(all[0])
	}
	return c.printJSON(all)
}

// finish writes the sentences of findings in the user's language.
func (c *console) finish(findings []progress.Finding) {
	for i := range findings {
		message, remedy := c.words.Finding(findings[i])
		findings[i].Message = message + " " + remedy
	}
}

func hasError(findings []progress.Finding) bool {
	for _, f := range findings {
		if f.Severity == progress.SeverityError {
			return true
		}
	}
	return false
}

func (c *console) tellReading(r progress.Reading) {
	none := func(s string) string {
		if s == "" {
			return c.words.Say("extract.none")
		}
		return s
	}
	c.say("extract.file", "file", printable(r.File), "format", none(r.Format), "unit", none(r.Unit), "period", none(r.Period), "rows", strconv.Itoa(len(r.Rows)))
	for _, row := range r.Rows {
		percent := ""
		if row.Percent != nil {
			percent = " " + percentText(c.words, *row.Percent)
		}
		c.say("extract.row", "place", c.words.Place(row.Origin), "code", none(row.Code), "task", printable(shorten(row.Task, 70)),
			"status", printable(none(row.StatusText)), "percent", percent, "due", printable(none(row.Due)))
	}
	c.tellFindings(r.Findings)
}

func percentText(w *templates.Words, x float64) string {
	if x == float64(int(x)) {
		return w.Decimal(x, 0) + "%"
	}
	return w.Decimal(x, 1) + "%"
}

// identify gives findings their keys, by which the coordinator can have them waived.
func identify(findings []progress.Finding) {
	for i := range findings {
		if findings[i].Unit != "" { // what belongs to no unit yet is named otherwise once it does
			findings[i].ID = findings[i].Key()
		}
	}
}

func (c *console) tellFindings(findings []progress.Finding) {
	for _, f := range progress.Abridge(findings) {
		if f.More > 0 {
			c.say("findings.more", "n", c.words.Int(f.More), "rule", f.Rule)
			continue
		}
		message, remedy := c.words.Finding(f.Finding)
		c.say("finding.line", "severity", c.words.Say("severity."+string(f.Severity)), "rule", f.Rule,
			"place", c.words.Place(f.Origin), "message", printable(message), "remedy", printable(remedy))
		if f.ID != "" {
			c.say("findings.key", "key", f.ID)
		}
	}
}

// shorten keeps the first n characters of a line.
func shorten(s string, n int) string {
	runes := []rune(s)
	for i, r := range runes {
		if r == '\n' {
			runes[i] = ' '
		}
	}
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n-1]) + "…"
}
