package reconcile

import (
	"strings"
	"testing"

	"tiendo/pipeline/progress"
)

// Two provinces become one on 1 July 2025. A collective lead is the provinces of the day; a task of either is the successor's
// from then on, with what the merged province had done.
func TestLeadsOfTheDay(t *testing.T) {
	last, first := progress.Date{Year: 2025, Month: 6, Day: 30}, progress.Date{Year: 2025, Month: 7, Day: 1}
	units := progress.NewUnits([]progress.Unit{
		{Code: "bo-x", Name: "Bộ Xanh", Level: "Bộ", Reports: true},
		{Code: "tinh-a", Name: "Tỉnh An Hạ", Level: "Tỉnh", Reports: true, ValidTo: last, Successor: "tinh-c"},
		{Code: "tinh-b", Name: "Tỉnh Bình Thượng", Level: "Tỉnh", Reports: true, ValidTo: last, Successor: "tinh-c"},
		{Code: "tinh-c", Name: "Tỉnh An Bình", Aliases: []string{"Tỉnh An Hạ (cũ)"}, Level: "tỉnh", Reports: true, ValidFrom: first},
		{Code: "tp-d", Name: "Thành phố Duyên Hà", Level: "Thành phố trực thuộc Trung ương", Reports: true},
	})
	due := progress.Due{Text: "31/12/2025", Date: progress.Date{Year: 2025, Month: 12, Day: 31}, Precision: progress.Day}
	all := []string{"tinh-a", "tinh-b", "tinh-c", "tp-d"}
	plan := progress.Plan{Tasks: []progress.Task{
		{ID: "1", Code: "1", Title: "Số hóa hồ sơ", Due: due, OriginalDue: due, Leads: all, Collective: true, Levels: []string{"tinh", "thanh pho"}},
		{ID: "2", Code: "2", Title: "Kết nối cơ sở dữ liệu", Due: due, OriginalDue: due, Leads: []string{"tinh-b", "tinh-a"}},
		{ID: "3", Code: "3", Title: "Rà soát thủ tục", Due: due, OriginalDue: due, Leads: append([]string{"bo-x"}, all...), Collective: true},
	}}
	tests := map[string]struct {
		day  progress.Date
		want []string // leads of each task
	}{
		"the last day before": {last, []string{"tinh-a tinh-b tp-d", "tinh-a tinh-b", "bo-x tinh-a tinh-b tp-d"}},
		"the first day after": {first, []string{"tinh-c tp-d", "tinh-c", "bo-x tinh-c tp-d"}},
	}
	for name, test := range tests {
		for i, leads := range leadsNow(Input{Units: units, Plan: plan, DataDate: test.day}) {
			if got := strings.Join(leads, " "); got != test.want[i] {
				t.Errorf("%s: task %s is led by %s, want %s", name, plan.Tasks[i].Code, got, test.want[i])
			}
		}
	}

	june, err := progress.ParsePeriod("2025-06")
	if err != nil {
		t.Fatal(err)
	}
	done := progress.Position{
		Task: plan.Tasks[1], Unit: "tinh-a", Period: june.ID, Class: progress.DoneOnTime, Completed: progress.Date{Year: 2025, Month: 6, Day: 2},
		Claim: &progress.Claim{Row: progress.Row{Status: progress.Done}, File: "tinh-a/bc.xlsx"},
	}
	out := Judge(Input{
		Units: units, Plan: plan, Period: june.Next(), DataDate: progress.Date{Year: 2025, Month: 7, Day: 25}, SoonDays: 15,
		History: progress.History{Earlier: []progress.Past{{Period: june, DataDate: last, Positions: []progress.Position{done}}}},
	})
	for _, p := range out.Positions {
		if p.Task.Code == "2" && (p.Unit != "tinh-c" || !p.Carried || p.Class != progress.DoneOnTime || p.Claim.File != "tinh-a/bc.xlsx") {
			t.Errorf("what the merged province had done is %+v of %s", p.Class, p.Unit)
		}
	}
	for _, s := range out.Submissions {
		if s.Unit == "tinh-a" || s.Unit == "tinh-b" {
			t.Errorf("%s no longer exists and owes a return", s.Unit)
		}
	}
}
