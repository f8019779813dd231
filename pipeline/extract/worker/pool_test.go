package worker

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// The test program is its own worker: run with this argument, it serves instead of testing.
const asWorker = "__worker"

// Run with this argument and a folder, it makes a pool with its temporary files there, says where, and waits to be killed.
const asOwner = "__owner"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asWorker {
		if err := Serve(os.Stdin, os.Stdout, misbehave); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 2 && os.Args[1] == asOwner {
		pool, err := New(Options{Command: os.Args[:1], TempDir: os.Args[2]})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(pool.home.dir)
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

var leak [][]byte // what the kind "leave" leaves behind in its worker

// misbehave is a handler with one kind for each way in which a reader may go wrong.
func misbehave(req Request) (json.RawMessage, error) {
	switch req.Kind {
	case "sum":
		sum := sha256.Sum256(req.Data)
		return json.Marshal(map[string]any{"name": req.Name, "sum": hex.EncodeToString(sum[:]), "pid": os.Getpid()})
	case "panic":
		var none []int
		return nil, fmt.Errorf("%d", none[len(req.Data)])
	case "goroutine panic":
		go func() { panic("in a goroutine") }()
		time.Sleep(time.Hour)
	case "exit":
		os.Exit(3)
	case "loop":
		for i := 0; ; i++ {
			_ = i
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "slow":
		time.Sleep(50 * time.Millisecond)
		return json.RawMessage(`"slow"`), nil
	case "hog":
		var all [][]byte
		for range 2 << 10 { // 2 GiB
			all = append(all, bytes.Repeat([]byte{1}, 1<<20))
		}
		return json.Marshal(len(all))
	case "brim": // it dies as the runtime does where it does not say of what
		var all [][]byte
		for range 410 {
			all = append(all, bytes.Repeat([]byte{1}, 1<<20))
		}
		os.Exit(len(all) / 100)
		return nil, nil
	case "leave":
		leak = append(leak, bytes.Repeat([]byte{1}, len(req.Data)*100))
		return json.RawMessage(`"left"`), nil
	case "need":
		return json.Marshal(len(bytes.Repeat([]byte{1}, 64<<20)) >> 20)
	case "huge":
		return json.RawMessage(`"` + strings.Repeat("x", 2<<20) + `"`), nil
	case "recurse":
		return json.Marshal(recurse(1))
	case "print":
		fmt.Println("a library prints where it should not")
		return json.RawMessage(`1`), nil
	case "spill":
		return json.RawMessage(`1`), os.WriteFile(filepath.Join(os.TempDir(), "spilled"), req.Data, 0o600)
	case "escape":
		return json.Marshal(escape(req.Name))
	case "environment":
		return json.Marshal(os.Environ())
	}
	return nil, fmt.Errorf("unknown kind %q", req.Kind)
}

func recurse(n int) int {
	if n < 0 {
		return 0 // after 2⁶³ calls
	}
	return recurse(n+1) + n
}

// newPool makes a pool of the test program, tightened for tests, and checks at the end that no worker, no goroutine
// and no temporary folder is left.
func newPool(t testing.TB, change func(*Options)) *Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{
		Command: []string{self, asWorker}, TempDir: t.TempDir(),
		Size: 1, Deadline: 20 * time.Second, CPU: 10 * time.Second, Output: 1 << 20,
	}
	if change != nil {
		change(&opts)
	}
	before := runtime.NumGoroutine()
	pool, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pool.Close()
		left, err := os.ReadDir(opts.TempDir)
		if err != nil || len(left) > 0 {
			t.Errorf("temporary folders left: %v (%v)", left, err)
		}
		for wait := time.Millisecond; runtime.NumGoroutine() > before; wait *= 2 {
			if wait > 2*time.Second {
				t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
				break
			}
			time.Sleep(wait)
		}
		if children := childrenOf(t, os.Getpid()); len(children) > 0 {
			t.Errorf("processes left: %v", children)
		}
	})
	return pool
}

// childrenOf lists the children of a process, zombies included, from /proc.
func childrenOf(t testing.TB, pid int) []string {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		all = append(all, strings.Fields(string(text))...)
	}
	return all
}

