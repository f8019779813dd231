package report

import (
	"testing"

	"tiendo/pipeline/progress"
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
