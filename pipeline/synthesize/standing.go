package synthesize

import (
	"cmp"
	"math"
	"slices"

	"tiendo/pipeline/progress"
)

// addStandings judges every unit that reports, and ranks those with enough due positions. Equal scores, to a tenth, share a rank.
func addStandings(s *progress.Synthesis, in Input) {
	faulty := map[place]bool{}
	for _, f := range in.Findings {
		if f.Severity != progress.SeverityNote && f.Waived == nil && f.TaskKey() != "" {
			faulty[place{f.Unit, f.TaskKey()}] = true
		}
	}
	own := map[string]*progress.Standing{}
	var ranked []*progress.Standing
	for i := range s.Units {
		l := &s.Units[i]
		if l.Submission == nil {
			continue
		}
		l.Standing = &progress.Standing{OnSchedule: l.Own.OnSchedule()}
		own[l.Submission.Unit] = l.Standing
		if l.Own.Due >= in.RankDue && l.Own.OnSchedule().Den > 0 {
			ranked = append(ranked, l.Standing)
		}
	}
	for _, p := range in.Positions {
		st := own[p.Unit]
		if st == nil {
			continue
		}
		if p.Class.IsDone() || p.PastDue {
			st.WeeksLate += float64(p.DaysLate) / 7
		}
		if p.Claim != nil && !p.Carried {
			st.Clean.Den++
			if !faulty[place{p.Unit, p.Task.Key()}] {
				st.Clean.Num++
			}
		}
	}
	addReturns(own, in.Submissions)
	for _, past := range in.History.Earlier {
		addReturns(own, past.Submissions)
	}
	for _, st := range own {
		st.WeeksLate = math.Round(st.WeeksLate*10) / 10
	}
	rank(ranked)
}

func addReturns(own map[string]*progress.Standing, subs []progress.Submission) {
	for _, sub := range subs {
		st := own[sub.Unit]
		if st == nil {
			continue
		}
		st.Punctual.Den++
		if sub.Punctuality == progress.OnTime {
			st.Punctual.Num++
		}
		st.Complete.Num += sub.RowsCounted
		st.Complete.Den += sub.RowsOwed
	}
}

// rank scores the units and gives them their places. A share with nothing in its denominator takes no part; the others weigh more.
func rank(list []*progress.Standing) {
	for _, st := range list {
		sum, weights := 0.0, 0.0
		for _, part := range st.Parts() {
			if p, ok := part.Share.Percent(); ok {
				sum += float64(part.Weight) * p
				weights += float64(part.Weight)
			}
		}
		st.Score = math.Round(sum/weights*10) / 10
	}
	slices.SortStableFunc(list, func(a, b *progress.Standing) int { return cmp.Compare(b.Score, a.Score) })
	for i, st := range list {
		st.Rank = i + 1
		if i > 0 && list[i-1].Score == st.Score {
			st.Rank, st.Tied, list[i-1].Tied = list[i-1].Rank, true, true
		}
	}
}
