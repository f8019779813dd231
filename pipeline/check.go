package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"

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
// not to be told by the file; period likewise. The desk has its registers; where it has a ledger, what earlier periods hold
// counts: what was confirmed done is not owed again.
func Check(ctx context.Context, d Desk, reading progress.Reading, unit, period string) (Checked, error) {
	o, units, plan, now := d.Office, d.Units, d.Plan, d.Now()
	r := progress.Return{Path: path.Join(unit, reading.File), SHA256: reading.SHA256, Received: now, Reading: reading, Sequence: 1}
	open := o.OpenAt(now)
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
	var past progress.History
	if d.Ledger != nil {
		if past, err = d.Ledger.History(ctx, p); err != nil {
			return Checked{}, err
		}
	}
	judgement := reconcile.Judge(reconcile.Input{
		Units: units, Plan: plan, Period: p, DataDate: dataDate, DueAt: now, SoonDays: soon, Rules: o.Rules, Waivers: d.Waivers, Returns: []progress.Return{r}, History: past,
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
	intents, err := d.Ledger.Intents(ctx) // what is being published just now
	if err != nil {
		return v, err
	}
	known := map[string]bool{}
	for _, e := range intents {
		m, err := manifestOf(e)
		if err != nil {
			return v, err
		}
		known[m.Name()] = true
	}
	for _, e := range editions {
		m, err := manifestOf(e)
		if err != nil {
			return v, err
		}
		known[m.Name()] = true
		// A manifest that is gone takes its files out of sight of the check above, and one that was written anew agrees with them.
		kind, err := holdManifest(d.Office.Reports, m)
		if err != nil {
			return v, err
		}
		if kind != "" {
			v.Problems = append(v.Problems, publish.Problem{Kind: kind, Name: m.Name()})
		}
	}
	there, err := publish.Manifests(d.Office.Reports)
	if err != nil {
		return v, err
	}
	for _, name := range there {
		if !known[name] {
			v.Problems = append(v.Problems, publish.Problem{Kind: publish.Unknown, Name: name})
		}
	}
	return v, nil
}

// holdManifest holds a manifest in the reports folder against what the ledger noted; the kind of problem is empty where they agree.
func holdManifest(reports string, noted publish.Manifest) (kind string, err error) {
	data, err := os.ReadFile(filepath.Join(reports, noted.Name()))
	if errors.Is(err, fs.ErrNotExist) {
		return publish.Lost, nil
	}
	if err != nil {
		return "", err
	}
	var m publish.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return "", nil // no manifest at all: said by the check of the folder
	}
	if !reflect.DeepEqual(m, noted) {
		return publish.Altered, nil
	}
	return "", nil
}
