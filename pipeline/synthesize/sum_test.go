package synthesize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
)

// A small office, counted by hand in the tests below: a ministry with two departments, one of which has an office
// under it; two groups, two phases; week 20 of 2025, data date 16/5.
var units = progress.NewUnits([]progress.Unit{
	{Code: "bo", Name: "Bộ Dữ liệu", Head: "Bộ trưởng"},
	{Code: "vu-a", Name: "Vụ An", Aliases: []string{"Vụ A"}, Parent: "bo", Head: "Trưởng A", Reports: true},
	{Code: "phong-b", Name: "Phòng Bình", Parent: "vu-a", Head: "Trưởng B", Reports: true},
	{Code: "vu-c", Name: "Vụ Chinh", Parent: "bo", Head: "Trưởng C", Reports: true},
})

var (
	march = progress.Due{Text: "31/3/2025", Date: progress.Date{Year: 2025, Month: 3, Day: 31}, Precision: progress.Day}
	may20 = progress.Due{Text: "20/5/2025", Date: progress.Date{Year: 2025, Month: 5, Day: 20}, Precision: progress.Day}
	june  = progress.Due{Text: "30/6/2025", Date: progress.Date{Year: 2025, Month: 6, Day: 30}, Precision: progress.Day}
	never = progress.Due{Text: "Thường xuyên", Precision: progress.NoDate, Regular: true}
)

func task(code, group, phase string, due progress.Due, leads ...string) progress.Task {
	return progress.Task{
		Code: code, Title: "Nhiệm vụ " + code, Group: group, Phase: phase, Authority: "Chính phủ", Due: due, OriginalDue: due, Leads: leads,
	}
}

var plan = progress.Plan{Name: "Kế hoạch", Version: "2", Tasks: []progress.Task{
	task("1", "I", "Giai đoạn 1", march, "vu-a", "vu-c"),
	task("2", "I", "Giai đoạn 2", may20, "phong-b"),
	task("3", "II", "Giai đoạn 2", june, "vu-c"),
	task("4", "II", "Giai đoạn 2", never, "vu-a"),
	task("5", "II", "Giai đoạn 1", march, "phong-b"),
}}

func position(code, unit string, class progress.Class, days int, previous progress.Class) progress.Position {
	t, _ := plan.Task(code)
	return progress.Position{
		Task: t, Unit: unit, Period: "2025-W20", Class: class, DaysLate: days, Previous: previous,
		IsDue:   t.Due == march,
		PastDue: t.Due == march && !class.IsDone(),
	}
}

