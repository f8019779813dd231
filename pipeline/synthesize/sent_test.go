package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// TestSent: one unit sent in time and then late, another owes only now.
func TestSent(t *testing.T) {
	in := input(t)
	in.Submissions = []progress.Submission{{Unit: "vu-a", Punctuality: progress.Late}, {Unit: "vu-c", Punctuality: progress.Missing}}
	in.History = progress.History{Earlier: []progress.Past{
		{Period: period(t, "2025-W18"), Submissions: []progress.Submission{{Unit: "vu-a", Punctuality: progress.Refused}}},
		{Period: period(t, "2025-W19"), Submissions: []progress.Submission{{Unit: "vu-x", Punctuality: progress.Late}, {Unit: "vu-a", Punctuality: progress.OnTime}}},
	}}
	s := Sum(in)
	if diff := cmp.Diff([]string{"2025-W18", "2025-W19", "2025-W20"}, s.SentPeriods); diff != "" {
		t.Errorf("periods (-want +got):\n%s", diff)
	}
	want := [][]progress.Punctuality{{progress.Refused, progress.OnTime, progress.Late}, {"", "", progress.Missing}}
	if diff := cmp.Diff(want, s.Sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}
