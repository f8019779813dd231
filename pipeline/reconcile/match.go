package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// verdict of a match.
type verdict int

const (
	unknown  verdict = iota // like no task of the plan
	doubtful                // like one or several tasks, but not surely one
	foreign                 // surely a task of other units
	owned                   // surely a task that the unit leads
)

// match is a row and the task it was found to be about.
type match struct {
	*delivery
	row     progress.Row
	verdict verdict
	task    int   // place in the plan, of owned and foreign
	byCode  bool  // the code named the task
	nearest []int // of doubtful: at most three places in the plan, the likeliest first
	// contested: the code names one task and the wording is another's, or nobody's.
	contested bool
	// blank: the row names its task and says nothing of it. It is no claim: who leaves a form unfilled has not reported.
	blank bool
}

// planIndex finds tasks by code and by wording.
type planIndex struct {
	tasks    []progress.Task
	wordings []wording
	byCode   map[string][]int
	byText   map[string][]int
	byWord   map[string][]int        // word → tasks that have it
	owners   map[string]map[int]bool // unit → tasks that it leads …
	owned    map[string][]int        // … and in the order of the plan
}

func newPlanIndex(tasks []progress.Task, leads [][]string) *planIndex {
	x := &planIndex{
		tasks:    tasks,
		wordings: make([]wording, len(tasks)),
		byCode:   map[string][]int{},
		byText:   map[string][]int{},
		byWord:   map[string][]int{},
		owners:   map[string]map[int]bool{},
		owned:    map[string][]int{},
	}
	for i, t := range tasks {
		w := wordingOf(t.Title)
		x.wordings[i] = w
		x.byText[w.text] = append(x.byText[w.text], i)
		if code := progress.Fold(t.Code); code != "" {
			x.byCode[code] = append(x.byCode[code], i)
		}
		// The id is a code too: of several plans that number their tasks alike it is the only one that names a task.
		if id := progress.Fold(t.ID); id != "" && id != progress.Fold(t.Code) && t.Plan != "" {
			x.byCode[id] = append(x.byCode[id], i)
		}
		for word := range w.count {
			x.byWord[word] = append(x.byWord[word], i)
		}
		for _, unit := range leads[i] {
			if x.owners[unit] == nil {
				x.owners[unit] = map[int]bool{}
			}
			x.owners[unit][i] = true
			x.owned[unit] = append(x.owned[unit], i)
		}
	}
	return x
}

// candidate is a task and how like the row's wording it is.
type candidate struct {
	task int
	likeness
}

// find says which task a row of a unit is about. numbered: the form numbers its rows 1, 2, 3 …, so that such a number is no code.
func (x *planIndex) find(unit string, row progress.Row, numbered bool) match {
	m := match{row: row}
	reported := wordingOf(row.Task)
	coded := x.coded(unit, row.Code, numbered)
	if coded >= 0 && (reported.text == "" || reported.text == x.wordings[coded].text) {
		return x.decide(m, unit, coded, true)
	}
	candidates := x.candidates(unit, reported)
	worded, doubt := x.worded(unit, reported, candidates)
	switch {
	case coded < 0 && worded >= 0:
		return x.decide(m, unit, worded, false)
	case coded < 0 && !doubt:
		m.verdict, m.nearest = unknown, x.nearest(candidates, -1)
		if len(m.nearest) > 0 {
			m.verdict = doubtful
		}
		return m
	case coded >= 0 && (worded == coded || worded < 0 && !doubt && compare(reported, x.wordings[coded]).near()):
		return x.decide(m, unit, coded, true)
	}
	m.verdict, m.contested, m.nearest = doubtful, coded >= 0, x.nearest(candidates, coded)
	return m
}

func (x *planIndex) decide(m match, unit string, task int, byCode bool) match {
	m.task, m.byCode, m.verdict = task, byCode, foreign
	if x.owners[unit][task] {
		m.verdict = owned
	}
	return m
}

