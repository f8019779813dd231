package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/pipeline/write/publish"
)

// Checked is what a unit is told of a file before it sends it.
type Checked struct {
	File        string             `json:"file"`
	Unit        string             `json:"unit"` // code; empty where it could not be told
	UnitName    string             `json:"unit_name"`
	Period      string             `json:"period"`
	RowsRead    int                `json:"rows_read"`
	RowsCounted int                `json:"rows_counted"`
	RowsOwed    int                `json:"rows_owed"`
	Findings    []progress.Finding `json:"findings"`
}

// Check judges one file as the synthesis would, without recording anything. unit is the code of the sender, where it is
// not to be told by the file; period likewise. history tells what earlier periods hold of the period that the file turns out to
// be for: what was confirmed done is not owed again.
func Check(o Office, units progress.Units, plan progress.Plan, reading progress.Reading, unit, period string, now time.Time,
	history func(progress.Period) (progress.History, error)) (Checked, error) {
	r := progress.Return{Path: path.Join(unit, reading.File), SHA256: reading.SHA256, Received: now, Reading: reading, Sequence: 1}
	open := o.openAt(now)
	if p, err := progress.ParsePeriod(period); err == nil {
		open = p
	}
	var folders []string
	if unit != "" {
		folders = []string{unit}
	}
	r = reconcile.Identify(r, folders, units, open)
	if period != "" {
		r.Period = period
	}
	p, err := progress.ParsePeriod(r.Period)
	if err != nil {
		p = open
	}
	dataDate, soon := p.End, 0
	if e, ok := o.Edition(p.Kind); ok {
		dataDate, soon = progress.DateOf(e.Close.In(p, o.Zone)), e.SoonDays
	}
	past, err := history(p)
	if err != nil {
		return Checked{}, err
	}
	judgement := reconcile.Judge(reconcile.Input{
		Units: units, Plan: plan, Period: p, DataDate: dataDate, DueAt: now, SoonDays: soon, Unchanged: o.Unchanged, Returns: []progress.Return{r}, History: past,
	})
	checked := Checked{File: reading.File, Unit: r.Unit, Period: p.ID, RowsRead: len(reading.Rows), Findings: []progress.Finding{}}
	if u, ok := units.ByCode(r.Unit); ok {
		checked.UnitName = u.Name
	}
	for _, s := range judgement.Submissions {
		if s.Unit == r.Unit {
			checked.RowsCounted, checked.RowsOwed = s.RowsCounted, s.RowsOwed
		}
	}
	for _, f := range judgement.Findings {
		if f.File == r.Path {
			checked.Findings = append(checked.Findings, f)
		}
	}
	return checked, nil
}

// Recall is the history that the ledger holds, for Check; an office that has not run yet has none.
func Recall(ctx context.Context, o Office) (history func(progress.Period) (progress.History, error), end func() error, err error) {
	l, err := ledger.OpenReadOnly(ctx, o.State)
	if errors.Is(err, fs.ErrNotExist) {
		return func(progress.Period) (progress.History, error) { return progress.History{}, nil }, func() error { return nil }, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return func(p progress.Period) (progress.History, error) { return l.History(ctx, p) }, l.Close, nil
}

// Verified is the state of what was published.
type Verified struct {
	Editions int               `json:"editions"` // that the ledger knows as published
	Problems []publish.Problem `json:"problems"`
}

// Verify holds the files of the reports folder against their manifests, and the manifests against the ledger.
func Verify(ctx context.Context, d Desk) (Verified, error) {
	v := Verified{Problems: []publish.Problem{}}
	problems, err := publish.Verify(d.Office.Reports)
	if err != nil {
		return v, err
	}
	v.Problems = append(v.Problems, problems...)
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return v, err
	}
	v.Editions = len(editions)
	for _, e := range editions {
		m, err := manifestOf(e)
		if err != nil {
			return v, err
		}
		// A manifest that is gone takes its files out of sight of the check above.
		if _, err := os.Stat(filepath.Join(d.Office.Reports, m.Name())); errors.Is(err, fs.ErrNotExist) {
			v.Problems = append(v.Problems, publish.Problem{Kind: publish.Missing, Name: m.Name()})
		} else if err != nil {
			return v, err
		}
	}
	return v, nil
}
