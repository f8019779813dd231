package workbook

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"tiendo/pipeline/progress"
)

var hanoi = time.FixedZone("+07", 7*3600)

// office describes a made-up synthesis.
type office struct {
	units, tasksEach int
	weeks            int // of trend
	previous         bool
}

// weekly is an office of the usual size.
var weekly = office{units: 14, tasksEach: 9, weeks: 6, previous: true}

// synthesis makes up a synthesis from a seed. Counts are tallied position by position, here and not by the code under test.
func (o office) synthesis() progress.Synthesis {
	r := rand.New(rand.NewPCG(7, 286))
	period, _ := progress.ParsePeriod("2025-W20")
	s := growing{progress.Synthesis{
		Office: progress.Office{Name: "Văn phòng Ban Chỉ đạo", Parent: "Bộ Thông tin và Truyền thông", Symbol: "VPBCĐ", Place: "Hà Nội", Profile: "decree30"},
		Period: period, DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, DataTime: "17:00",
		DueAt: time.Date(2025, 5, 16, 15, 0, 0, 0, hanoi), Revision: 1,
		PlanName: "Kế hoạch 286", PlanVersion: "2025-03", Version: "0.1.0", SoonDays: 7, RankDue: 3,
		UnitNames: map[string]string{},
		Rules:     []progress.RuleCount{{Rule: "P05", Severity: progress.SeverityWarning, Count: 2}, {Rule: "R02", Severity: progress.SeverityError, Count: 1}},
		Reporting: progress.Reporting{Expected: o.units, OnTime: o.units - 3, Late: 1, Missing: 1, Refused: 1, RowsOwed: o.units * o.tasksEach, RowsCounted: o.units*o.tasksEach - 11},
	}}
	s.Total = progress.Line{ID: "total", Name: "Toàn bộ"}
	s.Groups = namedLines("group", "I. Nhận thức, tư duy", "II. Thể chế", "III. Hạ tầng", "IV. Nhân lực")
	s.Phases = namedLines("phase", "Giai đoạn 1 (đến 30/6/2025)", "Giai đoạn 2 (đến 31/12/2025)")
	s.Authorities = namedLines("authority", "Ban Bí thư", "Chính phủ", "Thủ tướng Chính phủ")
	s.Leaders = namedLines("leader", "Thứ trưởng A", "Thứ trưởng B")
	s.PlanLines = namedLines("plan", "KH286. Kế hoạch 286", "CT02. Chương trình 02")
	s.Persons = namedLines("person", "Chuyên viên 1", "Chuyên viên 2", "Chuyên viên 3")
	s.Units = []progress.Line{{ID: "unit.bo", Name: "Bộ Thông tin và Truyền thông"}}
	cells := map[[2]int]*progress.Counts{}
	for u := range o.units {
		code, name := fmt.Sprintf("vu-%02d", u+1), fmt.Sprintf("Vụ Quản lý chuyên ngành số %d", u+1)
		sub := progress.Submission{
			Unit: code, Period: period.ID, Punctuality: progress.OnTime, File: code + "/BC_W20.xlsx", SHA256: fmt.Sprintf("%064x", u+1),
			Received: time.Date(2025, 5, 16, 9, 30, u%60, 0, hanoi), RowsRead: o.tasksEach + 1, RowsCounted: o.tasksEach, RowsOwed: o.tasksEach, Warnings: u % 3,
		}
		if u == 3 {
			sub = progress.Submission{Unit: code, Period: period.ID, Punctuality: progress.Missing, RowsOwed: o.tasksEach}
		}
		s.Submissions = append(s.Submissions, sub)
		s.Inputs = append(s.Inputs, progress.Input{Path: sub.File, SHA256: sub.SHA256, Unit: code, Received: sub.Received, Rows: sub.RowsRead})
		s.UnitNames[code] = name
		unit := progress.Line{ID: "unit." + code, Name: name, Depth: 1, Head: fmt.Sprintf("Vụ trưởng %d", u+1), Submission: &sub}
		for n := range o.tasksEach {
			i := u*o.tasksEach + n
			g, p, a, who := r.IntN(4), r.IntN(2), r.IntN(3), r.IntN(3)
			line := position(r, i, code, name, unit.Head)
			line.Task.Group, line.Task.Phase, line.Task.Authority, line.Task.Person = s.Groups[g].Name, s.Phases[p].Name, s.Authorities[a].Name, s.Persons[who].Name
			s.Tasks = append(s.Tasks, line)
			if cells[[2]int{g, p}] == nil {
				cells[[2]int{g, p}] = &progress.Counts{}
			}
			for _, c := range []*progress.Counts{&s.Total.Counts, &s.Units[0].Counts, &unit.Counts, &s.Groups[g].Counts, &s.Phases[p].Counts, &s.Authorities[a].Counts, &s.Persons[who].Counts, cells[[2]int{g, p}]} {
				tally(c, line)
			}
			s.list(line)
		}
		unit.Own = unit.Counts
		s.Units = append(s.Units, unit)
	}
	for g := range s.Groups {
		for p := range s.Phases {
			c := progress.Cell{Group: s.Groups[g].Name, Phase: s.Phases[p].Name}
			if counts := cells[[2]int{g, p}]; counts != nil {
				c.Counts = *counts
			}
			s.GroupPhase = append(s.GroupPhase, c)
		}
	}
	o.compare(&s.Synthesis)
	slices.SortStableFunc(s.Overdue, func(a, b progress.TaskLine) int { return b.DaysLate - a.DaysLate })
	s.Urgent = s.Overdue[:min(10, len(s.Overdue))]
	s.Best, s.Worst = s.Units[1:min(4, len(s.Units))], s.Units[max(1, len(s.Units)-3):]
	return s.Synthesis
}