// coded is the task that the code names, or -1. Of several tasks of one code (several plans in one office) it is the
// only one that the unit leads.
func (x *planIndex) coded(unit, code string, numbered bool) int {
	if numbered && isInteger(code) {
		return -1
	}
	return x.single(unit, x.byCode[progress.Fold(code)])
}

// single picks the only task among several: the only one at all, or the only one that the unit leads.
func (x *planIndex) single(unit string, among []int) int {
	if len(among) == 1 {
		return among[0]
	}
	own := -1
	for _, i := range among {
		if x.owners[unit][i] {
			if own >= 0 {
				return -1
			}
			own = i
		}
	}
	return own
}

// worded is the task whose wording this is, or -1; doubt tells that several could be meant. Among tasks that are equally
// like it, those of the sender come first: two units often have a task of nearly the same words.
func (x *planIndex) worded(unit string, reported wording, candidates []candidate) (task int, doubt bool) {
	if exact := x.byText[reported.text]; len(exact) > 0 && reported.text != "" {
		task = x.single(unit, exact)
		return task, task < 0
	}
	var same, own []candidate
	for _, c := range candidates {
		if c.same() {
			same = append(same, c)
			if x.owners[unit][c.task] {
				own = append(own, c)
			}
		}
	}
	if len(same) == 0 {
		return -1, false
	}
	if len(own) > 0 && own[0].score == same[0].score {
		same = own
	}
	const margin = 0.05
	if len(same) > 1 && same[1].score > same[0].score-margin {
		return -1, true
	}
	return same[0].task, false
}

const (
	maxPostings = 2000 // entries of the word index that are looked at for one row
	maxScored   = 64   // candidates that are compared word by word
)

// candidates are the tasks that share words with the wording, compared with it, the likeliest first: the unit's own, and
// among the others those that share its rarest words.
func (x *planIndex) candidates(unit string, reported wording) []candidate {
	if reported.text == "" {
		return nil
	}
	words := slices.Collect(maps.Keys(reported.count))
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(x.byWord[a]), len(x.byWord[b])), cmp.Compare(a, b))
	})
	shared := map[int]int{}
	for _, i := range x.owned[unit] {
		for _, word := range words {
			if x.wordings[i].count[word] > 0 {
				shared[i]++
			}
		}
	}
	seen := 0
	for _, word := range words {
		if seen += len(x.byWord[word]); seen > maxPostings {
			break
		}
		for _, i := range x.byWord[word] {
			if !x.owners[unit][i] {
				shared[i]++
			}
		}
	}
	order := make([]int, 0, len(shared))
	for i := range shared {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	out := make([]candidate, 0, maxScored)
	for _, i := range order[:min(maxScored, len(order))] {
		out = append(out, candidate{i, compare(reported, x.wordings[i])})
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.task, b.task))
	})
	return out
}

// nearest names the three likeliest tasks, that of the code first.
func (x *planIndex) nearest(candidates []candidate, coded int) []int {
	const resembling = 0.4
	var out []int
	if coded >= 0 {
		out = append(out, coded)
	}
	for _, c := range candidates {
		if len(out) < 3 && c.score >= resembling && c.task != coded {
			out = append(out, c.task)
		}
	}
	return out
}

// numbered reports whether the codes of the rows are running numbers: each whole number among them is 1 or one more than the
// one before. Such numbers count lines and name no task.
func numbered(rows []progress.Row) bool {
	last, any := 0, false
	for _, row := range rows {
		if !isInteger(row.Code) {
			continue
		}
		n, _ := strconv.Atoi(strings.Trim(row.Code, " ."))
		if n != 1 && n != last+1 {
			return false
		}
		last, any = n, true
	}
	return any
}

func isInteger(code string) bool {
	_, err := strconv.Atoi(strings.Trim(code, " ."))
	return err == nil
}
