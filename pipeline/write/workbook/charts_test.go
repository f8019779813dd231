package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// TestClassesDifferInBlackAndWhite: any two classes may be neighbours in a bar, and a printed sheet has no colour.
func TestClassesDifferInBlackAndWhite(t *testing.T) {
	grey := func(class progress.Class) float64 { // ITU-R BT.601, 0–255
		n, err := strconv.ParseUint(classColours[class], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return 0.299*float64(n>>16) + 0.587*float64(n>>8&255) + 0.114*float64(n&255)
	}
	for i, a := range progress.Classes {
		for _, b := range progress.Classes[i+1:] {
			if apart := grey(a) - grey(b); apart > -20 && apart < 20 {
				t.Errorf("%s and %s are the same in black and white: grey %.0f and %.0f", a, b, grey(a), grey(b))
			}
		}
	}
}

var (
	anchorRows = regexp.MustCompile(`<xdr:from>.*?<xdr:row>(\d+)</xdr:row>.*?<xdr:to>.*?<xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff>`)
	filledRow  = regexp.MustCompile(`<row r="(\d+)"[^>]*>(?:<c [^>]*?/>)*<c [^>]*>`)
)

// TestChartsCoverNothing: no chart lies over a row with words or figures, nor over another chart. All courses of the PDF are there.
func TestChartsCoverNothing(t *testing.T) {
	for _, o := range []office{weekly, {units: 1, tasksEach: 3}, {units: 39, tasksEach: 2, weeks: 13, previous: true}} {
		s := o.synthesis()
		p, _ := xlsx(t, s, templates.Vietnamese)
		filled := map[int]bool{}
		for _, m := range filledRow.FindAllSubmatch(p["xl/worksheets/sheet2.xml"], -1) {
			n, _ := strconv.Atoi(string(m[1]))
			filled[n] = true
		}
		charts := anchorRows.FindAllSubmatch(p["xl/drawings/drawing1.xml"], -1)
		if want := 1 + min(2, len(s.Total.Trend)); len(charts) != want {
			t.Errorf("%d charts, want %d", len(charts), want)
		}
		last := 0
		for _, m := range charts {
			from, _ := strconv.Atoi(string(m[1]))
			to, _ := strconv.Atoi(string(m[2]))
			if string(m[3]) == "0" {
				to-- // it ends where that row begins
			}
			if from < last {
				t.Errorf("a chart begins in row %d, above the end of the one before it", from+1)
			}
			last = to
			for row := from + 1; row <= to+1; row++ {
				if filled[row] {
					t.Errorf("a chart lies over row %d of %d units", row, o.units)
				}
			}
		}
	}
}

// TestDraftIsMarkedOnEverySheet: a printed sheet of a draft says so, whichever it is.
func TestDraftIsMarkedOnEverySheet(t *testing.T) {
	for _, draft := range []bool{false, true} {
		s := weekly.synthesis()
		s.Draft = draft
		p, _ := xlsx(t, s, templates.Vietnamese)
		for name, data := range p {
			if !strings.HasPrefix(name, "xl/worksheets/sheet") || !strings.Contains(string(data), "<oddFooter>") {
				continue
			}
			if got := strings.Contains(string(data), "DỰ THẢO") && strings.Contains(string(data), "<oddHeader>"); got != draft {
				t.Errorf("%s of a draft (%v) is marked: %v", name, draft, got)
			}
		}
	}
}