func namedLines(kind string, names ...string) []progress.Line {
	var out []progress.Line
	for i, name := range names {
		out = append(out, progress.Line{ID: progress.LineID(kind, i+1), Name: name})
	}
	return out
}

// tally counts one position.
func tally(c *progress.Counts, t progress.TaskLine) {
	c.Total++
	c.Tasks++
	*map[progress.Class]*int{
		progress.DoneOnTime: &c.DoneOnTime, progress.DoneLate: &c.DoneLate, progress.Unconfirmed: &c.Unconfirmed, progress.InTerm: &c.InTerm,
		progress.DueSoon: &c.DueSoon, progress.Overdue: &c.Overdue, progress.NotReported: &c.NotReported, progress.Regular: &c.Regular,
	}[t.Class]++
	if t.PastDue {
		c.PastDue++
	}
	if t.IsDue {
		c.Due++
	}
	if t.Class == progress.Overdue {
		switch {
		case t.DaysLate <= 30:
			c.OverdueBy[0]++
		case t.DaysLate <= 90:
			c.OverdueBy[1]++
		case t.DaysLate <= 120:
			c.OverdueBy[2]++
		default:
			c.OverdueBy[3]++
		}
	}
}

// growing is a synthesis while it is made up.
type growing struct{ progress.Synthesis }

// list puts the position on the lists of its class.
func (s *growing) list(t progress.TaskLine) {
	switch t.Class {
	case progress.Overdue:
		s.Overdue = append(s.Overdue, t)
		if t.Previous != progress.Overdue {
			s.NewlyOverdue = append(s.NewlyOverdue, t)
		}
		s.Voices = append(s.Voices, progress.Voice{
			Addressee: "Bộ Tài chính", Unit: t.Unit, UnitName: t.UnitName, Task: t.Task,
			Difficulty: "Chưa bố trí được kinh phí", Proposal: "Đề nghị bổ sung dự toán năm 2025", File: t.Claim.File, Origin: t.Claim.Row.Origin,
		})
	case progress.DueSoon:
		s.DueSoon = append(s.DueSoon, t)
	case progress.Unconfirmed:
		s.Unconfirmed = append(s.Unconfirmed, t)
	case progress.NotReported:
		s.Findings = append(s.Findings, progress.Finding{Rule: "P03", Severity: progress.SeverityWarning, Unit: t.Unit, Task: t.Task.Code, File: t.Unit + "/BC_W20.xlsx"})
	case progress.DoneLate:
		s.NewlyDone = append(s.NewlyDone, t)
		s.Moves = append(s.Moves, progress.DeadlineMove{
			Task: t.Task, Unit: t.Unit, From: t.Task.OriginalDue, To: progress.Due{Text: "Quý III/2025", Date: progress.Date{Year: 2025, Month: 9, Day: 30}},
			Claimed: len(s.Moves)%2 == 0, Document: "CV 123/VPCP", File: t.Claim.File, Origin: t.Claim.Row.Origin,
		})
	}
}

