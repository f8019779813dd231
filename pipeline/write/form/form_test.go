package form

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// The days that the form takes, by the day numbers that another calendar (Python's) counts from 30/12/1899: 1/1/2000 is 36526, 25/5/2025 is 45802, 31/12/2199 is 109574.
func TestDaysThatAreTaken(t *testing.T) {
	period, err := progress.ParsePeriod("2025-W21")
	if err != nil {
		t.Fatal(err)
	}
	data, err := XLSX(progress.Blank{Period: period, Tasks: []progress.BlankTask{{Task: progress.Task{Code: "1", Title: "Ban hành quy chế"}}}}, templates.In(templates.Vietnamese))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checks, err := f.GetDataValidations("Báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]string{}
	for _, v := range checks {
		if v.Type == "date" && v.ErrorTitle != nil {
			got[*v.ErrorTitle] = [2]string{v.Formula1, v.Formula2}
		}
	}
	want := map[string][2]string{"Ngày hoàn thành": {"36526", "45802"}, "Dự kiến hoàn thành": {"36526", "109574"}}
	for title, days := range want {
		if got[title] != days {
			t.Errorf("%s takes days %v, want %v", title, got[title], days)
		}
	}
}
