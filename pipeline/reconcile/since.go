package reconcile

import (
	"tiendo/pipeline/progress"
)

// sinceWhen tells new findings from standing ones: each finding of the judgement gets the period in which it was first made without
// a break. It returns the findings of the period before that are gone.
func sinceWhen(in Input, out Judgement) (resolved []progress.Finding) {
	previous := in.History.Previous(in.Period)
	if previous == nil {
		return nil
	}
	before := map[string]progress.Finding{}
	for _, f := range previous.Findings {
		before[f.Key()] = f
	}
	now := map[string]bool{}
	for i := range out.Findings {
		f := &out.Findings[i]
		now[f.Key()] = true
		if old, stood := before[f.Key()]; stood {
			if f.Since = old.Since; f.Since == "" {
				f.Since = previous.Period.ID
			}
		}
	}
	counts := map[string]bool{}
	for _, s := range out.Submissions {
		counts[s.Unit] = s.Punctuality == progress.OnTime || s.Punctuality == progress.Late
	}
	for _, f := range previous.Findings {
		if !now[f.Key()] && counts[f.Unit] {
			resolved = append(resolved, f)
		}
	}
	return resolved
}
