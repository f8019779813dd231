package rows

import (
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// repairNumbers gives back the zero that a workbook drops from numbers stored as figures: 1.10 after 1.9 is kept as 1.1. The
// neighbours tell; each repair is a finding (P10), and so is a gap in running numbers; codes of a plan may leave some out.
func (b *body) repairNumbers() {
	field := progress.FieldCode
	if !b.section.heading.has(field) {
		field = progress.FieldNo
	}
	previous := ""
	for _, e := range b.entries {
		c := e.cells[field]
		code := strings.TrimRight(strings.TrimSpace(e.texts[field]), ".")
		if c.Kind == grid.Number {
			code = strings.Replace(code, ",", ".", 1)
			if whole := strings.TrimSuffix(code, ".0"); whole != code && !strings.HasPrefix(previous, whole+".") {
				code = whole
			}
			if follows(previous, code+"0") && !follows(previous, code) {
				b.find("P10", progress.SeverityNote, "float", c.Origin, map[string]string{"found": code, "expected": code + "0", "previous": previous})
				code += "0"
			}
			e.texts[field] = code
		}
		if lost := gapBetween(previous, code); lost != "" && field == progress.FieldNo && !e.line.skipped {
			b.find("P10", progress.SeverityNote, "gap", originOr(c.Origin, e.row.Origin), map[string]string{"found": code, "previous": previous, "expected": lost})
		}
		if code != "" {
			previous = code
		}
	}
}

// follows reports whether code is the next number after previous: 1.10 after 1.9.
func follows(previous, code string) bool {
	a, n, ok := lastNumber(previous)
	z, m, ok2 := lastNumber(code)
	return ok && ok2 && a == z && a != "" && m == n+1
}

// gapBetween is the number that is missing between two running numbers; empty where none is. Numbers that begin anew are no gap.
func gapBetween(previous, code string) string {
	a, n, ok := lastNumber(previous)
	z, m, ok2 := lastNumber(code)
	if !ok || !ok2 || a != z || m <= n+1 || m-n > 20 {
		return ""
	}
	return a + strconv.Itoa(n+1)
}

// lastNumber splits 11.10 into "11." and 10, 7 into "" and 7.
func lastNumber(code string) (string, int, bool) {
	at := strings.LastIndexByte(code, '.') + 1
	n, err := strconv.Atoi(code[at:])
	return code[:at], n, err == nil && len(code)-at < 6
}
