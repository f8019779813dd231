package reconcile

import (
	"regexp"

	"tiendo/pipeline/progress"
)

var (
	allOf   = regexp.MustCompile(`\b100\s*%|(\d+)\s*/\s*(\d+)`)
	exempts = regexp.MustCompile(`\b(con|rieng|tru|ngoai tru|mot so|\d+ (co quan|don vi|bo|tinh|nhiem vu))\b.*\b(chua|dang trinh|dang hoan thien|dang xay dung|cham|qua han|tiep tuc)\b`)
)

// t05: a sentence claims all, and names an exception.
var t05 = rule{code: "T05", severity: progress.SeverityNote, ofDelivery: ofPassages(func(_ delivery, sentence string) []facts {
	for _, m := range allOf.FindAllStringSubmatchIndex(sentence, -1) {
		all := sentence[m[0]:m[1]]
		if m[2] >= 0 && sentence[m[2]:m[3]] != sentence[m[4]:m[5]] {
			continue
		}
		if exempts.MatchString(progress.Fold(sentence[m[1]:])) {
			return []facts{facts{"found": all, "quote": short(sentence)}}
		}
	}
	return nil
})}
