package pipeline

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"

	"tiendo/pipeline/collect"
	"tiendo/pipeline/extract"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
)

// readersAtOnce is how many files are read at one time; the pool of workers has its own, lower, limit.
const readersAtOnce = 8

// spoolName is the spool's folder in the state folder.
const spoolName = "spool"

// afterClose is why an entry waits that came after its period was published.
const afterClose = "after_close"

// Pull takes in what the inbox holds: new files are copied to the spool, read, and recorded as returns of a unit for a
// period. The desk has its registers. Force goes on although the inbox lost most of its files.
func Pull(ctx context.Context, d Desk, force bool) error {
	return recorded(ctx, d, PullRun, "", func() error { return pull(ctx, d, force) })
}

// recorded notes in the ledger when work began and how it ended. Work that was cut off has no end there.
func recorded(ctx context.Context, d Desk, kind, period string, work func() error) error {
	run, err := d.Ledger.Begin(ctx, ledger.Run{Kind: kind, Period: period, Version: d.Office.Version, Started: d.Now()})
	if err != nil {
		return err
	}
	outcome := ledger.RunDone
	err = work()
	if err != nil {
		outcome = "failed: " + err.Error()
	}
	return errors.Join(err, d.Ledger.End(context.WithoutCancel(ctx), run, outcome, d.Now()))
}

func pull(ctx context.Context, d Desk, force bool) error {
	spool := collect.Spool{Dir: filepath.Join(d.Office.State, spoolName)}
	items, err := collectInbox(ctx, d, spool, force)
	if err != nil {
		return err
	}
	before, err := entriesByPath(ctx, d)
	if err != nil {
		return err
	}
	scan := make([]ledger.Sighting, len(items))
	for i, item := range items {
		scan[i] = ledger.Sighting{Entry: item.Entry, Seen: ledger.Seen{
			Size: item.Stat.Size, MtimeNS: item.Stat.Modified, CtimeNS: item.Stat.Changed, Inode: item.Stat.Inode, SHA256: item.SHA256,
		}}
		if item.State == progress.Ready {
			scan[i].State, scan[i].Reason = progress.Pending, "waiting_close"
			if was, ok := before[item.Path]; ok && was.SHA256 == item.SHA256 { // judged already: it stays what it was
				scan[i].State, scan[i].Reason, scan[i].Facts, scan[i].Unit, scan[i].Period = was.State, was.Reason, was.Facts, was.Unit, was.Period
			}
		}
	}
	if err := d.Ledger.SaveScan(ctx, scan, d.Now()); err != nil {
		return err
	}
	return takeReturns(ctx, d, spool)
}

// collectInbox runs the collector on the inbox, with what the ledger remembers of it.
func collectInbox(ctx context.Context, d Desk, spool collect.Spool, force bool) ([]collect.Item, error) {
	inbox, err := collect.OpenFolder(d.Office.Inbox)
	if err != nil {
		return nil, err
	}
	defer inbox.Close()
	id, err := inboxID(ctx, d, inbox)
	if err != nil {
		return nil, err
	}
	seen, err := d.Ledger.Known(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]collect.Known{}
	for p, s := range seen {
		if s.SHA256 != "" {
			known[p] = collect.Known{SHA256: s.SHA256, Stat: collect.Stat{Size: s.Size, Modified: s.MtimeNS, Changed: s.CtimeNS, Inode: s.Inode}}
		}
	}
	due, err := WhatIsDue(ctx, d)
	if err != nil {
		return nil, err
	}
	result, err := collect.Collect(ctx, collect.Input{
		Inbox: inbox, Spool: spool, Sentinel: id, Clock: clockwork.NewRealClock(), Quiet: d.Office.Quiet, Known: known,
		Previous: len(seen), Force: force, AcceptOpen: len(due) > 0,
	})
	return result.Items, err
}

// Sentinel is the file whose words tell the office's inbox from an empty mount point.
const Sentinel = collect.SentinelName

// inboxID is what the sentinel of the inbox must say. The first pull of an office trusts the inbox that it finds.
func inboxID(ctx context.Context, d Desk, inbox collect.Share) (string, error) {
	id, err := d.Ledger.InboxID(ctx)
	if err != nil || id != "" {
		return id, err
	}
	id, err = collect.ReadSentinel(inbox)
	if err != nil || id == "" {
		return "", &Failure{Key: "inbox.no_sentinel", Facts: map[string]string{"sentinel": Sentinel}, Err: err}
	}
	return id, d.Ledger.FixInboxID(ctx, id)
}

// takeReturns reads every file of the inbox that was not read before, and records whose return it is.
func takeReturns(ctx context.Context, d Desk, spool collect.Spool) error {
	all, err := d.Ledger.Entries(ctx)
	if err != nil {
		return err
	}
	var entries []progress.Entry
	for _, e := range all {
		if e.SHA256 != "" {
			entries = append(entries, e)
		}
	}
	returns := make([]progress.Return, len(entries))
	var mu sync.Mutex
	done := 0
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(readersAtOnce)
	for i, e := range entries {
		group.Go(func() error {
			var err error
			returns[i], err = takeReturn(groupCtx, d, spool, e)
			mu.Lock()
			defer mu.Unlock()
			done++
			if d.Tell != nil {
				d.Tell(done, len(entries))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := d.Ledger.SaveSubmissions(ctx, returns); err != nil {
		return err
	}
	editions, err := d.Ledger.Editions(ctx)
	if err != nil {
		return err
	}
	published := map[string]bool{}
	for _, e := range editions {
		published[e.Past.Period.ID] = true
	}
	for i, r := range returns {
		entries[i].Unit, entries[i].Period = r.Unit, r.Period
		if entries[i].State == progress.Pending && published[r.Period] {
			entries[i].Reason = afterClose
		}
	}
	return d.Ledger.SaveStates(ctx, entries)
}

// entriesByPath is the inbox as the scan before saw it.
func entriesByPath(ctx context.Context, d Desk) (map[string]progress.Entry, error) {
	entries, err := d.Ledger.Entries(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]progress.Entry, len(entries))
	for _, e := range entries {
		out[e.Path] = e
	}
	return out, nil
}

// takeReturn reads one file, unless this version of the readers has read these bytes before.
func takeReturn(ctx context.Context, d Desk, spool collect.Spool, e progress.Entry) (progress.Return, error) {
	r := progress.Return{Path: e.Path, SHA256: e.SHA256, Size: e.Size, Received: e.Received}
	reading, known, err := d.Ledger.Reading(ctx, e.SHA256, extract.Version)
	if err != nil {
		return r, err
	}
	if !known {
		data, err := os.ReadFile(spool.Path(e.SHA256))
		if err != nil {
			return r, err
		}
		if reading, err = ReadReturn(ctx, d.Readers, data, path.Base(e.Path)); err != nil {
			return r, err
		}
		if err := d.Ledger.SaveReading(ctx, reading, extract.Version); err != nil {
			return r, err
		}
	}
	r.Reading = reading
	folders := strings.Split(path.Dir(e.Path), "/")
	if folders[0] == "." {
		folders = nil
	}
	return reconcile.Identify(r, folders, d.Units, d.Office.OpenAt(e.Received)), nil
}

// OpenAt is the period for which returns are sent at a moment, where they name none: that of the shortest edition.
func (o Office) OpenAt(t time.Time) progress.Period {
	return o.Editions[0].OpenAt(t, o.Zone)
}
