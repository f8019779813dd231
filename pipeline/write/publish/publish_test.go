package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/templates"
)

// edition is a small edition of 2025-W20.
func edition(revision int) Edition {
	e := Edition{
		Period: "2025-W20", Revision: revision, Previous: revision - 1, Version: "0.1.0", Input: Digest("in", "put"),
		Counts: map[string]int{"positions": 126, "units": 14},
	}
	for _, extension := range []string{"pdf", "xlsx"} {
		e.Files = append(e.Files, inMemory(Name("2025-W20", revision, extension), fmt.Appendf(nil, "%s of revision %d", extension, revision)))
	}
	return e
}

func publish(t *testing.T, dir string, e Edition) Manifest {
	t.Helper()
	m, err := Set(context.Background(), dir, e)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// words is what a file says.
func words(t *testing.T, f File) string {
	t.Helper()
	data, err := io.ReadAll(f.Reader())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func wantProblems(t *testing.T, dir string, want ...Problem) {
	t.Helper()
	got, err := Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestSet(t *testing.T) {
	dir := t.TempDir()
	m := publish(t, dir, edition(1))
	want := []string{"TongHop_2025-W20_r1.manifest.json", "TongHop_2025-W20_r1.pdf", "TongHop_2025-W20_r1.xlsx"}
	if diff := cmp.Diff(want, names(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	data, err := os.ReadFile(filepath.Join(dir, "TongHop_2025-W20_r1.manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var stands Manifest
	if err := json.Unmarshal(data, &stands); err != nil {
		t.Fatal(err)
	}
	// printf 'pdf of revision 1' | sha256sum, and the same of xlsx
	if diff := cmp.Diff([]Entry{
		{"TongHop_2025-W20_r1.pdf", 17, "116da04b459dcb68d6a1b0bb72c023885549ce3a4bd50db76aa8f509bdb8961d"},
		{"TongHop_2025-W20_r1.xlsx", 18, "28e0726d8de4ec9e73a40c4dbe84d042757c5c1b5ab3bb3c336fde81ff4b0237"},
	}, stands.Files); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m, stands); diff != "" {
		t.Errorf("what is returned differs from what stands there (-returned +stands):\n%s", diff)
	}
	wantProblems(t, dir)
}

// A published edition never changes: a correction is another revision, and the same set again is no news.
func TestSetTwice(t *testing.T) {
	dir := t.TempDir()
	first := publish(t, dir, edition(1))
	if again := publish(t, dir, edition(1)); !cmp.Equal(first, again) {
		t.Errorf("the same set again returns %v, want %v", again, first)
	}
	other := edition(1)
	other.Files[0] = inMemory(other.Files[0].Name, []byte("other bytes"))
	if _, err := Set(context.Background(), dir, other); !errors.Is(err, ErrExists) {
		t.Errorf("another set of that name: error %v, want %v", err, ErrExists)
	}
	made := edition(1)
	made.Input = Digest("other input")
	if _, err := Set(context.Background(), dir, made); !errors.Is(err, ErrExists) {
		t.Errorf("the same files made from other input: error %v, want %v", err, ErrExists)
	}
	wantProblems(t, dir)
	publish(t, dir, edition(2))
	wantProblems(t, dir)
	if got := len(names(t, dir)); got != 6 {
		t.Errorf("%d files after two revisions, want 6", got)
	}
}

// A file of that name which somebody else put there is neither replaced nor removed.
func TestForeignFileStays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, Name("2025-W20", 1, "pdf"))
	if err := os.WriteFile(path, []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Set(context.Background(), dir, edition(1)); !errors.Is(err, ErrExists) {
		t.Errorf("error %v, want %v", err, ErrExists)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "somebody's" {
		t.Errorf("the file holds %q (%v), want what stood there", data, err)
	}
}

// The same while the edition is being written: the name is taken at the last moment.
func TestForeignFileAppears(t *testing.T) {
	for _, extension := range []string{"pdf", "xlsx", "manifest.json"} {
		dir := t.TempDir()
		foreign := Name("2025-W20", 1, extension)
		late := &intruder{unsynced(t, dir), dir, foreign}
		if _, err := set(context.Background(), late, edition(1), nil); !errors.Is(err, ErrExists) {
			t.Errorf("%s: error %v, want %v", foreign, err, ErrExists)
		}
		if data, err := os.ReadFile(filepath.Join(dir, foreign)); err != nil || string(data) != "somebody's" {
			t.Errorf("%s holds %q (%v), want what was put there", foreign, data, err)
		}
	}
}

// What was published and then changed is not taken for the set.
func TestChangedSetIsNotTheSet(t *testing.T) {
	dir := t.TempDir()
	m := publish(t, dir, edition(1))
	if err := os.WriteFile(filepath.Join(dir, Name("2025-W20", 1, "xlsx")), []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Set(context.Background(), dir, edition(1)); !errors.Is(err, ErrExists) {
		t.Errorf("publishing again: error %v, want %v", err, ErrExists)
	}
	if whole, err := Recover(dir, []Manifest{m}); !errors.Is(err, ErrExists) || len(whole) > 0 {
		t.Errorf("recovering: %v, error %v, want %v", whole, err, ErrExists)
	}
}

func TestRefusedEditions(t *testing.T) {
	for name, change := range map[string]func(*Edition){
		"no period":        func(e *Edition) { e.Period = "week 20" },
		"revision 0":       func(e *Edition) { e.Revision = 0 },
		"corrects itself":  func(e *Edition) { e.Previous = 1 },
		"no files":         func(e *Edition) { e.Files = nil },
		"other edition":    func(e *Edition) { e.Files[0].Name = Name("2025-W21", 1, "pdf") },
		"leads elsewhere":  func(e *Edition) { e.Files[0].Name = Name("2025-W20", 1, "pdf/../../x") },
		"manifest's name":  func(e *Edition) { e.Files[0].Name = Name("2025-W20", 1, "manifest.json") },
		"one name for two": func(e *Edition) { e.Files[0].Name = e.Files[1].Name },
	} {
		t.Run(name, func(t *testing.T) {
			dir, e := t.TempDir(), edition(1)
			change(&e)
			if _, err := Set(context.Background(), dir, e); err == nil {
				t.Error("was published")
			}
			if left := names(t, dir); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		})
	}
}

// A file that a check refuses, bytes that come back changed, and a caller who gives up leave nothing behind.
func TestNothingHalf(t *testing.T) {
	refused := errors.New("the PDF does not open")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx    context.Context
		lie    string
		checks []Check
		want   error
	}{
		"check": {ctx: context.Background(), want: refused, checks: []Check{func(f File) error {
			if words(t, f) == "xlsx of revision 1" {
				return refused
			}
			return nil
		}}},
		"read back": {ctx: context.Background(), lie: temporary(Name("2025-W20", 1, "xlsx")), want: ErrReadBack},
		"manifest":  {ctx: context.Background(), lie: temporary(Name("2025-W20", 1, "manifest.json")), want: ErrReadBack},
		"cancelled": {ctx: cancelled, want: context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := set(c.ctx, &lying{unsynced(t, dir), c.lie}, edition(1), c.checks); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if left := names(t, dir); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		})
	}
}

// Every call that publishing makes fails once: before or after it did its work, with the process alive or dead from then on. Then the folder
// holds the edition before, and of the new one either no manifest or the whole set; a second attempt completes it.
func TestEveryCallFails(t *testing.T) {
	first := &faulty{folder: unsynced(t, t.TempDir())}
	mustSet(t, first, edition(1))
	if first.call < 20 {
		t.Fatalf("publishing made %d calls; too few to be all", first.call)
	}
	for _, mode := range []struct{ done, killed bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
		for fail := 1; fail <= first.call; fail++ {
			cause := diskErrors[fail%len(diskErrors)]
			where := fmt.Sprintf("call %d: %v, done %t, killed %t", fail, cause, mode.done, mode.killed)
			dir := t.TempDir()
			d := unsynced(t, dir)
			mustSet(t, d, edition(1))
			_, err := set(context.Background(), &faulty{folder: d, fail: fail, err: cause, done: mode.done, killed: mode.killed}, edition(2), nil)
			if !errors.Is(err, cause) {
				t.Errorf("%s: error %v does not tell the cause", where, err)
			}
			checkWholeOrNone(t, where, dir)
			mustSet(t, d, edition(2))
			if problems, err := Verify(dir); err != nil || len(problems) > 0 {
				t.Errorf("%s: after the second attempt %v, %v", where, problems, err)
			}
		}
	}
}

// A single file is there whole or not at all, whichever call fails; a second attempt completes it, and a third changes nothing.
func TestPut(t *testing.T) {
	const name = "TraLoi_2025-W20_r1.xlsx"
	words := []byte("what the unit is told")
	first := &faulty{folder: unsynced(t, t.TempDir())}
	if err := put(first, name, words); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []struct{ done, killed bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
		for fail := 1; fail <= first.call; fail++ {
			where := fmt.Sprintf("call %d, done %t, killed %t", fail, mode.done, mode.killed)
			cause := diskErrors[fail%len(diskErrors)]
			dir := t.TempDir()
			d := unsynced(t, dir)
			if err := put(&faulty{folder: d, fail: fail, err: cause, done: mode.done, killed: mode.killed}, name, words); !errors.Is(err, cause) {
				t.Errorf("%s: error %v does not tell the cause", where, err)
			}
			if got, err := os.ReadFile(filepath.Join(dir, name)); err == nil && string(got) != string(words) {
				t.Errorf("%s: the file holds %q", where, got)
			}
			if err := put(d, name, words); err != nil {
				t.Errorf("%s: second attempt: %v", where, err)
			}
			if err := put(d, name, []byte("other words")); err != nil {
				t.Errorf("%s: third attempt: %v", where, err)
			}
			if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(words) {
				t.Errorf("%s: in the end the file holds %q, %v", where, got, err)
			}
			if left := names(t, dir); !slices.Contains(left, name) || len(left) > 1 {
				t.Errorf("%s: left %v", where, left)
			}
		}
	}
	if err := put(&lying{unsynced(t, t.TempDir()), temporary(name)}, name, words); !errors.Is(err, ErrReadBack) {
		t.Errorf("bytes that come back changed: %v", err)
	}
}

// unsynced is a folder on the disk that does not wait for it, so that the sweep is quick.
func unsynced(t *testing.T, dir string) folder {
	t.Helper()
	d, err := openDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	return unflushed{d}
}

func mustSet(t *testing.T, d folder, e Edition) {
	t.Helper()
	if _, err := set(context.Background(), d, e, nil); err != nil {
		t.Fatal(err)
	}
}

// checkWholeOrNone checks that no manifest names what is not there.
func checkWholeOrNone(t *testing.T, where, dir string) {
	t.Helper()
	problems, err := Verify(dir)
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	for _, p := range problems {
		if p.Kind != Extra && p.Kind != Leftover {
			t.Errorf("%s: %v", where, p)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, Name("2025-W20", 1, "pdf")))
	if err != nil || string(data) != "pdf of revision 1" {
		t.Errorf("%s: the edition before holds %q, %v", where, data, err)
	}
}

func TestRecover(t *testing.T) {
	dir := t.TempDir()
	publish(t, dir, edition(1))
	publish(t, dir, edition(2))
	third := edition(3)
	intent3, err := third.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		third.Files[0].Name:                words(t, third.Files[0]), // named, without a manifest
		"." + third.Files[1].Name + ".tmp": "xlsx of",                // half written
		"TongHop_2025-W19_r1.pdf":          "no business of ours",
		"notes.txt":                        "nor this",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	intent2, err := edition(2).Manifest()
	if err != nil {
		t.Fatal(err)
	}
	published, err := Recover(dir, []Manifest{intent2, intent3})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Manifest{intent2}, published); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	left := names(t, dir)
	if !slices.Contains(left, "notes.txt") || !slices.Contains(left, "TongHop_2025-W19_r1.pdf") || slices.ContainsFunc(left, func(n string) bool { return strings.Contains(n, "_r3") }) {
		t.Errorf("left %v", left)
	}
}

func TestVerify(t *testing.T) {
	dir := t.TempDir()
	for r := 1; r <= 3; r++ {
		publish(t, dir, edition(r))
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	steps := []error{
		os.Remove(at("TongHop_2025-W20_r1.manifest.json")),
		os.Remove(at("TongHop_2025-W20_r2.pdf")),
		os.WriteFile(at("TongHop_2025-W20_r2.xlsx"), []byte("xlsx of revision 3"), 0o644),
		os.WriteFile(at(".TongHop_2025-W21_r1.pdf.tmp"), nil, 0o644),
		os.WriteFile(at("TongHop_2025-W21_r1.manifest.json"), []byte(`{"period":"2025-W22"}`), 0o644),
		os.WriteFile(at("notes.txt"), nil, 0o644),
	}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	wantProblems(t, dir,
		Problem{Leftover, ".TongHop_2025-W21_r1.pdf.tmp", ""},
		Problem{Missing, "TongHop_2025-W20_r1.manifest.json", "TongHop_2025-W20_r2.manifest.json"},
		Problem{Extra, "TongHop_2025-W20_r1.pdf", ""},
		Problem{Extra, "TongHop_2025-W20_r1.xlsx", ""},
		Problem{Missing, "TongHop_2025-W20_r2.pdf", "TongHop_2025-W20_r2.manifest.json"},
		Problem{Changed, "TongHop_2025-W20_r2.xlsx", "TongHop_2025-W20_r2.manifest.json"},
		Problem{BadManifest, "TongHop_2025-W21_r1.manifest.json", ""},
	)
	if _, err := Verify(filepath.Join(dir, "nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestProblemsHaveWords(t *testing.T) {
	for _, kind := range []string{Missing, Changed, Extra, Leftover, BadManifest, Lost, Altered, Unknown} {
		for _, lang := range templates.Langs {
			if !templates.In(lang).Has("publish.problem." + kind) {
				t.Errorf("%s has no words for problem %s", lang, kind)
			}
		}
	}
}

func TestDigest(t *testing.T) {
	// printf '\0\0\0\0\0\0\0\2in\0\0\0\0\0\0\0\3put' | sha256sum
	if got := Digest("in", "put"); got != "47a66eb72cfc1ee100cf7bd1ee4bc40f28a51a00e5bbd5419351a1099664bdc9" {
		t.Errorf("digest is %s", got)
	}
	if Digest("ab", "c") == Digest("a", "bc") || Digest() == Digest("") {
		t.Error("parts run into each other")
	}
}
