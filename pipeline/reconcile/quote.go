package reconcile

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// day writes a date as Vietnamese reports do, in both languages: 30/06/2025.
func day(d progress.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

// dueText is a deadline as the plan words it, with the day it is read as.
func dueText(d progress.Due) string {
	text := strings.TrimSpace(d.Text)
	switch {
	case d.Date.IsZero(), isDay(text, d.Date):
		return text
	case text == "":
		return day(d.Date)
	}
	return text + " (" + day(d.Date) + ")"
}

// isDay reports whether the wording is the day itself, with or without leading zeros: 5/6/2025.
func isDay(text string, d progress.Date) bool {
	p, ok := progress.ParseDay(text)
	return ok && p == d && !strings.ContainsFunc(text, unicode.IsLetter)
}

// percent is a percent as a fact: to six decimals, as returns are read, so that differences do not show what binary fractions add.
func percent(p float64) string { return strconv.FormatFloat(math.Round(p*1e6)/1e6, 'f', -1, 64) }

// short quotes at most 80 letters.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 80
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// shortBoth quotes two wordings as [short] does. Where that would leave the same words of both, it quotes them from just before
// where they part: who is to mend one has to see how they differ.
func shortBoth(a, b string) (string, string) {
	if short(a) != short(b) {
		return short(a), short(b)
	}
	as, bs := strings.Fields(a), strings.Fields(b)
	same := 0
	for same < min(len(as), len(bs)) && as[same] == bs[same] {
		same++
	}
	const before = 3 // words that show the place
	from := same - before
	if from <= 0 || same == len(as) && same == len(bs) {
		return short(a), short(b)
	}
	return short("… " + strings.Join(as[from:], " ")), short("… " + strings.Join(bs[from:], " "))
}

func blank(s string) bool { return progress.Fold(s) == "" }
