package pipeline

import (
	"context"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
)

// Kinds of runs, as the ledger records them.
const (
	PullRun  = "pull"  // takes in what the inbox holds
	CloseRun = "close" // judges a period and publishes it
)

// WhatIsDue lists the periods that are closed and not yet published, in the order of their closes.
func WhatIsDue(ctx context.Context, d Desk) ([]progress.Period, error) {
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return nil, err
	}
	last := map[progress.PeriodKind]progress.Period{}
	for _, e := range editions {
		if p := e.Past.Period; last[p.Kind].Start.IsZero() || p.Start.After(last[p.Kind].Start) {
			last[p.Kind] = p
		}
	}
	return DuePeriods(d.Office.Editions, last, d.Now(), d.Office.Zone), nil
}

// WhatIsToRevise lists the published periods for which a return has come since, and whose edition still takes late returns into a
// revision, in the order of their publication. Ask after a pull.
func WhatIsToRevise(ctx context.Context, d Desk) ([]progress.Period, error) {
	entries, err := d.Ledger.Entries(ctx)
	if err != nil {
		return nil, err
	}
	late := map[string]bool{}
	for _, e := range entries {
		if e.State == progress.Pending && e.Reason == afterClose {
			late[e.Period] = true
		}
	}
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return nil, err
	}
	var out []progress.Period
	for _, published := range editions {
		p := published.Past.Period
		e, ok := d.Office.Edition(p.Kind)
		if !ok || !late[p.ID] || d.Now().After(e.Close.In(p, d.Office.Zone).AddDate(0, 0, e.ReviseDays)) {
			continue
		}
		late[p.ID] = false // an earlier revision of the same period comes first in the list
		out = append(out, p)
	}
	return out, nil
}

// PullIsDue reports whether tonight's pull, or one missed while the machine was off, is still to be done.
func PullIsDue(ctx context.Context, d Desk) (bool, error) {
	run, ok, err := d.Ledger.LastRun(ctx, PullRun)
	if err != nil {
		return false, err
	}
	now := d.Now().In(d.Office.Zone)
	last := time.Date(now.Year(), now.Month(), now.Day(), int(d.Office.Pull)/60, int(d.Office.Pull)%60, 0, 0, d.Office.Zone)
	if last.After(now) {
		last = last.AddDate(0, 0, -1)
	}
	// A pull of a later time was made while the clock was wrong, and is no reason to wait for that time.
	return !ok || run.Started.Before(last) || run.Started.After(now), nil
}

// DiffPlan compares an older plan with the plan file as it is now.
func DiffPlan(ctx context.Context, d Desk, old progress.Plan) ([]reconcile.PlanChange, error) {
	_, now, _, err := ReadRegisters(ctx, d.Readers, d.Office.UnitsFile, d.Office.Plans)
	if err != nil {
		return nil, err
	}
	return reconcile.DiffPlans(old, now), nil
}
