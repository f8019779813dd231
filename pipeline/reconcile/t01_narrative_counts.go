package reconcile

import (
	"regexp"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// t01: the sentences around the table count the tasks of a status otherwise than the table does. Only a passage that counts at
// least two statuses is held against it: one that names a single number may count something else.
var t01 = rule{code: "T01", severity: progress.SeverityNote, ofDelivery: func(d delivery) []progress.Finding {
	if d.counted == nil {
		return nil
	}
	table := map[progress.Status]int{}
	for _, row := range d.counted.Reading.Rows {
		table[row.Status]++
	}
	var out []progress.Finding
	for _, p := range d.counted.Reading.Narrative {
		told := statusCounts(p.Text)
		if len(told) < 2 {
			continue
		}
		var found, expected []string
		for _, s := range statusOrder {
			if n, ok := told[s.status]; ok && n != table[s.status] {
				found = append(found, s.name+" "+strconv.Itoa(n))
				expected = append(expected, s.name+" "+strconv.Itoa(table[s.status]))
			}
		}
		if len(found) > 0 {
			out = append(out, progress.Finding{Origin: p.Origin, Facts: facts{"found": strings.Join(found, ", "), "expected": strings.Join(expected, ", "), "quote": short(p.Text)}})
		}
	}
	return out
}}

// countedStatus is a status that sentences count, and how they name it, folded.
type countedStatus struct {
	status progress.Status
	name   string
	before *regexp.Regexp // the number before the words: 22 nhiệm vụ đã hoàn thành
	behind *regexp.Regexp // the number behind them: hoàn thành 22 nhiệm vụ
}

var statusOrder = []countedStatus{
	countsOf(progress.Done, "hoàn thành", `(?:da )?hoan thanh`),
	countsOf(progress.InProgress, "đang thực hiện", `dang (?:thuc hien|trien khai)`),
	countsOf(progress.NotStarted, "chưa triển khai", `chua (?:thuc hien|trien khai|bat dau)`),
}

func countsOf(s progress.Status, name, words string) countedStatus {
	return countedStatus{
		status: s, name: name,
		before: regexp.MustCompile(`(\d+) (?:nhiem vu |viec |dau viec )?` + words + `\b`),
		behind: regexp.MustCompile(words + `:? (\d+)(?: (?:nhiem vu|viec|dau viec)\b|$)`),
	}
}

// statusCounts reads how many tasks of each status a passage names. A status that it counts twice is left out.
func statusCounts(text string) map[progress.Status]int {
	out := map[progress.Status]int{}
	for _, clause := range strings.FieldsFunc(maskNoCounts(text), func(r rune) bool { return strings.ContainsRune(",;.\n()", r) }) {
		folded := strings.ReplaceAll(progress.Fold(clause), "chua hoan thanh", "dang do") // not done is no status of its own
		for _, s := range statusOrder {
			m := s.before.FindStringSubmatch(folded)
			if m == nil {
				m = s.behind.FindStringSubmatch(folded)
			}
			if m == nil {
				continue
			}
			n, _ := strconv.Atoi(m[1])
			if _, twice := out[s.status]; twice {
				n = -1
			}
			out[s.status] = n
		}
	}
	for s, n := range out {
		if n < 0 {
			delete(out, s)
		}
	}
	return out
}
