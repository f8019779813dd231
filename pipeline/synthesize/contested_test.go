package synthesize

import (
	"testing"

	"tiendo/pipeline/progress"
)

// TestContested: where the unit's word and ours differ, and where they agree.
func TestContested(t *testing.T) {
	for name, c := range map[string]struct {
		class   progress.Class
		status  progress.Status
		claim   progress.Timeliness
		carried bool
		want    bool
	}{
		"done, not confirmed":              {progress.Unconfirmed, progress.Done, "", false, true},
		"done, held overdue":               {progress.Overdue, progress.Done, "", false, true},
		"done, held done":                  {progress.DoneOnTime, progress.Done, "", false, false},
		"in term, held overdue":            {progress.Overdue, progress.InProgress, progress.ClaimOnTime, false, true},
		"due soon, held overdue":           {progress.Overdue, progress.InProgress, progress.ClaimDueSoon, false, true},
		"in term, held in term":            {progress.InTerm, progress.InProgress, progress.ClaimOnTime, false, false},
		"done in time, held done late":     {progress.DoneLate, progress.Done, progress.ClaimOnTime, false, true},
		"overdue, held in term":            {progress.InTerm, progress.InProgress, progress.ClaimLate, false, true},
		"overdue, held overdue":            {progress.Overdue, progress.InProgress, progress.ClaimLate, false, false},
		"no word on time, held overdue":    {progress.Overdue, progress.InProgress, "", false, false},
		"regular work said done (R19)":     {progress.Regular, progress.Done, "", false, false},
		"done in time, settled long since": {progress.DoneLate, progress.Done, progress.ClaimOnTime, true, false},
	} {
		line := progress.TaskLine{Position: progress.Position{
			Class: c.class, Carried: c.carried, Claim: &progress.Claim{Row: progress.Row{Status: c.status, Claim: c.claim}},
		}}
		if got := isContested(line); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if isContested(progress.TaskLine{Position: progress.Position{Class: progress.NotReported}}) {
		t.Error("a silent unit contests nothing")
	}
}