func period(t testing.TB, id string) progress.Period {
	p, err := progress.ParsePeriod(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func input(t testing.TB) Input {
	before := []progress.Position{
		position("1", "vu-a", progress.Overdue, 39, ""),
		position("1", "vu-c", progress.InTerm, 0, ""),
		position("2", "phong-b", progress.DoneOnTime, 0, ""),
		position("4", "vu-a", progress.Regular, 0, ""),
		{Task: task("9", "I", "Giai đoạn 1", june, "vu-c"), Unit: "vu-c", Class: progress.InTerm},
	}
	return Input{
		Period: period(t, "2025-W20"), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16}, Plan: plan, Units: units, RankDue: 1, SoonDays: 7,
		Positions: []progress.Position{
			position("1", "vu-a", progress.DoneLate, 40, progress.Overdue),
			position("1", "vu-c", progress.Overdue, 46, progress.InTerm),
			position("2", "phong-b", progress.DueSoon, 0, progress.DoneOnTime),
			position("3", "vu-c", progress.InTerm, 0, ""),
			position("4", "vu-a", progress.Regular, 0, progress.Regular),
			position("5", "phong-b", progress.Unconfirmed, 46, ""),
		},
		Submissions: []progress.Submission{
			{Unit: "vu-a", Punctuality: progress.OnTime, RowsOwed: 2, RowsCounted: 2},
			{Unit: "phong-b", Punctuality: progress.Late, RowsOwed: 2, RowsCounted: 2},
			{Unit: "vu-c", Punctuality: progress.Missing, RowsOwed: 2},
		},
		Findings: []progress.Finding{
			{Rule: "R07", Severity: progress.SeverityWarning, Unit: "phong-b", Task: "5"},
			{Rule: "R04", Severity: progress.SeverityWarning, Unit: "phong-b", Task: "5"},
			{Rule: "R07", Severity: progress.SeverityWarning, Unit: "phong-b", Task: "5"},
			{Rule: "F01", Severity: progress.SeverityWarning, Unit: "vu-c"},
		},
		History: progress.History{Earlier: []progress.Past{
			{Period: period(t, "2025-W18"), Positions: before[:1]},
			{Period: period(t, "2025-W19"), Positions: before, Submissions: []progress.Submission{
				{Unit: "vu-a", Punctuality: progress.OnTime}, {Unit: "vu-c", Punctuality: progress.Refused},
			}},
		}},
	}
}

func TestSumCounts(t *testing.T) {
	s := Sum(input(t))
	if p := Check(s); len(p) > 0 {
		t.Errorf("problems: %v", p)
	}
	total := progress.Counts{
		Total: 6, Tasks: 5, DoneLate: 1, Overdue: 1, DueSoon: 1, InTerm: 1, Regular: 1, Unconfirmed: 1,
		Due: 3, PastDue: 2, OverdueBy: [4]int{0, 1, 0, 0},
	}
	ownA := progress.Counts{Total: 2, Tasks: 2, DoneLate: 1, Regular: 1, Due: 1}
	ownB := progress.Counts{Total: 2, Tasks: 2, DueSoon: 1, Unconfirmed: 1, Due: 1, PastDue: 1}
	ownC := progress.Counts{Total: 2, Tasks: 2, Overdue: 1, InTerm: 1, Due: 1, PastDue: 1, OverdueBy: [4]int{0, 1, 0, 0}}
	withB := progress.Counts{Total: 4, Tasks: 4, DoneLate: 1, Regular: 1, DueSoon: 1, Unconfirmed: 1, Due: 2, PastDue: 1}
	type row struct {
		ID          string
		Depth       int
		Own, Counts progress.Counts
	}
	var got []row
	for _, l := range s.Units {
		got = append(got, row{l.ID, l.Depth, l.Own, l.Counts})
	}
	want := []row{
		{"unit.bo", 0, progress.Counts{}, total},
		{"unit.vu-a", 1, ownA, withB},
		{"unit.phong-b", 2, ownB, ownB},
		{"unit.vu-c", 1, ownC, ownC},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("units -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(total, s.Total.Counts); diff != "" {
		t.Errorf("total -want +got:\n%s", diff)
	}
	if p := s.Total.Previous; p == nil || p.Total != 5 || p.Overdue != 1 || p.DoneOnTime != 1 || p.InTerm != 2 || p.Regular != 1 {
		t.Errorf("previous total: %+v", p)
	}
	if s.Total.YearBefore != nil {
		t.Error("a year before that nobody published")
	}
	if got := trend(s.Total); !cmp.Equal(got, []string{"2025-W18 1", "2025-W19 5", "2025-W20 6"}) {
		t.Errorf("trend: %v", got)
	}
	wantReporting := progress.Reporting{Expected: 3, OnTime: 1, Late: 1, Missing: 1, RowsOwed: 6, RowsCounted: 4}
	if s.Reporting != wantReporting {
		t.Errorf("reporting: %+v", s.Reporting)
	}
	if p := s.ReportingPrevious; p == nil || *p != (progress.Reporting{Expected: 2, OnTime: 1, Refused: 1}) {
		t.Errorf("reporting before: %+v", p)
	}
}

func trend(l progress.Line) []string {
	var out []string
	for _, p := range l.Trend {
		out = append(out, p.Period+" "+string(rune('0'+p.Counts.Total)))
	}
	return out
}

func TestSumBreakdowns(t *testing.T) {
	s := Sum(input(t))
	name := func(lines []progress.Line) (out []string) {
		for _, l := range lines {
			out = append(out, l.ID+" "+l.Name+" "+string(rune('0'+l.Counts.Total)))
		}
		return out
	}
	if diff := cmp.Diff([]string{"group.1 I 3", "group.2 II 3"}, name(s.Groups)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"phase.1 Giai đoạn 1 3", "phase.2 Giai đoạn 2 3"}, name(s.Phases)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"authority.1 Chính phủ 6"}, name(s.Authorities)); diff != "" {
		t.Error(diff)
	}
	var cells []string
	for _, c := range s.GroupPhase {
		cells = append(cells, s.CellID(c)+" "+string(rune('0'+c.Counts.Total)))
	}
	if diff := cmp.Diff([]string{"group.1.phase.1 2", "group.1.phase.2 1", "group.2.phase.1 1", "group.2.phase.2 2"}, cells); diff != "" {
		t.Error(diff)
	}
	wantRules := []progress.RuleCount{
		{Rule: "F01", Severity: progress.SeverityWarning, Count: 1},
		{Rule: "R04", Severity: progress.SeverityWarning, Count: 1},
		{Rule: "R07", Severity: progress.SeverityWarning, Count: 2},
	}
	if diff := cmp.Diff(wantRules, s.Rules); diff != "" {
		t.Error(diff)
	}
}

