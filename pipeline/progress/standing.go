package progress

// Standing is what the head of a unit is judged by. The formula, with its weights, is printed in the method annex.
type Standing struct {
	Rank      int     // from 1, equals share a rank; 0: too few due positions to be ranked
	Tied      bool    // another unit has the same rank
	Score     float64 // 0–100; only of ranked units
	WeeksLate float64 // weeks of delay that the unit's positions have caused: days late ÷ 7, done late or past due
	// Punctual and Complete are over the periods that the ledger remembers, this one included; OnSchedule and Clean over this one.
	OnSchedule Share // done ÷ (done + past due)
	Punctual   Share // returns on time ÷ returns owed
	Complete   Share // rows counted ÷ rows owed
	Clean      Share // rows without a finding of severity error or warning ÷ rows counted
}

// Weights of what the head of a unit is judged by, the same for every office; they come to 100. [Standing] says over which periods each
// share is.
const (
	WeightOnSchedule = 50
	WeightPunctual   = 20
	WeightComplete   = 15
	WeightClean      = 15
)

// Measures of a [Standing]; the share on schedule is of the unit's own positions, without those of the units below it.
const (
	MeasureScore         Measure = "score"
	MeasureRank          Measure = "rank"
	MeasureWeeksLate     Measure = "weeks_late"
	MeasureOwnOnSchedule Measure = "own_on_schedule"
	MeasurePunctual      Measure = "punctual"
	MeasureComplete      Measure = "complete"
	MeasureClean         Measure = "clean"
)

// StandingPart is a share that goes into the score, with its weight.
type StandingPart struct {
	Measure Measure `json:"measure"`
	Share   Share   `json:"share"`
	Weight  int     `json:"weight"`
}

// Parts are what the score is made of: the mean of the shares that have anything in their denominator, by their weights.
func (s Standing) Parts() []StandingPart {
	return []StandingPart{
		{MeasureOwnOnSchedule, s.OnSchedule, WeightOnSchedule},
		{MeasurePunctual, s.Punctual, WeightPunctual},
		{MeasureComplete, s.Complete, WeightComplete},
		{MeasureClean, s.Clean, WeightClean},
	}
}

// StandingFigures are the figures of the standing of a unit: none where it does not report, neither score nor rank where it is not ranked.
func (l Line) StandingFigures() []Figure {
	if l.Standing == nil {
		return nil
	}
	figure := func(m Measure, v Value) Figure { return Figure{ID: l.ID + "." + string(m), Value: v} }
	var out []Figure
	if l.Standing.Rank > 0 {
		out = append(out, figure(MeasureScore, tenths(l.Standing.Score)), figure(MeasureRank, count(l.Standing.Rank)))
	}
	out = append(out, figure(MeasureWeeksLate, tenths(l.Standing.WeeksLate)))
	for _, part := range l.Standing.Parts() {
		out = append(out, figure(part.Measure, rate(part.Share)))
	}
	return out
}
