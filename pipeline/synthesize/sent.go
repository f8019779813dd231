package synthesize

import "tiendo/pipeline/progress"

// addSent lays the punctuality of every reporting unit over the periods that are remembered.
func addSent(s *progress.Synthesis, in Input) {
	place := make(map[string]int, len(in.Submissions))
	s.Sent = make([][]progress.Punctuality, len(in.Submissions))
	earlier := in.History.Earlier[max(0, len(in.History.Earlier)-trendPeriods):]
	for i, sub := range in.Submissions {
		place[sub.Unit] = i
		s.Sent[i] = make([]progress.Punctuality, len(earlier)+1)
		s.Sent[i][len(earlier)] = sub.Punctuality
	}
	for k, past := range earlier {
		s.SentPeriods = append(s.SentPeriods, past.Period.ID)
		for _, sub := range past.Submissions {
			if i, ok := place[sub.Unit]; ok {
				s.Sent[i][k] = sub.Punctuality
			}
		}
	}
	s.SentPeriods = append(s.SentPeriods, in.Period.ID)
}
