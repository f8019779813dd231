package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"tiendo/pipeline/progress"
)

// Inherit gives every task of a new version of the plan its id: that of the task of the version before that it is, else a fresh
// one. Renumbering a task, rewording it a little or moving it to another group keeps its id; a code that a new task took over
// does not pass on its id. An id that the plan's own column names stands.
func Inherit(old, now progress.Plan) progress.Plan {
	pairs := pairPlans(old, now)
	used := map[string]bool{}
	for _, t := range old.Tasks {
		used[t.Key()] = true
	}
	for _, id := range old.Retired {
		used[id] = true
	}
	now.Tasks = slices.Clone(now.Tasks)
	living := map[string]bool{}
	for i := range now.Tasks {
		if t := &now.Tasks[i]; pairs.before[i] >= 0 {
			t.ID = old.Tasks[pairs.before[i]].Key()
			living[t.ID] = true
		} else if t.ID != "" {
			used[t.ID], living[t.ID] = true, true
		}
	}
	for i := range now.Tasks {
		if t := &now.Tasks[i]; t.ID == "" {
			t.ID = freshID(*t, used)
			used[t.ID], living[t.ID] = true, true
		}
	}
	maps.DeleteFunc(used, func(id string, _ bool) bool { return living[id] })
	now.Retired = slices.Sorted(maps.Keys(used))
	return now
}

// freshID is the code of a task, after its plan where there are several, and numbered where that was another task's id.
func freshID(t progress.Task, used map[string]bool) string {
	id := t.Code
	if t.Plan != "" {
		id = t.Plan + "/" + t.Code
	}
	if !used[id] {
		return id
	}
	for n := 2; ; n++ {
		if next := id + "~" + strconv.Itoa(n); !used[next] {
			return next
		}
	}
}

// planPairs tells which task of the old version each task of the new one is.
type planPairs struct {
	before []int         // per task of the new version: the task of the old one, or -1
	doubts map[int][]int // tasks of the new version that could be several of the old one
	taken  map[int]bool  // tasks of the old version that live on
}

// pairPlans pairs the surest first: the id that the plan itself names; the same words, where only one task has them in either
// version; the same code with nearly the same words; nearly the same words under another code, where no other task comes close.
func pairPlans(old, now progress.Plan) planPairs {
	p := planPairs{before: make([]int, len(now.Tasks)), doubts: map[int][]int{}, taken: map[int]bool{}}
	for i := range p.before {
		p.before[i] = -1
	}
	p.byName(old, now, func(t progress.Task) string { return t.ID })
	p.byName(old, now, func(t progress.Task) string {
		if t.Code == "" {
			return ""
		}
		return t.Code + " " + progress.FoldSpelling(t.Title)
	})
	p.byName(old, now, func(t progress.Task) string { return progress.FoldSpelling(t.Title) })
	oldWords, nowWords := planWordings(old), planWordings(now)
	byCode := map[[2]string]int{}
	for k, t := range old.Tasks {
		byCode[[2]string{t.Plan, t.Code}] = k
	}
	for i, t := range now.Tasks {
		k, ok := byCode[[2]string{t.Plan, t.Code}]
		if ok && p.free(i, k) && t.ID == "" {
			if l := compare(nowWords[i], oldWords[k]); l.near() && !l.conflict || l.same() {
				p.pair(i, k)
			}
		}
	}
	p.byLikeness(old, now, oldWords, nowWords)
	return p
}

func planWordings(plan progress.Plan) []wording {
	out := make([]wording, len(plan.Tasks))
	for i, t := range plan.Tasks {
		out[i] = wordingOf(t.Title)
	}
	return out
}

func (p *planPairs) free(now, old int) bool { return p.before[now] < 0 && !p.taken[old] }

func (p *planPairs) pair(now, old int) {
	p.before[now] = old
	p.taken[old] = true
}

// byName pairs the tasks of one plan that alone carry a name in both versions; the empty name pairs nothing.
func (p *planPairs) byName(old, now progress.Plan, name func(progress.Task) string) {
	type of struct{ plan, name string }
	index := func(tasks []progress.Task, free func(int) bool) map[of][]int {
		out := map[of][]int{}
		for i, t := range tasks {
			if n := name(t); n != "" && free(i) {
				out[of{t.Plan, n}] = append(out[of{t.Plan, n}], i)
			}
		}
		return out
	}
	before := index(old.Tasks, func(k int) bool { return !p.taken[k] })
	for n, list := range index(now.Tasks, func(i int) bool { return p.before[i] < 0 }) {
		if len(list) == 1 && len(before[n]) == 1 {
			p.pair(list[0], before[n][0])
		}
	}
}

// byLikeness pairs what is left by words alone, where each is the other's only close one. Of several that come close none is taken:
// the coordinator decides, with the id column of the plan.
func (p *planPairs) byLikeness(old, now progress.Plan, oldWords, nowWords []wording) {
	forward, back := map[int][]candidate{}, map[int][]candidate{}
	for i, t := range now.Tasks {
		if p.before[i] >= 0 || t.ID != "" {
			continue
		}
		for k, o := range old.Tasks {
			if p.taken[k] || o.Plan != t.Plan {
				continue
			}
			if l := compare(nowWords[i], oldWords[k]); l.same() {
				forward[i] = append(forward[i], candidate{k, l})
				back[k] = append(back[k], candidate{i, l})
			}
		}
	}
	for _, i := range sortedKeys(forward) {
		k, sure := likeliest(forward[i])
		if mutual, ok := likeliest(back[k]); sure && ok && mutual == i {
			p.pair(i, k)
			continue
		}
		for _, c := range forward[i][:min(3, len(forward[i]))] {
			p.doubts[i] = append(p.doubts[i], c.task)
		}
	}
}

// likeliest is the candidate that stands out; sure is false where another comes close to it.
func likeliest(list []candidate) (task int, sure bool) {
	const margin = 0.05
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return list[0].task, len(list) == 1 || list[0].score > list[1].score+margin
}
