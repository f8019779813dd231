//go:build system

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// program builds the real program once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tiendo-system")
	if err != nil {
		return "", err
	}
	leftBehind = append(leftBehind, dir)
	bin := filepath.Join(dir, "tiendo")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return bin, nil
})

// masterOffice is the sample office with its past, made once; tests copy it.
var masterOffice = sync.OnceValues(func() (string, error) {
	bin, err := program()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(filepath.Dir(bin), "office")
	if out, err := exec.Command(bin, "init", dir, "--sample").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	config := filepath.Join(dir, configName)
	data, err := os.ReadFile(config)
	if err != nil {
		return "", err
	}
	return dir, os.WriteFile(config, bytes.Replace(data, []byte("quiet: 2s"), []byte("quiet: 0s"), 1), 0o640)
})

func systemOffice(t *testing.T) (bin, dir string) {
	t.Helper()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	master, err := masterOffice()
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "office")
	copyTree(t, master, dir)
	return bin, dir
}

// copyTree keeps times, so that files known to the ledger stay known.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// runWeek closes week 20 and returns the exit status and everything printed. before is put in front of the command.
func runWeek(t *testing.T, bin, dir string, before ...string) (int, string) {
	t.Helper()
	args := append(before, bin, "run", "--office", dir, "--period", "2025-W20", "--lang", "en")
	cmd := exec.Command(args[0], args[1:]...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// published is what lies in the reports folder, hidden files included.
func published(t *testing.T, dir string) map[string]string {
	t.Helper()
	return hashTree(t, filepath.Join(dir, "reports"))
}

func sameTree(t *testing.T, when string, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s: %s is missing", when, name)
		} else if got[name] != want[name] {
			t.Errorf("%s: %s differs", when, name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is left over", when, name)
		}
	}
}

// TestSystemKillSweep kills the program, workers included, at one system call after another. At every moment the reports
// folder must hold the new edition whole or not at all, and running again must end in the same bytes as a run that
// was never killed.
func TestSystemKillSweep(t *testing.T) {
	bin, dir := systemOffice(t)
	before := published(t, dir)
	if status, out := runWeek(t, bin, dir); status != exitAttention {
		t.Fatalf("the run that is never killed: exit status %d\n%s", status, out)
	}
	want := published(t, dir)
	killed := 0
	for _, point := range killPoints() {
		bin, dir := systemOffice(t)
		status, out := runWeek(t, bin, dir, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace="+strings.Split(point, ":")[0], "-e", "inject="+point)
		if status != exitDone && status != exitAttention {
			killed++
		}
		now := published(t, dir)
		if _, whole := now["TongHop_2025-W20_r1.manifest.json"]; whole {
			for _, ext := range []string{".pdf", ".xlsx"} {
				if name := "TongHop_2025-W20_r1" + ext; now[name] != want[name] {
					t.Errorf("%s: a manifest stands beside %s that is not whole", point, name)
				}
			}
		}
		for name := range before {
			if now[name] != before[name] {
				t.Errorf("%s: %s of an earlier edition was touched", point, name)
			}
		}
		if status, again := runWeek(t, bin, dir); status != exitAttention {
			t.Fatalf("%s: running again: exit status %d\n%s\nkilled run:\n%s", point, status, again, out)
		}
		sameTree(t, point, want, published(t, dir))
		if out, err := exec.Command(bin, "verify", "--office", dir).CombinedOutput(); err != nil {
			t.Errorf("%s: verify: %v\n%s", point, err, out)
		}
	}
	if killed < 15 {
		t.Errorf("only %d of %d runs were really killed", killed, len(killPoints()))
	}
	t.Logf("%d of %d runs were killed", killed, len(killPoints()))
}

// killPoints name a system call and the how-manieth of a thread's is to be the last.
func killPoints() []string {
	var points []string
	for call, whens := range map[string][]int{
		"renameat":  {1, 2, 3},
		"fsync":     {1, 2, 3, 4, 5, 6},
		"fdatasync": {1, 2, 4, 8},
		"pwrite64":  {1, 3, 7, 15, 31, 63},
		"openat":    {40, 60, 80, 100, 140, 180},
		"unlinkat":  {1, 2},
		"ftruncate": {1, 2},
		"write":     {5, 10, 20, 40},
	} {
		for _, n := range whens {
			points = append(points, fmt.Sprintf("%s:signal=KILL:when=%d", call, n))
		}
	}
	return points
}

// TestSystemSameBytesEverywhere makes the sample office and its editions on three machines that differ in zone, locale and number of
// processors. Nothing of that may show.
func TestSystemSameBytesEverywhere(t *testing.T) {
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	var first map[string]string
	for _, env := range [][]string{
		{"TZ=UTC", "LANG=C", "GOMAXPROCS=1"},
		{"TZ=America/St_Johns", "LANG=tr_TR.UTF-8", "GOMAXPROCS=2"},
		{"TZ=Asia/Ho_Chi_Minh", "LANG=vi_VN.UTF-8", "GOMAXPROCS=7"},
	} {
		dir := filepath.Join(t.TempDir(), "office")
		for _, args := range [][]string{{"init", dir, "--sample"}, {"run", "--office", dir, "--period", "2025-W20"}} {
			cmd := exec.Command(bin, args...)
			cmd.Env = append(os.Environ(), env...)
			if out, _ := cmd.CombinedOutput(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > exitAttention {
				t.Fatalf("%v: %s", env, out)
			}
		}
		if first == nil {
			first = published(t, dir)
			continue
		}
		sameTree(t, fmt.Sprint(env), first, published(t, dir))
	}
	if len(first) < 7*3 {
		t.Errorf("only %d files were compared", len(first))
	}
}

// TestSystemServeStopsWhenTold starts the real server on an office whose weeks are long overdue, turns a second instance away,
// tells the first to stop in the middle of its work, and looks at what it leaves.
func TestSystemServeStopsWhenTold(t *testing.T) {
	bin, dir := systemOffice(t)
	cmd := exec.Command(bin, "serve", "--office", dir, "--lang", "en")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	said := bufio.NewScanner(pipe)
	heard := func(what string) {
		t.Helper()
		for said.Scan() {
			if strings.Contains(said.Text(), what) {
				return
			}
		}
		t.Fatalf("serve never said %q", what)
	}
	heard("Period 2025-W20")
	heard("Published r1")
	if status, out := runWeek(t, bin, dir); status != exitBusy {
		t.Errorf("a second instance: exit status %d, want %d\n%s", status, exitBusy, out)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	heard("has stopped")
	if err := cmd.Wait(); err != nil {
		t.Errorf("exit status %v, want 0", err)
	}
	if out, err := exec.Command(bin, "verify", "--office", dir).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
	if status, out := runWeek(t, bin, dir); status != exitAttention || !strings.Contains(out, "nothing new since r1") {
		t.Errorf("week 20 again: exit status %d\n%s", status, out)
	}
}

// TestSystemDiskFull gives first the reports folder and then the state folder a disk that is too small.
func TestSystemDiskFull(t *testing.T) {
	for _, full := range []string{"reports", "state"} {
		t.Run(full, func(t *testing.T) {
			bin, dir := systemOffice(t)
			before := published(t, dir)
			small := filepath.Join(dir, full)
			kept := small + ".kept"
			if err := os.Rename(small, kept); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(small, 0o750); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mount("none", small, "tmpfs", 0, "size=64m"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.Unmount(small, 0) })
			if out, err := exec.Command("sh", "-c", fmt.Sprintf("cp -a %s/. %s/", kept, small)).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			leave(t, small, 40<<10)
			status, out := runWeek(t, bin, dir)
			if status != exitFailed || !regexp.MustCompile(`disk (?:is|that .* is) full`).MatchString(out) {
				t.Errorf("exit status %d, want %d and a word about the disk\n%s", status, exitFailed, out)
			}
			sameTree(t, "disk full", before, withoutBallast(published(t, dir)))

			if err := os.Remove(filepath.Join(small, "ballast")); err != nil {
				t.Fatal(err)
			}
			if status, out := runWeek(t, bin, dir); status != exitAttention {
				t.Errorf("with room again: exit status %d\n%s", status, out)
			}
			if _, ok := published(t, dir)["TongHop_2025-W20_r1.manifest.json"]; !ok {
				t.Error("with room again, nothing was published")
			}
		})
	}
}

// leave fills a disk until so many bytes are left.
func leave(t *testing.T, dir string, left int64) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ballast"), make([]byte, int64(st.Bavail)*st.Bsize-left), 0o600); err != nil {
		t.Fatal(err)
	}
}

func withoutBallast(tree map[string]string) map[string]string {
	delete(tree, "ballast")
	return tree
}

// TestSystemOtherProgramsReadIt opens the edition with poppler, LibreOffice and openpyxl, which know nothing of tiendo.
func TestSystemOtherProgramsReadIt(t *testing.T) {
	bin, dir := systemOffice(t)
	if status, out := runWeek(t, bin, dir); status != exitAttention {
		t.Fatalf("exit status %d\n%s", status, out)
	}
	pdf, book := filepath.Join(dir, "reports", "TongHop_2025-W20_r1.pdf"), filepath.Join(dir, "reports", "TongHop_2025-W20_r1.xlsx")

	info := output(t, "pdfinfo", pdf)
	if !regexp.MustCompile(`Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)`).MatchString(info) {
		t.Errorf("not A4:\n%s", info)
	}
	text := squeeze(output(t, "pdftotext", "-raw", pdf, "-"))
	if warnings := stderrOf(t, "pdftoppm", "-r", "40", "-png", pdf, filepath.Join(dir, "page")); warnings != "" {
		t.Errorf("poppler complains: %s", warnings)
	}
	if !regexp.MustCompile(`Tagged:\s+yes`).MatchString(info) {
		t.Errorf("not tagged:\n%s", info)
	}
	// What the structure reads out is what stands on the pages, piece by piece in quotation marks.
	var spoken strings.Builder
	for _, piece := range regexp.MustCompile(`(?m)^ *"(.*)"$`).FindAllStringSubmatch(output(t, "pdfinfo", "-struct-text", pdf), -1) {
		spoken.WriteString(piece[1])
	}
	read := squeeze(spoken.String())
	if warnings := stderrOf(t, "pdfinfo", "-struct-text", pdf); warnings != "" {
		t.Errorf("poppler complains of the structure: %s", warnings)
	}
	output(t, "qpdf", "--check", pdf) // ends with an error status where anything is amiss
	fonts := output(t, "pdffonts", pdf)
	for _, line := range strings.Split(strings.TrimSpace(fonts), "\n")[2:] {
		if !regexp.MustCompile(`\byes\s+(?:yes|no)\s+yes\b`).MatchString(line) { // embedded, with a map to Unicode; gofpdf's subsets bear no tag
			t.Errorf("font: %s", line)
		}
	}

	var tasks []struct{ Code, Title string }
	script := `
import sys, json, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Toàn bộ nhiệm vụ"]
out, heading = [], None
for row in sheet.iter_rows(values_only=True):
    if heading is None and row and "Nhiệm vụ" in row:
        heading = row
        continue
    if heading and row[heading.index("Nhiệm vụ")]:
        out.append({"Code": str(row[0]), "Title": row[heading.index("Nhiệm vụ")]})
print(json.dumps(out))
`
	if err := json.Unmarshal([]byte(output(t, "/usr/bin/python3", "-c", script, book)), &tasks); err != nil {
		t.Fatal(err)
	}
	if len(tasks) < 150 {
		t.Errorf("openpyxl sees %d tasks", len(tasks))
	}
	for _, task := range tasks {
		if !strings.Contains(text, squeeze(task.Title)) {
			t.Errorf("pdftotext does not find %s %q", task.Code, task.Title)
		}
		if !strings.Contains(read, squeeze(task.Title)) {
			t.Errorf("the structure does not read out %s %q", task.Code, task.Title)
		}
	}

	home := t.TempDir()
	output(t, "soffice", "-env:UserInstallation=file://"+home, "--headless", "--convert-to", "pdf", "--outdir", home, book)
	pages, err := strconv.Atoi(regexp.MustCompile(`Pages:\s+(\d+)`).FindStringSubmatch(output(t, "pdfinfo", filepath.Join(home, "TongHop_2025-W20_r1.pdf")))[1])
	if err != nil || pages < 10 {
		t.Errorf("LibreOffice prints %d pages of the workbook, %v", pages, err)
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func stderrOf(t *testing.T, name string, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, errs.String())
	}
	return errs.String()
}
