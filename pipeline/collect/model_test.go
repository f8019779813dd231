//go:build unix

package collect

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// inboxModel does to an inbox what people do, and knows what ought to lie in it.
type inboxModel struct {
	office
	files   map[string]string // path → content
	touched map[string]int    // path → when it was last written or renamed to, in changes of the inbox
	known   map[string]Known
	taken   map[string]int // what touched said of the known files when they were taken
	changes int
	written int
}

// TestModel lets people work on the inbox at random, also while it is collected: every entry of the listing stands in
// the result exactly once, what did not change is taken as it is, what changed waits, and the inbox is left as it was.
func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := &inboxModel{office: newOffice(t), files: map[string]string{SentinelName: sentinel + "\n"}, touched: map[string]int{}}
		r.Repeat(map[string]func(*rapid.T){
			"create":    m.create,
			"overwrite": m.overwrite,
			"rename":    m.renameOne,
			"delete":    m.deleteOne,
			"copy":      m.copyOne,
			"collect":   m.collect,
			"":          func(*rapid.T) {},
		})
		m.collect(r)
	})
}

// content is never the same twice.
func (m *inboxModel) content() string {
	m.written++
	return "STT;Nhiệm vụ\n" + strings.Repeat("x", m.written)
}

func (m *inboxModel) put(path, content string) {
	m.write(path, content)
	m.files[path] = content
	m.touch(path)
}

// touch notes that a path is no longer the file that it was, though it may hold the same bytes; and dates it so, however
// coarse the clock of the file system is.
func (m *inboxModel) touch(path string) {
	m.changes++
	m.touched[path] = m.changes
	at := time.Unix(int64(1_700_000_000+m.changes), 0)
	if err := os.Chtimes(m.path(path), at, at); err != nil {
		m.t.Error(err)
	}
}

func (m *inboxModel) create(r *rapid.T) { m.put(anyPath(r), m.content()) }

func (m *inboxModel) overwrite(r *rapid.T) { m.put(m.anyFile(r), m.content()) }

func (m *inboxModel) copyOne(r *rapid.T) { m.put(anyPath(r), m.files[m.anyFile(r)]) }

func (m *inboxModel) renameOne(r *rapid.T) {
	from, to := m.anyFile(r), anyPath(r)
	if from == to {
		return
	}
	if err := os.MkdirAll(filepath.Dir(m.path(to)), 0o755); err != nil {
		r.Fatal(err)
	}
	m.office.rename(from, to)
	m.files[to] = m.files[from]
	m.touch(to)
	delete(m.files, from)
}

func (m *inboxModel) deleteOne(r *rapid.T) {
	path := m.anyFile(r)
	m.remove(path)
	delete(m.files, path)
}

// anyFile draws a file that is there, and makes one where there is none.
func (m *inboxModel) anyFile(r *rapid.T) string {
	paths := slices.Sorted(maps.Keys(m.files))
	paths = slices.DeleteFunc(paths, func(p string) bool { return p == SentinelName })
	if len(paths) == 0 {
		m.create(r)
		return m.anyFile(r)
	}
	return rapid.SampledFrom(paths).Draw(r, "file")
}

// anyPath draws a path, often one that another path resembles: other case, other composition, a copy's name, a name
// that is no return's.
func anyPath(r *rapid.T) string {
	folder := rapid.SampledFrom([]string{"", "vu-khtc/", "Vu-KHTC/", "cuc-cntt/2025/W20/"}).Draw(r, "folder")
	name := rapid.SampledFrom([]string{"Báo cáo", "BÁO CÁO", "Báo cáo (1)", "Báo cáo - Bản sao", "bc\n20", "~$Báo cáo", ".ẩn", "x.sync-conflict-1"}).Draw(r, "name")
	ending := rapid.SampledFrom([]string{".csv", ".CSV", ".tmp", ".exe"}).Draw(r, "ending")
	if rapid.Bool().Draw(r, "decomposed") {
		name = norm.NFD.String(name)
	}
	return folder + name + ending
}

