package report

import (
	"iter"
	"slices"

	"tiendo/pipeline/progress"
)

// weeklyPages is how many pages a weekly edition has before its annexes, page 1 among them.
const weeklyPages = 3

// weekly draws the pages after the first of a weekly edition: what is late and who is silent, on two pages. What has no room there
// stands whole in annex I and in the workbook, and the title of the list says how many of how many are shown.
func (d *document) weekly() {
	d.turn(false)
	subs := d.notOnTime()
	lists := d.lateLists()
	shown := d.allot(lists, subs)
	t := d.lateTable()
	t.most = weeklyLines
	d.heading(d.urgent, "late.title", "no", "1")
	t.draw(d.lateRows(lists))
	d.emptyLists(lists)
	d.silentUnits("2", subs[:shown], len(subs)-shown)
}

// weeklyLines is how many lines a cell has in a weekly edition; annex I quotes whole what is longer.
const weeklyLines = 5

// allot sets how many tasks of each list are shown, and returns how many of the submissions are, so that all fits on the weekly
// pages. It adds one at a time, in turn, the beginning of each list first; a list that is through leaves its room to the others.
func (d *document) allot(lists []lateList, subs []progress.Submission) int {
	late := d.lateTable()
	late.most = weeklyLines
	most := make([]int, len(lists))
	heights := make([][]float64, len(lists))
	for i := range lists {
		most[i], lists[i].shown = lists[i].shown, 0
		heights[i] = make([]float64, 0, most[i])
	}
	table := d.submissionTable()
	sent := heightsOf(table, d.submissionRows(subs[:min(len(subs), 60)])) // more than fit on a page
	shown := 0
	fits := func() bool { return d.fitsWeekly(lists, heights, sent[:shown], shown < len(subs)) }
	const share = 4 // of so many rows, one is of the units that sent nothing in time
	for turn := 0; ; turn++ {
		grown := false
		for i := range lists {
			l := &lists[i]
			if l.shown == most[i] {
				continue
			}
			if l.shown == len(heights[i]) {
				heights[i] = append(heights[i], late.lay(d.lateRow(*l, l.shown)).height)
			}
			l.shown++
			if fits() {
				grown = true
			} else {
				l.shown--
				most[i] = l.shown
			}
		}
		if shown < len(sent) && turn%share == 0 || shown < min(share, len(sent)) {
			shown++
			if fits() {
				grown = true
			} else {
				shown--
				sent = sent[:shown]
			}
		}
		if !grown && slices.Equal(most, shownOf(lists)) && shown == len(sent) {
			return shown
		}
	}
}

func shownOf(lists []lateList) []int {
	out := make([]int, len(lists))
	for i, l := range lists {
		out[i] = l.shown
	}
	return out
}

// heightsOf measures the rows of a table.
func heightsOf(t *table, rows iter.Seq[row]) []float64 {
	var out []float64
	for r := range rows {
		out = append(out, t.lay(r).height)
	}
	return out
}

// fitsWeekly reports whether rows of those heights fit on the weekly pages. It goes the way of [table.draw]: a row that has no room
// goes to the next page below a heading.
func (d *document) fitsWeekly(lists []lateList, heights [][]float64, sent []float64, more bool) bool {
	const title = 32.0 // a section's title of one line, with its distances
	note := d.small().sized(10).lineHeight() + 4
	page, y := 2, d.top+title
	place := func(h, head float64) {
		if y+h > d.bottom {
			page, y = page+1, d.top+head
		}
		y += h
	}
	late := d.lateTable()
	head := late.lay(late.headingRow()).height
	y += head
	empty := 0
	for i, l := range lists {
		if l.shown == 0 {
			empty++
			continue
		}
		band := late.lay(d.band(d.lateTitle(l))).height
		for j := range l.shown {
			place(heights[i][j]+band, head)
			band = 0
		}
	}
	y += afterTable
	for range empty {
		place(note, 0)
	}
	table := d.submissionTable()
	head = table.lay(table.headingRow()).height
	if len(sent) > 0 {
		place(title+head+sent[0], 0)
		for _, h := range sent[1:] {
			place(h, head)
		}
		y += afterTable
	} else {
		place(title+note, 0)
	}
	if more {
		place(note, 0)
	}
	return page <= weeklyPages
}
