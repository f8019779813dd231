package reconcile

import (
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// PlanChange is one difference between two versions of the plan.
type PlanChange struct {
	Kind string `json:"kind"` // added, removed, renumbered, changed
	Code string `json:"code"` // of the task in the new version; of a removed task, in the old one
	// Field is what changed: due, lead, product, title, group, phase; "" unless Kind is changed.
	Field string `json:"field,omitempty"`
	From  string `json:"from,omitempty"` // the old wording; of a renumbered task, its old code
	To    string `json:"to,omitempty"`
	Title string `json:"title"`
}

// DiffPlans lists what changed between two versions of the plan: first the tasks of the new one, in its order, then those
// removed. A task whose code changed but whose wording is the same, and the same only once, is renumbered.
func DiffPlans(old, now progress.Plan) []PlanChange {
	before := map[string]progress.Task{}
	byTitle := map[string][]progress.Task{}
	for _, t := range old.Tasks {
		before[t.Code] = t
		byTitle[progress.FoldSpelling(t.Title)] = append(byTitle[progress.FoldSpelling(t.Title)], t)
	}
	codesNow := map[string]bool{}
	for _, t := range now.Tasks {
		codesNow[t.Code] = true
	}
	var out []PlanChange
	kept := map[string]bool{} // codes of the old version that live on
	for _, t := range now.Tasks {
		was, ok := before[t.Code]
		if same := byTitle[progress.FoldSpelling(t.Title)]; len(same) == 1 && same[0].Code != t.Code && !codesNow[same[0].Code] {
			was, ok = same[0], true
			out = append(out, PlanChange{Kind: "renumbered", Code: t.Code, From: was.Code, To: t.Code, Title: t.Title})
		}
		if !ok {
			out = append(out, PlanChange{Kind: "added", Code: t.Code, Title: t.Title})
			continue
		}
		kept[was.Code] = true
		out = append(out, changedFields(was, t)...)
	}
	for _, t := range old.Tasks {
		if !kept[t.Code] {
			out = append(out, PlanChange{Kind: "removed", Code: t.Code, Title: t.Title})
		}
	}
	return out
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
	return out
}