// collect runs a collection, during which people may go on, and compares it with the listing and the model.
func (m *inboxModel) collect(r *rapid.T) {
	before, touched := maps.Clone(m.files), maps.Clone(m.touched)
	in := m.input()
	in.Known = m.known
	in.Readers = rapid.IntRange(1, 4).Draw(r, "readers")
	changes := rapid.IntRange(0, 3).Draw(r, "changes")
	at := m.tree(r)
	waited := false
	got := collected(m.t, in, func() {
		waited = true
		for range changes {
			rapid.SampledFrom([]func(*rapid.T){m.create, m.overwrite, m.renameOne, m.deleteOne, m.copyOne}).Draw(r, "change")(r)
		}
		at = m.tree(r)
	})
	if diff := cmp.Diff(at, m.tree(r)); diff != "" {
		r.Fatalf("the collection changed the inbox: %s", diff)
	}
	if !waited && changes > 0 && len(m.known) == 0 && hasCandidate(m.files) {
		r.Fatal("not waited for new files")
	}
	listed := slices.Sorted(maps.Keys(m.files))
	for p := range before {
		if _, still := m.files[p]; !still {
			listed = append(listed, p)
		}
	}
	slices.Sort(listed)
	if diff := cmp.Diff(listed, slices.Sorted(maps.Keys(got))); diff != "" {
		r.Fatalf("entries in the listing (-) and in the result (+): %s", diff)
	}
	for p, item := range got {
		if want := m.expected(p, before, touched); string(item.State)+" "+item.Reason != want {
			r.Fatalf("%q is %s %s, want %s", p, item.State, item.Reason, want)
		}
		if item.State == progress.Ready {
			m.checkSpool(r, p, item)
		}
	}
	m.known, m.taken = known(got), maps.Clone(m.touched)
}

// expected is the state that the house's rules, told again in the simplest way, give an entry.
func (m *inboxModel) expected(p string, before map[string]string, touched map[string]int) string {
	name := norm.NFC.String(p[strings.LastIndex(p, "/")+1:])
	_, there := m.files[p]
	_, seen := before[p]
	_, known := m.known[p]
	switch {
	case !there:
		return m.unlessHeld("pending vanished", p, name)
	case !seen:
		return m.unlessHeld("pending arriving", p, name)
	case m.touched[p] != touched[p]:
		return m.unlessHeld("pending growing", p, name)
	case m.isOpen(p) && !(known && m.taken[p] == m.touched[p]):
		return m.unlessHeld("pending open", p, name)
	}
	return m.unlessHeld("ready ", p, name)
}

// unlessHeld gives the state of a name that is no return's; else the state given.
func (m *inboxModel) unlessHeld(state, p, name string) string {
	_, there := m.files[p]
	switch {
	case !there:
	case p == SentinelName:
		state = "ignored sentinel"
	case strings.HasPrefix(name, "~$"):
		state = "ignored lock_file"
	case strings.Contains(name, ".sync-conflict-"):
		state = "ignored sync_conflict"
	case strings.HasSuffix(name, ".tmp"):
		state = "ignored temp_file"
	case strings.HasPrefix(name, "."):
		state = "ignored hidden"
	case strings.HasSuffix(name, ".exe"):
		state = "ignored unknown_type"
	}
	return state
}

func (m *inboxModel) isOpen(p string) bool {
	slash := strings.LastIndex(p, "/") + 1
	_, open := m.files[p[:slash]+"~$"+p[slash:]]
	return open
}

func hasCandidate(files map[string]string) bool {
	for p := range files {
		if strings.HasSuffix(strings.ToLower(p), ".csv") && !strings.ContainsAny(p, "~.") {
			return true
		}
	}
	return false
}

func (m *inboxModel) checkSpool(r *rapid.T, p string, item Item) {
	kept, err := os.ReadFile(m.spool.Path(item.SHA256))
	if err != nil || string(kept) != m.files[p] || item.SHA256 != sumOf(m.files[p]) || item.Size != int64(len(kept)) {
		r.Fatalf("%q: %+v; the spool keeps %d bytes, %v", p, item, len(kept), err)
	}
}

// tree is all that can be seen of the inbox without reading it through the collector: names, contents, modes, times of
// change.
func (m *inboxModel) tree(r *rapid.T) map[string]string {
	tree, err := treeOf(m.inbox)
	if err != nil {
		r.Fatal(err)
	}
	return tree
}

func treeOf(root string) (map[string]string, error) {
	tree := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		sum := ""
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			sum = sumOf(string(content))
		}
		tree[p] = fmt.Sprint(info.Mode(), info.ModTime().UnixNano(), statOf(info).Changed, sum)
		return nil
	})
	return tree, err
}
