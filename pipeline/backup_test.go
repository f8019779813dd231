package pipeline

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/ledger"
)

// A backup is an office that goes on: its ledger tells the same history, and every file received is there.
func TestBackupIsAnOffice(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "copy")
	done, err := Backup(ctx, s.desk, filepath.Join(sampleDir, "tiendo.yaml"), dir)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := ledger.Open(ctx, filepath.Join(dir, "state"))
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	before, err := s.desk.Ledger.Edition(ctx, period20, 1)
	if err != nil {
		t.Fatal(err)
	}
	after, err := copied.Edition(ctx, period20, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the edition in the copy differs:\n%s", diff)
	}
	entries, err := copied.Entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.SHA256 == "" {
			continue
		}
		received, err := os.ReadFile(filepath.Join(dir, "state", spoolName, e.SHA256[:2], e.SHA256))
		if err != nil {
			t.Errorf("%s: %v", e.Path, err)
			continue
		}
		sent, err := os.ReadFile(filepath.Join(s.desk.Office.Inbox, filepath.FromSlash(e.Path)))
		if err != nil || !bytes.Equal(received, sent) {
			t.Errorf("%s is not in the backup as it was sent (%v)", e.Path, err)
		}
	}
	sums, err := os.ReadFile(filepath.Join(dir, SumsName))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(sums), "\n"); n != done.Files {
		t.Errorf("%d sums for %d files", n, done.Files)
	}
	for _, name := range []string{"  tiendo.yaml", "  plan.xlsx", "  units.xlsx", "  state/" + ledger.FileName} {
		if !strings.Contains(string(sums), name+"\n") {
			t.Errorf("no sum of%s", name)
		}
	}
	if _, err := Backup(ctx, s.desk, filepath.Join(sampleDir, "tiendo.yaml"), dir); err == nil {
		t.Error("a second backup went into the folder of the first")
	}
}

// A spool that rots is noticed when it is copied, not when it is needed.
func TestBackupRefusesARottenSpool(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	d := s.desk
	d.Office.State = t.TempDir()
	rotten := filepath.Join(d.Office.State, spoolName, "ab", "ab"+strings.Repeat("0", 62))
	if err := os.MkdirAll(filepath.Dir(rotten), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(rotten, []byte("other bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "copy")
	if _, err := Backup(ctx, d, filepath.Join(sampleDir, "tiendo.yaml"), dir); err == nil || !strings.Contains(err.Error(), "no longer has the bytes") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, SumsName)); err == nil {
		t.Error("a backup that failed has its list of sums")
	}
}

func TestCopiesOfTheLedgerAreKeptAndLetGo(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	d := s.desk
	d.Office.State = t.TempDir()
	at := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	d.Now = func() time.Time { return at }
	for range keptCopies + 3 {
		at = at.Add(time.Hour)
		for range 2 { // a run that was cut off is done again
			if err := keepCopy(ctx, d, period20, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	left, err := filepath.Glob(filepath.Join(d.Office.State, "copies", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != keptCopies || filepath.Base(left[0]) != "20250601T040000Z_2025-W20_r1.db" || filepath.Base(left[keptCopies-1]) != "20250601T170000Z_2025-W20_r1.db" {
		t.Errorf("kept %d copies: %v", len(left), left)
	}
}
