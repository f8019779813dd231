package report

import (
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// block is a part of the page whose height is known before it is drawn.
type block struct {
	height float64
	draw   func(y float64)
}

// foot is the lower part of page 1, measured so that the table above it can take what is left: units and trend, changes,
// and how far the figures can be trusted.
func (d *document) foot(brief brevity) []block {
	named := 2
	if brief >= oneWarned {
		named = 1
	}
	blocks := []block{d.unitsAndTrend(brief)}
	if len(d.s.Warned) > 0 {
		blocks = append(blocks, d.warnedLine(named))
	}
	blocks = append(blocks, d.changedLine())
	if d.s.Correction != nil {
		blocks = append(blocks, d.correctionLine(brief))
	}
	return append(blocks, d.reliabilityLine())
}

// warnedLine counts the tasks that will probably be late and names the foremost, so that a leader sees them from afar.
func (d *document) warnedLine(named int) block {
	st := style{face: templates.FaceRegular, size: 10.5}
	var foremost []string
	for _, t := range d.s.Warned[:min(named, len(d.s.Warned))] {
		text := d.say("warned.task", "code", t.Task.Code, "unit", t.UnitName, "due", d.w.Date(t.Task.Due.Date))
		if t.Task.Due.Date.IsZero() { // warned of by a milestone alone
			text = d.say("warned.task.undated", "code", t.Task.Code, "unit", t.UnitName)
		}
		switch {
		case t.Warning.MissedMilestone():
			text += ", " + d.say("warned."+t.Warning.Reason, "day", t.Warning.Facts["day"])
		case t.Warning.Chance > 0:
			text += ", " + d.w.Say("warning.chance", "chance", d.w.Decimal(100*t.Warning.Chance, 0))
		}
		foremost = append(foremost, text)
	}
	return d.sentence(d.say("warned.label"), d.fillIn("warned", st, map[string][]span{
		"n": {d.listLength("warned.count", len(d.s.Warned), st.bold())}, "tasks": one(strings.Join(foremost, "; "), st),
	}), named+1, d.urgent)
}

// unitsAndTrend sets the worst units, the best units and the course of the rate side by side.
func (d *document) unitsAndTrend(brief brevity) block {
	const gap = 12
	width := (d.right - d.left - 2*gap) / 3
	nameLines, units, chart := 2, 3, 58.0
	if brief >= shortNames {
		nameLines = 1
	}
	if brief >= shortRanking {
		units, chart = 2, 52
	}
	none := "rank.none"
	if len(d.s.Best) > 0 {
		none = "rank.none.more" // the few there are stand among the best
	}
	worst := d.ranking("rank.worst", none, d.s.Worst[:min(units, len(d.s.Worst))], width, nameLines)
	best := d.ranking("rank.best", "rank.none", d.s.Best[:min(units, len(d.s.Best))], width, nameLines)
	height := max(worst.height(), best.height(), chart) + 8
	return block{height, func(y float64) {
		d.rule(d.left, y+2, d.right, y+2, 0.4, midGrey)
		d.putRanking(worst, d.left, y+6, width, height-8)
		d.putRanking(best, d.left+width+gap, y+6, width, height-8)
		d.trendBox(d.left+2*(width+gap), y+6, width, height-12)
	}}
}

// ranking is a list of units, set in lines, below its title.
type ranking struct {
	title, none []textLine
	units       [][]textLine
}

func (r ranking) height() float64 {
	height := heightOf(r.title) + heightOf(r.none)
	for _, lines := range r.units {
		height += heightOf(lines)
	}
	return height
}

// putRanking draws a ranking; all of its room leads to the table by unit.
func (d *document) putRanking(r ranking, x, y, width, height float64) {
	d.tag(tagged.P, func() {
		d.link(x, y, width, height, d.units, func() { d.canvas.lines(x, y, width, r.title, left) })
	})
	y += heightOf(r.title)
	if len(r.units) == 0 {
		d.passage(tagged.P, x, y, width, r.none, left)
		return
	}
	d.tag(tagged.L, func() {
		for _, lines := range r.units {
			d.tag(tagged.LI, func() { d.passage(tagged.LBody, x, y, width, lines, left) })
			y += heightOf(lines)
		}
	})
}

// ranking lists units by their on-schedule rate, each with numerator and denominator; none is what it says without any.
func (d *document) ranking(key, none string, units []progress.Line, width float64, nameLines int) ranking {
	st := d.small()
	r := ranking{title: d.wrap(one(d.say(key, "n", d.w.Int(d.s.RankDue)), st.bold()), width)}
	if len(units) == 0 {
		r.none = d.wrap(one(d.say(none), st.italic()), width)
		return r
	}
	for _, u := range units {
		f := u.Figure(progress.MeasureOnSchedule)
		rate := d.fillIn("rank.rate", st, map[string][]span{"percent": {d.value(f, st.bold())}, "fraction": {d.fractionOf(f, st)}})
		tail := d.wrap(rate, width)
		// Where the name has one line, the rate keeps its place on it.
		room := width
		if nameLines == 1 {
			room -= widthOf(" ", st) + tail[0].width
		}
		name := d.elide(u.Name, st, room, nameLines)
		last := &name[len(name)-1]
		if space := widthOf(" ", st); last.width+space+tail[0].width <= width {
			for _, f := range tail[0].fragments {
				f.x += last.width + space
				last.fragments = append(last.fragments, f)
			}
			last.width += space + tail[0].width
		} else {
			name = append(name, tail...)
		}
		r.units = append(r.units, name)
	}
	return r
}

// sentence is a block of one paragraph with a word in bold before it.
func (d *document) sentence(label string, spans []span, most int, target int) block {
	st := style{face: templates.FaceRegular, size: 10.5}
	width := d.right - d.left
	lines := shorten(d.wrap(append(one(label+" ", st.bold()), spans...), width), most, width)
	return block{heightOf(lines) + 3, func(y float64) {
		d.tag(tagged.P, func() {
			d.link(d.left, y+3, width, heightOf(lines), target, func() { d.canvas.lines(d.left, y+3, width, lines, left) })
		})
	}}
}

// changedLine counts what changed in this period. Tasks that stayed are told apart from those that came and went.
func (d *document) changedLine() block {
	st := style{face: templates.FaceRegular, size: 10.5}
	if d.s.Total.Previous == nil {
		return d.sentence(d.say("changed.label"), one(d.say("changed.none"), st), 2, 0)
	}
	places := map[string][]span{}
	for place, list := range map[string][]progress.TaskLine{
		"newly_overdue": d.s.NewlyOverdue, "newly_done": d.s.NewlyDone, "reopened": d.s.Reopened, "entered": d.s.Entered, "left": d.s.Left,
	} {
		places[place] = []span{d.listLength("changed."+place, len(list), st.bold())}
	}
	places["deadlines"] = []span{d.listLength("changed.deadlines", len(d.s.Moves), st.bold())}
	return d.sentence(d.say("changed.label"), d.fillIn("changed", st, places), 3, 0)
}

func (d *document) listLength(id string, n int, st style) span {
	return span{d.w.Int(n), st, figureRef{id, Number}}
}

// reliabilityLine says how many claims are not counted, and what the checks found.
func (d *document) reliabilityLine() block {
	st := style{face: templates.FaceRegular, size: 10.5}
	return d.sentence(d.say("reliability.label"), d.fillIn("reliability", st, map[string][]span{
		"unconfirmed": {d.value(d.s.Total.Figure(progress.MeasureUnconfirmed), st.bold())},
		"findings":    {d.listLength("findings.count", len(d.s.Findings), st.bold())},
	}), 3, d.method)
}
