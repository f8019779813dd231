package report

import (
	"io"
	"strings"
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// grey is what a colour turns to on a black-and-white printer, 0–255 (ITU-R BT.601).
func grey(c rgb) float64 { return 0.299*float64(c.r) + 0.587*float64(c.g) + 0.114*float64(c.b) }

// TestMarksDifferInBlackAndWhite: a printed sheet has no colour, so two classes must differ in their lines or clearly in their grey.
func TestMarksDifferInBlackAndWhite(t *testing.T) {
	const clearly = 45 // of 255
	for i, a := range progress.Classes {
		if marks[a].lines != (rgb{}) && grey(marks[a].ground)-grey(marks[a].lines) < clearly {
			t.Errorf("the lines of %s cannot be seen on its ground", a)
		}
		for _, b := range progress.Classes[i+1:] {
			m, n := marks[a], marks[b]
			alike := m.rising == n.rising && m.falling == n.falling && m.upright == n.upright
			if apart := grey(m.ground) - grey(n.ground); alike && apart > -clearly && apart < clearly {
				t.Errorf("%s and %s are the same in black and white: grey %.0f and %.0f", a, b, grey(m.ground), grey(n.ground))
			}
		}
	}
}

// TestPeriodsOfTwoYearsHaveTheirYears: a course from one May to the next ends with another word than it begins with.
func TestPeriodsOfTwoYearsHaveTheirYears(t *testing.T) {
	d := newDocument(io.Discard, offices["one unit"].synthesis(), templates.Vietnamese)
	points := func(ids ...string) (out []progress.TrendPoint) {
		for _, id := range ids {
			out = append(out, progress.TrendPoint{Period: id})
		}
		return out
	}
	for want, points := range map[string][]progress.TrendPoint{
		"tháng\u00a05/2024 tháng\u00a012/2024 tháng\u00a05/2025": points("2024-05", "2024-12", "2025-05"),
		"tuần\u00a019 tuần\u00a020":                              points("2025-W19", "2025-W20"),
		"2024 2025":                                              points("2024", "2025"),
	} {
		if got := strings.Join(d.labels(points), " "); got != want {
			t.Errorf("the labels are %q, want %q", got, want)
		}
	}
}
