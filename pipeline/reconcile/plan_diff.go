package reconcile

import (
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// PlanChange is one difference between two versions of the plan.
type PlanChange struct {
	Kind string `json:"kind"` // added, removed, renumbered, changed, extended (by the document in To); doubtful: new, unless it is one of the old tasks named in From
	Code string `json:"code"` // of the task in the new version; of a removed task, in the old one
	// Field is what changed: due, lead, product, title, group, phase, extension, milestone; "" unless Kind is changed or extended.
	Field string `json:"field,omitempty"`
	From  string `json:"from,omitempty"` // the old wording; of a renumbered or doubtful task, the old codes; empty of a new milestone
	To    string `json:"to,omitempty"`
	Title string `json:"title"`
}

// DiffPlans lists what changed between two versions of the plan: first the tasks of the new one, in its order, then those
// removed. Which task is which is found as [Inherit] finds it; a task that could be several of the old ones is new, and doubtful.
func DiffPlans(old, now progress.Plan) []PlanChange {
	pairs := pairPlans(old, now)
	var out []PlanChange
	for i, t := range now.Tasks {
		if pairs.before[i] < 0 {
			change := PlanChange{Kind: "added", Code: t.Code, Title: t.Title}
			if doubts := pairs.doubts[i]; len(doubts) > 0 {
				change.Kind, change.From = "doubtful", codesOf(old, doubts)
			}
			out = append(out, change)
			continue
		}
		was := old.Tasks[pairs.before[i]]
		if was.Code != t.Code {
			out = append(out, PlanChange{Kind: "renumbered", Code: t.Code, From: was.Code, To: t.Code, Title: t.Title})
		}
		out = append(out, changedFields(was, t)...)
		out = append(out, changedMilestones(was, t)...)
	}
	for k, t := range old.Tasks {
		if !pairs.taken[k] {
			out = append(out, PlanChange{Kind: "removed", Code: t.Code, Title: t.Title})
		}
	}
	return out
}

func codesOf(plan progress.Plan, tasks []int) string {
	codes := make([]string, len(tasks))
	for i, k := range tasks {
		codes[i] = plan.Tasks[k].Code
	}
	return strings.Join(codes, ", ")
}

func changedFields(was, now progress.Task) []PlanChange {
	var out []PlanChange
	for _, f := range []struct{ field, from, to string }{
		{"title", was.Title, now.Title},
		{"due", was.Due.Text, now.Due.Text},
		{"lead", was.LeadText, now.LeadText},
		{"product", was.Product, now.Product},
		{"group", was.Group, now.Group},
		{"phase", was.Phase, now.Phase},
	} {
		if progress.FoldSpelling(f.from) != progress.FoldSpelling(f.to) {
			out = append(out, PlanChange{Kind: "changed", Code: now.Code, Field: f.field, From: f.from, To: f.to, Title: now.Title})
		}
	}
	// The same wording of a lead may stand for other units once the register has changed.
	if progress.FoldSpelling(was.LeadText) == progress.FoldSpelling(now.LeadText) && !slices.Equal(was.Leads, now.Leads) {
		out = append(out, PlanChange{Kind: "changed", Code: now.Code, Field: "lead", From: strings.Join(was.Leads, ", "), To: strings.Join(now.Leads, ", "), Title: now.Title})
	}
	return append(out, changedExtensions(was, now)...)
}

// changedExtensions tells each document by which a deadline was extended since; where one that stood there is gone, all the words.
func changedExtensions(was, now progress.Task) []PlanChange {
	key := func(e progress.Extension) string { return progress.FoldSpelling(e.Text) }
	before, gone := map[string]bool{}, map[string]bool{}
	for _, e := range was.Extensions() {
		before[key(e)], gone[key(e)] = true, true
	}
	var added []PlanChange
	for _, e := range now.Extensions() {
		if delete(gone, key(e)); !before[key(e)] {
			added = append(added, PlanChange{Kind: "extended", Code: now.Code, Field: "extension", To: e.Text, Title: now.Title})
		}
	}
	if len(gone) > 0 {
		return []PlanChange{{Kind: "changed", Code: now.Code, Field: "extension", From: was.Extension, To: now.Extension, Title: now.Title}}
	}
	return added
}
