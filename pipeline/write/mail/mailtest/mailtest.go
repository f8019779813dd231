// Package mailtest starts a mail server for tests. In come a certificate and a folder; out comes what a real server took into it. It needs
// Python and aiosmtpd.
package mailtest

import (
	"bufio"
	_ "embed"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

//go:embed smtp.py
var server string

// Serve starts a server on the loopback address, with that certificate, which lays what it takes into dir: 1.eml, 2.eml … It is up when Serve
// returns; stop, or else the end of the test, ends it.
func Serve(t testing.TB, dir, cert, key string, port int) (stop func()) {
	t.Helper()
	cmd := exec.Command("/usr/bin/python3", "-c", server, cert, key, dir, strconv.Itoa(port))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() { _ = in.Close(); _ = cmd.Wait() }
	t.Cleanup(stop)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the mail server says %q (%v)", line, err)
	}
	return stop
}