// sum has a file read in the ordinary way and returns the process that read it.
func sum(t testing.TB, pool *Pool, data []byte) int {
	t.Helper()
	resp, err := pool.Do(context.Background(), Request{Kind: "sum", Name: "báo cáo.xlsx", Data: data})
	if err != nil || resp.Outcome != Answered {
		t.Fatalf("response %+v, error %v", resp, err)
	}
	var got struct {
		Name, Sum string
		PID       int
	}
	if err := json.Unmarshal(resp.Payload, &got); err != nil {
		t.Fatal(err)
	}
	want := sha256.Sum256(data)
	if got.Name != "báo cáo.xlsx" || got.Sum != hex.EncodeToString(want[:]) {
		t.Fatalf("the worker received %s %s, want báo cáo.xlsx %x", got.Name, got.Sum, want)
	}
	return got.PID
}

func TestOutcomes(t *testing.T) {
	tests := map[string]struct {
		kind   string
		change func(*Options)
		want   Outcome
		detail string // must stand in the detail
		lives  bool   // the worker serves on
	}{
		"panic":                 {kind: "panic", want: Crashed, detail: "index out of range", lives: true},
		"panic in a goroutine":  {kind: "goroutine panic", want: Crashed, detail: "in a goroutine"},
		"exit":                  {kind: "exit", want: Crashed, detail: "exit status 3"},
		"stack overflow":        {kind: "recurse", want: Crashed, detail: "stack"},
		"endless loop":          {kind: "loop", change: func(o *Options) { o.Deadline = 300 * time.Millisecond }, want: TimedOut, detail: "300ms"},
		"processor time":        {kind: "loop", change: func(o *Options) { o.CPU = time.Second }, want: TimedOut, detail: "processor"},
		"sleep":                 {kind: "sleep", change: func(o *Options) { o.Deadline = 300 * time.Millisecond }, want: TimedOut, detail: "300ms"},
		"memory":                {kind: "hog", want: OutOfMemory, detail: "memory used up"},
		"memory, unsaid":        {kind: "brim", change: func(o *Options) { o.Memory = 512 << 20 }, want: OutOfMemory, detail: "memory used up"},
		"output":                {kind: "huge", want: OutputTooBig, detail: "2097154 bytes", lives: true},
		"prints into the pipe":  {kind: "print", want: Crashed},
		"slow, within its time": {kind: "slow", want: Answered, lives: true},
		"leaves a file behind":  {kind: "spill", want: Answered, lives: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pool := newPool(t, test.change)
			before := sum(t, pool, []byte("first"))
			resp, err := pool.Do(context.Background(), Request{Kind: test.kind, Name: "x.xlsx"})
			if err != nil {
				t.Fatal(err)
			}
			if resp.Outcome != test.want || !strings.Contains(resp.Detail, test.detail) {
				t.Errorf("outcome %q, detail %q; want %q, %q", resp.Outcome, resp.Detail, test.want, test.detail)
			}
			if (resp.Payload == nil) != (test.want != Answered) {
				t.Errorf("outcome %q with payload %.40s", resp.Outcome, resp.Payload)
			}
			after := sum(t, pool, []byte("next"))
			if (before == after) != test.lives {
				t.Errorf("worker %d before, %d after; lives on: want %v", before, after, test.lives)
			}
		})
	}
}

func TestFindingOfOutcome(t *testing.T) {
	if f, ok := (Response{Payload: json.RawMessage(`1`)}).Finding("a/b.xlsx"); ok {
		t.Errorf("an answer has the finding %+v", f)
	}
	f, ok := Response{Outcome: OutOfMemory, Detail: "x"}.Finding("a/b.xlsx")
	if !ok || f.Rule != "F06" || f.Variant != "memory" || f.File != "a/b.xlsx" || f.Severity != "error" || f.Facts != nil {
		t.Errorf("finding %+v, %v", f, ok)
	}
}

func TestWorkerServesManyFiles(t *testing.T) {
	pool := newPool(t, func(o *Options) { o.FilesPerWorker = 10 })
	files := map[int]int{}
	for i := range 25 {
		files[sum(t, pool, bytes.Repeat([]byte{byte(i)}, i*1000))]++
	}
	counts := map[int]int{}
	for _, n := range files {
		counts[n]++
	}
	if counts[10] != 2 || counts[5] != 1 || len(files) != 3 {
		t.Errorf("25 files, 10 for each worker: %v files by worker", files)
	}
}

