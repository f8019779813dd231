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
	config := filepath.Join(filepath.Dir(s.desk.Office.State), "tiendo.yaml")
	dir := filepath.Join(t.TempDir(), "copy")
	done, err := Backup(ctx, s.desk, config, dir)
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
	if _, err := Backup(ctx, s.desk, config, dir); err == nil {
		t.Error("a second backup went into the folder of the first")
	}
}

// Registers keep their place below the office, so that the configuration of the backup finds them; those from elsewhere are told apart by
// their whole path, however alike their names.
func TestBackupKeepsPlaces(t *testing.T) {
	s := openSample(t)
	ctx := context.Background()
	office, share := t.TempDir(), t.TempDir()
	d := s.desk
	write := func(path, text string) string {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config := write(filepath.Join(office, "tiendo.yaml"), "settings")
	d.Office.State = filepath.Join(office, "var", "data")
	d.Office.UnitsFile = write(filepath.Join(office, "registers", "units.xlsx"), "units")
	d.Office.WaiversFile = write(filepath.Join(office, "waivers.csv"), "waivers")
	d.Office.Plans = []PlanFile{
		{Key: "A", Path: write(filepath.Join(office, "a", "plan.xlsx"), "plan a")}, {Key: "B", Path: write(filepath.Join(office, "b", "plan.xlsx"), "plan b")},
		{Key: "C", Path: write(filepath.Join(share, "plan.xlsx"), "plan c")},
	}
	dir := filepath.Join(t.TempDir(), "copy")
	if _, err := Backup(ctx, d, config, dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"tiendo.yaml": "settings", "registers/units.xlsx": "units", "waivers.csv": "waivers", "a/plan.xlsx": "plan a", "b/plan.xlsx": "plan b",
		"elsewhere" + filepath.ToSlash(share) + "/plan.xlsx": "plan c",
	} {
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "var", "data", ledger.FileName)); err != nil {
		t.Error(err)
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
