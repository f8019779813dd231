// Package collect takes what units dropped into the inbox. In: the inbox, a share that others write to at any time.
// Out: one [Item] for every entry that lies there, each in exactly one state with its reason, and a copy of every
// complete file in the spool, named by its hash. Originals are only listed and read: the interface through which the
// inbox is seen ([Share]) has no way to write.
//
// A file is ready when four gates are passed: it did not change between two scans a quiet period apart; nobody has it
// open and its name is no program's temporary name; its structure has an end; and the bytes copied are the bytes that a
// second reading finds. What fails a gate is pending and is looked at again by the next run.
package collect

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"tiendo/pipeline/progress"
)

// Input is what a collection works on.
type Input struct {
	Inbox    Share
	Spool    Spool
	Sentinel string          // what .inbox-id must say
	Clock    clockwork.Clock // waits the quiet period
	Quiet    time.Duration   // how long a file must stay as it is
	// Known holds what the ledger remembers of files that were ready before, by path. A file whose stat is still the
	// same and whose bytes are in the spool is neither waited for nor read again.
	Known    map[string]Known
	Previous int  // entries that the last run saw; 0: there was none
	Force    bool // go on although the entries fell by more than half
	// AcceptOpen takes a file that someone has open, if it is complete: the deadline has passed, and forgotten owner
	// files would otherwise hold it back for ever.
	AcceptOpen bool
	MaxSize    int64 // bytes of a file; 0: 64 MiB
	Readers    int   // files copied at one time; 0: 4
}

// Known is a file as an earlier run took it.
type Known struct {
	Stat   Stat
	SHA256 string
}

// Item is one entry of the inbox and where it stands. Entry.State is Ready, Ignored, Pending or Rejected.
type Item struct {
	progress.Entry
	Shown  string   // the path for people and logs: NFC, without characters that hide or command
	Stat   Stat     // for the next run's Known
	Copied bool     // copied into the spool by this run; false where its bytes were there before
	Twins  []string // other paths that a reader, or Windows, cannot tell from this one
}

// Result is every entry seen, sorted by path.
type Result struct {
	Items  []Item
	Counts map[progress.EntryState]int
	Copied int   // hashes new in the spool
	Bytes  int64 // their size
}

const (
	defaultMaxSize = 64 << 20
	defaultReaders = 4
)

// Collect scans the inbox, waits the quiet period, scans again, and takes what did not change. Its error is a [Failure]:
// the inbox cannot be trusted to be the inbox, or the spool cannot be written.
func Collect(ctx context.Context, in Input) (Result, error) {
	in.MaxSize = cmp.Or(in.MaxSize, defaultMaxSize)
	in.Readers = cmp.Or(in.Readers, defaultReaders)
	if err := checkSentinel(in.Inbox, in.Sentinel); err != nil {
		return Result{}, err
	}
	if err := in.Spool.prepare(); err != nil {
		return Result{}, err
	}
	first, err := Scan(ctx, in.Inbox)
	if err != nil {
		return Result{}, err
	}
	if !in.Force && 2*len(first) < in.Previous {
		return Result{}, &Failure{Key: "inbox.fell", Facts: facts("before", in.Previous, "now", len(first))}
	}
	second := first
	if in.mustWait(first) {
		if err := wait(ctx, in.Clock, in.Quiet); err != nil {
			return Result{}, err
		}
		if second, err = Scan(ctx, in.Inbox); err != nil {
			return Result{}, err
		}
	}
	items := in.judge(first, second)
	if err := in.take(ctx, items); err != nil {
		return Result{}, err
	}
	// A share that went away meanwhile makes every file look unreadable.
	if err := checkSentinel(in.Inbox, in.Sentinel); err != nil {
		return Result{}, err
	}
	return total(items), nil
}

// mustWait reports whether any file is new or changed since an earlier run.
func (in Input) mustWait(scan []Sighting) bool {
	return slices.ContainsFunc(scan, func(s Sighting) bool {
		_, known := in.knows(s)
		return s.Hold == nil && !known
	})
}

