package report

import (
	"os"
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip()
	}
	for name, o := range map[string]office{
		"week": {kind: progress.Week, units: 16, tasks: 120, history: true}, "month": {kind: progress.Month, units: 16, tasks: 120, history: true},
		"empty": {kind: progress.Week, units: 1}, "one": {kind: progress.Month, units: 1, tasks: 20},
		"nation": {kind: progress.Week, units: 3400, tasks: 6000, history: true},
		"long":   {kind: progress.Month, units: 16, tasks: 120, history: true, longTitle: 1700, unitSuffix: " thuộc Bộ Thông tin và Truyền thông, phụ trách chuyển đổi số và giao dịch điện tử khu vực phía Nam"},
	} {
		for _, l := range templates.Langs {
			s := o.synthesis()
			if name == "one" {
				s.Draft, s.Revision = true, 2
			}
			b, _, err := PDF(s, l)
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile(dir+"/"+name+"-"+string(l)+".pdf", b, 0o644)
		}
	}
}
