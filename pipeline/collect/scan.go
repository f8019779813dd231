package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// Sighting is an entry as one scan found it. Folders that can be listed are not entries: what lies in them is.
type Sighting struct {
	Path string
	Stat Stat
	Hold *Hold // why it is not a return, or cannot be read; nil for a file that may be one
}

// Hold is why an entry is not ready.
type Hold struct {
	State  progress.EntryState // Ignored, Pending or Rejected
	Reason string              // wording key below "entry."
	Facts  map[string]string
}

// maxDepth is how many folders below the inbox are looked into: unit, period and some order of the unit's own.
const maxDepth = 8

// Scan lists what lies in the inbox, sorted by path. Only a fault of the inbox itself is an error; a folder below it
// that cannot be listed is an entry that says so.
func Scan(ctx context.Context, inbox Share) ([]Sighting, error) {
	s := scanner{ctx: ctx, inbox: inbox}
	names, err := inbox.List(".")
	if err != nil {
		return nil, &Failure{Key: "inbox.unlisted", Err: err}
	}
	if err := s.entries("", names, 1); err != nil {
		return nil, err
	}
	slices.SortFunc(s.seen, func(a, b Sighting) int { return cmp.Compare(a.Path, b.Path) })
	return s.seen, nil
}

type scanner struct {
	ctx   context.Context
	inbox Share
	seen  []Sighting
}

func (s *scanner) entries(folder string, names []string, depth int) error {
	for _, name := range names {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if err := s.entry(path.Join(folder, name), depth); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) entry(p string, depth int) error {
	info, err := s.inbox.Lstat(p)
	if err != nil {
		s.add(p, Stat{}, unreadable(err))
		return nil
	}
	stat := statOf(info)
	rule := nameRule(p, info.IsDir())
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		s.add(p, stat, &Hold{State: progress.Ignored, Reason: "symlink"})
	case rule != "":
		s.add(p, stat, &Hold{State: progress.Ignored, Reason: rule})
	case info.IsDir():
		return s.folder(p, stat, depth)
	case !info.Mode().IsRegular():
		s.add(p, stat, &Hold{State: progress.Ignored, Reason: "not_file"})
	default:
		s.add(p, stat, nil)
	}
	return nil
}

func (s *scanner) folder(p string, stat Stat, depth int) error {
	if depth > maxDepth {
		s.add(p, stat, &Hold{State: progress.Rejected, Reason: "too_deep", Facts: facts("limit", maxDepth)})
		return nil
	}
	names, err := s.inbox.List(p)
	if err != nil {
		s.add(p, stat, unreadable(err))
		return nil
	}
	return s.entries(p, names, depth+1)
}

func (s *scanner) add(p string, stat Stat, hold *Hold) {
	s.seen = append(s.seen, Sighting{Path: p, Stat: stat, Hold: hold})
}

// unreadable is the reason for which one entry could not be looked at.
func unreadable(err error) *Hold {
	switch {
	case errors.Is(err, fs.ErrNotExist): // between the listing and now
		return &Hold{State: progress.Pending, Reason: "vanished"}
	case errors.Is(err, fs.ErrPermission):
		return &Hold{State: progress.Rejected, Reason: "denied"}
	}
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err // the path stands in the entry
	}
	return &Hold{State: progress.Rejected, Reason: "read_error", Facts: facts("error", err)}
}

// facts pairs names with values.
func facts(pairs ...any) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return m
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// owned finds the files beside which a program keeps an owner file: someone has them open.
func owned(scan []Sighting) map[string]bool {
	owners := map[string]bool{}
	for _, s := range scan {
		if name := path.Base(s.Path); isOwnerFile(name) {
			owners[s.Path] = true
		}
	}
	open := map[string]bool{}
	for _, s := range scan {
		dir, name := path.Split(s.Path)
		open[s.Path] = slices.ContainsFunc(ownerFiles(name), func(o string) bool { return owners[dir+o] })
	}
	return open
}

// ownerFiles are the names under which programs note that they have the file open. Excel puts ~$ before the name; Word
// puts it in place of the first characters of a longer name; LibreOffice writes .~lock.NAME#.
func ownerFiles(name string) []string {
	names := []string{"~$" + name, ".~lock." + name + "#"}
	if runes := []rune(name); strings.HasPrefix(strings.ToLower(path.Ext(name)), ".doc") && len(runes) > 2 {
		names = append(names, "~$"+string(runes[1:]), "~$"+string(runes[2:]))
	}
	return names
}