func TestSumLists(t *testing.T) {
	s := Sum(input(t))
	codes := func(list []progress.TaskLine) (out []string) {
		for _, l := range list {
			out = append(out, l.Task.Code+" "+l.UnitName)
		}
		return out
	}
	for name, c := range map[string]struct {
		got  []progress.TaskLine
		want []string
	}{
		"all":           {s.Tasks, []string{"1 Vụ An", "1 Vụ Chinh", "2 Phòng Bình", "3 Vụ Chinh", "4 Vụ An", "5 Phòng Bình"}},
		"overdue":       {s.Overdue, []string{"1 Vụ Chinh"}},
		"due soon":      {s.DueSoon, []string{"2 Phòng Bình"}},
		"unconfirmed":   {s.Unconfirmed, []string{"5 Phòng Bình"}},
		"urgent":        {s.Urgent, []string{"1 Vụ Chinh", "5 Phòng Bình"}},
		"newly overdue": {s.NewlyOverdue, []string{"1 Vụ Chinh"}},
		"newly done":    {s.NewlyDone, []string{"1 Vụ An"}},
		"reopened":      {s.Reopened, []string{"2 Phòng Bình"}},
		"entered":       {s.Entered, []string{"3 Vụ Chinh", "5 Phòng Bình"}},
		"left":          {s.Left, []string{"9 Vụ Chinh"}},
	} {
		if diff := cmp.Diff(c.want, codes(c.got)); diff != "" {
			t.Errorf("%s -want +got:\n%s", name, diff)
		}
	}
	if last := s.Tasks[5]; last.Head != "Trưởng B" || !cmp.Equal(last.Rules, []string{"R04", "R07"}) {
		t.Errorf("head %q, rules %v", last.Head, last.Rules)
	}
}

func TestSumWithoutPast(t *testing.T) {
	in := input(t)
	in.History.Earlier = in.History.Earlier[:1] // week 19 was not published
	s := Sum(in)
	if s.Total.Previous != nil || s.ReportingPrevious != nil || s.Entered != nil || s.NewlyDone != nil || s.Left != nil {
		t.Error("a gap in history must stay a gap")
	}
	if p := Check(s); len(p) > 0 {
		t.Errorf("problems: %v", p)
	}
}

// Ranking: on schedule are vu-a 1 of 2 (with its office), phong-b 0 of 1, vu-c 0 of 1; bo does not report.
func TestRanking(t *testing.T) {
	s := Sum(input(t))
	name := func(lines []progress.Line) (out []string) {
		for _, l := range lines {
			out = append(out, l.Name)
		}
		return out
	}
	if diff := cmp.Diff([]string{"Vụ An", "Phòng Bình"}, name(s.Best)); diff != "" {
		t.Errorf("best:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Vụ Chinh"}, name(s.Worst)); diff != "" {
		t.Errorf("worst:\n%s", diff)
	}
	in := input(t)
	in.RankDue = 2
	if s := Sum(in); len(s.Best) != 1 || len(s.Worst) != 0 {
		t.Errorf("with two due positions only vu-a is ranked: %v, %v", name(s.Best), name(s.Worst))
	}
}

