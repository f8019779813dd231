package reconcile

import (
	"regexp"
	"strconv"

	"tiendo/pipeline/progress"
)

var fractionPercent = regexp.MustCompile(`(` + countOf + `)\s*/\s*(` + countOf + `)([^\d%(;]{0,40})\(?\s*(?:đạt|chiếm|tỷ lệ|bằng)?\s*(\d+(?:[.,]\d+)?)\s*%`)

// t03: a percentage is not what its numerator and denominator give, rounded as it is printed. Seen where the last share was made by
// subtracting rounded ones, and where digits were swapped.
var t03 = rule{code: "T03", severity: progress.SeverityNote, ofDelivery: ofPassages(func(_ delivery, sentence string) []facts {
	if m := fractionPercent.FindStringSubmatch(sentence); m != nil {
		part, whole := integer(m[1]), integer(m[2])
		if p, decimals := fraction(m[4]); whole > 0 && part <= whole && !isShare(part, whole, p, decimals) {
			return []facts{wrongShare(m[4]+"%", part, whole, decimals, sentence)}
		}
	}
	var out []facts
	p, _ := partitionOf(sentence)
	for _, s := range p.parts {
		if s.given && s.count <= p.total && !isShare(s.count, p.total, s.percent, s.decimals) {
			out = append(out, wrongShare(s.text, s.count, p.total, s.decimals, sentence))
		}
	}
	return out
})}

func wrongShare(found string, part, whole, decimals int, sentence string) facts {
	return facts{
		"found": found, "expected": shareText(part, whole, decimals), "part": strconv.Itoa(part), "total": strconv.Itoa(whole), "quote": short(sentence),
	}
}
