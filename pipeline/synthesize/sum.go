package synthesize

import (
	"cmp"
	"slices"
	"time"

	"tiendo/pipeline/progress"
)

// Input is all that a synthesis is made of.
type Input struct {
	Office   progress.Office
	Period   progress.Period
	DataDate progress.Date
	DataTime string    // hour of the data date as it is printed: 17:00
	DueAt    time.Time // returns received later were late
	Revision int
	// Corrects is the edition of the same period that this one takes the place of; nil of a first edition.
	Corrects *progress.Past
	Draft    bool
	Version  string // of the program

	Plan         progress.Plan
	PreviousPlan *progress.Plan // the version of the period before, where it was another one
	Units        progress.Units
	SoonDays     int
	RankDue      int

	Submissions []progress.Submission // as judged
	Positions   []progress.Position   // as judged: in the order of the plan, then of the register
	Findings    []progress.Finding    // sorted
	Resolved    []progress.Finding    // as judged
	History     progress.History
	Inputs      []progress.Input // every file that was read for the period
}

// Sum makes the synthesis of one edition of one period.
func Sum(in Input) progress.Synthesis {
	s := progress.Synthesis{
		Office: in.Office, Period: in.Period, DataDate: in.DataDate, DataTime: in.DataTime, DueAt: in.DueAt,
		Revision: in.Revision, Draft: in.Draft, Version: in.Version,
		PlanName: in.Plan.Name, PlanVersion: in.Plan.Version, Plans: planRefs(in.Plan),
		SoonDays: in.SoonDays, RankDue: in.RankDue,
		Submissions: in.Submissions, Findings: in.Findings, Resolved: in.Resolved, Inputs: in.Inputs,
		UnitNames: unitNames(in.Units),
		Reporting: reporting(in.Submissions),
		Rules:     ruleCounts(in.Findings),
	}
	if p := in.History.Previous(in.Period); p != nil {
		r := reporting(p.Submissions)
		s.ReportingPrevious = &r
	}
	addLines(&s, in)
	addLists(&s, in)
	addStandings(&s, in)
	addSent(&s, in)
	s.Best, s.Worst = ranking(s.Units, in.RankDue)
	s.Moves = moves(in)
	s.Voices = voices(in)
	s.Correction = correction(s, in)
	return s
}

func unitNames(units progress.Units) map[string]string {
	names := map[string]string{}
	for _, u := range units.All() {
		if _, ok := names[u.Code]; !ok {
			names[u.Code] = u.Name
		}
	}
	return names
}

// reporting counts the submissions of a period.
func reporting(subs []progress.Submission) progress.Reporting {
	r := progress.Reporting{Expected: len(subs)}
	for _, s := range subs {
		switch s.Punctuality {
		case progress.OnTime:
			r.OnTime++
		case progress.Late:
			r.Late++
		case progress.Missing:
			r.Missing++
		case progress.Refused:
			r.Refused++
		}
		r.RowsOwed += s.RowsOwed
		r.RowsCounted += s.RowsCounted
	}
	return r
}

// ruleCounts counts findings by rule and severity.
func ruleCounts(fs []progress.Finding) []progress.RuleCount {
	type kind struct {
		rule     string
		severity progress.Severity
	}
	n := map[kind]int{}
	for _, f := range fs {
		n[kind{f.Rule, f.Severity}]++
	}
	out := make([]progress.RuleCount, 0, len(n))
	for k, count := range n {
		out = append(out, progress.RuleCount{Rule: k.rule, Severity: k.severity, Count: count})
	}
	slices.SortFunc(out, func(a, b progress.RuleCount) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()))
	})
	return out
}

// ranking picks the three best and the three worst units by on-schedule rate, among those with enough due positions;
// no unit stands in both, and no unit at 100 % among the worst. Ties go to the unit with more due positions, then to
// the order of the tree.
func ranking(units []progress.Line, enough int) (best, worst []progress.Line) {
	var ranked []progress.Line
	for _, l := range units {
		if l.Submission != nil && l.Counts.Due >= enough && l.Counts.OnSchedule().Den > 0 {
			ranked = append(ranked, l)
		}
	}
	slices.SortStableFunc(ranked, func(a, b progress.Line) int {
		return cmp.Or(
			compareShares(b.Counts.OnSchedule(), a.Counts.OnSchedule()),
			cmp.Compare(b.Counts.Due, a.Counts.Due),
		)
	})
	const most = 3
	best = ranked[:min(most, (len(ranked)+1)/2)]
	for _, l := range slices.Backward(ranked[len(best):]) {
		if share := l.Counts.OnSchedule(); len(worst) < most && share.Num < share.Den {
			worst = append(worst, l)
		}
	}
	return best, worst
}

// compareShares compares without division: a/b ? c/d as a·d ? c·b.
func compareShares(a, b progress.Share) int { return cmp.Compare(a.Num*b.Den, b.Num*a.Den) }
