package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tiendo/pipeline/progress"
)

// office describes a synthetic synthesis to be drawn in a test.
type office struct {
	kind         progress.PeriodKind
	units, tasks int
	history      bool   // earlier periods were published
	earlier      int    // how many of them; 0: eleven
	times        int    // multiplies the counts of the whole office; 0: once
	longTitle    int    // characters of every tenth task's title; 0: as they are
	unitSuffix   string // makes names long
}

var hanoi = time.FixedZone("+07", 7*3600)

var (
	sampleUnits = []string{
		"Vụ Kế hoạch - Tài chính", "Vụ Pháp chế", "Vụ Hợp tác quốc tế", "Vụ Tổ chức cán bộ", "Thanh tra Bộ", "Văn phòng Bộ",
		"Cục Viễn thông", "Cục Tần số vô tuyến điện", "Cục An toàn thông tin", "Cục Chuyển đổi số quốc gia", "Cục Báo chí",
		"Trung tâm Internet Việt Nam", "Viện Chiến lược Thông tin và Truyền thông", "Học viện Công nghệ Bưu chính Viễn thông",
		"Trung tâm Chứng thực điện tử quốc gia", "Báo VietNamNet",
	}
	sampleTitles = []string{
		"Xây dựng, trình ban hành Nghị định quy định chi tiết một số điều của Luật Giao dịch điện tử",
		"Rà soát, sửa đổi quy trình nội bộ giải quyết thủ tục hành chính trên môi trường điện tử",
		"Kết nối, chia sẻ cơ sở dữ liệu chuyên ngành với Cơ sở dữ liệu quốc gia về dân cư",
		"Tổ chức bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức toàn ngành; đánh giá kết quả trước và sau khoá học",
		"Triển khai nền tảng số dùng chung phục vụ chỉ đạo, điều hành dựa trên dữ liệu",
		"Đánh giá an toàn thông tin theo cấp độ đối với các hệ thống thông tin quan trọng",
		"Ban hành bộ chỉ số đánh giá mức độ chuyển đổi số của cơ quan nhà nước",
		"Thí điểm trợ lý ảo phục vụ công chức trong xử lý văn bản, tra cứu quy định",
	}
	sampleGroups  = []string{"I. Nhận thức, tư duy", "II. Thể chế", "III. Hạ tầng số", "IV. Nhân lực số", "V. Chuyển đổi số cơ quan nhà nước", "VI. Doanh nghiệp số", "VII. Hợp tác quốc tế", "VIII. An toàn, an ninh mạng"}
	samplePhases  = []string{"Giai đoạn 1 (đến 30/6/2025)", "Giai đoạn 2 (đến 31/12/2025)"}
	sampleGivers  = []string{"Ban Bí thư", "Chính phủ", "Thủ tướng Chính phủ"}
	sampleHeads   = []string{"Bà Người Đứng Đầu A", "Ông Người Đứng Đầu B", "Bà Người Đứng Đầu C", "Ông Người Đứng Đầu D"}
	samplePersons = []string{"Chuyên viên Một", "Chuyên viên Hai", "Chuyên viên Ba", "Chuyên viên Bốn"}
)

// synthesis builds the synthesis of an office. Counts are made from the list of tasks, one by one.
func (o office) synthesis() progress.Synthesis {
	day := progress.Date{Year: 2025, Month: 5, Day: 16}
	period := progress.PeriodOf(o.kind, day)
	s := progress.Synthesis{
		Office: progress.Office{Name: "Văn phòng Ban Chỉ đạo Chuyển đổi số", Parent: "Bộ Thông tin và Truyền thông", Symbol: "VPBCĐ", Place: "Hà Nội", Profile: "decree30"},
		Period: period, DataDate: day, DataTime: "17:00", DueAt: time.Date(2025, 5, 16, 15, 0, 0, 0, hanoi), Revision: 1,
		PlanName: "Kế hoạch 286", PlanVersion: "2025-04", Version: "1.0.0", SoonDays: 7, RankDue: 3, UnitNames: map[string]string{},
	}
	var names []string
	for i := range o.units {
		name := sampleUnits[i%len(sampleUnits)] + o.unitSuffix
		if i >= len(sampleUnits) {
			name += fmt.Sprintf(" khu vực %d", i/len(sampleUnits)+1)
		}
		names = append(names, name)
		s.UnitNames[fmt.Sprintf("dv-%02d", i+1)] = name
	}
	for i := range o.tasks {
		s.Tasks = append(s.Tasks, o.task(i, day, names))
	}
	o.fileTasks(&s)
	o.countLines(&s)
	o.returns(&s)
	return s
}

