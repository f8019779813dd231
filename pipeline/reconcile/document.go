package reconcile

import (
	"regexp"
	"strings"

	"tiendo/pipeline/progress"
)

// A document is named by number and symbol (88/2025/NĐ-CP, 402-CV/VPĐU), or by kind and number (Quyết định số 12).
var (
	documentSymbol = regexp.MustCompile(`\d+\s*([/-]\s*\d{4}\s*)?[/-]\s*\p{Lu}[\p{Lu}&\d]*([-/]\s*\p{Lu}|$|[^\p{L}])`)
	documentNumber = regexp.MustCompile(`\b(luat|nghi quyet|nq|nghi dinh|nd|quyet dinh|qd|thong tu|tt|chi thi|ct|ke hoach|kh|cong van|cv|to trinh|ttr|bao cao|bc|thong bao|tb|van ban|huong dan|hd) (so )?\d+( \w+)?`)
	notANumber     = regexp.MustCompile(` \d+ (thang|nam|quy|ngay|tuan|dot|ky|lan|bo|don vi|nhom)$`)
)

// namesDocument reports whether a text names a document by which something can be proven. "Báo cáo 6 tháng" names none.
func namesDocument(text string) bool {
	if documentSymbol.MatchString(text) {
		return true
	}
	for _, m := range documentNumber.FindAllString(progress.Fold(text), -1) {
		if !notANumber.MatchString(m) {
			return true
		}
	}
	return false
}

// none are the words by which a form is filled in with nothing.
var none = regexp.MustCompile(`^(khong|chua)( co| phat sinh)?( minh chung| van ban| tai lieu| san pham)?$`)

// hasEvidence reports whether the evidence column holds anything: two letters or more that do not say "none".
func hasEvidence(text string) bool {
	folded := progress.Fold(text)
	return len(strings.ReplaceAll(folded, " ", "")) >= 2 && !none.MatchString(folded)
}

// kinds of documents and products by rank of what they settle; a paper of a lower kind does not stand for one of a higher.
var kinds = []struct {
	name     string
	pattern  *regexp.Regexp
	decisive bool
}{
	{"Luật", regexp.MustCompile(`\bluat\b`), true},
	{"Nghị quyết", regexp.MustCompile(`\bnghi quyet\b|\bnq\b`), true},
	{"Nghị định", regexp.MustCompile(`\bnghi dinh\b|\bnd\b`), true},
	{"Quyết định", regexp.MustCompile(`\bquyet dinh\b|\bqd\b`), true},
	{"Thông tư", regexp.MustCompile(`\bthong tu\b`), true},
	{"Chỉ thị", regexp.MustCompile(`\bchi thi\b`), true},
	{"Tờ trình", regexp.MustCompile(`\bto trinh\b|\bttr\b`), false},
	{"Công văn", regexp.MustCompile(`\bcong van\b|\bcv\b`), false},
	{"Dự thảo", regexp.MustCompile(`\bdu thao\b`), false},
}

// kindsIn lists the decisive and the preparatory kinds that a text names.
func kindsIn(text string) (decisive, preparatory []string) {
	folded := progress.Fold(text)
	for _, k := range kinds {
		switch {
		case !k.pattern.MatchString(folded):
		case k.decisive:
			decisive = append(decisive, k.name)
		default:
			preparatory = append(preparatory, k.name)
		}
	}
	return decisive, preparatory
}
