package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

func TestMembersOfOne(t *testing.T) {
	in := input(t)
	s := Sum(in)
	name := func(list []progress.TaskLine) []string {
		out := []string{}
		for _, l := range list {
			out = append(out, l.Task.Code+" "+l.Unit)
		}
		return out
	}
	// By hand, from the positions of input.
	tests := map[string]struct{ counted, rest []string }{
		"total.overdue":            {[]string{"1 vu-c"}, []string{}},
		"unit.vu-a.on_schedule":    {[]string{"1 vu-a"}, []string{"5 phong-b"}}, // with the office below it
		"group.1.phase.1.total":    {[]string{"1 vu-a", "1 vu-c"}, []string{}},
		"group.1.tasks":            {[]string{"1 vu-a", "2 phong-b"}, []string{}},
		"changed.reopened":         {[]string{"2 phong-b"}, []string{}},
		"phase.2.done":             {[]string{}, []string{}},
		"authority.1.not_reported": {[]string{}, []string{}},
	}
	for id, want := range tests {
		m, ok := MembersOf(s, in, id)
		if !ok {
			t.Errorf("%s is not known", id)
			continue
		}
		if diff := cmp.Diff(want.counted, name(m.Counted)); diff != "" {
			t.Errorf("%s counts:\n%s", id, diff)
		}
		if diff := cmp.Diff(want.rest, name(m.Rest)); diff != "" {
			t.Errorf("%s, the rest of the denominator:\n%s", id, diff)
		}
	}
	for _, id := range []string{"reporting.missing", "rule.R07.warning", "total.unknown", "unit.nobody.total", "total", ""} {
		if _, ok := MembersOf(s, in, id); ok {
			t.Errorf("%q has members", id)
		}
	}
}

// Every figure that counts positions has exactly as many members as it says.
func TestMembersComeToTheFigure(t *testing.T) {
	in := input(t)
	s := Sum(in)
	known := 0
	for _, f := range s.Figures() {
		m, ok := MembersOf(s, in, f.ID)
		if !ok {
			continue
		}
		known++
		if len(m.Counted) != f.Value.Count {
			t.Errorf("%s is %d and has %d members", f.ID, f.Value.Count, len(m.Counted))
		}
		if f.Value.Share != nil && len(m.Counted)+len(m.Rest) != f.Value.Share.Den {
			t.Errorf("%s is of %d and has %d members with the rest", f.ID, f.Value.Share.Den, len(m.Counted)+len(m.Rest))
		}
	}
	if want := len(s.Lines())*len(progress.Measures) + len(s.GroupPhase)*len(progress.Measures); known < want {
		t.Errorf("%d figures have members, want at least %d", known, want)
	}
}
