package report

import (
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// percent writes a share as a percentage, and a dash where there is nothing to divide by.
func (d *document) percent(s progress.Share) string {
	p, ok := s.Percent()
	if !ok {
		return d.say("none")
	}
	return d.say("percent", "n", d.w.Decimal(p, 1))
}

// fraction writes a share as numerator/denominator.
func (d *document) fraction(s progress.Share) string { return d.w.Int(s.Num) + "/" + d.w.Int(s.Den) }

// signed writes a change with its sign: +2, −3, 0.
func (d *document) signed(x float64, decimals int) string {
	text := d.w.Decimal(x, decimals)
	zero := strings.Trim(text, "-0,.") == ""
	switch {
	case zero:
		return "0"
	case strings.HasPrefix(text, "-"):
		return "−" + text[1:]
	}
	return "+" + text
}

// change writes how far a figure moved from an earlier value: in pieces, or in percentage points for rates.
func (d *document) change(now progress.Value, from *progress.Value) string {
	if from == nil {
		return d.say("none")
	}
	by, ok := now.Change(*from)
	decimals := 0
	if now.Share != nil {
		decimals = 1
	}
	if !ok {
		return d.say("none")
	}
	return d.signed(by, decimals)
}

// Spans that print a figure.

func (d *document) value(f progress.Figure, st style) span {
	if f.Value.Share != nil {
		return span{d.percent(*f.Value.Share), st, figureRef{f.ID, Percentage}}
	}
	return span{d.w.Int(f.Value.Count), st, figureRef{f.ID, Number}}
}

func (d *document) fractionOf(f progress.Figure, st style) span {
	return span{d.fraction(*f.Value.Share), st, figureRef{f.ID, Fraction}}
}

func (d *document) changeOf(f progress.Figure, st style) span {
	return span{d.change(f.Value, f.Previous), st, figureRef{f.ID, Change}}
}

func (d *document) yearChangeOf(f progress.Figure, st style) span {
	return span{d.change(f.Value, f.YearBefore), st, figureRef{f.ID, YearChange}}
}

// movement says in words how a count moved: "giảm 3 so với kỳ trước".
func (d *document) movement(now progress.Value, from *progress.Value, against string) string {
	if from == nil {
		return d.say("movement.none." + against)
	}
	by, _ := now.Change(*from)
	switch {
	case by > 0:
		return d.say("movement.up."+against, "n", d.w.Int(int(by)))
	case by < 0:
		return d.say("movement.down."+against, "n", d.w.Int(int(-by)))
	}
	return d.say("movement.same." + against)
}

// fillIn sets a sentence of the wording whose {places} are spans of their own. A place that is not given stays as it is.
func (d *document) fillIn(key string, st style, places map[string][]span) []span {
	var out []span
	for part := range templates.Parts(d.say(key)) {
		spans, known := places[part.Place]
		switch {
		case !known:
			out = append(out, span{text: part.Text, style: st})
		case part.Forms != nil:
			number := ""
			for _, s := range spans {
				number += s.text
			}
			out = append(out, span{text: part.Form(number), style: st})
		default:
			out = append(out, spans...)
		}
	}
	return out
}

// one makes a place of plain text for fillIn.
func one(text string, st style) []span { return []span{{text: text, style: st}} }

// period names a period in words: tuần 20 năm 2025.
func (d *document) period(p progress.Period) string {
	year, rest, _ := strings.Cut(p.ID, "-")
	number := strings.TrimLeft(rest, "WQH0")
	if p.Kind == progress.HalfYear {
		return d.say("period.half-year."+number, "year", year)
	}
	if p.Kind == progress.Quarter {
		number = []string{"", "I", "II", "III", "IV"}[int(p.Start.Month+2)/3]
	}
	return d.say("period."+string(p.Kind), "n", number, "year", year)
}

// shortPeriod names a period without its year where that is understood: tuần 20, tháng 5, quý 1.
func (d *document) shortPeriod(id string) string {
	_, rest, ok := strings.Cut(id, "-")
	switch {
	case !ok:
		return id
	case strings.HasPrefix(rest, "W"):
		return d.say("period.short.week", "n", strings.TrimLeft(rest, "W0"))
	case strings.HasPrefix(rest, "Q"):
		return d.say("period.short.quarter", "n", strings.TrimLeft(rest, "Q"))
	case strings.ContainsAny(rest, "HM"):
		return rest
	}
	return d.say("period.short.month", "n", strings.TrimLeft(rest, "0"))
}

// labels names the periods of a chart, with their years where there are several: of two labels "tháng 5" nobody knows which.
func (d *document) labels(points []progress.TrendPoint) []string {
	year := func(id string) string { y, _, _ := strings.Cut(id, "-"); return y }
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = d.shortPeriod(p.Period)
		if year(points[0].Period) != year(points[len(points)-1].Period) && out[i] != p.Period {
			out[i] = d.say("period.short.of_year", "period", out[i], "year", year(p.Period))
		}
	}
	return out
}

// hour writes 17:00 as offices do: 17 giờ 00.
func (d *document) hour(clock string) string {
	h, m, ok := strings.Cut(clock, ":")
	if !ok {
		return clock
	}
	return d.say("hour", "h", h, "m", m)
}

// moment writes a time by the clock of the office; the zero time is empty.
func (d *document) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(d.s.DueAt.Location()).Format("15:04 02/01/2006")
}

// due writes a deadline: the plan's wording, and the last day in term where the wording names none itself.
func (d *document) due(due progress.Due) string {
	date := d.w.Date(due.Date)
	switch {
	case due.Text == "":
		return date
	case date == "" || strings.Contains(due.Text, date) || due.Precision == progress.Day:
		return due.Text
	}
	return due.Text + "\n(" + date + ")"
}

// days writes a number of days late; nothing where it is 0.
func (d *document) days(n int) string {
	if n == 0 {
		return ""
	}
	return d.w.Int(n)
}

// place says where in a file something stands, and nothing for the file as a whole.
func (d *document) place(file string, o progress.Origin) string {
	if file == "" {
		return ""
	}
	if o.IsZero() {
		return file
	}
	return file + ", " + d.w.Place(o)
}

// unitName is the name of a unit, or its code where the register has lost it.
func (d *document) unitName(code string) string {
	if name := d.s.UnitNames[code]; name != "" {
		return name
	}
	return code
}

// number writes a running number of a list.
func number(n int) string { return strconv.Itoa(n) }