func TestMoves(t *testing.T) {
	in := input(t)
	in.Plan.Tasks = append([]progress.Task{}, plan.Tasks...)
	in.Plan.Tasks[2].OriginalDue, in.Plan.Tasks[2].Extension = may20, "QĐ 5/QĐ-BDL"
	old := plan
	old.Tasks = append([]progress.Task{}, plan.Tasks...)
	old.Tasks[1].Due, old.Tasks[1].OriginalDue = march, march
	in.PreviousPlan = &old
	in.Positions[5].Claim = &progress.Claim{Row: progress.Row{Due: "30/9/2025", DueDate: progress.Date{Year: 2025, Month: 9, Day: 30}}, File: "b.xlsx"}
	in.Findings = append(in.Findings, progress.Finding{Rule: "P05", Unit: "phong-b", Task: "5", Origin: progress.Origin{Cell: "E5"}})

	type move struct {
		Task, Unit, From, To, Document string
		Claimed                        bool
		Cell                           string
	}
	var got []move
	for _, m := range Sum(in).Moves {
		got = append(got, move{m.Task.Code, m.Unit, m.From.Text, m.To.Text, m.Document, m.Claimed, m.Origin.Cell})
	}
	want := []move{
		{"2", "phong-b", "31/3/2025", "20/5/2025", "", false, ""},
		{"3", "vu-c", "20/5/2025", "30/6/2025", "QĐ 5/QĐ-BDL", false, ""},
		{"5", "phong-b", "31/3/2025", "30/9/2025", "", true, "E5"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestVoices(t *testing.T) {
	in := input(t)
	say := func(i int, difficulty, proposal string) {
		in.Positions[i].Claim = &progress.Claim{Row: progress.Row{Difficulty: difficulty, Proposal: proposal}}
	}
	say(0, "Thiếu kinh phí", "Vụ An kính đề nghị CHÍNH PHỦ bố trí vốn")
	say(1, "Thiếu người", "Đề nghị bổ sung biên chế")
	say(2, "", "Đề nghị Vụ A cho ý kiến, báo cáo Bộ Dữ liệu xem xét")
	say(3, " - ", "")
	say(5, "Chậm", "")
	in.Positions[5].Carried = true
	var got [][2]string
	for _, v := range Sum(in).Voices {
		got = append(got, [2]string{v.Addressee, v.UnitName})
	}
	want := [][2]string{{"Bộ Dữ liệu", "Phòng Bình"}, {"Chính phủ", "Vụ An"}, {"", "Vụ Chinh"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestVoicesAskAuthoritiesOfTheState: bodies that neither the register nor the plan has are heard where they are asked, not where they are only named.
func TestVoicesAskAuthoritiesOfTheState(t *testing.T) {
	for proposal, want := range map[string]string{
		"Kính đề nghị Bộ Tài chính bố trí 2 tỷ đồng":                  "Bộ Tài chính",
		"De nghi Bo Noi vu bo sung bien che":                          "Bộ Nội vụ",
		"Trình Thủ tướng Chính phủ ban hành":                          "Thủ tướng Chính phủ",
		"Đề nghị Bộ Lao động - Thương binh và Xã hội chia sẻ dữ liệu": "Bộ Lao động Thương binh và Xã hội",
		"Sửa Luật của Quốc hội về quản lý đầu tư cho phù hợp":         "",
		"Đề nghị bổ sung kinh phí theo hướng dẫn của Bộ Tài chính":    "",
	} {
		in := input(t)
		in.Positions[1].Claim = &progress.Claim{Row: progress.Row{Proposal: proposal}}
		got := "nobody spoke"
		for _, v := range Sum(in).Voices {
			got = v.Addressee
		}
		if got != want {
			t.Errorf("%s: %q, want %q", proposal, got, want)
		}
	}
}
