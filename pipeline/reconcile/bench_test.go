package reconcile

import (
	"fmt"
	"testing"
	"time"

	"tiendo/pipeline/progress"
)

// nation makes an office of so many units and tasks: each unit leads its share of the tasks, and reports on all of them,
// one row in twenty by wording alone. weeks is the length of the history.
func nation(units, tasks, weeks int) Input {
	var list []progress.Unit
	for i := range units {
		list = append(list, progress.Unit{Code: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("Đơn vị %d", i), Reports: true})
	}
	in := Input{
		Units: progress.NewUnits(list), SoonDays: 7,
		Period: progress.WeekOf(progress.Date{Year: 2025, Month: 5, Day: 16}), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16},
		DueAt: time.Date(2025, 5, 16, 15, 0, 0, 0, time.UTC),
	}
	returns := make([]progress.Return, units)
	for i := range tasks {
		u := i % units
		task := progress.Task{
			Code:  fmt.Sprintf("%d.%d", u, i/units),
			Title: fmt.Sprintf("Xây dựng, trình cấp có thẩm quyền ban hành quy định số %d về quản lý, khai thác dữ liệu chuyên ngành của đơn vị %d", i, u),
			Leads: []string{list[u].Code}, Group: fmt.Sprint(i % 8), Product: "Quyết định",
			Due: progress.Due{Text: "30/6/2025", Date: in.DataDate.AddDays(i%200 - 60)},
		}
		in.Plan.Tasks = append(in.Plan.Tasks, task)
		p := float64(i % 100)
		row := progress.Row{
			Origin: progress.Origin{Sheet: "BC", Cell: fmt.Sprintf("A%d", i/units+5)}, Code: task.Code, Task: task.Title, Due: task.Due.Text,
			DueDate: task.Due.Date, Status: progress.InProgress, StatusText: "Đang thực hiện", Percent: &p,
			Result: "Đã hoàn thiện dự thảo, đang lấy ý kiến các đơn vị liên quan", Reason: "Chờ ý kiến",
		}
		if i%20 == 0 {
			row.Code, row.Task = "", "1. Trình cấp có thẩm quyền "+task.Title
		}
		returns[u].Reading.Rows = append(returns[u].Reading.Rows, row)
	}
	for u := range returns {
		returns[u].Unit, returns[u].Period, returns[u].Path = list[u].Code, in.Period.ID, list[u].Code+"/bc.xlsx"
		returns[u].SHA256, returns[u].Received = list[u].Code, in.DueAt.Add(-time.Hour)
	}
	in.Returns = returns
	period := in.Period
	for range weeks {
		period = period.Previous()
	}
	for range weeks {
		past := in
		past.Period, past.DataDate = period, period.Start.AddDays(4)
		past.History = progress.History{}
		j := Judge(past)
		in.History.Earlier = append(in.History.Earlier, progress.Past{Period: period, DataDate: past.DataDate, Positions: j.Positions, Submissions: j.Submissions})
		period = period.Next()
	}
	return in
}

func BenchmarkJudge(b *testing.B) {
	for _, n := range []struct{ units, tasks, weeks int }{{16, 120, 12}, {200, 2500, 12}, {2000, 25000, 12}} {
		b.Run(fmt.Sprintf("units=%d/tasks=%d/weeks=%d", n.units, n.tasks, n.weeks), func(b *testing.B) {
			in := nation(n.units, n.tasks, n.weeks)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				Judge(in)
			}
			b.ReportMetric(float64(n.tasks)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkFind(b *testing.B) {
	in := nation(2000, 25000, 0)
	leads := leadsNow(in)
	x := newPlanIndex(in.Plan.Tasks, leads)
	for name, row := range map[string]progress.Row{
		"code":    {Code: in.Plan.Tasks[7].Code, Task: in.Plan.Tasks[7].Title},
		"wording": {Task: "Trình cấp có thẩm quyền " + in.Plan.Tasks[7].Title},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if m := x.find("u7", row, false); m.verdict != owned {
					b.Fatal(m)
				}
			}
		})
	}
}
