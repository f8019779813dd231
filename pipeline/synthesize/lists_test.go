package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// A missed milestone and the unit's own word stand before every chance below 80%, and among themselves by their chance.
func TestWarningsByRisk(t *testing.T) {
	var list []progress.TaskLine
	add := func(code, reason string, chance, weeks float64) {
		list = append(list, progress.TaskLine{Position: progress.Position{Task: progress.Task{Code: code},
			Warning: &progress.Warning{Reason: reason, Chance: chance, WeeksLate: weeks}}})
	}
	add("1", "slow", 0.79, 9)
	add("2", "milestone", 0.1, 0)
	add("3", "stalled", 0.95, 1)
	add("4", "own", 0, 2)
	add("5", "milestone_unsaid", 0, 0)
	add("6", "slow", 0.8, 0)
	add("7", "milestone", 0.97, 3)
	byRisk(list)
	var got []string
	for _, l := range list {
		got = append(got, l.Task.Code)
	}
	if diff := cmp.Diff([]string{"7", "3", "6", "2", "4", "5", "1"}, got); diff != "" {
		t.Error(diff)
	}
}
