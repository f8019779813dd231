package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

var noon = time.Date(2025, 5, 16, 5, 0, 0, 0, time.UTC)

func openTest(t *testing.T, dir string) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func period(t *testing.T, id string) progress.Period {
	return must[progress.Period](t)(progress.ParsePeriod(id))
}

func TestOneInstance(t *testing.T) {
	dir := t.TempDir()
	l := openTest(t, dir)
	if _, err := Open(context.Background(), dir); !errors.Is(err, ErrLocked) {
		t.Fatalf("second instance: %v, want ErrLocked", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	openTest(t, dir) // the lock goes with its owner; the file it leaves is no obstacle
}

func TestReadOnlyBesideAWriter(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenReadOnly(context.Background(), dir); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("no ledger yet: %v, want fs.ErrNotExist", err)
	}
	w := openTest(t, dir)
	for i, outcome := range []string{RunDone, "failed: disk full", ""} { // the last one was cut off
		id := must[int64](t)(w.Begin(context.Background(), Run{Kind: "pull", Started: noon.Add(time.Duration(i) * time.Hour)}))
		if outcome != "" {
			if err := w.End(context.Background(), id, outcome, noon); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := must[*Ledger](t)(OpenReadOnly(context.Background(), dir))
	defer r.Close()
	run, ok, err := r.LastRun(context.Background(), "pull")
	if err != nil || !ok || !run.Started.Equal(noon) || !run.Ended.Equal(noon) {
		t.Errorf("last run that did its work: %+v, %v, %v", run, ok, err)
	}
	if _, err := r.Begin(context.Background(), Run{Kind: "pull"}); err == nil {
		t.Error("a read-only ledger took a write")
	}
}

func TestRefusesForeignAndNewerFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := Open(context.Background(), dir); err == nil {
		t.Error("took a foreign file for a ledger", l.Close())
	}

	dir = t.TempDir()
	l := openTest(t, dir)
	if _, err := l.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if _, err := Open(context.Background(), dir); !errors.Is(err, ErrNewer) {
		t.Errorf("newer ledger: %v, want ErrNewer", err)
	}
	if _, err := OpenReadOnly(context.Background(), dir); !errors.Is(err, ErrNewer) {
		t.Errorf("newer ledger, to read: %v, want ErrNewer", err)
	}
}

func TestFirstSightStays(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	scan := func(at time.Time, entries ...Sighting) {
		t.Helper()
		if err := l.SaveScan(ctx, entries, at); err != nil {
			t.Fatal(err)
		}
	}
	entry := func(path, sha string) Sighting {
		return Sighting{Entry: progress.Entry{Path: path, SHA256: sha, Size: 3, State: progress.Pending, Facts: map[string]string{"a": "b"}}, Seen: Seen{Size: 3, MtimeNS: 7, Inode: 1 << 63}}
	}
	scan(noon, entry("u/a.xlsx", "aa"), entry("u/b.xlsx", "bb"))
	scan(noon.Add(time.Hour), entry("u/b.xlsx", "bb"), entry("u/renamed.xlsx", "aa"))

	at, seq, err := l.Received(ctx, "aa")
	if err != nil || !at.Equal(noon) || seq != 1 {
		t.Errorf("first sight of aa: %v, %d, %v; a rename must not change it", at, seq, err)
	}
	known := must[map[string]Seen](t)(l.Known(ctx))
	if len(known) != 2 || known["u/b.xlsx"].Inode != 1<<63 {
		t.Errorf("known entries %+v, want the two of the last scan", known)
	}
	if err := l.SaveStates(ctx, []progress.Entry{{Path: "u/b.xlsx", State: progress.Accepted, Unit: "u", Period: "2025-W20"}}); err != nil {
		t.Fatal(err)
	}
	entries := must[[]progress.Entry](t)(l.Entries(ctx))
	want := []progress.Entry{
		{Path: "u/b.xlsx", Size: 3, SHA256: "bb", Received: noon, State: progress.Accepted, Unit: "u", Period: "2025-W20"},
		{Path: "u/renamed.xlsx", Size: 3, SHA256: "aa", Received: noon, State: progress.Pending, Facts: map[string]string{"a": "b"}},
	}
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Error(diff)
	}
}

func TestReturnsComeBackWhole(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	if err := l.SaveScan(ctx, []Sighting{{Entry: progress.Entry{Path: "u/a.xlsx", SHA256: "aa", Size: 9, State: progress.Pending}}}, noon); err != nil {
		t.Fatal(err)
	}
	sixty := 60.0
	reading := progress.Reading{File: "a.xlsx", SHA256: "aa", Format: "xlsx", Rows: []progress.Row{{
		Origin: progress.Origin{Sheet: "Báo cáo", Cell: "A9"}, Code: "I.1", Percent: &sixty, Claim: progress.ClaimLate,
		DueDate: progress.Date{Year: 2025, Month: 6, Day: 30}, Cells: map[progress.Field]progress.Origin{progress.FieldDue: {Cell: "E9"}},
	}}}
	if err := l.SaveReading(ctx, reading, "1"); err != nil {
		t.Fatal(err)
	}
	want := progress.Return{Path: "u/a.xlsx", SHA256: "aa", Size: 9, Received: noon, Sequence: 1, Unit: "u", Period: "2025-W20", Reading: reading,
		Findings: []progress.Finding{{Rule: "F05", Severity: progress.SeverityNote}}}
	if err := l.SaveSubmissions(ctx, []progress.Return{want}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]progress.Return{want}, must[[]progress.Return](t)(l.Returns(ctx, "2025-W20", "1"))); diff != "" {
		t.Error(diff)
	}
	if got := must[[]progress.Return](t)(l.Returns(ctx, "2025-W20", "2")); len(got) != 0 {
		t.Error("a reading of another version of the readers was used")
	}
}

