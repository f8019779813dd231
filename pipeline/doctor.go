package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tiendo/pipeline/collect"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/mail"
)

// Health is how a part of an office's installation is.
type Health string

const (
	Well   Health = "well"
	Uneasy Health = "uneasy" // works, and an administrator should know
	Ill    Health = "ill"    // the next run will fail
)

// Examined is one part of the installation that was looked at. What is a wording key below "doctor."; with the health behind
// it where that is not Well: doctor.inbox, doctor.inbox.ill.
type Examined struct {
	What   string            `json:"what"`
	Health Health            `json:"health"`
	Facts  map[string]string `json:"facts"`
	Detail string            `json:"detail,omitempty"` // the system's own words
}

// lowOnSpace is how many free bytes a folder that is written to should have.
const lowOnSpace = 1 << 30

// Examine looks at everything that a run needs, before a run needs it. It writes nothing but a file of its own into the folders that
// runs write to, and removes it. l is nil where the office has not run yet, and where unopened says why it could not be opened.
func Examine(ctx context.Context, o Office, l *ledger.Ledger, unopened error, readers *worker.Pool) []Examined {
	x := &examination{}
	x.registers(ctx, o, readers)
	x.inbox(ctx, o, l)
	for what, dir := range map[string]string{"reports": o.Reports, "returns": o.Returns, "state": o.State} {
		x.folder(what, dir)
	}
	x.disk(o.State)
	x.ledger(ctx, o.State, l, unopened)
	x.workers(readers)
	x.mail(ctx, o)
	return x.inOrder()
}

type examination struct{ list []Examined }

func (x *examination) add(what string, h Health, err error, pairs ...string) {
	e := Examined{What: what, Health: h, Facts: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Facts[pairs[i]] = pairs[i+1]
	}
	if err != nil {
		e.Detail = err.Error()
	}
	x.list = append(x.list, e)
}

// inOrder lists the parts in the order in which a run meets them.
func (x *examination) inOrder() []Examined {
	var out []Examined
	for _, what := range []string{"registers", "register_files", "inbox", "state", "disk", "ledger", "ledger_access", "ledger_newer", "workers", "reports", "returns", "mail", "addresses"} {
		for _, e := range x.list {
			if e.What == what {
				out = append(out, e)
			}
		}
	}
	return out
}

func (x *examination) registers(ctx context.Context, o Office, readers *worker.Pool) {
	d, err := WithRegisters(ctx, Desk{Office: o, Readers: readers})
	var faults RegisterFaults
	switch {
	case errors.As(err, &faults):
		x.add("registers", Ill, nil, "file", faults.File, "n", strconv.Itoa(len(faults.Findings)))
	case err != nil:
		x.add("register_files", Ill, err)
	default:
		health := Well
		if len(d.Warnings) > 0 {
			health = Uneasy
		}
		x.add("registers", health, nil, "tasks", strconv.Itoa(len(d.Plan.Tasks)), "units", strconv.Itoa(len(d.Units.All())), "n", strconv.Itoa(len(d.Warnings)))
		x.addresses(o, d.Units)
	}
}

// addresses looks whether every unit that owes returns can be sent its answers, where the office wants that.
func (x *examination) addresses(o Office, units progress.Units) {
	if !o.MailAnswers {
		return
	}
	var without []string
	for _, u := range units.All() {
		if u.Reports && u.ValidTo.IsZero() && u.Email == "" {
			without = append(without, u.Name)
		}
	}
	if len(without) > 0 {
		x.add("addresses", Uneasy, nil, "units", strings.Join(without, "; "))
		return
	}
	x.add("addresses", Well, nil)
}

// mail logs in at the mail server, where the office has one. Without it a run does all else.
func (x *examination) mail(ctx context.Context, o Office) {
	if o.Mail.IsOff() {
		return
	}
	if err := mail.Probe(ctx, o.Mail); err != nil {
		x.add("mail", Uneasy, err, "host", o.Mail.Host)
		return
	}
	x.add("mail", Well, nil, "host", o.Mail.Host)
}

func (x *examination) inbox(ctx context.Context, o Office, l *ledger.Ledger) {
	share, err := collect.OpenFolder(o.Inbox)
	if err != nil {
		x.add("inbox", Ill, err, "path", o.Inbox)
		return
	}
	defer share.Close()
	mark, err := collect.ReadSentinel(share)
	if err != nil || mark == "" {
		x.add("inbox", Ill, err, "path", o.Inbox)
		return
	}
	known := ""
	if l != nil {
		if known, err = l.InboxID(ctx); err != nil {
			x.add("inbox", Ill, err, "path", o.Inbox)
			return
		}
	}
	if known != "" && known != mark {
		x.add("inbox", Ill, fmt.Errorf("%s says %q, not %q", Sentinel, mark, known), "path", o.Inbox)
		return
	}
	files, err := collect.Scan(ctx, share)
	if err != nil {
		x.add("inbox", Ill, err, "path", o.Inbox)
		return
	}
	x.add("inbox", Well, nil, "path", o.Inbox, "n", strconv.Itoa(len(files)))
}

// folder tries to write a file into a folder, and looks how much room it has.
func (x *examination) folder(what, dir string) {
	f, err := os.CreateTemp(dir, ".tiendo-doctor-*")
	if errors.Is(err, fs.ErrNotExist) && what != "reports" { // those that tiendo makes itself
		x.add(what, Well, nil, "path", dir, "free", "–")
		return
	}
	if err != nil {
		x.add(what, Ill, err, "path", dir)
		return
	}
	_, err = f.WriteString("tiendo")
	if err = errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name())); err != nil {
		x.add(what, Ill, err, "path", dir)
		return
	}
	free, err := freeBytes(dir)
	health := Well
	if err == nil && free < lowOnSpace {
		health = Uneasy
	}
	x.add(what, health, err, "path", dir, "free", strconv.FormatUint(free>>20, 10))
}

// disk looks whether the state folder lies on a disk of this machine: SQLite's write-ahead log does not work over a network.
func (x *examination) disk(dir string) {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	kind, local, err := fileSystem(dir)
	if !local && err == nil {
		x.add("disk", Ill, nil, "path", dir, "kind", kind)
		return
	}
	x.add("disk", Well, err, "path", dir, "kind", kind)
}

// ledger looks whether the ledger is sound, and whether this user may write it: one command of another user, such as root, is enough to
// lock the office's own out.
func (x *examination) ledger(ctx context.Context, state string, l *ledger.Ledger, err error) {
	if err == nil {
		err = ledger.Writable(state)
	}
	switch {
	case errors.Is(err, ledger.ErrNewer):
		x.add("ledger_newer", Ill, nil)
		return
	case ledger.Damaged(err):
		x.add("ledger", Ill, err)
		return
	case err != nil:
		x.add("ledger_access", Ill, err, "path", state)
		return
	}
	if l == nil {
		x.add("ledger", Well, nil, "n", "0")
		return
	}
	if err := l.Sound(ctx); err != nil {
		x.add("ledger", Ill, err)
		return
	}
	editions, err := l.Editions(ctx)
	if err != nil {
		x.add("ledger", Ill, err)
		return
	}
	x.add("ledger", Well, nil, "n", strconv.Itoa(len(editions)))
}

// workers looks whether the kernel keeps a hostile file in its process.
func (x *examination) workers(readers *worker.Pool) {
	if readers.Confined() {
		x.add("workers", Well, nil)
		return
	}
	x.add("workers", Uneasy, nil)
}