// knows finds what an earlier run took from this very file.
func (in Input) knows(s Sighting) (Known, bool) {
	k, ok := in.Known[s.Path]
	return k, ok && k.Stat == s.Stat && in.Spool.Has(k.SHA256, k.Stat.Size)
}

func wait(ctx context.Context, clock clockwork.Clock, d time.Duration) error {
	timer := clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// judge puts the two scans together: one item for every path of either.
func (in Input) judge(first, second []Sighting) []Item {
	before := map[string]Sighting{}
	for _, s := range first {
		before[s.Path] = s
	}
	open := owned(second)
	var items []Item
	for _, s := range second {
		old, seen := before[s.Path]
		delete(before, s.Path)
		hold := s.Hold
		_, known := in.knows(s)
		switch {
		case hold != nil, known && s == old: // what was taken before stays taken, also while someone looks at it
		case !seen || old.Hold != nil:
			hold = &Hold{State: progress.Pending, Reason: "arriving"}
		case old.Stat != s.Stat:
			hold = &Hold{State: progress.Pending, Reason: "growing"}
		case s.Stat.Size == 0:
			hold = &Hold{State: progress.Pending, Reason: "empty"}
		case s.Stat.Size > in.MaxSize:
			hold = &Hold{State: progress.Rejected, Reason: "too_big", Facts: facts("size", s.Stat.Size, "limit", in.MaxSize)}
		case open[s.Path] && !in.AcceptOpen:
			hold = &Hold{State: progress.Pending, Reason: "open"}
		}
		items = append(items, newItem(s, hold))
	}
	// A program that saves may take a name away for a moment: one absence is not a withdrawal.
	for _, s := range before {
		items = append(items, newItem(s, &Hold{State: progress.Pending, Reason: "vanished"}))
	}
	slices.SortFunc(items, func(a, b Item) int { return cmp.Compare(a.Path, b.Path) })
	nameTwins(items)
	return items
}

func newItem(s Sighting, hold *Hold) Item {
	item := Item{Entry: progress.Entry{Path: s.Path, Size: s.Stat.Size, State: progress.Ready}, Shown: Shown(s.Path), Stat: s.Stat}
	item.hold(hold)
	return item
}

// hold keeps an item back, where there is a reason to.
func (item *Item) hold(h *Hold) {
	if h != nil {
		item.State, item.Reason, item.Facts = h.State, h.Reason, h.Facts
	}
}

// take copies the ready items into the spool, some at a time; each goroutine writes its own items only.
func (in Input) take(ctx context.Context, items []Item) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan *Item)
	var readers sync.WaitGroup
	for range in.Readers {
		readers.Go(func() {
			for item := range next {
				if err := in.takeOne(ctx, item); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range items {
		if items[i].State == progress.Ready && ctx.Err() == nil {
			next <- &items[i]
		}
	}
	close(next)
	readers.Wait()
	return context.Cause(ctx)
}

func (in Input) takeOne(ctx context.Context, item *Item) error {
	s := Sighting{Path: item.Path, Stat: item.Stat}
	if k, known := in.knows(s); known {
		item.SHA256 = k.SHA256
		return nil
	}
	blob, hold, err := Take(ctx, in.Inbox, in.Spool, s)
	if err != nil {
		return fmt.Errorf("%s: %w", item.Shown, err)
	}
	item.SHA256, item.Copied = blob.SHA256, blob.New
	item.hold(hold)
	return nil
}

func total(items []Item) Result {
	r := Result{Items: items, Counts: map[progress.EntryState]int{}}
	counted := map[string]bool{}
	for _, item := range items {
		r.Counts[item.State]++
		if item.Copied && !counted[item.SHA256] { // the same bytes under two names may have been copied at the same moment
			counted[item.SHA256] = true
			r.Copied++
			r.Bytes += item.Size
		}
	}
	return r
}
