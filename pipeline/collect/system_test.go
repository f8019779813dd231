//go:build system && linux

package collect

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jonboulle/clockwork"
)

// These tests need strace (Debian) and, for the full disk, root.

// The test program is its own collector: run with this argument, it collects once and prints what it took.
const asCollector = "__collect"

func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == asCollector {
		if err := collectOnce(os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func collectOnce(inbox, spool string) error {
	share, err := OpenFolder(inbox)
	if err != nil {
		return err
	}
	defer share.Close()
	result, err := Collect(context.Background(), Input{
		Inbox: share, Spool: Spool{Dir: spool}, Sentinel: sentinel, Clock: clockwork.NewRealClock(), Quiet: 10 * time.Millisecond, Readers: 1,
	})
	if err != nil {
		return err
	}
	for _, item := range result.Items {
		fmt.Println(item.State, item.Reason, item.SHA256, item.Shown)
	}
	return nil
}

// collector is a command that collects once, in a process of its own, under strace with the given options.
func (o office) collector(strace ...string) *exec.Cmd {
	o.t.Helper()
	self, err := os.Executable()
	if err != nil {
		o.t.Fatal(err)
	}
	args := append(append([]string{"-f", "-qq"}, strace...), self, asCollector, o.inbox, o.spool.Dir)
	return exec.Command("strace", args...)
}

// filled is an office with something of every kind in its inbox.
func filled(t *testing.T) office {
	o := newOffice(t)
	whole := book(t, "<sheet/>", strings.Repeat("<row/>", 20_000))
	o.write("vu-khtc/Báo cáo.xlsx", whole)
	o.write("vu-khtc/half.xlsx", whole[:len(whole)/2])
	o.write("cuc-cntt/2025/bc.csv", "STT;Nhiệm vụ\n")
	o.write("cuc-cntt/same.csv", "STT;Nhiệm vụ\n")
	o.write("cuc-cntt/~$open.csv", "lock")
	o.write("cuc-cntt/open.csv", "x")
	o.fifo("cuc-cntt/fifo.csv")
	return o
}

// writing are the ways in which a process changes, locks or touches a file, as strace prints them.
var writing = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|F_(OFD_)?SETLK|F_SETLEASE|` +
	`\b(p?write(64|v|v2)?|unlink(at)?|rename(at2?)?|link(at)?|symlink(at)?|mkdir(at)?|mknod(at)?|rmdir|f?truncate(64)?|fallocate|` +
	`f?chmod(at2?)?|[fl]?chown(at)?|utime(s|nsat)?|futimesat|f?l?(set|remove)xattr|flock|copy_file_range|sendfile)\(`)

// Originals are only read: no system call of the collector that names the inbox could change anything in it.
func TestSystemOriginalsAreOnlyRead(t *testing.T) {
	o := filled(t)
	before, err := treeOf(o.inbox)
	if err != nil {
		t.Fatal(err)
	}
	trace := filepath.Join(t.TempDir(), "trace")
	if out, err := o.collector("-y", "-s", "4096", "-o", trace, "-e", "trace=%file,%desc").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after, err := treeOf(o.inbox)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the inbox changed: %s", diff)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	reads, copies := 0, 0
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		switch line := lines.Text(); {
		case !strings.Contains(line, o.inbox):
			if strings.Contains(line, o.spool.Dir) && writing.MatchString(line) {
				copies++
			}
		case writing.MatchString(line):
			t.Errorf("the collector calls %s", line)
		case strings.Contains(line, "openat(") && strings.Contains(line, "O_RDONLY"):
			reads++
		}
	}
	if reads < 5 || copies < 5 {
		t.Errorf("the trace shows %d openings of the inbox and %d changes of the spool: it is no proof", reads, copies)
	}
}

// spoolTree is the content of the spool, without times.
func (o office) spoolTree() map[string]string {
	o.t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(o.spool.Dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(p)
		tree[strings.TrimPrefix(p, o.spool.Dir)] = sumOf(string(content))
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return tree
}

// Killed at any system call that changes the spool, and run again, the collector leaves the spool as if it had never
// been killed; a blob under its final name is whole at any time.
func TestSystemKilledAnywhere(t *testing.T) {
	o := filled(t)
	whole, err := o.collector("-e", "trace=none").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := o.spoolTree()
	kills := 0
	for _, call := range []string{"openat", "write", "fsync", "renameat", "mkdirat", "unlinkat"} {
		for n := 1; ; n++ {
			if err := os.RemoveAll(o.spool.Dir); err != nil {
				t.Fatal(err)
			}
			err := o.collector("-o", "/dev/null", "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, n)).Run()
			if err == nil {
				break // there are fewer calls than n
			}
			kills++
			if _, err := os.Stat(o.spool.Dir); err == nil {
				for name, sum := range o.spoolTree() {
					if base := filepath.Base(name); !strings.HasPrefix(base, "incoming-") && base != sum {
						t.Errorf("killed at %s %d, %s holds %s", call, n, name, sum)
					}
				}
			}
			again, err := o.collector("-e", "trace=none").Output()
			if err != nil || !bytes.Equal(again, whole) {
				t.Errorf("killed at %s %d, the next run says %v\n%s", call, n, err, cmp.Diff(string(whole), string(again)))
			}
			if diff := cmp.Diff(want, o.spoolTree()); diff != "" {
				t.Errorf("killed at %s %d, the spool differs: %s", call, n, diff)
			}
		}
	}
	t.Logf("killed %d times", kills)
	if kills < 20 {
		t.Errorf("killed %d times only: it is no proof", kills)
	}
}

// A full disk is a failure with its own words, and the next run goes on when there is room again.
func TestSystemDiskFull(t *testing.T) {
	o := newOffice(t)
	for i := range 8 {
		o.write(fmt.Sprintf("u/%d.csv", i), strings.Repeat(fmt.Sprint(i), 100_000))
	}
	if err := os.Mkdir(o.spool.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", o.spool.Dir, "tmpfs", 0, "size=400k"); err != nil {
		t.Fatalf("mount, as root: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(o.spool.Dir, 0); err != nil {
			t.Error(err)
		}
	}()
	_, err := run(t, o.input(), nil)
	var failure *Failure
	if !errors.As(err, &failure) || failure.Key != "spool.full" {
		t.Fatalf("error %v, want spool.full", err)
	}
	for name, sum := range o.spoolTree() {
		if filepath.Base(name) != sum {
			t.Errorf("%s holds %s", name, sum)
		}
	}
	if err := syscall.Mount("", o.spool.Dir, "", syscall.MS_REMOUNT, "size=4m"); err != nil {
		t.Fatal(err)
	}
	collected(t, o.input(), nil)
	if kept := o.spoolTree(); len(kept) != 8 {
		t.Errorf("%d files kept, want 8", len(kept))
	}
}
