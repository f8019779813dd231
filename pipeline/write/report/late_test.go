package report

import (
	"io"
	"strings"
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func TestBehindNamesTheUnitsThatAreNotDone(t *testing.T) {
	part := func(unit string, c progress.Class) progress.Part { return progress.Part{Unit: unit, Class: c} }
	for name, c := range map[string]struct {
		parts []progress.Part
		want  string
	}{
		"no lower office":  {nil, ""},
		"one unit":         {[]progress.Part{part("Xã A", progress.Overdue)}, ""},
		"all done":         {[]progress.Part{part("Xã A", progress.DoneLate), part("Xã B", progress.DoneOnTime)}, ""},
		"silent and doubt": {[]progress.Part{part("Xã A", progress.DoneLate), part("Xã B", progress.NotReported), part("Xã C", progress.Unconfirmed)}, "Chưa xong ở 2/3 đơn vị cấp dưới: Xã B, Xã C"},
		"many": {[]progress.Part{part("1", progress.Overdue), part("2", progress.Overdue), part("3", progress.Overdue), part("4", progress.Overdue), part("5", progress.Overdue)},
			"Chưa xong ở 5/5 đơn vị cấp dưới: 1, 2, 3, 4, …"},
	} {
		d := newDocument(io.Discard, office{kind: progress.Week, units: 1, tasks: 1}.synthesis(), templates.Vietnamese)
		if got := d.behind(progress.Row{Parts: c.parts}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestWeeklyRowsKeepTheHead: whoever answers for a late task stands in a weekly edition however long the name of the unit is.
func TestWeeklyRowsKeepTheHead(t *testing.T) {
	s := office{kind: progress.Week, units: 3, tasks: 30, unitSuffix: strings.Repeat(" phụ trách khu vực", 30)}.synthesis()
	said := ""
	if _, err := draw(io.Discard, s, templates.Vietnamese, func(d drawn) {
		if d.page == 2 || d.page == 3 {
			said += d.text
		}
	}); err != nil {
		t.Fatal(err)
	}
	said = strings.NewReplacer(" ", "", "\u00a0", "").Replace(said)
	for _, unit := range s.Units {
		if head := strings.ReplaceAll(unit.Head, " ", ""); head == "" || !strings.Contains(said, head) {
			t.Errorf("pages 2 and 3 do not name %q", unit.Head)
		}
	}
}

// TestWeeklyRowsKeepTheDeadlines: the deadline in force of a late task stands whole in a weekly edition, however long the document is named
// that moved it; the annex names the document.
func TestWeeklyRowsKeepTheDeadlines(t *testing.T) {
	s := office{kind: progress.Week, units: 3, tasks: 30}.synthesis()
	const document = "Công văn số 655/VPCP-KGVX ngày 20/3/2025 của Văn phòng Chính phủ về việc điều chỉnh thời hạn"
	for _, list := range [][]progress.TaskLine{s.Tasks, s.Overdue} {
		for i := range list {
			list[i].Task.OriginalDue = progress.Due{Text: "3/2025", Date: progress.Date{Year: 2025, Month: 3, Day: 31}, Precision: progress.MonthOnly}
			list[i].Task.Due = progress.Due{Text: "4/2025", Date: progress.Date{Year: 2025, Month: 4, Day: 30}, Precision: progress.MonthOnly}
			list[i].Task.Extension = document
		}
	}
	var list, annex string
	if _, err := draw(io.Discard, s, templates.Vietnamese, func(d drawn) {
		switch {
		case d.page == 2:
			list += d.text + " "
		case d.page > 3:
			annex += d.text + " "
		}
	}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(list, "Nay là:"); n == 0 || n != strings.Count(list, "(30/04/2025)") {
		t.Errorf("page 2 has %d moved deadlines, %d of them whole", n, strings.Count(list, "(30/04/2025)"))
	}
	if !strings.Contains(annex, "655/VPCP") {
		t.Error("the annex does not name the document")
	}
}