func edition(t *testing.T, id string, revision int) Edition {
	return Edition{Past: progress.Past{Period: period(t, id), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, Positions: []progress.Position{{Unit: id, Class: progress.Overdue}}},
		Revision: revision, InputDigest: "d", Created: noon, Manifest: "{}"}
}

func publish(t *testing.T, l *Ledger, id string, revision int) {
	t.Helper()
	if err := l.Intend(context.Background(), edition(t, id, revision)); err != nil {
		t.Fatal(err)
	}
	if err := l.Published(context.Background(), id, revision); err != nil {
		t.Fatal(err)
	}
}

func TestPublishedNeverChanges(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	publish(t, l, "2025-W20", 1)
	for _, statement := range []string{
		`UPDATE edition SET data_date='2000-01-01'`, `DELETE FROM edition`,
	} {
		if _, err := l.db.ExecContext(ctx, statement); err == nil {
			t.Errorf("the ledger allowed: %s", statement)
		}
	}
	if err := l.Intend(ctx, edition(t, "2025-W20", 1)); err == nil {
		t.Error("revision 1 was begun twice")
	}
	if err := l.Published(ctx, "2025-W20", 2); err == nil {
		t.Error("published what was never intended")
	}
}

func TestIntentOfACutOffRunIsReplaced(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	for range 2 {
		if err := l.Intend(ctx, edition(t, "2025-W20", 1)); err != nil {
			t.Fatal(err)
		}
	}
	if got := must[[]Edition](t)(l.Intents(ctx)); len(got) != 1 || got[0].Manifest != "{}" {
		t.Errorf("intents %+v, want one with its manifest", got)
	}
	if got := must[[]Edition](t)(l.Editions(ctx)); len(got) != 0 {
		t.Errorf("an intent counts as published: %+v", got)
	}
}

func TestHistory(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	for _, id := range []string{"2024-W20", "2025-04", "2025-W18", "2025-W19", "2025-W21"} {
		publish(t, l, id, 1)
	}
	publish(t, l, "2025-W19", 2)
	h := must[progress.History](t)(l.History(ctx, period(t, "2025-W20")))
	var got []string
	for _, past := range h.Earlier {
		got = append(got, past.Period.ID)
	}
	if diff := cmp.Diff([]string{"2024-W20", "2025-W18", "2025-W19"}, got); diff != "" {
		t.Error("earlier weeks, oldest first, neither months nor later weeks, one revision each:", diff)
	}
	if h.YearBefore == nil || h.YearBefore.Period.ID != "2024-W20" || h.YearBefore.Positions[0].Class != progress.Overdue {
		t.Errorf("year before: %+v", h.YearBefore)
	}
	latest, ok, err := l.Latest(ctx, "2025-W19")
	if err != nil || !ok || latest.Revision != 2 {
		t.Errorf("latest revision of W19: %+v %v %v, want 2", latest, ok, err)
	}
}

