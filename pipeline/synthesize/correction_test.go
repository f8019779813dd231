package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// TestCorrection: the second edition counts a return that the first did not have and another version of one that it had; a task
// of the plan is gone, another has come. Compared by hand.
func TestCorrection(t *testing.T) {
	in := input(t)
	in.Revision = 2
	sub := func(unit string, p progress.Punctuality, hash string) progress.Submission {
		return progress.Submission{Unit: unit, Punctuality: p, SHA256: hash}
	}
	in.Submissions = []progress.Submission{sub("vu-a", progress.OnTime, "a2"), sub("phong-b", progress.Late, "b1"), sub("vu-c", progress.OnTime, "c1")}
	in.Positions = []progress.Position{
		position("1", "vu-a", progress.DoneLate, 39, ""),
		position("1", "vu-c", progress.Overdue, 46, ""),
		position("2", "phong-b", progress.InTerm, 0, ""),
		position("4", "vu-a", progress.Regular, 0, ""),
	}
	in.Corrects = &progress.Past{
		Submissions: []progress.Submission{sub("vu-a", progress.OnTime, "a1"), sub("phong-b", progress.Missing, ""), sub("vu-c", progress.OnTime, "c1")},
		Positions: []progress.Position{
			position("1", "vu-a", progress.Overdue, 46, ""),
			position("1", "vu-c", progress.Overdue, 46, ""),
			position("2", "phong-b", progress.NotReported, 0, ""),
			position("3", "vu-c", progress.InTerm, 0, ""),
		},
	}
	s := Sum(in)
	type moved struct {
		Task, Unit string
		From, To   progress.Class
		Gone       bool
	}
	var got []moved
	for _, m := range s.Correction.Moved {
		got = append(got, moved{m.Task.Code, m.Unit, m.From, m.Class, m.Gone})
	}
	want := []moved{
		{"1", "vu-a", progress.Overdue, progress.DoneLate, false},
		{"2", "phong-b", progress.NotReported, progress.InTerm, false},
		{"4", "vu-a", "", progress.Regular, false},
		{"3", "vu-c", progress.InTerm, "", true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	var units []string
	for _, r := range s.Correction.Returns {
		units = append(units, r.Unit)
	}
	if diff := cmp.Diff([]string{"vu-a", "phong-b"}, units); diff != "" {
		t.Errorf("returns (-want +got):\n%s", diff)
	}
	if b := s.Correction.Before; s.Correction.Revision != 1 || b.Total != 4 || b.Overdue != 2 || b.NotReported != 1 || b.InTerm != 1 {
		t.Errorf("the edition before: r%d, %+v", s.Correction.Revision, b)
	}
	for id, n := range map[string]int{"corrected.positions": 4, "corrected.returns": 2} {
		if f, ok := s.Figure(id); !ok || f.Value.Count != n {
			t.Errorf("figure %s is %v %d, want %d", id, ok, f.Value.Count, n)
		}
	}
	in.Corrects = nil
	if s := Sum(in); s.Correction != nil {
		t.Error("a first edition corrects something")
	}
}