// What earlier files left in a worker must not decide over a later one: 400 MiB are left behind, and a file that needs
// 64 MiB is then answered by a fresh worker.
func TestFileIsNotBlamedForItsForerunners(t *testing.T) {
	pool := newPool(t, func(o *Options) { o.Memory = 512 << 20 })
	for range 4 {
		if resp, err := pool.Do(context.Background(), Request{Kind: "leave", Data: make([]byte, 1<<20)}); err != nil || resp.Outcome != Answered {
			t.Fatalf("%+v, %v", resp, err)
		}
	}
	resp, err := pool.Do(context.Background(), Request{Kind: "need"})
	if err != nil || string(resp.Payload) != "64" {
		t.Errorf("%+v, %v; want 64", resp, err)
	}
}

func TestConcurrentFilesDoNotDisturbEachOther(t *testing.T) {
	pool := newPool(t, func(o *Options) { o.Size = 4; o.Deadline = 2 * time.Second })
	kinds := []string{"sum", "panic", "sum", "exit", "sum", "huge", "sum", "loop"}
	want := map[string]Outcome{"sum": Answered, "panic": Crashed, "exit": Crashed, "huge": OutputTooBig, "loop": TimedOut}
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			kind := kinds[i%len(kinds)]
			if kind == "sum" {
				sum(t, pool, bytes.Repeat([]byte{byte(i)}, 100_000))
				return
			}
			resp, err := pool.Do(context.Background(), Request{Kind: kind})
			if err != nil || resp.Outcome != want[kind] {
				t.Errorf("%s: %+v, %v", kind, resp, err)
			}
		})
	}
	all.Wait()
}

func TestCancelledContext(t *testing.T) {
	pool := newPool(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	waiting := make(chan error, 2)
	for range 2 { // one holds the only worker, one waits for it
		go func() {
			_, err := pool.Do(ctx, Request{Kind: "sleep"})
			waiting <- err
		}()
	}
	time.Sleep(100 * time.Millisecond)
	cancel()
	for range 2 {
		if err := <-waiting; !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want context.Canceled", err)
		}
	}
	sum(t, pool, []byte("the pool serves on"))
}

