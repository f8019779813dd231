package reconcile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// h13: a task is said to be done while a part of it, by its number (7 and 7b, II.4 and II.4.1), is not.
var h13 = rule{code: "H13", severity: progress.SeverityWarning, ofPeriod: func(p period) []progress.Finding {
	var out []progress.Finding
	for _, parent := range p.claims {
		if !parent.isDone() {
			continue
		}
		var open []string
		for _, child := range p.claims {
			if child.task.Plan == parent.task.Plan && isPart(child.task.Code, parent.task.Code) && !child.isDone() && !child.task.Due.Regular {
				open = append(open, child.task.Code)
			}
		}
		if len(open) > 0 {
			out = append(out, parent.finding(progress.Finding{Origin: parent.at(progress.FieldStatus), Facts: facts{
				"found": parent.row.StatusText, "other": joinSorted(open),
			}}))
		}
	}
	return out
}}

// isPart reports whether the code numbers a part of the task of the other code: 7b of 7, II.4.1 of II.4. A group (II) is no task,
// so that II.4 is a part of nothing unless the plan has a task II.
func isPart(code, of string) bool {
	rest, ok := strings.CutPrefix(code, of)
	if !ok || rest == "" || of == "" {
		return false
	}
	if strings.HasPrefix(rest, ".") && len(rest) > 1 {
		return true
	}
	letter, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(of)
	return utf8.RuneCountInString(rest) == 1 && unicode.IsLower(letter) && unicode.IsDigit(last)
}
