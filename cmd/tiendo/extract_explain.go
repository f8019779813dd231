package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
)

// explained is an explanation as it is printed: its drawings are named by their files.
type explained struct {
	extract.Explanation
	Pictures []string `json:"pictures,omitempty"` // stands in JSON for the drawings' data, which it hides
}

// explain tells how the columns of each file were read, and draws its pages in the folder dir, where one is named.
func (c *console) explain(cmd *cobra.Command, readers *worker.Pool, files []string, dir string) error {
	all := make([]explained, 0, len(files))
	attention := false
	for i, file := range files {
		data, err := c.readInput(file)
		if err != nil {
			return err
		}
		e, err := pipeline.Explain(cmd.Context(), readers, data, file)
		if err != nil {
			return err
		}
		e.File = file
		c.finish(e.Findings)
		attention = attention || hasError(e.Findings)
		out := explained{Explanation: e}
		if dir != "" {
			if out.Pictures, err = c.draw(e, dir, stem(files, i)); err != nil {
				return err
			}
		}
		if !c.json {
			c.tellExplanation(out)
		}
		all = append(all, out)
	}
	return c.endExtract(printOneOrMany(c, all), attention)
}

// stem is how the pictures of file i are called: by its name, numbered where an earlier file of another folder has the same.
func stem(files []string, i int) string {
	name, before := filepath.Base(files[i]), 0
	for _, other := range files[:i] {
		if filepath.Base(other) == name {
			before++
		}
	}
	if before == 0 {
		return name
	}
	return fmt.Sprintf("%s (%d)", name, before+1)
}

// draw writes the pictures of one file and returns their paths.
func (c *console) draw(e extract.Explanation, dir, stem string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	var paths []string
	for _, p := range e.Pictures {
		path := filepath.Join(dir, stem+"."+p.Name+".svg")
		title := c.words.Say("explain.picture.title", "file", filepath.Base(e.File), "name", p.Name)
		if err := os.WriteFile(path, p.SVG(title, c.words), 0o640); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func (c *console) tellExplanation(e explained) {
	rows := 0
	for _, h := range e.Headings {
		rows += h.Rows
	}
	c.say("explain.file", "file", printable(e.File), "headings", strconv.Itoa(len(e.Headings)), "rows", strconv.Itoa(rows))
	for _, h := range e.Headings {
		c.tellHeading(h)
	}
	c.tellFindings(e.Findings)
	for _, path := range e.Pictures {
		c.say("explain.picture", "path", printable(path))
	}
}

func (c *console) tellHeading(h extract.Heading) {
	key := "explain.heading"
	if h.Refused {
		key = "explain.refused"
	}
	c.say(key, "place", printable(c.words.Place(h.Origin)), "rows", strconv.Itoa(h.Rows))
	read, unknown := map[progress.Field]bool{}, false
	for _, col := range h.Columns {
		heading := strings.Join(strings.Fields(col.Heading), " ")
		pairs := []string{"place", printable(c.words.Place(col.Origin)), "heading", printable(heading)}
		if col.Field != "" {
			read[col.Field] = true
			c.say("explain.column", append(pairs, "field", c.words.Say("field."+string(col.Field)), "id", string(col.Field))...)
			continue
		}
		c.say("explain.unread."+string(col.Unread), pairs...)
		if col.Unread == extract.UnknownHeading {
			unknown = true
			c.say("explain.vocabulary", "wording", strconv.QuoteToGraphic(heading))
		}
	}
	if unknown {
		c.tellFieldsWithout(read)
	}
	c.tellLeftOut(h)
}

// returnFields are the fields that a column of a return may be, in the order of a form.
var returnFields = []progress.Field{
	progress.FieldNo, progress.FieldCode, progress.FieldTask, progress.FieldGroup, progress.FieldLead, progress.FieldCooperating, progress.FieldPerson,
	progress.FieldLeader, progress.FieldProduct, progress.FieldDue, progress.FieldStatus, progress.FieldPercent, progress.FieldCompleted,
	progress.FieldResult, progress.FieldEvidence, progress.FieldDifficulty, progress.FieldProposal, progress.FieldReason, progress.FieldNote,
	progress.FieldForecast, progress.FieldMandate, progress.FieldUnit,
}

// tellFieldsWithout names the fields among which the one of an unknown heading may be.
func (c *console) tellFieldsWithout(read map[progress.Field]bool) {
	var names []string
	for _, f := range returnFields {
		if !read[f] {
			names = append(names, fmt.Sprintf("%s (%s)", c.words.Say("field."+string(f)), f))
		}
	}
	c.say("explain.fields", "fields", strings.Join(names, ", "))
}

func (c *console) tellLeftOut(h extract.Heading) {
	var counts []string
	add := func(key string, n int) {
		if n > 0 {
			counts = append(counts, c.words.Say("explain.left."+key, "n", strconv.Itoa(n)))
		}
	}
	add("groups", h.LeftOut.Groups)
	add("totals", h.LeftOut.Totals)
	add("notes", h.LeftOut.Notes)
	add("closing", h.LeftOut.Closing)
	add("struck", h.LeftOut.Struck)
	add("stray", h.LeftOut.Stray)
	add("continued", h.LeftOut.Continued)
	add("other_period", h.LeftOut.OtherPeriod)
	if len(counts) > 0 {
		c.say("explain.left", "counts", strings.Join(counts, "; "))
	}
}