func TestClosedPool(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := New(Options{Command: []string{self, asWorker}, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	pool.Close()
	if _, err := pool.Do(context.Background(), Request{}); !errors.Is(err, ErrClosed) {
		t.Errorf("error %v, want ErrClosed", err)
	}
}

// A machine on which no worker can live is an error, not a finding about the file.
func TestBrokenMachine(t *testing.T) {
	for name, command := range map[string][]string{
		"no command":         nil,
		"no such program":    {"/nowhere/tiendo", asWorker},
		"not a worker":       {"/bin/echo", "hello"},
		"dies at once":       {"/bin/false"},
		"cannot be executed": {"/dev/null"},
	} {
		t.Run(name, func(t *testing.T) {
			pool, err := New(Options{Command: command, TempDir: t.TempDir()})
			if err == nil {
				defer pool.Close()
				_, err = pool.Do(context.Background(), Request{Kind: "sum"})
			}
			if err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestUnknownKindIsAnError(t *testing.T) {
	pool := newPool(t, nil)
	if _, err := pool.Do(context.Background(), Request{Kind: "astrology"}); err == nil || !strings.Contains(err.Error(), `"astrology"`) {
		t.Errorf("error %v", err)
	}
}

func TestOversizedRequestIsAnError(t *testing.T) {
	pool := newPool(t, func(o *Options) { o.Input = 10 })
	if _, err := pool.Do(context.Background(), Request{Kind: "sum", Data: make([]byte, 11)}); err == nil {
		t.Error("no error")
	}
}

func TestWorkerSeesNoEnvironment(t *testing.T) {
	t.Setenv("TIENDO_CANARY", "secret")
	pool := newPool(t, nil)
	resp, err := pool.Do(context.Background(), Request{Kind: "environment"})
	if err != nil {
		t.Fatal(err)
	}
	var env []string
	if err := json.Unmarshal(resp.Payload, &env); err != nil {
		t.Fatal(err)
	}
	if len(env) != 1 || !strings.HasPrefix(env[0], "TMPDIR=") {
		t.Errorf("environment %q, want TMPDIR alone", env)
	}
}

// escape tries what a worker has no business to do, and tells what was not refused.
func escape(elsewhere string) (done []string) {
	try := func(what string, err error) {
		if !errors.Is(err, os.ErrPermission) {
			done = append(done, fmt.Sprintf("%s: %v", what, err))
		}
	}
	_, err := os.ReadFile("/etc/passwd")
	try("read", err)
	_, err = os.ReadDir("/")
	try("list", err)
	try("write", os.WriteFile(filepath.Join(elsewhere, "written"), nil, 0o600))
	try("remove", os.Remove(filepath.Join(elsewhere, "there")))
	try("run", exec.Command("/bin/true").Run())
	_, err = net.Dial("tcp", "127.0.0.1:9")
	try("connect", err)
	return done
}

func TestConfinement(t *testing.T) {
	pool := newPool(t, nil)
	if !pool.Confined() {
		if runtime.GOOS == "linux" {
			t.Log("this kernel has no Landlock")
		}
		return
	}
	elsewhere := t.TempDir()
	if err := os.WriteFile(filepath.Join(elsewhere, "there"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	resp, err := pool.Do(context.Background(), Request{Kind: "escape", Name: elsewhere})
	if err != nil || string(resp.Payload) != "null" {
		t.Errorf("%+v, %v; done: %s, want nothing", resp, err, resp.Payload)
	}
	if _, err := os.ReadFile("/etc/passwd"); err != nil {
		t.Errorf("the pool's own process is confined too: %v", err)
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestFrames(t *testing.T) {
	var pipe bytes.Buffer
	sent := frame{kind: kindRequest, head: []byte(`{"Kind":"k"}`), body: []byte("body")}
	if err := writeFrame(&pipe, sent); err != nil {
		t.Fatal(err)
	}
	whole := bytes.Clone(pipe.Bytes())
	got, err := readFrame(&pipe, 4)
	if err != nil || got.kind != sent.kind || !bytes.Equal(got.head, sent.head) || !bytes.Equal(got.body, sent.body) {
		t.Errorf("read %+v, %v", got, err)
	}
	if _, err := readFrame(bytes.NewReader(whole), 3); !errors.Is(err, errTooLong) {
		t.Errorf("body of 4 with 3 allowed: %v", err)
	}
	for n := range whole {
		want := io.ErrUnexpectedEOF
		if n == 0 {
			want = io.EOF
		}
		if _, err := readFrame(bytes.NewReader(whole[:n]), 4); !errors.Is(err, want) {
			t.Errorf("first %d of %d bytes: %v, want %v", n, len(whole), err, want)
		}
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("tdo\x01A\x00\x00\x00\x00\x00\x00\x00\x011"))
	f.Add([]byte("tdo\x01A\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := readFrame(bytes.NewReader(b), 100)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := writeFrame(&again, got); err != nil || !bytes.HasPrefix(b, again.Bytes()) {
			t.Errorf("%q is read as %+v, which is written as %q", b, got, again.Bytes())
		}
	})
}

// The overhead of isolation for a file of 50 KB, with a worker that serves on and with one worker for each file.
func BenchmarkOverhead(b *testing.B) {
	data := make([]byte, 50_000)
	for name, files := range map[string]int{"reused": 1 << 30, "fresh": 1} {
		b.Run(name, func(b *testing.B) {
			pool := newPool(b, func(o *Options) { o.FilesPerWorker = files })
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				sum(b, pool, data)
			}
		})
	}
}

// A folder for temporary files whose owner was killed is removed by the next pool, that of a pool at work is not.
func TestFoldersOfTheDead(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	owner := exec.Command(self, asOwner, dir)
	said, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	orphan, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	orphan = strings.TrimSpace(orphan)
	living := newPool(t, func(o *Options) { o.TempDir = dir })
	if _, err := os.Stat(orphan); err != nil {
		t.Fatalf("the folder of a process that lives: %v", err)
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait() // it was killed
	next, err := New(Options{Command: []string{self, asWorker}, TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	next.Close()
	if left, _ := filepath.Glob(orphan + "*"); len(left) > 0 {
		t.Errorf("left of the dead: %q", left)
	}
	if _, err := os.Stat(living.home.dir); err != nil {
		t.Errorf("the folder of a pool at work: %v", err)
	}
}
