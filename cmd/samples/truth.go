package main

import (
	"encoding/json"
	"strings"
	"time"

	"tiendo/pipeline/progress"
)

// truth is truth.json: what the seed knows.
type truth struct {
	Periods map[string]truthPeriod `json:"periods"`
}

// truthPeriod is one edition.
type truthPeriod struct {
	DataDate    progress.Date     `json:"data_date"`
	SoonDays    int               `json:"soon_days"`
	Files       []truthFile       `json:"files"`
	Submissions []truthSubmission `json:"submissions"`
	Positions   []truthPosition   `json:"positions"`
	Counts      truthBreakdown    `json:"counts"`
	Findings    []truthFinding    `json:"findings"`
}

// truthFile is one file and where it must end.
type truthFile struct {
	Path     string              `json:"path"`
	Received string              `json:"received"`
	State    progress.EntryState `json:"state"`
	Reason   string              `json:"reason,omitempty"`
	Unit     string              `json:"unit"` // whose folder it lies in
	Rows     int                 `json:"rows"`
	Truth    []progress.Row      `json:"rows_truth,omitempty"` // of readable returns; origins are left empty
}

type truthSubmission struct {
	Unit        string               `json:"unit"`
	Punctuality progress.Punctuality `json:"punctuality"`
	File        string               `json:"file,omitempty"` // the return that counts
}

type truthPosition struct {
	Task             string         `json:"task"`
	Unit             string         `json:"unit"`
	Class            progress.Class `json:"class"`
	Previous         progress.Class `json:"previous,omitempty"`
	Carried          bool           `json:"carried,omitempty"`
	Due              progress.Date  `json:"due"`
	OriginalDue      progress.Date  `json:"original_due"`
	Completed        progress.Date  `json:"completed"`
	CompletedAssumed bool           `json:"completed_assumed,omitempty"`
	DaysLate         int            `json:"days_late"`
	IsDue            bool           `json:"is_due"`
	PastDue          bool           `json:"past_due"`
	Doubts           []string       `json:"doubts,omitempty"`
	Blocked          []string       `json:"blocked,omitempty"`
	// Missed is the milestone by which the position must be warned of.
	Missed *truthMilestone `json:"missed,omitempty"`
}

// truthMilestone is a milestone that was not reached. Reached is null where the unit reports no percent.
type truthMilestone struct {
	Text    string        `json:"text"`
	Day     progress.Date `json:"day"`
	Percent float64       `json:"percent"`
	Reached *float64      `json:"reached"`
}

// truthBreakdown counts positions. Units holds each unit's own; UnitTree adds the units below it.
type truthBreakdown struct {
	Total       truthCounts            `json:"total"`
	Units       map[string]truthCounts `json:"units"`
	UnitTree    map[string]truthCounts `json:"unit_tree"`
	Groups      map[string]truthCounts `json:"groups"`
	Phases      map[string]truthCounts `json:"phases"`
	Authorities map[string]truthCounts `json:"authorities"`
}

// truthCounts are progress.Counts under the names of the JSON.
type truthCounts struct {
	Total       int    `json:"total"`
	Tasks       int    `json:"tasks"`
	DoneOnTime  int    `json:"done_on_time"`
	DoneLate    int    `json:"done_late"`
	Unconfirmed int    `json:"unconfirmed"`
	InTerm      int    `json:"in_term"`
	DueSoon     int    `json:"due_soon"`
	Overdue     int    `json:"overdue"`
	NotReported int    `json:"not_reported"`
	Regular     int    `json:"regular"`
	Due         int    `json:"due"`
	PastDue     int    `json:"past_due"`
	OverdueBy   [4]int `json:"overdue_by"`
}

func newTruthCounts(c progress.Counts) truthCounts { return truthCounts(c) }

// truthFinding is one case of a rule. Task is empty where it is about a unit or a file.
type truthFinding struct {
	Rule string `json:"rule"`
	Unit string `json:"unit"`
	Task string `json:"task,omitempty"`
	File string `json:"file,omitempty"`
}

// newTruthPeriod writes down an edition.
func newTruthPeriod(e edition, units []progress.Unit, files []truthFile, submissions []truthSubmission, standings []standing, found []truthFinding) truthPeriod {
	out := truthPeriod{
		DataDate: e.close, SoonDays: e.soonDays, Files: files, Submissions: submissions, Findings: found,
		Counts: truthBreakdown{
			Total:       newTruthCounts(count(standings)),
			Units:       countBy(standings, func(s standing) string { return s.c.unit }),
			UnitTree:    map[string]truthCounts{},
			Groups:      countBy(standings, func(s standing) string { return s.c.task.Group }),
			Phases:      countBy(standings, func(s standing) string { return s.c.task.Phase }),
			Authorities: countBy(standings, func(s standing) string { return s.c.task.Authority }),
		},
	}
	below := map[string][]standing{}
	parents := parentsOf(units)
	for _, s := range standings {
		for unit := s.c.unit; unit != ""; unit = parents[unit] {
			below[unit] = append(below[unit], s)
		}
	}
	for _, u := range units {
		out.Counts.UnitTree[u.Code] = newTruthCounts(count(below[u.Code]))
	}
	for _, s := range standings {
		out.Positions = append(out.Positions, truthPosition{
			Task: s.c.task.Code, Unit: s.c.unit, Class: s.class, Previous: s.previous, Carried: s.carried,
			Due: s.c.task.Due.Date, OriginalDue: s.c.task.OriginalDue.Date, Completed: s.completed, CompletedAssumed: s.assumed,
			DaysLate: s.daysLate, IsDue: s.isDue, PastDue: s.pastDue, Doubts: s.doubts, Blocked: s.blocked,
			Missed: missed(e, s),
		})
	}
	return out
}

func parentsOf(units []progress.Unit) map[string]string {
	parents := map[string]string{}
	for _, u := range units {
		parents[u.Code] = u.Parent
	}
	return parents
}

// perLine breaks compact JSON so that each object of a list has a line of its own. No text of the samples has braces.
var perLine = strings.NewReplacer("},{", "},\n{", "[{", "[\n{", "}],", "}],\n", "}},", "}},\n")

func (t truth) marshal() ([]byte, error) {
	flat, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	return []byte(perLine.Replace(string(flat)) + "\n"), nil
}

// moment is a time of receipt as received.csv has it.
func moment(t time.Time) string { return t.Format(time.RFC3339) }
