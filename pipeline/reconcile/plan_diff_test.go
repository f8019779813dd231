package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

func TestDiffPlans(t *testing.T) {
	task := func(code, title, due, lead string, leads ...string) progress.Task {
		return progress.Task{Code: code, Title: title, Due: progress.Due{Text: due}, LeadText: lead, Leads: leads}
	}
	old := progress.Plan{Tasks: []progress.Task{
		task("1", "Ban hành kế hoạch tuyên truyền", "6/2025", "Vụ A", "a"),
		task("2", "Sửa đổi quy chế", "Quý II/2025", "Vụ B", "b"),
		task("3", "Rà soát cơ sở dữ liệu", "2025", "Vụ A", "a"),
		task("4", "Đào tạo cán bộ", "2025", "Vụ C", "c"),
	}}
	now := progress.Plan{Tasks: []progress.Task{
		task("1", "Ban hành kế hoạch tuyên truyền", "Tháng 4/2025", "Vụ A", "a"), // deadline brought forward
		task("3", "Rà soát  cơ sở dữ liệu.", "2025", "Vụ A", "a"),                // spacing and stops are no change
		task("5", "Sửa đổi quy chế", "Quý II/2025", "Vụ B", "b", "d"),            // renumbered, and its lead unit split
		task("6", "Thí điểm chữ ký số", "2026", "Vụ D", "d"),
	}}
	want := []PlanChange{
		{Kind: "changed", Code: "1", Field: "due", From: "6/2025", To: "Tháng 4/2025", Title: "Ban hành kế hoạch tuyên truyền"},
		{Kind: "renumbered", Code: "5", From: "2", To: "5", Title: "Sửa đổi quy chế"},
		{Kind: "changed", Code: "5", Field: "lead", From: "b", To: "b, d", Title: "Sửa đổi quy chế"},
		{Kind: "added", Code: "6", Title: "Thí điểm chữ ký số"},
		{Kind: "removed", Code: "4", Title: "Đào tạo cán bộ"},
	}
	if diff := cmp.Diff(want, DiffPlans(old, now)); diff != "" {
		t.Error(diff)
	}
	if got := DiffPlans(old, old); len(got) != 0 {
		t.Errorf("a plan differs from itself: %v", got)
	}
}

func TestDiffPlansTellsExtensions(t *testing.T) {
	plan := func(extension string) progress.Plan {
		return progress.Plan{Tasks: []progress.Task{{ID: "1", Code: "1", Title: "Sửa đổi quy chế", Extension: extension}}}
	}
	one, two := "CV 12/VP-TH ngày 02/3/2025", "CV 12/VP-TH ngày 02/3/2025; CV 34/VP-TH ngày 01/6/2025 (đến 30/9/2025)"
	for name, c := range map[string]struct {
		old, now string
		want     []PlanChange
	}{
		"one more": {one, two, []PlanChange{{Kind: "extended", Code: "1", Field: "extension", To: "CV 34/VP-TH ngày 01/6/2025 (đến 30/9/2025)", Title: "Sửa đổi quy chế"}}},
		"one gone": {two, one, []PlanChange{{Kind: "changed", Code: "1", Field: "extension", From: two, To: one, Title: "Sửa đổi quy chế"}}},
		"spacing":  {two, "CV 12/VP-TH  ngày 02/3/2025;CV 34/VP-TH ngày 01/6/2025 (đến 30/9/2025)", nil},
	} {
		if diff := cmp.Diff(c.want, DiffPlans(plan(c.old), plan(c.now))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