// task makes the i-th position. Its class follows from i alone, so that the counts are known by hand: of each 20, nine done
// on time, two done late, one unconfirmed, three in term, one due soon, two overdue, one not reported, one regular.
func (o office) task(i int, day progress.Date, names []string) progress.TaskLine {
	classes := []progress.Class{
		progress.DoneOnTime, progress.DoneOnTime, progress.InTerm, progress.DoneOnTime, progress.Overdue, progress.DoneLate, progress.DoneOnTime,
		progress.DueSoon, progress.DoneOnTime, progress.Regular, progress.DoneOnTime, progress.InTerm, progress.NotReported, progress.DoneOnTime, progress.Unconfirmed,
		progress.DoneOnTime, progress.Overdue, progress.DoneLate, progress.InTerm, progress.DoneOnTime,
	}
	class := classes[i%20]
	u := (i * 7) % len(names)
	title := sampleTitles[i%len(sampleTitles)]
	if o.longTitle > 0 && i%10 == 4 {
		title = strings.TrimSpace(strings.Repeat(title+"; ", o.longTitle/len([]rune(title))+1))
	}
	group := i * len(sampleGroups) / max(1, o.tasks)
	deadline := progress.Due{Text: "Quý II/2025", Date: progress.Date{Year: 2025, Month: 6, Day: 30}, Precision: progress.QuarterOnly}
	late := 0
	switch class {
	case progress.Overdue, progress.DoneLate, progress.NotReported, progress.Unconfirmed:
		late = 10 + (i*13)%140
		date := day.AddDays(-late)
		deadline = progress.Due{Text: fmt.Sprintf("%02d/%02d/%d", date.Day, date.Month, date.Year), Date: date, Precision: progress.Day}
	case progress.DueSoon:
		deadline = progress.Due{Text: "Tháng 5/2025", Date: progress.Date{Year: 2025, Month: 5, Day: 22}, Precision: progress.MonthOnly}
	case progress.DoneOnTime:
		deadline = progress.Due{Text: "Tháng 4/2025", Date: progress.Date{Year: 2025, Month: 4, Day: 30}, Precision: progress.MonthOnly}
	case progress.Regular:
		deadline = progress.Due{Text: "Thường xuyên", Precision: progress.NoDate, Regular: true}
	}
	t := progress.TaskLine{
		UnitName: names[u], Head: sampleHeads[u%len(sampleHeads)],
		Position: progress.Position{
			Unit: fmt.Sprintf("dv-%02d", u+1), Class: class, DaysLate: late,
			IsDue: !deadline.Date.IsZero() && !deadline.Date.After(day), PastDue: late > 0 && class != progress.DoneLate,
			Task: progress.Task{
				Code: fmt.Sprintf("%s.%d", strings.Split(sampleGroups[group], ".")[0], i+1), Title: title, Group: sampleGroups[group],
				Phase: samplePhases[i%2], Authority: sampleGivers[i%3], Person: samplePersons[i%4], Product: "Quyết định của Thủ tướng Chính phủ",
				Due: deadline, OriginalDue: deadline,
			},
		},
	}
	if class != progress.NotReported {
		t.Claim = o.claim(i, t)
	}
	return t
}

func (o office) claim(i int, t progress.TaskLine) *progress.Claim {
	percent := 60.0
	c := &progress.Claim{
		File: t.Unit + "/BC tuần 20.xlsx",
		Row: progress.Row{
			Origin: progress.Origin{Sheet: "Báo cáo", Cell: fmt.Sprintf("A%d", 9+i%30)},
			Result: "Đã hoàn thiện dự thảo, lấy ý kiến các bộ, ngành; đang tổng hợp, tiếp thu, giải trình.",
		},
	}
	if t.Class.IsDone() {
		percent = 100
		c.Row.Result = "Đã ban hành."
		c.Row.Evidence = fmt.Sprintf("Quyết định số %d/QĐ-TTg", 100+i)
	}
	if t.Class == progress.Overdue {
		c.Row.Reason = "Chờ ý kiến thẩm định của Bộ Tư pháp"
		c.Row.Proposal = "Đề nghị Bộ Tư pháp có ý kiến thẩm định trước ngày 30/5/2025"
		if i%3 == 0 {
			c.Row.Difficulty = "Kinh phí chưa được bố trí"
		}
	}
	c.Row.Percent = &percent
	return c
}

