package reconcile

import (
	"math"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// t02: the parts that a sentence names do not come to its total. Where its words leave open whether the parts are all ("trong đó"),
// it speaks only when they come to more than the total, or miss it by so little that a slip is likelier than a rest left out.
var t02 = rule{code: "T02", severity: progress.SeverityNote, ofDelivery: ofPassages(func(sentence string) (facts, bool) {
	p, ok := partitionOf(sentence)
	if !ok {
		return nil, false
	}
	sum := 0
	var terms []string
	for _, s := range p.parts {
		sum += s.count
		terms = append(terms, strconv.Itoa(s.count))
	}
	const slip = 0.02
	near := math.Abs(float64(sum-p.total)) <= slip*float64(p.total)
	if sum == p.total || !p.whole && sum < p.total && !near {
		return nil, false
	}
	return facts{"found": strings.Join(terms, " + ") + " = " + strconv.Itoa(sum), "expected": strconv.Itoa(p.total), "quote": short(sentence)}, true
})}
