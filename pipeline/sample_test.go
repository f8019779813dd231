package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	gocmp "github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// workerArg makes the test program a worker process.
const workerArg = "__worker"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerArg {
		if err := ServeReaders(os.Stdin, os.Stdout); err != nil {
			os.Exit(3)
		}
		return
	}
	status := m.Run()
	if err := os.RemoveAll(sampleTemp); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(status)
}

// sampleTemp is the folder of [theSample], removed when all tests are done.
var sampleTemp string

// sampleDir is the committed sample office.
const sampleDir = "../samples/bo-tttt"

// truth is what the seed of the sample knows; see cmd/samples/truth.go.
type truth struct {
	Periods map[string]truthPeriod `json:"periods"`
}

type truthPeriod struct {
	Files []struct {
		Path   string              `json:"path"`
		State  progress.EntryState `json:"state"`
		Unit   string              `json:"unit"`
		Period string              `json:"period"`
		Rows   []json.RawMessage   `json:"rows_truth"`
	} `json:"files"`
	Submissions []struct {
		Unit        string               `json:"unit"`
		Punctuality progress.Punctuality `json:"punctuality"`
	} `json:"submissions"`
	Positions []struct {
		Task     string         `json:"task"`
		Unit     string         `json:"unit"`
		Class    progress.Class `json:"class"`
		DaysLate int            `json:"days_late"`
		Missed   *struct {
			Text    string        `json:"text"`
			Day     progress.Date `json:"day"`
			Percent float64       `json:"percent"`
			Reached *float64      `json:"reached"`
		} `json:"missed"`
	} `json:"positions"`
	Counts struct {
		Total       map[string]any            `json:"total"`
		Units       map[string]map[string]any `json:"units"`
		Groups      map[string]map[string]any `json:"groups"`
		Phases      map[string]map[string]any `json:"phases"`
		Authorities map[string]map[string]any `json:"authorities"`
	} `json:"counts"`
	Findings []struct {
		Rule string `json:"rule"`
		Unit string `json:"unit"`
		Task string `json:"task"`
	} `json:"findings"`
}

// sample is the sample office after its past was replayed and this week closed.
type sample struct {
	truth  truth
	desk   Desk
	closed map[string]Closed // of this week
	err    error
}

// period20 is this week of the sample.
const period20 = "2025-W20"

func sampleOffice(dir string) Office {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic(err)
	}
	moment := func(k progress.PeriodKind, s string) Moment {
		m, err := ParseMoment(k, s)
		if err != nil {
			panic(err)
		}
		return m
	}
	return Office{
		Office: progress.Office{Name: "Văn phòng Ban Chỉ đạo Chuyển đổi số", Parent: "Bộ Thông tin và Truyền thông", Symbol: "VPBCĐ", Place: "Hà Nội", Profile: "decree30"},
		Lang:   templates.Vietnamese, Zone: zone,
		Plans: []PlanFile{{Path: filepath.Join(dir, "plan.xlsx")}}, UnitsFile: filepath.Join(dir, "units.xlsx"), Inbox: filepath.Join(dir, "inbox"),
		Reports: filepath.Join(dir, "reports"), Returns: filepath.Join(dir, "returns"), State: filepath.Join(dir, "state"),
		Pull: 22 * 60, RankDue: 3, FileDeadline: time.Minute, FileMemory: 512 << 20, Version: "test",
		Editions: []Edition{
			{Kind: progress.Week, Due: moment(progress.Week, "friday 15:00"), Close: moment(progress.Week, "friday 17:00"), SoonDays: 7},
			{Kind: progress.Month, Due: moment(progress.Month, "day 25 15:00"), Close: moment(progress.Month, "day 25 17:00"), SoonDays: 15},
		},
	}
}

func newPool(o Office) (*worker.Pool, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return NewReaders([]string{self, workerArg}, o)
}

