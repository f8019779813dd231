//go:build unix

package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

const sentinel = "bo-tttt"

// office is an inbox and a spool in temporary folders.
type office struct {
	t     testing.TB
	inbox string
	spool Spool
}

func newOffice(t testing.TB) office {
	t.Helper()
	o := office{t: t, inbox: t.TempDir(), spool: Spool{Dir: filepath.Join(t.TempDir(), "spool")}}
	o.write(SentinelName, sentinel+"\n")
	return o
}

func (o office) path(name string) string { return filepath.Join(o.inbox, filepath.FromSlash(name)) }

func (o office) write(name, content string) {
	o.t.Helper()
	if err := os.MkdirAll(filepath.Dir(o.path(name)), 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(o.path(name), []byte(content), 0o644); err != nil {
		o.t.Fatal(err)
	}
}

func (o office) share() Share {
	o.t.Helper()
	folder, err := OpenFolder(o.inbox)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = folder.Close() })
	return folder
}

func (o office) input() Input {
	return Input{Inbox: o.share(), Spool: o.spool, Sentinel: sentinel, Clock: clockwork.NewFakeClock(), Quiet: time.Minute}
}

// run collects; during happens within the quiet period, in the goroutine of the caller.
func run(t testing.TB, in Input, during func()) (Result, error) {
	t.Helper()
	clock := clockwork.NewFakeClock()
	in.Clock = clock
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var result Result
	var err error
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		result, err = Collect(ctx, in)
		cancel()
	}()
	if clock.BlockUntilContext(ctx, 1) == nil { // else it ended without waiting
		if during != nil {
			during()
		}
		clock.Advance(in.Quiet)
	}
	<-ended
	return result, err
}

// collected runs a collection that must not fail, and checks that its sums are right.
func collected(t testing.TB, in Input, during func()) map[string]Item {
	t.Helper()
	result, err := run(t, in, during)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(result.Items, func(a, b Item) int { return strings.Compare(a.Path, b.Path) }) {
		t.Error("the items are not sorted by path")
	}
	items := map[string]Item{}
	counts := map[progress.EntryState]int{}
	for _, item := range result.Items {
		if _, twice := items[item.Path]; twice {
			t.Errorf("%q stands twice in the result", item.Path)
		}
		items[item.Path] = item
		counts[item.State]++
	}
	if diff := cmp.Diff(counts, result.Counts); diff != "" {
		t.Errorf("states of the items (-) and counts (+): %s", diff)
	}
	return items
}

