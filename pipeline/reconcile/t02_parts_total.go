package reconcile

import (
	"math"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

var t02Slip = Threshold{Rule: "T02", Name: "slip", Default: 2, Low: 0, High: 50, Unit: "percent of the total, within which a rest left out is likelier a slip", Source: "the published 9.813 for 9.831"}

// t02: the parts that a sentence names do not come to its total. Where its words leave open whether the parts are all ("trong đó"),
// it speaks only when they come to more than the total, or miss it by so little that a slip is likelier than a rest left out.
var t02 = rule{code: "T02", severity: progress.SeverityNote, thresholds: []Threshold{t02Slip}, ofDelivery: ofPassages(func(d delivery, sentence string) []facts {
	p, ok := partitionOf(sentence)
	if !ok {
		return nil
	}
	sum := 0
	var terms []string
	for _, s := range p.parts {
		sum += s.count
		terms = append(terms, strconv.Itoa(s.count))
	}
	slip := float64(d.limit(t02Slip)) / 100
	near := math.Abs(float64(sum-p.total)) <= slip*float64(p.total)
	if sum == p.total || !p.whole && sum < p.total && !near {
		return nil
	}
	return []facts{facts{"found": strings.Join(terms, " + ") + " = " + strconv.Itoa(sum), "expected": strconv.Itoa(p.total), "quote": short(sentence)}}
})}
