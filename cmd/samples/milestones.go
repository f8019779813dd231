package main

import (
	"fmt"

	"tiendo/pipeline/progress"
)

// steps are what the plan wants of a task in the first, second and third quarter of its time.
var steps = []struct {
	text    string
	percent float64 // 0: a step alone
}{
	{"Hoàn thành dự thảo lần 1", 30}, {"Xong việc lấy ý kiến các cơ quan, đơn vị", 0}, {"Trình cấp có thẩm quyền", 80},
}

// milestonesOf are the milestones of a task; of three in four tasks there are none, nor of any whose leads are many or whose time is short.
func milestonesOf(seed uint64, task progress.Task) (out []progress.Milestone) {
	due, r := task.Due.Date, random(seed, "milestones "+task.Code)
	if due.IsZero() || len(task.Leads) > 2 || task.Assigned.DaysUntil(due) < 90 || r.IntN(4) > 0 {
		return nil
	}
	for i, step := range steps {
		on := workday(task.Assigned.AddDays(task.Assigned.DaysUntil(due) * (i + 1) / 4))
		m := progress.Milestone{Text: step.text, Due: progress.Due{Text: fmt.Sprintf("%d/%d/%d", on.Day, on.Month, on.Year), Date: on, Precision: progress.Day}}
		if step.percent > 0 {
			m.Percent = &step.percent
		}
		out = append(out, m)
	}
	return out
}

// milestoneSheet is the second sheet of the plan.
func milestoneSheet(tasks []progress.Task) sheet {
	s := sheet{
		Name:   "Mốc tiến độ",
		Title:  []string{"CÁC MỐC TIẾN ĐỘ CỦA NHIỆM VỤ"},
		Head:   [][]cell{heading("Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ phải đạt (%)")},
		Widths: []float64{14, 60, 16, 18},
	}
	for _, t := range tasks {
		for _, m := range t.Milestones {
			s.Body = append(s.Body, []cell{{Text: t.Code}, {Text: m.Text}, {Date: m.Due.Date.String(), Format: "dd/mm/yyyy"}, {Number: m.Percent}})
		}
	}
	return s
}

// missed is the last milestone with a percent that passed before the close, where an open task that is not late stands below it or its
// unit does not say how far it is; nil where there is none.
func missed(e edition, s standing) *truthMilestone {
	if s.class != progress.InTerm && s.class != progress.DueSoon {
		return nil
	}
	var out *truthMilestone
	for _, m := range s.c.task.Milestones {
		if m.Percent != nil && e.close.After(m.Due.Date) {
			out = &truthMilestone{Text: m.Text, Day: m.Due.Date, Percent: *m.Percent, Reached: s.row.Percent}
		}
	}
	if out != nil && s.row.Status == progress.NotStarted {
		out.Reached = new(float64)
	}
	if out != nil && out.Reached != nil && *out.Reached >= out.Percent {
		return nil
	}
	return out
}