// replaySample replays the past of the sample in dir.
func replaySample(dir string) (d Desk, err error) {
	if err := os.CopyFS(dir, os.DirFS(sampleDir)); err != nil {
		return d, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "reports"), 0o750); err != nil {
		return d, err
	}
	d.Office = sampleOffice(dir)
	if d.Readers, err = newPool(d.Office); err != nil {
		return d, err
	}
	if d.Ledger, err = ledger.Open(context.Background(), d.Office.State); err != nil {
		return d, err
	}
	d.Now = func() time.Time { return time.Date(2025, 5, 16, 17, 5, 0, 0, d.Office.Zone) }
	if d, err = WithRegisters(context.Background(), d); err != nil {
		return d, err
	}
	return d, Replay(context.Background(), d, dir, func(string, int, int) {})
}

// theSample makes the sample once for all tests that only look at it.
var theSample = sync.OnceValue(func() *sample {
	s := &sample{}
	s.err = func() error {
		data, err := os.ReadFile(filepath.Join(sampleDir, "truth.json"))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &s.truth); err != nil {
			return err
		}
		dir, err := os.MkdirTemp("", "tiendo-sample")
		if err != nil {
			return err
		}
		sampleTemp = dir
		if s.desk, err = replaySample(dir); err != nil {
			return err
		}
		if err := Pull(context.Background(), s.desk, false); err != nil {
			return err
		}
		p, err := progress.ParsePeriod(period20)
		if err != nil {
			return err
		}
		closed, err := Close(context.Background(), s.desk, p)
		s.closed = map[string]Closed{period20: closed}
		return err
	}()
	return s
})

func openSample(t *testing.T) *sample {
	t.Helper()
	s := theSample()
	if s.err != nil {
		t.Fatal(s.err)
	}
	return s
}