// position makes up the i-th position.
func position(r *rand.Rand, i int, unit, name, head string) progress.TaskLine {
	class := progress.Classes[r.IntN(len(progress.Classes))]
	due := progress.Date{Year: 2025, Month: 5, Day: 16}.AddDays(30)
	late := 0
	switch class {
	case progress.Overdue, progress.DoneLate, progress.Unconfirmed:
		late = 1 + r.IntN(150)
		due = progress.Date{Year: 2025, Month: 5, Day: 16}.AddDays(-late)
	case progress.DueSoon:
		due = progress.Date{Year: 2025, Month: 5, Day: 16}.AddDays(r.IntN(8))
	case progress.Regular:
		due = progress.Date{}
	}
	percent := float64(r.IntN(201)) / 2
	deadline := progress.Due{Text: "ghi trong kế hoạch", Date: due, Precision: progress.Day, Regular: class == progress.Regular}
	t := progress.TaskLine{UnitName: name, Head: head, Rules: []string{"R14"}, Position: progress.Position{
		Task: progress.Task{
			Code: fmt.Sprintf("%s.%d", []string{"I", "II", "III", "IV"}[i%4], i/4+1), Title: fmt.Sprintf("Xây dựng, trình ban hành văn bản số %d về phát triển hạ tầng số, bảo đảm đồng bộ và an toàn thông tin", i+1),
			Product: "Quyết định của Thủ tướng Chính phủ", Due: deadline, OriginalDue: deadline, LeadText: name, Leads: []string{unit},
		},
		Unit: unit, Period: "2025-W20", Class: class, Previous: progress.Classes[r.IntN(len(progress.Classes))], DaysLate: late, Unchanged: 1 + r.IntN(3),
		PastDue: class == progress.Overdue || class == progress.Unconfirmed, IsDue: late > 0,
	}}
	if class != progress.NotReported {
		t.Claim = &progress.Claim{
			File: unit + "/BC_W20.xlsx", SHA256: fmt.Sprintf("%064x", i), Received: time.Date(2025, 5, 16, 9, 30, 0, 0, hanoi),
			Row: progress.Row{
				Origin: progress.Origin{Sheet: "Báo cáo", Cell: fmt.Sprintf("A%d", i+9)}, Percent: &percent, StatusText: "Đang thực hiện",
				Result: "Đã hoàn thiện hồ sơ, gửi lấy ý kiến các cơ quan\nvà tổng hợp, tiếp thu.", Difficulty: "Chậm cho ý kiến", Proposal: "Đôn đốc", Reason: "Chờ thẩm định",
			},
		}
	}
	return t
}

// compare adds earlier periods to the lines.
func (o office) compare(s *progress.Synthesis) {
	earlier := s.Total.Counts
	earlier.Overdue, earlier.InTerm = earlier.Overdue+4, earlier.InTerm-4
	earlier.PastDue += 4
	if o.previous {
		s.Total.Previous, s.Total.YearBefore = &earlier, &progress.Counts{}
		s.ReportingPrevious = &progress.Reporting{Expected: o.units, OnTime: o.units - 2, RowsOwed: 100, RowsCounted: 90}
		for i := range s.Units {
			before := s.Units[i].Counts
			before.Overdue++
			s.Units[i].Previous = &before
		}
	}
	for w := range o.weeks {
		c := s.Total.Counts
		c.PastDue += 2 * (o.weeks - w)
		c.Overdue += 2 * (o.weeks - w)
		s.Total.Trend = append(s.Total.Trend, progress.TrendPoint{Period: fmt.Sprintf("2025-W%02d", 21-o.weeks+w), Counts: c})
	}
}