func (o office) fileTasks(s *progress.Synthesis) {
	for i, t := range s.Tasks {
		switch t.Class {
		case progress.Overdue:
			s.Overdue = append(s.Overdue, t)
			s.Voices = append(s.Voices, progress.Voice{Addressee: "Bộ Tư pháp", Unit: t.Unit, UnitName: t.UnitName, Task: t.Task, Difficulty: t.Claim.Row.Difficulty, Proposal: t.Claim.Row.Proposal, Reason: t.Claim.Row.Reason, File: t.Claim.File, Origin: t.Claim.Row.Origin})
			if len(s.Urgent) < 10 {
				s.Urgent = append(s.Urgent, t)
			}
		case progress.DueSoon:
			s.DueSoon = append(s.DueSoon, t)
		case progress.Unconfirmed:
			s.Unconfirmed = append(s.Unconfirmed, t)
			s.Findings = append(s.Findings, progress.Finding{Rule: "R07", Severity: progress.SeverityWarning, Unit: t.Unit, Task: t.Task.Code, File: t.Claim.File, Origin: t.Claim.Row.Origin})
		}
		if o.history && i%40 == 4 {
			s.NewlyOverdue = append(s.NewlyOverdue, t)
		}
		if i%60 == 16 {
			to := t.Task.Due
			to.Text, to.Date = "30/9/2025", progress.Date{Year: 2025, Month: 9, Day: 30}
			s.Moves = append(s.Moves, progress.DeadlineMove{Task: t.Task, Unit: t.Unit, From: t.Task.Due, To: to, Claimed: true, File: t.Claim.File, Origin: t.Claim.Row.Origin})
		}
	}
	if n := len(s.Findings); n > 0 {
		s.Rules = []progress.RuleCount{{Rule: "R07", Severity: progress.SeverityWarning, Count: n}}
	}
}

// add counts one position into c.
func add(c *progress.Counts, t progress.TaskLine) {
	c.Total++
	c.Tasks++
	switch t.Class {
	case progress.DoneOnTime:
		c.DoneOnTime++
	case progress.DoneLate:
		c.DoneLate++
	case progress.Unconfirmed:
		c.Unconfirmed++
	case progress.InTerm:
		c.InTerm++
	case progress.DueSoon:
		c.DueSoon++
	case progress.Overdue:
		c.Overdue++
		age := 3
		for i, most := range []int{30, 90, 120} {
			if t.DaysLate <= most {
				age = i
				break
			}
		}
		c.OverdueBy[age]++
	case progress.NotReported:
		c.NotReported++
	case progress.Regular:
		c.Regular++
	}
	if t.IsDue {
		c.Due++
	}
	if t.PastDue {
		c.PastDue++
	}
}

func (o office) countLines(s *progress.Synthesis) {
	s.Total = progress.Line{ID: "total", Name: s.Office.Name}
	byUnit, byGroup, byPhase, byGiver, byPerson := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	lines := func(kind string, names []string, list *[]progress.Line, index map[string]int) {
		for i, name := range names {
			*list = append(*list, progress.Line{ID: progress.LineID(kind, i+1), Name: name})
			index[name] = i
		}
	}
	for i := range o.units {
		code := fmt.Sprintf("dv-%02d", i+1)
		byUnit[code] = i
		s.Units = append(s.Units, progress.Line{ID: "unit." + code, Name: s.UnitNames[code], Depth: 1, Head: sampleHeads[i%len(sampleHeads)]})
	}
	lines("group", sampleGroups, &s.Groups, byGroup)
	lines("phase", samplePhases, &s.Phases, byPhase)
	lines("authority", sampleGivers, &s.Authorities, byGiver)
	lines("person", samplePersons, &s.Persons, byPerson)
	cells := map[[2]string]int{}
	for _, g := range sampleGroups {
		for _, p := range samplePhases {
			cells[[2]string{g, p}] = len(s.GroupPhase)
			s.GroupPhase = append(s.GroupPhase, progress.Cell{Group: g, Phase: p})
		}
	}
	for _, t := range s.Tasks {
		add(&s.Total.Counts, t)
		add(&s.Units[byUnit[t.Unit]].Counts, t)
		add(&s.Groups[byGroup[t.Task.Group]].Counts, t)
		add(&s.Phases[byPhase[t.Task.Phase]].Counts, t)
		add(&s.Authorities[byGiver[t.Task.Authority]].Counts, t)
		add(&s.Persons[byPerson[t.Task.Person]].Counts, t)
		add(&s.GroupPhase[cells[[2]string{t.Task.Group, t.Task.Phase}]].Counts, t)
	}
	if c := &s.Total.Counts; o.times > 0 {
		for _, n := range []*int{
			&c.Total, &c.Tasks, &c.DoneOnTime, &c.DoneLate, &c.Unconfirmed, &c.InTerm, &c.DueSoon, &c.Overdue, &c.NotReported, &c.Regular,
			&c.Due, &c.PastDue, &c.OverdueBy[0], &c.OverdueBy[1], &c.OverdueBy[2], &c.OverdueBy[3],
		} {
			*n *= o.times
		}
	}
	if o.history {
		o.past(&s.Total, s.Period)
		for i := range s.Units {
			o.past(&s.Units[i], s.Period)
		}
	}
	var ranked []progress.Line
	for _, u := range s.Units {
		if u.Counts.Due >= s.RankDue && len(ranked) < 6 {
			ranked = append(ranked, u)
		}
	}
	s.Worst, s.Best = ranked[:len(ranked)/2], ranked[len(ranked)/2:]
}