// ownLedger is the sample's desk with a copy of its ledger, for tests that write into it.
func ownLedger(t *testing.T, s *sample) Desk {
	t.Helper()
	d := s.desk
	d.Office.State = t.TempDir()
	if err := s.desk.Ledger.CopyTo(context.Background(), filepath.Join(d.Office.State, ledger.FileName)); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.Ledger, err = ledger.Open(context.Background(), d.Office.State); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Ledger.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// pasts are all editions of the sample as the ledger holds them.
func pasts(t *testing.T, s *sample) map[string]progress.Past {
	t.Helper()
	out := map[string]progress.Past{}
	for _, kind := range []string{"2025-W21", "2025-05"} { // the history of the next periods holds them all
		h, err := s.desk.Ledger.History(context.Background(), period(t, kind))
		if err != nil {
			t.Fatal(err)
		}
		for _, past := range h.Earlier {
			out[past.Period.ID] = past
		}
	}
	return out
}

// A draft tells of the same files as the edition, those that were refused among them.
func TestDraftTellsOfTheFiles(t *testing.T) {
	s := openSample(t)
	draft, err := Rehearse(context.Background(), ownLedger(t, s), period(t, period20))
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(s.closed[period20].Entries, draft.Entries); diff != "" {
		t.Error("entries (- of the edition, + of the draft):\n" + diff)
	}
	if !slices.ContainsFunc(draft.Entries, func(e progress.Entry) bool { return e.State == progress.Rejected }) {
		t.Error("the sample must have a file that is refused")
	}
}

func TestSamplePositionsAreThoseOfTheSeed(t *testing.T) {
	s := openSample(t)
	got := pasts(t, s)
	for _, id := range slices.Sorted(maps.Keys(s.truth.Periods)) {
		t.Run(id, func(t *testing.T) {
			type line struct {
				Class    progress.Class
				DaysLate int
			}
			want, have := map[string]line{}, map[string]line{}
			for _, p := range s.truth.Periods[id].Positions {
				want[p.Task+" "+p.Unit] = line{p.Class, p.DaysLate}
			}
			for _, p := range got[id].Positions {
				have[p.Task.Code+" "+p.Unit] = line{p.Class, p.DaysLate}
			}
			if diff := gocmp.Diff(want, have); diff != "" {
				t.Error("positions (- the seed's, + ours):\n" + diff)
			}
		})
	}
}

func TestSampleMissedMilestonesAreThoseOfTheSeed(t *testing.T) {
	s := openSample(t)
	got := pasts(t, s)
	total := 0
	for _, id := range slices.Sorted(maps.Keys(s.truth.Periods)) {
		want, have := map[string]string{}, map[string]string{}
		for _, p := range s.truth.Periods[id].Positions {
			if m := p.Missed; m != nil {
				said := "nothing"
				if m.Reached != nil {
					said = fmt.Sprint(*m.Reached)
				}
				want[p.Task+" "+p.Unit] = fmt.Sprintf("%s %02d/%02d/%d: %v, %s", m.Text, m.Day.Day, m.Day.Month, m.Day.Year, m.Percent, said)
			}
		}
		for _, p := range got[id].Positions {
			if w := p.Warning; w != nil && (w.Reason == "milestone" || w.Reason == "milestone_unsaid") {
				said := cmp.Or(w.Facts["found"], "nothing")
				have[p.Task.Code+" "+p.Unit] = fmt.Sprintf("%s %s: %s, %s", w.Facts["milestone"], w.Facts["day"], w.Facts["expected"], said)
			}
		}
		if diff := gocmp.Diff(want, have); diff != "" {
			t.Errorf("%s: missed milestones (- the seed's, + ours):\n%s", id, diff)
		}
		total += len(want)
	}
	if total == 0 {
		t.Error("the seed has no missed milestone")
	}
}

func TestSampleCountsAreThoseOfTheSeed(t *testing.T) {
	s := openSample(t)
	counts := s.truth.Periods[period20].Counts
	synthesis := s.closed[period20].Synthesis
	check := func(what string, want map[string]any, got progress.Counts) {
		t.Helper()
		for name, value := range want {
			if name == "overdue_by" {
				for i, n := range value.([]any) {
					if int(n.(float64)) != got.OverdueBy[i] {
						t.Errorf("%s: overdue band %d is %d, the seed says %v", what, i, got.OverdueBy[i], n)
					}
				}
				continue
			}
			if have := got.Measure(progress.Measure(name)).Count; have != int(value.(float64)) {
				t.Errorf("%s: %s is %d, the seed says %v", what, name, have, value)
			}
		}
	}
	if len(counts.Total) == 0 {
		t.Fatal("the truth has no total")
	}
	check("total", counts.Total, synthesis.Total.Counts)
	for _, part := range []struct {
		name  string
		want  map[string]map[string]any
		lines []progress.Line
		key   func(progress.Line) string
	}{
		{"unit", counts.Units, synthesis.Units, func(l progress.Line) string { return strings.TrimPrefix(l.ID, "unit.") }},
		{"group", counts.Groups, synthesis.Groups, func(l progress.Line) string { return l.Name }},
		{"phase", counts.Phases, synthesis.Phases, func(l progress.Line) string { return l.Name }},
		{"authority", counts.Authorities, synthesis.Authorities, func(l progress.Line) string { return l.Name }},
	} {
		lines := map[string]progress.Counts{}
		for _, l := range part.lines {
			lines[part.key(l)] = l.Counts
			if part.name == "unit" {
				lines[part.key(l)] = l.Own
			}
		}
		if len(part.want) == 0 {
			t.Errorf("the truth has no %s", part.name)
		}
		for name, want := range part.want {
			got, ok := lines[name]
			if !ok {
				t.Errorf("no line for %s %q", part.name, name)
			}
			check(part.name+" "+name, want, got)
		}
	}
}

func TestSampleSubmissionsAndEntries(t *testing.T) {
	s := openSample(t)
	got := pasts(t, s)
	for _, id := range slices.Sorted(maps.Keys(s.truth.Periods)) {
		want, have := map[string]progress.Punctuality{}, map[string]progress.Punctuality{}
		for _, sub := range s.truth.Periods[id].Submissions {
			want[sub.Unit] = sub.Punctuality
		}
		for _, sub := range got[id].Submissions {
			have[sub.Unit] = sub.Punctuality
		}
		if diff := gocmp.Diff(want, have); diff != "" {
			t.Errorf("%s: submissions (- the seed's, + ours):\n%s", id, diff)
		}
	}
	want, have := map[string]progress.EntryState{}, map[string]progress.EntryState{}
	for _, f := range s.truth.Periods[period20].Files {
		want[strings.TrimPrefix(f.Path, "inbox/")] = f.State
	}
	for _, e := range s.closed[period20].Entries {
		if e.Reason != "sentinel" { // .inbox-id is no file of a unit
			have[e.Path] = e.State
		}
	}
	if diff := gocmp.Diff(want, have); diff != "" {
		t.Error("entries of the inbox (- the seed's, + ours):\n" + diff)
	}
}

// inSamplesCatalogue are the rules of which the seed says in full where they must speak.
// Outside their traps R08 and R09 must be silent: what is done the seed tells in the past, with a document of the kind that the product demands.
var inSamplesCatalogue = strings.Fields("F01 F02 F04 F05 F06 F17 P01 P02 P03 P04 P05 P06 R01 R02 R03 R04 R07 R08 R09 R11 R14 R15 H01 H04 H12")

func TestSampleFindingsAreThoseOfTheSeed(t *testing.T) {
	s := openSample(t)
	want, have := map[string]int{}, map[string]int{}
	for _, f := range s.truth.Periods[period20].Findings {
		if f.Rule == "P01" { // about a task that is none of the plan's
			f.Task = ""
		}
		want[f.Rule+" "+f.Unit+" "+f.Task]++
	}
	for _, f := range s.closed[period20].Synthesis.Findings {
		if slices.Contains(inSamplesCatalogue, f.Rule) {
			have[f.Rule+" "+f.Unit+" "+f.Task]++
		}
	}
	if diff := gocmp.Diff(want, have); diff != "" {
		t.Error("findings (- the seed's, + ours):\n" + diff)
	}
}

// TestSampleRowsAreThoseOfTheSeed holds every field of every row of every file that could be read against what the
// seed wrote into it.
func TestSampleRowsAreThoseOfTheSeed(t *testing.T) {
	s := openSample(t)
	fields, wrong := 0, 0
	for _, id := range slices.Sorted(maps.Keys(s.truth.Periods)) {
		for _, f := range s.truth.Periods[id].Files {
			if len(f.Rows) == 0 {
				continue
			}
			data, err := os.ReadFile(filepath.Join(sampleDir, filepath.FromSlash(f.Path)))
			if err != nil {
				t.Fatal(err)
			}
			reading, err := extract.Read(data, filepath.Base(f.Path), extract.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(reading.Rows) != len(f.Rows) {
				t.Errorf("%s: %d rows, the seed wrote %d", f.Path, len(reading.Rows), len(f.Rows))
				continue
			}
			for i, raw := range f.Rows {
				n, bad := compareRow(t, fmt.Sprintf("%s row %d", f.Path, i+1), raw, reading.Rows[i])
				fields, wrong = fields+n, wrong+bad
			}
		}
	}
	if fields < 1000 {
		t.Errorf("only %d fields were compared", fields)
	}
	t.Logf("%d of %d fields as the seed wrote them", fields-wrong, fields)
}

// compareRow compares the fields that the seed names, white space aside where a PDF has wrapped a line.
func compareRow(t *testing.T, where string, want json.RawMessage, row progress.Row) (fields, wrong int) {
	t.Helper()
	var w, g map[string]any
	got, err := json.Marshal(row)
	if err := errors.Join(err, json.Unmarshal(got, &g), json.Unmarshal(want, &w)); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(w)) {
		if name == "origin" {
			continue
		}
		fields++
		if a, b := plain(w[name]), plain(g[name]); a != b {
			wrong++
			t.Errorf("%s: %s is %q, the seed wrote %q", where, name, b, a)
		}
	}
	return fields, wrong
}

func plain(v any) string {
	if v == nil {
		return ""
	}
	return strings.Join(strings.Fields(fmt.Sprint(v)), " ")
}

func TestOriginalsAreNeverTouched(t *testing.T) {
	s := openSample(t)
	compareTrees(t, os.DirFS(filepath.Join(sampleDir, "inbox")), os.DirFS(s.desk.Office.Inbox))
}

func compareTrees(t *testing.T, want, got fs.FS) {
	t.Helper()
	list := func(f fs.FS) map[string]string {
		out := map[string]string{}
		err := fs.WalkDir(f, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(f, name)
			out[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	w, g := list(want), list(got)
	for _, name := range slices.Sorted(maps.Keys(w)) {
		if w[name] != g[name] {
			t.Errorf("%s has changed", name)
		}
	}
	if len(w) != len(g) {
		t.Errorf("%d files became %d", len(w), len(g))
	}
}
