package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tiendo/pipeline/progress"
)

// Replay gives the sample office its past: it does what a tiendo that had been running since then would have done, with the
// clock set to the closes of those periods and the returns received when received.csv says. Nothing of it is ready-made.
//
// dir holds received.csv (path, time) and history/PERIOD/UNIT/FILE. tell hears of each period before it is done.
func Replay(ctx context.Context, d Desk, dir string, tell func(period string, n, total int)) error {
	d, err := WithRegisters(ctx, d)
	if err != nil {
		return err
	}
	receipts, err := readReceipts(dir)
	if err != nil {
		return err
	}
	if err := d.Ledger.SaveReceipts(ctx, receipts); err != nil {
		return err
	}
	periods, err := historyPeriods(dir, d.Office)
	if err != nil {
		return err
	}
	id, err := os.ReadFile(filepath.Join(d.Office.Inbox, Sentinel))
	if err != nil {
		return err
	}
	d.Office.Quiet = 0 // nobody writes to these folders
	for i, p := range periods {
		tell(p.ID, i+1, len(periods))
		edition, _ := d.Office.Edition(p.Kind)
		closes := edition.Close.In(p, d.Office.Zone)
		d.Now = func() time.Time { return closes }
		d.Office.Inbox = filepath.Join(dir, "history", p.ID)
		if err := os.WriteFile(filepath.Join(d.Office.Inbox, Sentinel), id, 0o640); err != nil {
			return err
		}
		if err := Pull(ctx, d, true); err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		if _, err := Close(ctx, d, p); err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
	}
	return nil
}

// historyPeriods lists the periods of the sample's history in the order of their closes.
func historyPeriods(dir string, o Office) ([]progress.Period, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "history"))
	if err != nil {
		return nil, err
	}
	closes := map[string]time.Time{}
	var periods []progress.Period
	for _, e := range entries {
		p, err := progress.ParsePeriod(e.Name())
		if err != nil {
			return nil, err
		}
		edition, ok := o.Edition(p.Kind)
		if !ok {
			return nil, fmt.Errorf("history/%s: the office has no such edition", p.ID)
		}
		closes[p.ID] = edition.Close.In(p, o.Zone)
		periods = append(periods, p)
	}
	slices.SortFunc(periods, func(a, b progress.Period) int { return closes[a.ID].Compare(closes[b.ID]) })
	return periods, nil
}

// readReceipts reads when the sample's returns were received, and hashes them.
func readReceipts(dir string) ([]progress.Entry, error) {
	f, err := os.Open(filepath.Join(dir, "received.csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var receipts []progress.Entry
	for _, r := range records[1:] {
		at, err := time.Parse(time.RFC3339, r[1])
		if err != nil {
			return nil, fmt.Errorf("received.csv: %w", err)
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Clean(r[0]))))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		receipts = append(receipts, progress.Entry{Path: r[0], Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Received: at})
	}
	slices.SortStableFunc(receipts, func(a, b progress.Entry) int {
		if n := a.Received.Compare(b.Received); n != 0 {
			return n
		}
		return strings.Compare(a.Path, b.Path)
	})
	return receipts, nil
}
