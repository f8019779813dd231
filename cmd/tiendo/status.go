package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

// statusJSON is what status --json prints.
type statusJSON struct {
	Office   string           `json:"office"`
	LastPull string           `json:"last_pull"` // RFC 3339 in the office's zone; empty: never
	Editions []editionJSON    `json:"editions"`
	Due      []string         `json:"due"`
	Entries  []progress.Entry `json:"entries"`
}

type editionJSON struct {
	Period   string        `json:"period"`
	Revision int           `json:"revision"`
	DataDate progress.Date `json:"data_date"`
	Files    []string      `json:"files"`
}

func newStatus(c *console) *cobra.Command {
	return c.jsonFlag(c.command("status", "status", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		office, err := c.loadOffice()
		if err != nil {
			return err
		}
		l, err := readLedger(cmd.Context(), office)
		if err != nil {
			return err
		}
		if l == nil {
			if c.json {
				return c.printJSON(statusJSON{Office: office.Office.Name, Editions: []editionJSON{}, Due: []string{}, Entries: []progress.Entry{}})
			}
			c.say("status.no_ledger")
			return nil
		}
		defer l.Close()
		d := pipeline.Desk{Office: office, Ledger: l, Now: c.now}

		status := statusJSON{Office: office.Office.Name, Due: []string{}, Editions: []editionJSON{}}
		pull, ok, err := l.LastRun(cmd.Context(), pipeline.PullRun)
		if err != nil {
			return err
		}
		if ok {
			status.LastPull = pull.Started.In(office.Zone).Format("2006-01-02T15:04:05-07:00")
		}
		editions, err := l.Editions(cmd.Context())
		if err != nil {
			return err
		}
		for _, e := range editions {
			j := editionJSON{Period: e.Past.Period.ID, Revision: e.Revision, DataDate: e.Past.DataDate}
			if j.Files, err = pipeline.FilesOf(e); err != nil {
				return err
			}
			status.Editions = append(status.Editions, j)
		}
		due, err := pipeline.WhatIsDue(cmd.Context(), d)
		if err != nil {
			return err
		}
		for _, p := range due {
			status.Due = append(status.Due, p.ID)
		}
		if status.Entries, err = l.Entries(cmd.Context()); err != nil {
			return err
		}
		if c.json {
			return c.printJSON(status)
		}
		c.tellStatus(status, pull.Started.In(office.Zone))
		return nil
	}))
}

const (
	dueShown      = 6  // periods that wait are named before the rest are counted
	editionsShown = 12 // of the editions the newest are named, those before them counted
)

func (c *console) tellStatus(s statusJSON, lastPull time.Time) {
	c.say("status.office", "office", s.Office)
	if s.LastPull == "" {
		c.say("status.never_pulled")
	} else {
		c.say("status.last_pull", "at", lastPull.Format("15:04 02/01/2006"))
	}
	if len(s.Editions) == 0 {
		c.say("status.none_published")
	}
	earlier := max(0, len(s.Editions)-editionsShown)
	if earlier > 0 {
		c.say("status.published_earlier", "n", c.words.Int(earlier))
	}
	for _, e := range s.Editions[earlier:] {
		c.say("status.published", "period", e.Period, "revision", strconv.Itoa(e.Revision), "date", c.words.Date(e.DataDate))
	}
	if len(s.Due) == 0 {
		c.say("status.none_due")
	} else {
		shown := strings.Join(s.Due[:min(dueShown, len(s.Due))], ", ")
		if more := len(s.Due) - dueShown; more > 0 {
			shown += " … (+" + strconv.Itoa(more) + ")"
		}
		c.say("status.due", "periods", shown)
	}
	c.tellEntries(s.Entries, nil)
}
