package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// By hand, from the positions, submissions, findings and history of input.
func TestStandings(t *testing.T) {
	s := Sum(input(t))
	got := map[string]progress.Standing{}
	for _, l := range s.Units {
		if l.Standing != nil {
			got[l.ID] = *l.Standing
		}
	}
	want := map[string]progress.Standing{
		// 1 of 1 done; 40 days late; on time in both weeks; 2 of 2 rows this week, none owed in the week before.
		"unit.vu-a": {Rank: 1, Score: 100, WeeksLate: 5.7, OnSchedule: progress.Share{Num: 1, Den: 1}, Punctual: progress.Share{Num: 2, Den: 2}, Complete: progress.Share{Num: 2, Den: 2}},
		// 0 of 1; 46 days; late this week; 2 of 2 rows: (50×0 + 20×0 + 15×100) ÷ 85.
		"unit.phong-b": {Rank: 2, Score: 17.6, WeeksLate: 6.6, OnSchedule: progress.Share{Num: 0, Den: 1}, Punctual: progress.Share{Num: 0, Den: 1}, Complete: progress.Share{Num: 2, Den: 2}},
		// 0 of 1; 46 days; missing, refused the week before; 0 of 2 rows.
		"unit.vu-c": {Rank: 3, Score: 0, WeeksLate: 6.6, OnSchedule: progress.Share{Num: 0, Den: 1}, Punctual: progress.Share{Num: 0, Den: 2}, Complete: progress.Share{Num: 0, Den: 2}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEqualScoresShareARank(t *testing.T) {
	of := func(num int) *progress.Standing {
		return &progress.Standing{OnSchedule: progress.Share{Num: num, Den: 10}}
	}
	list := []*progress.Standing{of(5), of(9), of(9), of(2)}
	rank(list)
	var got [][2]any
	for _, st := range list {
		got = append(got, [2]any{st.Rank, st.Tied})
	}
	if diff := cmp.Diff([][2]any{{1, true}, {1, true}, {3, false}, {4, false}}, got); diff != "" {
		t.Error(diff)
	}
}
