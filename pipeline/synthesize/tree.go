package synthesize

import (
	"tiendo/pipeline/progress"
)

// tree is the units as lines, parents before children, and the way from each unit up to its root.
type tree struct {
	in    Input
	lines []progress.Line
	path  map[string][]int // unit → its line and those of all units above it
	own   map[string][]int // unit → its line
}

// newTree lays out the units of the data date, roots in the order of the register. A unit that has ended stays while
// a position or a unit below names it; a unit that the register does not have comes last, at the top level.
func newTree(in Input) *tree {
	t := &tree{in: in, path: map[string][]int{}, own: map[string][]int{}}
	named := map[string]bool{}
	for _, p := range in.Positions {
		named[p.Unit] = true
	}
	for _, u := range in.Units.All() {
		named[u.Parent] = true
	}
	children := map[string][]progress.Unit{}
	for _, u := range in.Units.All() {
		if !u.ValidTo.IsZero() && in.DataDate.After(u.ValidTo) && !named[u.Code] {
			continue
		}
		parent := u.Parent
		if _, known := in.Units.ByCode(parent); !known {
			parent = ""
		}
		children[parent] = append(children[parent], u)
	}
	submissions := map[string]*progress.Submission{}
	for i := range in.Submissions {
		submissions[in.Submissions[i].Unit] = &in.Submissions[i]
	}
	t.add(children, submissions, "", nil)
	for _, u := range in.Units.All() { // those in a loop of parents, whom no root leads to
		if named[u.Code] && t.own[u.Code] == nil {
			t.line(u, submissions, nil)
		}
	}
	for _, p := range in.Positions {
		if t.own[p.Unit] == nil {
			t.line(progress.Unit{Code: p.Unit, Name: p.Unit}, submissions, nil)
		}
	}
	return t
}

// add appends the units below parent, depth first. above are the lines over them.
func (t *tree) add(children map[string][]progress.Unit, subs map[string]*progress.Submission, parent string, above []int) {
	for _, u := range children[parent] {
		if t.own[u.Code] == nil {
			t.add(children, subs, u.Code, t.line(u, subs, above))
		}
	}
}

// line appends the line of a unit and returns it with the lines above.
func (t *tree) line(u progress.Unit, subs map[string]*progress.Submission, above []int) []int {
	i := len(t.lines)
	t.lines = append(t.lines, progress.Line{
		ID: "unit." + u.Code, Name: u.Name, Depth: len(above), Head: u.Head, Submission: subs[u.Code],
	})
	t.own[u.Code] = []int{i}
	t.path[u.Code] = append([]int{i}, above...)
	return t.path[u.Code]
}

// itself is the line of the position's unit; upwards adds those of all units above. Positions of history whose unit has merged since
// fall to its successor.
func (t *tree) itself(p *progress.Position) []int  { return t.own[t.now(p.Unit)] }
func (t *tree) upwards(p *progress.Position) []int { return t.path[t.now(p.Unit)] }

func (t *tree) now(code string) string {
	if t.own[code] != nil {
		return code
	}
	if u, ok := t.in.Units.Current(code, t.in.DataDate); ok {
		return u.Code
	}
	return code
}
