package reconcile

import (
	"slices"

	"tiendo/pipeline/progress"
)

// changedMilestones lists the milestones of a task that are new, gone, moved or demand another percent. Which is which its words tell: of
// several with the same words ("Báo cáo tiến độ") those that are unchanged are paired first, the others in order of their days.
func changedMilestones(was, now progress.Task) []PlanChange {
	left := slices.Clone(was.Milestones)
	take := func(same func(old progress.Milestone) bool) (progress.Milestone, bool) {
		i := slices.IndexFunc(left, same)
		if i < 0 {
			return progress.Milestone{}, false
		}
		old := left[i]
		left = slices.Delete(left, i, i+1)
		return old, true
	}
	var changed []progress.Milestone
	for _, m := range now.Milestones {
		if _, stood := take(func(old progress.Milestone) bool { return milestoneKey(old) == milestoneKey(m) }); !stood {
			changed = append(changed, m)
		}
	}
	var out []PlanChange
	change := func(from, to string) {
		out = append(out, PlanChange{Kind: "changed", Code: now.Code, Field: "milestone", From: from, To: to, Title: now.Title})
	}
	for _, m := range changed {
		from := ""
		if old, ok := take(func(old progress.Milestone) bool {
			return progress.FoldSpelling(old.Text) == progress.FoldSpelling(m.Text)
		}); ok {
			from = milestoneText(old)
		}
		change(from, milestoneText(m))
	}
	for _, m := range left {
		change(milestoneText(m), "")
	}
	return out
}

// milestoneText is a milestone as a list of changes quotes it: Trình Chính phủ (31/5/2025, 60%).
func milestoneText(m progress.Milestone) string {
	text := m.Text + " (" + m.Due.Text
	if m.Percent != nil {
		text += ", " + percent(*m.Percent) + "%"
	}
	return text + ")"
}

// milestoneKey is what makes a milestone the same in two versions: its words, its day, however that is worded, and its percent.
func milestoneKey(m progress.Milestone) string {
	key := progress.FoldSpelling(m.Text) + " " + m.Due.Date.String()
	if m.Percent != nil {
		key += " " + percent(*m.Percent)
	}
	return key
}
