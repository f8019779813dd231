package reconcile

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// pair is a row as a clerk might write it, and the task it is about by construction; task -1: none of the plan's.
type pair struct {
	kind string
	unit string
	row  progress.Row
	task int
}

// edits are ways in which clerks write a task's words without meaning another task.
var edits = []struct {
	kind string
	edit func(code, title string) (string, string)
}{
	{"no accents, no code", func(_, title string) (string, string) { return "", progress.Fold(title) }},
	{"capitals and a number before", func(_, title string) (string, string) { return "", "3. " + strings.ToUpper(title) + "." }},
	{"tone marks placed otherwise, i for y", func(_, title string) (string, string) {
		return "", strings.NewReplacer("hoà", "hòa", "òa", "oà", "óa", "oá", "ủy", "uỷ", "úy", "uý", "kỹ", "kĩ", "lý", "lí", "tỷ", "tỉ", "quản lý", "quản lí").Replace(title)
	}},
	{"a slip of the keyboard", func(_, title string) (string, string) { return "", slip(title) }},
	{"code, and the beginning of the words", func(code, title string) (string, string) {
		words := strings.Fields(title)
		return code, strings.Join(words[:(2*len(words)+2)/3], " ")
	}},
}

// slip changes places of two letters in the longest word.
func slip(title string) string {
	words := strings.Fields(title)
	longest := 0
	for i, w := range words {
		if len([]rune(w)) > len([]rune(words[longest])) && strings.IndexFunc(w, unicode.IsDigit) < 0 {
			longest = i
		}
	}
	r := []rune(words[longest])
	r[1], r[2] = r[2], r[1]
	words[longest] = string(r)
	return strings.Join(words, " ")
}

var digits = regexp.MustCompile(`\d+`)

// traps are rows that look like a task and are about none: accepted, they would be counted for the wrong one.
var traps = []struct {
	kind string
	edit func(title string) string
}{
	{"another phase", func(title string) string {
		if digits.MatchString(title) {
			return digits.ReplaceAllString(title, "97")
		}
		return title + " giai đoạn 7"
	}},
	{"one word that carries the meaning is another", func(title string) string {
		words := strings.Fields(title)
		for i := len(words) - 1; i >= 0; i-- {
			if len([]rune(words[i])) >= 3 && weight(progress.Fold(words[i])) == 1 {
				words[i] = "khoáng"
				break
			}
		}
		return strings.Join(words, " ")
	}},
}

// TestAccuracyMatching matches some thousand rows of known task to the plan of the sample office: none may be taken for a wrong one,
// and of the true ones at least 98 % must be found.
func TestAccuracyMatching(t *testing.T) {
	plan, leads := samplePlan(t)
	index := newPlanIndex(plan.Tasks, leads)
	titles := map[string]int{}
	for _, task := range plan.Tasks {
		titles[progress.FoldSpelling(task.Title)]++
	}
	var pairs []pair
	for i, task := range plan.Tasks {
		if titles[progress.FoldSpelling(task.Title)] > 1 {
			continue // the words alone say nothing; its code is tried elsewhere
		}
		own := leads[i][0]
		for _, e := range edits {
			code, title := e.edit(task.Code, task.Title)
			pairs = append(pairs, pair{e.kind, own, progress.Row{Code: code, Task: title}, i})
		}
		for _, trap := range traps {
			pairs = append(pairs, pair{"trap: " + trap.kind, own, progress.Row{Task: trap.edit(task.Title)}, -1})
		}
		other := plan.Tasks[(i+17)%len(plan.Tasks)]
		if other.Code != task.Code && !compare(wordingOf(task.Title), wordingOf(other.Title)).near() {
			// Old numbering: the code is another task's now. Neither is to be taken.
			pairs = append(pairs, pair{"trap: the code of another task", own, progress.Row{Code: other.Code, Task: task.Title}, -1})
		}
	}
	type score struct{ all, right, wrong int }
	byKind, order := map[string]*score{}, []string{}
	for _, p := range pairs {
		s := byKind[p.kind]
		if s == nil {
			s = &score{}
			byKind[p.kind] = s
			order = append(order, p.kind)
		}
		s.all++
		m := index.find(p.unit, p.row, false)
		accepted := m.verdict == owned || m.verdict == foreign
		switch {
		case p.task < 0 && !accepted, p.task >= 0 && m.verdict == owned && m.task == p.task:
			s.right++
		case accepted && m.task != p.task:
			s.wrong++
			t.Errorf("%s: “%s %s” was taken for task %s “%s”", p.kind, p.row.Code, p.row.Task, plan.Tasks[m.task].Code, plan.Tasks[m.task].Title)
		}
	}
	trueOnes, found, trapped := 0, 0, 0
	for _, kind := range order {
		s := byKind[kind]
		t.Logf("%-48s %4d rows, %4d right, %d taken for a wrong task", kind, s.all, s.right, s.wrong)
		if strings.HasPrefix(kind, "trap") {
			trapped += s.all
		} else {
			trueOnes, found = trueOnes+s.all, found+s.right
		}
	}
	t.Logf("found %d of %d true pairs (%.1f %%); %d traps", found, trueOnes, 100*float64(found)/float64(trueOnes), trapped)
	if len(pairs) < 400 || 3*trapped < len(pairs) {
		t.Errorf("%d pairs, of which %d are traps: want 400, a third of them traps", len(pairs), trapped)
	}
	if found*100 < trueOnes*98 {
		t.Errorf("found %d of %d", found, trueOnes)
	}
}

// samplePlan reads code, title and lead of the sample office's plan. Each lead wording is a unit of its own here.
func samplePlan(t *testing.T) (progress.Plan, [][]string) {
	t.Helper()
	f, err := excelize.OpenFile("../../samples/bo-tttt/plan.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var plan progress.Plan
	var leads [][]string
	column := map[string]int{}
	for _, row := range rows {
		if len(column) == 0 {
			for i, c := range row {
				column[progress.Fold(c)] = i
			}
			if _, ok := column["nhiem vu"]; !ok {
				column = map[string]int{}
			}
			continue
		}
		at := func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return row[i]
			}
			return ""
		}
		if code, title := at("ma nhiem vu"), at("nhiem vu"); code != "" && title != "" {
			plan.Tasks = append(plan.Tasks, progress.Task{ID: code, Code: code, Title: title})
			leads = append(leads, []string{fmt.Sprintf("unit %s", at("co quan chu tri"))})
		}
	}
	if len(plan.Tasks) != 120 {
		t.Fatalf("%d tasks with headings %v; the plan has 120", len(plan.Tasks), column)
	}
	return plan, leads
}
