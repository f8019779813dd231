package reconcile

import (
	"math"

	"tiendo/pipeline/progress"
)

var (
	h11Points = Threshold{Rule: "H11", Name: "points", Default: 20, Low: 1, High: 100, Unit: "points of percent against the period before", Source: "Youth Union: ±20 %"}
	h11Times  = Threshold{Rule: "H11", Name: "times", Default: 3, Low: 2, High: 100, Unit: "times the mean step of the three periods before", Source: "DHIS2: 3 × the mean of three periods"}
)

// h11: the percent moves far more in one period than it did in the three before: at least 20 points, and three times their mean. A
// claim of done is judged by other rules.
var h11 = rule{code: "H11", severity: progress.SeverityNote, source: "Youth Union, DHIS2", thresholds: []Threshold{h11Points, h11Times}, ofClaim: func(c claim) []progress.Finding {
	if c.row.Percent == nil || c.isDone() {
		return nil
	}
	const steps = 3
	points, times := float64(c.limit(h11Points)), float64(c.limit(h11Times))
	course := []float64{*c.row.Percent} // newest first
	for _, p := range c.past {
		pos := p.at[c.key()]
		if pos == nil || pos.Claim == nil || pos.Carried || pos.Claim.Row.Percent == nil || len(course) > steps+1 {
			break
		}
		course = append(course, *pos.Claim.Row.Percent)
	}
	if len(course) < steps+2 {
		return nil
	}
	mean := 0.0
	for i := 1; i <= steps; i++ {
		mean += math.Abs(course[i]-course[i+1]) / steps
	}
	if jump := math.Abs(course[0] - course[1]); jump < points || jump < times*mean {
		return nil
	}
	return one(progress.Finding{Origin: c.at(progress.FieldPercent), Facts: facts{"found": percent(course[0]), "expected": percent(course[1]), "mean": percent(math.Round(mean*10) / 10)}})
}}
