package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// Warnings of a task from 10/1/2025 to 30/6/2025 in data of 16/5/2025, six weeks (45 days) before its deadline: 126 of 171 days are gone.
func TestWarningsOfMilestones(t *testing.T) {
	ptr := func(x float64) *float64 { return &x }
	step := func(text, date string, percent float64) caseMilestone {
		m := caseMilestone{Text: text, Date: date}
		if percent > 0 {
			m.Percent = &percent
		}
		return m
	}
	draft, send, print := step("Dự thảo", "2025-03-31", 30), step("Trình Chính phủ", "2025-05-15", 60), step("In ấn", "2025-05-10", 0)
	const due = "2025-06-30"
	sent := facts{"milestone": "Trình Chính phủ", "day": "15/05/2025", "expected": "60"}
	missed := func(found string) facts {
		f := facts{"found": found}
		for k, v := range sent {
			f[k] = v
		}
		return f
	}
	tests := map[string]struct {
		due        string
		milestones []caseMilestone
		earlier    []float64 // percents of the weeks before
		now        caseRow
		reason     string
		facts      facts
	}{
		"passed and not reached: the last one speaks": {due, []caseMilestone{draft, send}, nil, caseRow{Percent: ptr(40)}, "milestone", missed("40")},
		"reached exactly":                       {due, []caseMilestone{send}, nil, caseRow{Percent: ptr(60)}, "", nil},
		"its last day is in term":               {due, []caseMilestone{step("Trình", "2025-05-16", 90)}, nil, caseRow{Percent: ptr(89)}, "", nil},
		"a percent with tenths":                 {due, []caseMilestone{send}, nil, caseRow{Percent: ptr(40.5)}, "milestone", missed("40.5")},
		"not begun counts as nothing":           {due, []caseMilestone{send}, nil, caseRow{Status: "not_started"}, "milestone", missed("0")},
		"no percent is no way around it":        {due, []caseMilestone{send}, nil, caseRow{}, "milestone_unsaid", sent},
		"a step without a percent says nothing": {due, []caseMilestone{print}, nil, caseRow{}, "", nil},
		"whatever the chance, and before the unit's own word": {due, []caseMilestone{send}, []float64{10, 25, 40, 45}, caseRow{Percent: ptr(59), Forecast: "15/8/2025"},
			"milestone", missed("59")},
		"a task without a day of its own":    {"", []caseMilestone{send}, nil, caseRow{Percent: ptr(40)}, "milestone", missed("40")},
		"past due is worse than a milestone": {"2025-05-15", []caseMilestone{send}, nil, caseRow{Percent: ptr(40)}, "", nil},
		"done":                               {due, []caseMilestone{send}, nil, caseRow{Status: "done", Percent: ptr(100), Completed: "2025-05-10", Result: "Đã ban hành", Evidence: "12/QĐ-BDL"}, "", nil},
		// Ten percent by 15/5, then all of it in 46 days: of the day after, 1/46 of 90 points and ten, about 12. On the straight course the
		// task would be warned of: five points in four weeks.
		"slow, as the plan wants it": {due, []caseMilestone{step("Khởi động", "2025-05-15", 10)}, []float64{10, 12, 13, 14}, caseRow{Percent: ptr(15)}, "", nil},
		// 100 percent by 15/5 would be missed; 70 by 30/5 is on the way: 126 of 140 days make 63 points.
		"behind the line through a milestone to come": {due, []caseMilestone{step("Thẩm định", "2025-05-30", 70)}, []float64{30}, caseRow{Percent: ptr(30)}, "behind_milestones",
			facts{"found": "30", "expected": "63", "needed": "70", "left": "6"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := caseFile{Plan: []caseTask{{Code: "I.1", Title: "Xây dựng Nghị định về dữ liệu mở", Leads: []string{"vu-kh"}, Due: test.due, Date: test.due, Product: "Nghị định",
				Assigned: "2025-01-10", Milestones: test.milestones, Conditional: test.due == ""}}}
			if test.now.Code = "I.1"; test.now.Status == "" {
				test.now.Status = "in_progress"
			}
			for i, p := range test.earlier {
				period := []string{"2025-W16", "2025-W17", "2025-W18", "2025-W19"}[4-len(test.earlier)+i]
				c.Earlier = append(c.Earlier, caseWeek{Period: period, Rows: []caseRow{{Code: "I.1", Status: "in_progress", Percent: &p}}})
			}
			c.Returns = []caseReturn{{Path: "vu-kh/bc.xlsx", Rows: []caseRow{test.now}}}
			_, out := c.judged(t)
			var got progress.Warning
			if w := out.Positions[0].Warning; w != nil {
				got = *w
			}
			if got.Reason != test.reason || !cmp.Equal(got.Facts, test.facts) {
				t.Errorf("warning %q %v, want %q %v", got.Reason, got.Facts, test.reason, test.facts)
			}
			if got.WeeksLate > 60 {
				t.Errorf("%v weeks late", got.WeeksLate)
			}
		})
	}
}

func TestDiffOfMilestones(t *testing.T) {
	ptr := func(x float64) *float64 { return &x }
	step := func(text, due, iso string, percent *float64) progress.Milestone {
		return progress.Milestone{Text: text, Due: progress.Due{Text: due, Date: date(t, iso)}, Percent: percent}
	}
	task := func(milestones ...progress.Milestone) progress.Plan {
		return progress.Plan{Tasks: []progress.Task{{Code: "1", Title: "Ban hành kế hoạch", Milestones: milestones}}}
	}
	old := task(step("Báo cáo tiến độ", "31/3/2025", "2025-03-31", nil), step("Báo cáo tiến độ", "30/4/2025", "2025-04-30", nil),
		step("Dự thảo", "30/4/2025", "2025-04-30", ptr(30)), step("Thẩm định", "5/2025", "2025-05-31", ptr(50)), step("Họp báo", "15/6/2025", "2025-06-15", nil),
		step("In ấn", "20/6/2025", "2025-06-20", ptr(90)))
	now := task(step("Báo cáo tiến độ", "31/3/2025", "2025-03-31", nil), step("Dự thảo", "30/4/2025", "2025-04-30", ptr(40)),
		step("Báo cáo tiến độ", "31/5/2025", "2025-05-31", nil), step("Thẩm định", "31/5/2025", "2025-05-31", ptr(50)), // the same day in other words
		step("in ấn.", "20/6/2025", "2025-06-20", ptr(90)), step("Trình", "25/6/2025", "2025-06-25", nil))
	change := func(from, to string) PlanChange {
		return PlanChange{Kind: "changed", Code: "1", Field: "milestone", From: from, To: to, Title: "Ban hành kế hoạch"}
	}
	want := []PlanChange{
		change("Dự thảo (30/4/2025, 30%)", "Dự thảo (30/4/2025, 40%)"),
		change("Báo cáo tiến độ (30/4/2025)", "Báo cáo tiến độ (31/5/2025)"),
		change("", "Trình (25/6/2025)"),
		change("Họp báo (15/6/2025)", ""),
	}
	if diff := cmp.Diff(want, DiffPlans(old, now)); diff != "" {
		t.Error(diff)
	}
	if got := DiffPlans(old, old); len(got) != 0 {
		t.Errorf("a plan differs from itself: %v", got)
	}
}