// states reduces items to path → "state reason".
func states(items map[string]Item) map[string]string {
	m := map[string]string{}
	for p, item := range items {
		m[p] = strings.TrimSpace(string(item.State) + " " + item.Reason)
	}
	return m
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// book is a small ZIP file with one entry for each text, stored as the standard library writes it.
func book(t testing.TB, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, text := range texts {
		f, err := w.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryEntryHasOneState(t *testing.T) {
	o := newOffice(t)
	whole := book(t, "<sheet/>", strings.Repeat("<row/>", 1000))
	for name, content := range map[string]string{
		"vu-khtc/Báo cáo tuần 20.xlsx":        whole,
		"vu-khtc/2025/W20/phụ lục.csv":        "STT;Nhiệm vụ\n1;Xây dựng\n",
		"loose.pdf":                           "%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n",
		"cuc-cntt/half.xlsx":                  whole[:len(whole)/2],
		"cuc-cntt/zeros.xlsx":                 strings.Repeat("\x00", 5000),
		"cuc-cntt/empty.docx":                 "",
		"cuc-cntt/being edited.xlsx":          whole,
		"cuc-cntt/~$being edited.xlsx":        "lock",
		"cuc-cntt/report.docx":                whole,
		"cuc-cntt/~$port.docx":                "lock",
		"cuc-cntt/calc.xlsx":                  whole,
		"cuc-cntt/.~lock.calc.xlsx#":          ",clerk",
		"cuc-cntt/Cedd4100":                   whole,
		"cuc-cntt/x.xlsx.part":                "PK",
		"cuc-cntt/x.xlsx.crdownload":          "PK",
		"cuc-cntt/~WRL0001.tmp":               "PK",
		"cuc-cntt/backup.xlsx~":               "PK",
		"cuc-cntt/.DS_Store":                  "x",
		"cuc-cntt/._x.xlsx":                   "x",
		"cuc-cntt/Thumbs.db":                  "x",
		"cuc-cntt/desktop.ini":                "x",
		"cuc-cntt/a.sync-conflict-2025-1.csv": "x",
		"cuc-cntt/.hidden.xlsx":               whole,
		".git/config":                         "x",
		"cuc-cntt/notes.exe":                  "MZ",
		"cuc-cntt/photo.JPG":                  "\xff\xd8 a picture",
		"a/b/c/d/e/f/g/h/deep enough.csv":     "x",
		"a/b/c/d/e/f/g/h/i/too deep.csv":      "x",
	} {
		o.write(name, content)
	}
	o.fifo("cuc-cntt/fifo.xlsx")
	for link, target := range map[string]string{
		"cuc-cntt/link.xlsx": "half.xlsx", "cuc-cntt/out.csv": "/etc/passwd", "cuc-cntt/loop": ".", "cuc-cntt/dead.csv": "nowhere",
	} {
		if err := os.Symlink(target, o.path(link)); err != nil {
			t.Fatal(err)
		}
	}
	got := collected(t, o.input(), nil)
	want := map[string]string{
		".inbox-id":                           "ignored sentinel",
		"vu-khtc/Báo cáo tuần 20.xlsx":        "ready",
		"vu-khtc/2025/W20/phụ lục.csv":        "ready",
		"loose.pdf":                           "ready",
		"cuc-cntt/half.xlsx":                  "pending incomplete",
		"cuc-cntt/zeros.xlsx":                 "pending incomplete",
		"cuc-cntt/empty.docx":                 "pending empty",
		"cuc-cntt/being edited.xlsx":          "pending open",
		"cuc-cntt/~$being edited.xlsx":        "ignored lock_file",
		"cuc-cntt/report.docx":                "pending open",
		"cuc-cntt/~$port.docx":                "ignored lock_file",
		"cuc-cntt/calc.xlsx":                  "pending open",
		"cuc-cntt/.~lock.calc.xlsx#":          "ignored lock_file",
		"cuc-cntt/Cedd4100":                   "ignored excel_temp",
		"cuc-cntt/x.xlsx.part":                "ignored temp_file",
		"cuc-cntt/x.xlsx.crdownload":          "ignored temp_file",
		"cuc-cntt/~WRL0001.tmp":               "ignored temp_file",
		"cuc-cntt/backup.xlsx~":               "ignored temp_file",
		"cuc-cntt/.DS_Store":                  "ignored system_file",
		"cuc-cntt/._x.xlsx":                   "ignored system_file",
		"cuc-cntt/Thumbs.db":                  "ignored system_file",
		"cuc-cntt/desktop.ini":                "ignored system_file",
		"cuc-cntt/a.sync-conflict-2025-1.csv": "ignored sync_conflict",
		"cuc-cntt/.hidden.xlsx":               "ignored hidden",
		".git":                                "ignored hidden",
		"cuc-cntt/notes.exe":                  "ignored unknown_type",
		"cuc-cntt/photo.JPG":                  "ready",
		"a/b/c/d/e/f/g/h/deep enough.csv":     "ready",
		"a/b/c/d/e/f/g/h/i":                   "rejected too_deep",
		"cuc-cntt/fifo.xlsx":                  "ignored not_file",
		"cuc-cntt/link.xlsx":                  "ignored symlink",
		"cuc-cntt/out.csv":                    "ignored symlink",
		"cuc-cntt/loop":                       "ignored symlink",
		"cuc-cntt/dead.csv":                   "ignored symlink",
	}
	if diff := cmp.Diff(want, states(got)); diff != "" {
		t.Errorf("states (-want +got): %s", diff)
	}
	ready := got["vu-khtc/Báo cáo tuần 20.xlsx"]
	if ready.SHA256 != sumOf(whole) || ready.Size != int64(len(whole)) || !ready.Copied {
		t.Errorf("%+v, want hash %s, %d bytes, copied", ready, sumOf(whole), len(whole))
	}
	if kept, err := os.ReadFile(o.spool.Path(ready.SHA256)); err != nil || string(kept) != whole {
		t.Errorf("the spool keeps %d bytes, %v", len(kept), err)
	}
	for _, item := range got {
		if (item.SHA256 != "") != (item.State == progress.Ready) {
			t.Errorf("%s: %s with hash %q", item.Path, item.State, item.SHA256)
		}
	}
}

// Every reason and failure that the code can give has its wording.
func TestWording(t *testing.T) {
	keys := []string{
		"entry.sentinel", "entry.lock_file", "entry.system_file", "entry.sync_conflict", "entry.excel_temp", "entry.temp_file", "entry.hidden",
		"entry.unknown_type", "entry.symlink", "entry.not_file", "entry.too_deep", "entry.denied", "entry.read_error", "entry.too_big",
		"entry.vanished", "entry.arriving", "entry.growing", "entry.open", "entry.empty", "entry.incomplete", "entry.twin",
		"failure.inbox.missing", "failure.inbox.no_sentinel", "failure.inbox.other_sentinel", "failure.inbox.fell", "failure.inbox.unlisted",
		"failure.spool.unwritable", "failure.spool.full",
	}
	for _, lang := range templates.Langs {
		for _, key := range keys {
			if !templates.In(lang).Has(key) {
				t.Errorf("no %s wording for %s", lang, key)
			}
		}
	}
}

func TestDeadlineAcceptsOpenFiles(t *testing.T) {
	o := newOffice(t)
	o.write("u/open.xlsx", book(t, "x"))
	o.write("u/~$open.xlsx", "lock")
	o.write("u/cut.xlsx", book(t, "x")[:50])
	o.write("u/~$cut.xlsx", "lock")
	in := o.input()
	in.AcceptOpen = true
	got := states(collected(t, in, nil))
	if got["u/open.xlsx"] != "ready" || got["u/cut.xlsx"] != "pending incomplete" {
		t.Errorf("%v", got)
	}
}

func TestChangesWithinTheQuietPeriod(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"u/stays.csv", "u/grows.csv", "u/replaced.csv", "u/deleted.csv", "u/old name.csv"} {
		o.write(name, "content of "+name)
	}
	got := collected(t, o.input(), func() {
		o.write("u/grows.csv", "content of u/grows.csv and more")
		o.write("u/arrives.csv", "new")
		for _, err := range []error{
			os.WriteFile(o.path("u/.new"), []byte("content of u/REPLACED.csv"), 0o644), // as long as before
			os.Rename(o.path("u/.new"), o.path("u/replaced.csv")),
			os.Remove(o.path("u/deleted.csv")),
			os.Rename(o.path("u/old name.csv"), o.path("u/new name.csv")),
		} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	want := map[string]string{
		".inbox-id":      "ignored sentinel",
		"u/stays.csv":    "ready",
		"u/grows.csv":    "pending growing",
		"u/replaced.csv": "pending growing",
		"u/arrives.csv":  "pending arriving",
		"u/deleted.csv":  "pending vanished",
		"u/old name.csv": "pending vanished",
		"u/new name.csv": "pending arriving",
	}
	if diff := cmp.Diff(want, states(got)); diff != "" {
		t.Errorf("states (-want +got): %s", diff)
	}
}

// known is what the ledger would remember of a run.
func known(items map[string]Item) map[string]Known {
	m := map[string]Known{}
	for p, item := range items {
		if item.State == progress.Ready {
			m[p] = Known{Stat: item.Stat, SHA256: item.SHA256}
		}
	}
	return m
}

func TestKnownFilesAreNeitherWaitedForNorReadAgain(t *testing.T) {
	o := newOffice(t)
	o.write("u/a.csv", "a")
	o.write("u/b.csv", "b")
	first := collected(t, o.input(), nil)

	in := o.input()
	in.Known = known(first)
	in.Inbox = faulty{Share: in.Inbox, open: func(p string, f File) (File, error) {
		if p != SentinelName {
			t.Errorf("%s is opened again", p)
		}
		return f, nil
	}}
	o.write("u/~$a.csv", "lock") // what was taken stays taken
	second := collected(t, in, func() { t.Error("waited, though nothing is new") })
	if second["u/a.csv"].SHA256 != sumOf("a") || second["u/a.csv"].Copied || second["u/a.csv"].State != progress.Ready {
		t.Errorf("%+v", second["u/a.csv"])
	}

	o.write("u/b.csv", "b, second version")
	in = o.input()
	in.Known = known(first)
	third := collected(t, in, nil)
	if third["u/b.csv"].SHA256 != sumOf("b, second version") || !third["u/b.csv"].Copied {
		t.Errorf("%+v", third["u/b.csv"])
	}

	o.remove("u/~$a.csv")
	if err := os.Remove(o.spool.Path(sumOf("a"))); err != nil { // the spool lost a file: the ledger's word is not enough
		t.Fatal(err)
	}
	in = o.input()
	in.Known = known(first)
	if got := collected(t, in, nil)["u/a.csv"]; got.SHA256 != sumOf("a") || !got.Copied {
		t.Errorf("%+v", got)
	}
}

func TestSameBytesAreKeptOnce(t *testing.T) {
	o := newOffice(t)
	for i := range 10 {
		o.write(fmt.Sprintf("unit-%d/copy (%d).csv", i, i), "the same")
	}
	result, err := run(t, o.input(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Copied != 1 || result.Bytes != int64(len("the same")) || result.Counts[progress.Ready] != 10 {
		t.Errorf("copied %d files, %d bytes; %v", result.Copied, result.Bytes, result.Counts)
	}
}

func TestNames(t *testing.T) {
	nfd := "u/Ba\u0301o ca\u0301o.csv"
	nfc := "u/B\u00e1o c\u00e1o.csv"
	tests := map[string]struct {
		path  string
		shown string
		twins []string
	}{
		"composed":      {path: nfc, shown: nfc, twins: []string{nfd}},
		"decomposed":    {path: nfd, shown: nfc, twins: []string{nfc}},
		"upper case":    {path: "u/BAOCAO.CSV", shown: "u/BAOCAO.CSV", twins: []string{"u/BaoCao.csv"}},
		"mixed case":    {path: "u/BaoCao.csv", shown: "u/BaoCao.csv", twins: []string{"u/BAOCAO.CSV"}},
		"newline":       {path: "u/a\nb.csv", shown: `u/a\u000ab.csv`},
		"terminal":      {path: "u/\x1b[2Ja.csv", shown: `u/\u001b[2Ja.csv`},
		"right to left": {path: "u/a\u202evsc.csv", shown: `u/a\u202evsc.csv`},
		"not UTF-8":     {path: "u/B\xe1o.csv", shown: `u/B\xe1o.csv`},
		"backslash":     {path: `u/x\..\..\a.csv`, shown: `u/x\..\..\a.csv`},
		"long":          {path: "u/" + strings.Repeat("ệ", 83) + ".csv", shown: "u/" + strings.Repeat("ệ", 83) + ".csv"},
		"spaces":        {path: "u/ a .csv", shown: "u/ a .csv"},
	}
	o := newOffice(t)
	for _, test := range tests {
		o.write(test.path, "content of "+test.path)
	}
	got := collected(t, o.input(), nil)
	if len(got) != len(tests)+1 {
		t.Errorf("%d items, want %d", len(got), len(tests)+1)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			item := got[test.path]
			if item.State != progress.Ready || item.SHA256 != sumOf("content of "+test.path) {
				t.Errorf("%s %s %s", item.State, item.Reason, item.SHA256)
			}
			if item.Shown != test.shown || !slices.Equal(item.Twins, test.twins) {
				t.Errorf("shown %q, twins %q; want %q, %q", item.Shown, item.Twins, test.shown, test.twins)
			}
		})
	}
}

func TestBrokenMachine(t *testing.T) {
	tests := map[string]struct {
		change func(office, *Input)
		want   string
	}{
		"no sentinel":        {func(o office, _ *Input) { o.remove(SentinelName) }, "inbox.no_sentinel"},
		"another sentinel":   {func(o office, _ *Input) { o.write(SentinelName, "bo-yt") }, "inbox.other_sentinel"},
		"sentinel is a FIFO": {func(o office, _ *Input) { o.remove(SentinelName); o.fifo(SentinelName) }, "inbox.other_sentinel"},
		"entries fell":       {func(_ office, in *Input) { in.Previous = 7 }, "inbox.fell"},
		"inbox unlisted": {func(_ office, in *Input) {
			in.Inbox = faulty{Share: in.Inbox, list: func(p string) error { return pathError(p, syscall.EIO) }}
		}, "inbox.unlisted"},
		"share gone meanwhile": {func(_ office, in *Input) {
			var opened atomic.Int32
			in.Inbox = faulty{Share: in.Inbox, open: func(p string, f File) (File, error) {
				if opened.Add(1) == 1 {
					return f, nil
				}
				return nil, errors.Join(pathError(p, syscall.EHOSTDOWN), f.Close())
			}}
		}, "inbox.no_sentinel"},
		"spool is a file":   {func(o office, in *Input) { o.write("f", ""); in.Spool.Dir = o.path("f") }, "spool.unwritable"},
		"disk full at open": {func(_ office, in *Input) { in.Spool.create = failingTemp(0, syscall.ENOSPC, "open") }, "spool.full"},
		"disk full":         {func(_ office, in *Input) { in.Spool.create = failingTemp(3, syscall.ENOSPC, "write") }, "spool.full"},
		"quota":             {func(_ office, in *Input) { in.Spool.create = failingTemp(3, syscall.EDQUOT, "write") }, "spool.full"},
		"fsync fails":       {func(_ office, in *Input) { in.Spool.create = failingTemp(0, syscall.EIO, "sync") }, "spool.unwritable"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.write("u/a.csv", "content")
			o.write("u/b.csv", "content of b")
			in := o.input()
			test.change(o, &in)
			result, err := run(t, in, nil)
			var failure *Failure
			if !errors.As(err, &failure) || failure.Key != test.want || result.Items != nil {
				t.Fatalf("%+v, error %v; want %s", result, err, test.want)
			}
			if left, err := filepath.Glob(filepath.Join(o.spool.Dir, "incoming-*")); err != nil || len(left) > 0 {
				t.Errorf("left in the spool: %v, %v", left, err)
			}
		})
	}
}

func TestMissingInbox(t *testing.T) {
	_, err := OpenFolder(filepath.Join(t.TempDir(), "nowhere"))
	var failure *Failure
	if !errors.As(err, &failure) || failure.Key != "inbox.missing" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestFallenEntriesCanBeForced(t *testing.T) {
	o := newOffice(t)
	o.write("u/a.csv", "content")
	in := o.input()
	in.Previous = 4 // two are left: half, not less
	collected(t, in, nil)
	in.Previous, in.Force = 100, true
	collected(t, in, nil)
}

func TestCancelled(t *testing.T) {
	o := newOffice(t)
	o.write("u/a.csv", "content")
	ctx, cancel := context.WithCancel(context.Background())
	in := o.input()
	clock := clockwork.NewFakeClock()
	in.Clock = clock
	go func() {
		if err := clock.BlockUntilContext(context.Background(), 1); err != nil {
			t.Error(err)
		}
		cancel()
	}()
	if _, err := Collect(ctx, in); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// One bad entry never keeps the others from being taken.
func TestFaultsOfOneEntry(t *testing.T) {
	const content = "the content of the file"
	tests := map[string]struct {
		fault func(office) faulty
		want  string
	}{
		"folder denied":     {func(office) faulty { return faulty{list: refuse("u", fs.ErrPermission)} }, "u: rejected denied"},
		"folder broken":     {func(office) faulty { return faulty{list: refuse("u", syscall.EIO)} }, "u: rejected read_error"},
		"folder gone":       {func(office) faulty { return faulty{list: refuse("u", fs.ErrNotExist)} }, "u: pending vanished"},
		"entry denied":      {func(office) faulty { return faulty{lstat: refuse("u/a.csv", fs.ErrPermission)} }, "u/a.csv: rejected denied"},
		"open denied":       {func(office) faulty { return faulty{open: refuseOpen(fs.ErrPermission)} }, "u/a.csv: rejected denied"},
		"sharing violation": {func(office) faulty { return faulty{open: refuseOpen(syscall.EBUSY)} }, "u/a.csv: rejected read_error"},
		"gone before taken": {func(office) faulty { return faulty{open: refuseOpen(fs.ErrNotExist)} }, "u/a.csv: pending vanished"},
		"read error":        {func(office) faulty { return faulty{open: reading(func(f *fault) { f.err = syscall.EIO })} }, "u/a.csv: rejected read_error"},
		"error at last byte": {func(office) faulty {
			return faulty{open: reading(func(f *fault) { f.after, f.err = len(content), syscall.EIO })}
		}, "u/a.csv: rejected read_error"},
		"short": {func(office) faulty { return faulty{open: reading(func(f *fault) { f.after, f.err = 5, io.EOF })} }, "u/a.csv: pending growing"},
		"other bytes at the second reading": {func(office) faulty {
			return faulty{open: reading(func(f *fault) { f.second = strings.ToUpper(content) })}
		}, "u/a.csv: pending growing"},
		"shorter at the second reading": {func(office) faulty {
			return faulty{open: reading(func(f *fault) { f.second = content[:5] })}
		}, "u/a.csv: pending growing"},
		"written while copied": {func(o office) faulty {
			return faulty{open: reading(func(f *fault) { f.during = func() { o.append("u/a.csv", " and more") } })}
		}, "u/a.csv: pending growing"},
		"replaced before opened": {func(o office) faulty {
			return faulty{before: func(p string) {
				if p == "u/a.csv" {
					o.write("u/.b", content)
					o.rename("u/.b", "u/a.csv")
				}
			}}
		}, "u/a.csv: pending growing"},
		"a link in its place": {func(o office) faulty {
			return faulty{before: func(p string) {
				if p == "u/a.csv" {
					o.remove("u/a.csv")
					if err := os.Symlink("../good.csv", o.path("u/a.csv")); err != nil {
						o.t.Error(err)
					}
				}
			}}
		}, "u/a.csv: pending growing"},
		"a FIFO in its place": {func(o office) faulty {
			return faulty{before: func(p string) {
				if p == "u/a.csv" {
					o.remove("u/a.csv")
					o.fifo("u/a.csv")
				}
			}}
		}, "u/a.csv: pending growing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.write("good.csv", "good")
			o.write("u/a.csv", content)
			in := o.input()
			bad := test.fault(o)
			bad.Share = in.Inbox
			in.Inbox = bad
			got := states(collected(t, in, nil))
			p, state, _ := strings.Cut(test.want, ": ")
			if diff := cmp.Diff(map[string]string{".inbox-id": "ignored sentinel", "good.csv": "ready", p: state}, got); diff != "" {
				t.Errorf("states (-want +got): %s", diff)
			}
			if kept, err := filepath.Glob(filepath.Join(o.spool.Dir, "*", "*")); err != nil || len(kept) != 1 {
				t.Errorf("the spool keeps %v, %v; want good.csv alone", kept, err)
			}
			if left, err := filepath.Glob(filepath.Join(o.spool.Dir, "incoming-*")); err != nil || len(left) > 0 {
				t.Errorf("left in the spool: %v, %v", left, err)
			}
		})
	}
}

func TestTooBig(t *testing.T) {
	o := newOffice(t)
	o.write("u/ten.csv", "0123456789")
	o.write("u/eleven.csv", "0123456789x")
	in := o.input()
	in.MaxSize = 10
	got := collected(t, in, nil)
	if got["u/ten.csv"].State != progress.Ready || got["u/eleven.csv"].Reason != "too_big" || got["u/eleven.csv"].Facts["size"] != "11" {
		t.Errorf("%+v", got)
	}
}

func TestSpoolIsMendedAfterAKill(t *testing.T) {
	o := newOffice(t)
	o.write("u/a.csv", "content")
	// What a run that was killed leaves: half a copy under a temporary name, and, after a loss of power, a blob cut short.
	for name, content := range map[string]string{
		"incoming-123.tmp": "con",
		filepath.Join(sumOf("content")[:2], sumOf("content")): "con",
	} {
		p := filepath.Join(o.spool.Dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := collected(t, o.input(), nil)["u/a.csv"]
	kept, err := os.ReadFile(o.spool.Path(sumOf("content")))
	if err != nil || string(kept) != "content" || !got.Copied {
		t.Errorf("%+v; the spool keeps %q, %v", got, kept, err)
	}
	if left, err := filepath.Glob(filepath.Join(o.spool.Dir, "incoming-*")); err != nil || len(left) > 0 {
		t.Errorf("left in the spool: %v, %v", left, err)
	}
}

// What a night costs: 1,000 returns of 50 KB, all new; and the run after it, when nothing has changed.
func BenchmarkCollect(b *testing.B) {
	const files, size = 1000, 50_000
	o := newOffice(b)
	for i := range files {
		o.write(fmt.Sprintf("unit-%03d/bc-%d.csv", i/4, i), fmt.Sprintf("%d;", i)+strings.Repeat("x", size))
	}
	b.Run("new", func(b *testing.B) {
		b.SetBytes(files * size)
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			if err := os.RemoveAll(o.spool.Dir); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			collected(b, o.input(), nil)
		}
		b.ReportMetric(files*float64(b.N)/b.Elapsed().Seconds(), "files/s")
	})
	first := known(collected(b, o.input(), nil))
	b.Run("unchanged", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			in := o.input()
			in.Known = first
			collected(b, in, nil)
		}
		b.ReportMetric(files*float64(b.N)/b.Elapsed().Seconds(), "files/s")
	})
}