// A plan that was stored before tasks had milestones loads as it was; one with milestones comes back whole, and what has none is
// stored in the same bytes as ever.
func TestPlansWithAndWithoutMilestones(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	body := must[[]byte](t)(pack(json.RawMessage(`{"Name":"Kế hoạch","SHA256":"old","Tasks":[{"Code":"I.1","Title":"Đề án","Due":{"text":"2025","date":"2025-12-31"}}]}`)))
	if _, err := l.db.ExecContext(ctx, `INSERT INTO plan_version (sha256, name, version, effective, imported_at, body) VALUES ('old', 'Kế hoạch', '1', '', ?, ?)`, stamp(noon), body); err != nil {
		t.Fatal(err)
	}
	old := must[progress.Plan](t)(l.Plan(ctx, "old"))
	if len(old.Tasks) != 1 || old.Tasks[0].Title != "Đề án" || old.Tasks[0].Milestones != nil {
		t.Errorf("the old plan loads as %+v", old)
	}
	if text := string(must[[]byte](t)(json.Marshal(old))); strings.Contains(text, "ilestone") {
		t.Errorf("stored anew it is %s", text)
	}
	sixty := 60.0
	now := old
	now.SHA256, now.Tasks = "now", []progress.Task{{Code: "I.1", Milestones: []progress.Milestone{
		{Text: "Lấy ý kiến", Due: progress.Due{Text: "3/2025", Date: progress.Date{Year: 2025, Month: 3, Day: 31}, Precision: progress.MonthOnly}, Origin: progress.Origin{Sheet: "Mốc", Cell: "B3"}},
		{Text: "Trình", Due: progress.Due{Text: "31/5/2025", Date: progress.Date{Year: 2025, Month: 5, Day: 31}}, Percent: &sixty},
	}}}
	if isNew := must[bool](t)(l.SavePlan(ctx, now, noon)); !isNew {
		t.Error("the plan with milestones is not new")
	}
	if diff := cmp.Diff(now, must[progress.Plan](t)(l.Plan(ctx, "now"))); diff != "" {
		t.Error(diff)
	}
}

func TestPlanVersionsAreKept(t *testing.T) {
	ctx := context.Background()
	l := openTest(t, t.TempDir())
	one := progress.Plan{Name: "Kế hoạch", Version: "1", SHA256: "p1", Tasks: []progress.Task{{Code: "I.1", Leads: []string{"u"}, Due: progress.Due{Text: "Quý II/2025", Precision: progress.QuarterOnly}}}}
	two := one
	two.SHA256, two.Version = "p2", "2"
	for i, step := range []struct {
		plan progress.Plan
		want bool
	}{{one, true}, {one, false}, {two, true}} {
		if got := must[bool](t)(l.SavePlan(ctx, step.plan, noon.Add(time.Duration(i)*time.Hour))); got != step.want {
			t.Errorf("step %d: new is %v", i, got)
		}
	}
	if diff := cmp.Diff(one, must[progress.Plan](t)(l.Plan(ctx, "p1"))); diff != "" {
		t.Error(diff)
	}
	versions := must[[]PlanVersion](t)(l.PlanVersions(ctx))
	if len(versions) != 2 || versions[0].Version != "1" || !versions[0].Imported.Equal(noon) || versions[1].Version != "2" {
		t.Errorf("versions %+v", versions)
	}
}

// What later periods may carry on keeps the units that it was made of; the rest of the history does without them, the edition itself never.
func TestHistoryForgetsTheUnitsBelow(t *testing.T) {
	ctx, l, p := context.Background(), openTest(t, t.TempDir()), period(t, "2025-W19")
	claim := func() *progress.Claim {
		return &progress.Claim{Row: progress.Row{Parts: []progress.Part{{Unit: "Xã A"}}}}
	}
	past := progress.Past{Period: p, Positions: []progress.Position{
		{Task: progress.Task{Code: "1"}, Class: progress.DoneOnTime, Claim: claim()}, {Task: progress.Task{Code: "2"}, Class: progress.InTerm, Claim: claim()},
	}}
	if err := l.Intend(ctx, Edition{Past: past, Revision: 1, Manifest: "{}"}); err != nil {
		t.Fatal(err)
	}
	if err := l.Published(ctx, p.ID, 1); err != nil {
		t.Fatal(err)
	}
	parts := func(list []progress.Position) []int {
		return []int{len(list[0].Claim.Row.Parts), len(list[1].Claim.Row.Parts)}
	}
	h := must[progress.History](t)(l.History(ctx, p.Next()))
	if got := parts(h.Earlier[0].Positions); !slices.Equal(got, []int{1, 0}) {
		t.Errorf("the history holds %v parts", got)
	}
	e := must[Edition](t)(l.Edition(ctx, p.ID, 1))
	if got := parts(e.Past.Positions); !slices.Equal(got, []int{1, 1}) {
		t.Errorf("the edition holds %v parts", got)
	}
}
