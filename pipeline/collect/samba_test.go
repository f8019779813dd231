//go:build system && linux

package collect

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// serve runs a Samba server and a client that copies source into the inbox, both in a network of their own, where the
// server may have port 445. It needs samba and python3-samba (Debian), and root.
const serve = `ip link set lo up
smbd -F -s "$1/smb.conf" >/dev/null 2>&1 &
/usr/bin/python3 testdata/samba/copy.py "$1/smb.conf" "$1/source" bc.xlsx
kill $!
wait`

// A file that Explorer copies has its full length at once, times that stand still and zeros inside; nothing keeps the
// collector, on the server itself, from reading it. It is taken when it is whole and not before, however long the copy
// pauses.
func TestSystemCopyOverSamba(t *testing.T) {
	dir := t.TempDir()
	conf, err := os.ReadFile("testdata/samba/smb.conf")
	if err != nil {
		t.Fatal(err)
	}
	golden := stored(t, "")
	o := office{t: t, inbox: filepath.Join(dir, "inbox"), spool: Spool{Dir: filepath.Join(dir, "spool")}}
	o.write(SentinelName, sentinel)
	server := office{t: t, inbox: dir}
	server.write("state/.keep", "")
	server.write("smb.conf", strings.ReplaceAll(string(conf), "DIR", dir))
	server.write("source", string(golden))

	copying := exec.Command("unshare", "--net", "sh", "-c", serve, "sh", dir)
	steps, words := startCopy(t, copying)
	for _, step := range []struct{ word, state string }{
		{"sized", "pending incomplete"}, {"half", "pending incomplete"}, {"whole", "ready"},
	} {
		if !words.Scan() || words.Text() != step.word {
			t.Fatalf("the copy says %q, want %q (%v)", words.Text(), step.word, words.Err())
		}
		info, err := os.Stat(o.path("bc.xlsx"))
		if err != nil || info.Size() != int64(len(golden)) {
			t.Errorf("%s: %v, %v; want %d bytes at once", step.word, info, err, len(golden))
		}
		if got := states(collected(t, o.input(), nil))["bc.xlsx"]; got != step.state {
			t.Errorf("%s: %s, want %s", step.word, got, step.state)
		}
		if _, err := io.WriteString(steps, "\n"); err != nil {
			t.Error(err)
		}
	}
	if err := copying.Wait(); err != nil {
		t.Error(err)
	}
	if !o.spool.Has(sumOf(string(golden)), int64(len(golden))) {
		t.Error("the spool does not keep the file")
	}
}

func startCopy(t *testing.T, copying *exec.Cmd) (io.Writer, *bufio.Scanner) {
	t.Helper()
	copying.Stderr = os.Stderr
	copying.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // smbd ends by signalling its process group
	steps, err := copying.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	words, err := copying.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := copying.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = steps.Close() }) // ends the copy where the test failed
	return steps, bufio.NewScanner(words)
}