// past gives a line its earlier periods, each with a little less done.
func (o office) past(l *progress.Line, p progress.Period) {
	l.Trend = []progress.TrendPoint{{Period: p.ID, Counts: l.Counts}}
	c := l.Counts
	for i := range cmp.Or(o.earlier, 11) {
		p = p.Previous()
		moved := min(c.DoneOnTime, l.Counts.Total/30+i%2)
		c.DoneOnTime -= moved
		c.InTerm += moved
		c.Due -= min(c.Due, moved)
		if i%3 == 1 && c.InTerm > 0 {
			c.InTerm--
			c.Overdue++
			c.PastDue++
		}
		l.Trend = append([]progress.TrendPoint{{Period: p.ID, Counts: c}}, l.Trend...)
		if i == 0 {
			previous := c
			l.Previous = &previous
		}
	}
}

func (o office) returns(s *progress.Synthesis) {
	s.Reporting = progress.Reporting{Expected: o.units, RowsOwed: len(s.Tasks), RowsCounted: len(s.Tasks) - s.Total.Counts.NotReported/max(1, o.times)}
	for i := range s.Units {
		code := fmt.Sprintf("dv-%02d", i+1)
		sub := progress.Submission{Unit: code, Period: s.Period.ID, Punctuality: progress.OnTime, RowsOwed: s.Units[i].Counts.Total}
		switch i % 8 {
		case 3:
			sub.Punctuality = progress.Late
			s.Reporting.Late++
		case 6:
			sub.Punctuality = progress.Missing
			s.Reporting.Missing++
		default:
			s.Reporting.OnTime++
		}
		if sub.Punctuality != progress.Missing {
			sub.File = code + "/BC tuần 20.xlsx"
			sub.Received = time.Date(2025, 5, 16, 9+i%7, (i*7)%60, 0, 0, hanoi)
			sub.SHA256 = fmt.Sprintf("%064x", i+1)
			sub.RowsRead, sub.RowsCounted, sub.Warnings = sub.RowsOwed, sub.RowsOwed, i%3
			s.Inputs = append(s.Inputs, progress.Input{Path: sub.File, SHA256: sub.SHA256, Unit: code, Received: sub.Received, Rows: sub.RowsRead})
		}
		s.Submissions = append(s.Submissions, sub)
		s.Units[i].Submission = &s.Submissions[len(s.Submissions)-1]
	}
	for i := range s.Units { // the slice above has moved while it grew
		s.Units[i].Submission = &s.Submissions[i]
	}
	o.sent(s)
}

// sent lays the returns of each unit over the periods before, where the office has any.
func (o office) sent(s *progress.Synthesis) {
	p := s.Period
	for range 11 {
		if o.history {
			p = p.Previous()
			s.SentPeriods = append([]string{p.ID}, s.SentPeriods...)
		}
	}
	s.SentPeriods = append(s.SentPeriods, s.Period.ID)
	all := []progress.Punctuality{progress.OnTime, progress.OnTime, progress.Late, progress.OnTime, progress.Missing, progress.OnTime, progress.Refused, ""}
	for i, sub := range s.Submissions {
		row := make([]progress.Punctuality, len(s.SentPeriods))
		for k := range row {
			row[k] = all[(i+k*3)%len(all)]
		}
		row[len(row)-1] = sub.Punctuality
		s.Sent = append(s.Sent, row)
	}
}
