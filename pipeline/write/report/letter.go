package report

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/tagged"
	"tiendo/templates"
)

// Letter draws the letter that reminds a unit of what it owes, in the layout of the office. Number, day of signing and signature are left
// blank: an officer gives them.
func Letter(r progress.Reminder, lang templates.Lang) ([]byte, error) {
	return drawLetter(r, lang, nil)
}

func drawLetter(r progress.Reminder, lang templates.Lang, observe func(drawn)) ([]byte, error) {
	var out bytes.Buffer
	// A document of the office as the report is, without a figure in it.
	day := progress.DateOf(r.At)
	d := newDocument(&out, progress.Synthesis{Office: r.Office, Period: r.Period, PlanName: r.Plan, DataDate: day, Draft: r.Draft}, lang)
	d.observe, d.kind = observe, "letter"
	l := letter{document: d, r: r}
	d.describe(l.words("subject", "period", d.period(r.Period)), r.Office.Name, l.words("to", "unit", r.Unit.Name), "tiendo "+r.Version)
	d.pages(func() {
		d.turn(false)
		l.draw()
	})
	d.pageHeads()
	err := d.close(d.say("language"))
	return out.Bytes(), err
}

// letter is a letter being drawn.
type letter struct {
	*document
	r progress.Reminder
	n int // points written
}

// words is the wording of a key of the letter.
func (l *letter) words(key string, pairs ...string) string { return l.w.Say("letter."+key, pairs...) }

func (l *letter) draw() {
	body := style{face: templates.FaceRegular, size: l.layout.Body}
	l.headBlock()
	l.y += 14
	l.tag(tagged.P, func() { l.centred(l.words("to", "unit", l.r.Unit.Name), body.sized(body.size+1)) })
	l.y += 10
	l.paragraphOf(body, l.words("opening", "plan", l.planName(), "office", l.r.Office.Name, "hour", l.hour(l.r.At.Format("15:04")), "date", l.w.FullDate(progress.DateOf(l.r.At)),
		"period", l.period(l.r.Period), "due", l.moment(l.r.DueAt)))
	l.points(body)
	l.paragraphOf(body, l.words("closing", "unit", l.r.Unit.Name, "office", l.r.Office.Name, "year", strconv.Itoa(l.r.At.Year())))
	if l.r.Number > 1 {
		l.paragraphOf(body, l.words("again", "n", strconv.Itoa(l.r.Number)))
	}
	l.signature(body)
}

// moment writes a time as offices do: 15 giờ 00 ngày 16/05/2025.
func (l *letter) moment(t time.Time) string {
	return l.words("moment", "hour", l.hour(t.Format("15:04")), "date", l.w.FullDate(progress.DateOf(t)))
}

// points are what the unit owes, one numbered point for each kind of debt.
func (l *letter) points(body style) {
	sub, count := l.r.Submission, l.w.Int
	switch sub.Punctuality {
	case progress.Missing:
		l.point(body, l.words("missing", "n", count(sub.RowsOwed)))
	case progress.Refused:
		l.point(body, l.words("refused", "file", sub.File))
		l.findings(body, l.r.Refusals)
	}
	for _, p := range []struct {
		key   string
		debts []progress.Debt
	}{{"silent", l.r.Silent}, {"unexplained", l.r.Unexplained}, {"unproven", l.r.Unproven}} {
		if len(p.debts) > 0 {
			l.point(body, l.words(p.key, "n", count(len(p.debts))))
			l.debts(body, p.debts)
		}
	}
	if len(l.r.Blocked) > 0 {
		l.point(body, l.words("blocked", "n", count(len(l.r.Blocked))))
		l.findings(body, l.r.Blocked)
	}
}

func (l *letter) debts(body style, debts []progress.Debt) {
	var items []string
	for _, debt := range debts {
		late := ""
		if debt.DaysLate > 0 {
			late = l.words("late", "n", l.w.Int(debt.DaysLate))
		}
		items = append(items, l.words("debt", "code", debt.Task.Code, "task", debt.Task.Title, "due", debt.Task.Due.Text, "late", late))
	}
	l.items(body, items)
}

func (l *letter) findings(body style, findings []progress.Finding) {
	var items []string
	for _, f := range findings {
		message, remedy := l.w.Finding(f)
		items = append(items, message+" "+remedy)
	}
	l.items(body, items)
}

// edge is the left edge of what is listed, from that of the text.
var edge = mm(10)

// paragraphOf prints a paragraph whose first line is indented.
func (l *letter) paragraphOf(st style, text string) {
	l.tag(tagged.P, func() { l.flow(l.wrap(one(firstLine+text, st), l.right-l.left), 0, left) })
	l.y += 5
}

func (l *letter) point(st style, text string) {
	l.n++
	l.paragraphOf(st.bold(), strconv.Itoa(l.n)+"."+string(nbsp)+text)
}

// items lists what a point is about.
func (l *letter) items(st style, items []string) {
	l.tag(tagged.L, func() {
		for _, text := range items {
			l.item(l.wrap(one("-"+string(nbsp)+text, st), l.right-l.left-edge), edge)
			l.y += 5
		}
	})
}

// firstLine moves the first word of a paragraph in by about ten millimetres.
var firstLine = strings.Repeat(string(nbsp), 9)

func (l *letter) centred(text string, st style) {
	width := l.right - l.left
	lines := l.wrap(one(text, st), width)
	l.canvas.lines(l.left, l.y, width, lines, center)
	l.y += heightOf(lines)
}

// subject stands below the number of a letter, in the column of the office.
func (d *document) subject(x, y, width float64) (bottom float64) {
	text := d.w.Say("letter.head.subject", "period", d.period(d.s.Period))
	lines := d.wrap(one(text, style{face: templates.FaceRegular, size: 12}), width)
	d.passage(tagged.H1, x, y+3, width, lines, center)
	return y + 3 + heightOf(lines)
}

// signature is the foot of a letter: who receives it, and the place where it is signed. It is never torn apart.
func (l *letter) signature(body style) {
	const height = 120
	l.y += 10
	l.need(height)
	split := l.left + (l.right-l.left)/2
	top := l.y
	small := style{face: templates.FaceRegular, size: 11}
	put := func(role tagged.Role, text string, st style) {
		lines := l.wrap(one(text, st), split-l.left)
		l.passage(role, l.left, l.y, split-l.left, lines, left)
		l.y += heightOf(lines)
	}
	put(tagged.P, l.words("receivers"), small.bold().italic().sized(12))
	l.tag(tagged.L, func() {
		for _, key := range []string{"receiver.same", "receiver.file"} {
			l.tag(tagged.LI, func() { put(tagged.LBody, l.words(key), small) })
		}
	})
	sign := l.wrap(one(strings.ToUpper(l.words("signer")), body.bold()), l.right-split)
	l.passage(tagged.P, split, top, l.right-split, sign, center)
	l.y = top + height
}
