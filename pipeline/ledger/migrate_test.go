package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// week is an edition in which one task was reported at a percent.
func week(t *testing.T, p progress.Period, percent float64) progress.Past {
	t.Helper()
	return progress.Past{Period: p, DataDate: p.Start.AddDays(4), Positions: []progress.Position{
		{Unit: "u", Task: progress.Task{Code: "I.1"}, Claim: &progress.Claim{Row: progress.Row{Percent: &percent}}, Forecast: p.Start.AddDays(30)},
		{Unit: "u", Task: progress.Task{Code: "I.2"}, Class: progress.NotReported},
		{Unit: "u", Task: progress.Task{Code: "I.3"}, Claim: &progress.Claim{Row: progress.Row{Percent: &percent}}, Carried: true},
	}}
}

// sixty publishes the sixty weeks before 2025-W20, the n-th of them at n percent, oldest first.
func sixty(t *testing.T, publish func(progress.Past)) {
	t.Helper()
	p := period(t, "2025-W20")
	for range 60 {
		p = p.Previous()
	}
	for n := range 60 {
		publish(week(t, p, float64(n+1)))
		p = p.Next()
	}
}

// checkTrails holds the history of 2025-W20 against the sixty weeks: twelve whole, forty as trails, which follow what was reported.
func checkTrails(t *testing.T, l *Ledger) {
	t.Helper()
	h := must[progress.History](t)(l.History(context.Background(), period(t, "2025-W20")))
	if len(h.Earlier) != 12 || len(h.Older) != 40 {
		t.Fatalf("%d weeks whole and %d trails, want 12 and 40", len(h.Earlier), len(h.Older))
	}
	for i, trail := range h.Older {
		percent := float64(i + 9) // of sixty weeks the last 52
		want := []progress.Mark{{Unit: "u", Task: "I.1", Percent: &percent, Forecast: trail.Period.Start.AddDays(30)}}
		if diff := cmp.Diff(want, trail.Marks); diff != "" || trail.DataDate != trail.Period.Start.AddDays(4) {
			t.Errorf("%s of %v: %s", trail.Period.ID, trail.DataDate, diff)
		}
	}
	if next := h.Older[39].Period.Next().ID; h.Earlier[0].Period.ID != next {
		t.Errorf("after the trails comes %s, not %s", h.Earlier[0].Period.ID, next)
	}
}

func TestTrails(t *testing.T) {
	l := openTest(t, t.TempDir())
	sixty(t, func(past progress.Past) {
		ctx := context.Background()
		if err := l.Intend(ctx, Edition{Past: past, Revision: 1, Created: noon}); err != nil {
			t.Fatal(err)
		}
		if err := l.Published(ctx, past.Period.ID, 1); err != nil {
			t.Fatal(err)
		}
	})
	checkTrails(t, l)
}

// Ledgers of the versions before are what the schemas of their time made; their editions have no trails.
func TestEarlierVersionsAreMigrated(t *testing.T) {
	for version, statements := range map[int]string{
		1: schema,
		2: schema + lettersSchema + `INSERT INTO reminder VALUES ('2025-W19', 'u', 1, '', 'd');`,
	} {
		t.Run(fmt.Sprint("from version ", version), func(t *testing.T) { checkMigration(t, version, statements) })
	}
}

func checkMigration(t *testing.T, version int, statements string) {
	ctx, dir := context.Background(), t.TempDir()
	db := must[*sql.DB](t)(open(ctx, dir, false))
	if _, err := db.Exec(fmt.Sprintf("%s; PRAGMA application_id=%d; PRAGMA user_version=%d", statements, applicationID, version)); err != nil {
		t.Fatal(err)
	}
	sixty(t, func(past progress.Past) {
		if _, err := db.Exec(`INSERT INTO edition VALUES (?,1,'week',?,'','',?,'published','{}',?)`, past.Period.ID, past.DataDate.String(), stamp(noon),
			must[[]byte](t)(pack(past))); err != nil {
			t.Fatal(err)
		}
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	// A reader beside the old program sees what its version has.
	old := must[*Ledger](t)(OpenReadOnly(ctx, dir))
	if h := must[progress.History](t)(old.History(ctx, period(t, "2025-W20"))); len(h.Earlier) != 12 || h.Older != nil {
		t.Errorf("%d weeks whole and %d trails of version %d", len(h.Earlier), len(h.Older), version)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second opening has nothing to do
		l := openTest(t, dir)
		checkTrails(t, l)
		var now, reminders int
		if err := l.db.QueryRow("PRAGMA user_version").Scan(&now); err != nil || now != 3 {
			t.Errorf("version %d (%v), want 3", now, err)
		}
		if err := l.db.QueryRow("SELECT count(*) FROM reminder").Scan(&reminders); err != nil || reminders != version-1 {
			t.Errorf("%d reminders (%v), want %d", reminders, err, version-1)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
