package report

import (
	"io"
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
