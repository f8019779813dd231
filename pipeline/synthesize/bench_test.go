package synthesize

import (
	"fmt"
	"testing"

	"tiendo/pipeline/progress"
)

// nation makes the judged positions of so many units and tasks, with a history of so many weeks.
func nation(units, tasks, weeks int) Input {
	list := []progress.Unit{{Code: "root", Name: "Bộ"}}
	for i := range units {
		list = append(list, progress.Unit{Code: fmt.Sprintf("u%d", i), Name: fmt.Sprintf("Đơn vị %d", i), Parent: "root", Reports: true})
	}
	in := Input{
		Units: progress.NewUnits(list), RankDue: 3,
		Period: progress.WeekOf(progress.Date{Year: 2025, Month: 5, Day: 16}), DataDate: progress.Date{Year: 2025, Month: 5, Day: 16},
	}
	for i := range tasks {
		task := progress.Task{Code: fmt.Sprint(i), Group: fmt.Sprint(i % 8), Phase: fmt.Sprint(i % 2), Authority: fmt.Sprint(i % 3)}
		class := progress.Classes[i%len(progress.Classes)]
		in.Plan.Tasks = append(in.Plan.Tasks, task)
		in.Positions = append(in.Positions, progress.Position{
			Task: task, Unit: list[1+i%units].Code, Class: class, Previous: class, PastDue: class == progress.Overdue, DaysLate: i % 200,
		})
	}
	for _, u := range list[1:] {
		in.Submissions = append(in.Submissions, progress.Submission{Unit: u.Code, Punctuality: progress.OnTime})
	}
	period := in.Period
	for range weeks {
		period = period.Previous()
		in.History.Earlier = append([]progress.Past{{Period: period, Positions: in.Positions}}, in.History.Earlier...)
	}
	return in
}

func BenchmarkSum(b *testing.B) {
	for _, n := range []struct{ units, tasks, weeks int }{{16, 120, 12}, {200, 2500, 12}, {2000, 25000, 12}} {
		b.Run(fmt.Sprintf("units=%d/tasks=%d/weeks=%d", n.units, n.tasks, n.weeks), func(b *testing.B) {
			in := nation(n.units, n.tasks, n.weeks)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				if p := Check(Sum(in)); len(p) > 0 {
					b.Fatal(p)
				}
			}
			b.ReportMetric(float64(n.tasks)*float64(b.N)/b.Elapsed().Seconds(), "positions/s")
		})
	}
}
