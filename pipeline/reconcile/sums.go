package reconcile

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"tiendo/pipeline/progress"
)

// This file reads sums and shares out of sentences, for the rules T01 to T05: "9.831 nhiệm vụ, gồm 7.892 (80,3 %) …". Numbers are
// written as in Vietnam: 9.831 is nine thousand, 80,3 a fraction.

// countOf matches a count as it is written in Vietnam.
const countOf = `\d{1,3}(?:\.\d{3})+|\d+`

// sentences of a passage. A full stop between digits ends none.
var sentenceEnd = regexp.MustCompile(`[.!?]\s+\p{Lu}|\n`)

func sentencesOf(text string) []string {
	var out []string
	for {
		at := sentenceEnd.FindStringIndex(text)
		if at == nil {
			return append(out, text)
		}
		out, text = append(out, text[:at[0]+1]), text[at[0]+1:]
	}
}

// share is a count and the percentage that is printed beside it.
type share struct {
	count    int
	percent  float64
	decimals int
	given    bool // a percentage stands beside the count
	text     string
}

// partition is a total with its parts, as a sentence has them.
type partition struct {
	total int
	parts []share
	text  string
	whole bool // the words say that the parts are all there is: "gồm", "="
}

var (
	anyCount = regexp.MustCompile(countOf)
	parting  = regexp.MustCompile(`(?i)(=|\bbao gồm|\bgồm|\btrong đó)`)
	counted  = regexp.MustCompile(`\d+(?:[.,]\d+)?\s*%|(` + countOf + `)(?:([^\d(;+]{0,60}?)\(\s*(?:đạt|chiếm|tỷ lệ|bằng)?\s*(\d+(?:[.,]\d+)?)\s*%\s*\))?`)
	// noCount are numbers that count nothing: percentages, dates, years, weeks, numbers of documents, fractions.
	noCount = regexp.MustCompile(`(?i)\d+(?:[.,]\d+)?\s*%|\d{1,2}/\d{1,2}/\d{4}|\d+\s*/\s*[\d\p{Lu}][^\s,;]*|(?:ngày|tháng|năm|quý|tuần|kỳ|số|đợt|lần|giai đoạn|khoản|điều|mục)\s+\d[\d/.]*`)
)

// partitionOf reads the first total with parts in a sentence.
func partitionOf(sentence string) (partition, bool) {
	at := parting.FindStringIndex(sentence)
	if at == nil {
		return partition{}, false
	}
	word := strings.ToLower(sentence[at[0]:at[1]])
	before := lastCount(sentence[:at[0]])
	if before == 0 {
		return partition{}, false
	}
	p := partition{total: before, text: sentence, whole: word != "trong đó"}
	for _, m := range counted.FindAllStringSubmatch(maskNoCounts(sentence[at[1]:]), -1) {
		if m[1] == "" { // a percentage that belongs to no count
			continue
		}
		s := share{count: integer(m[1]), text: strings.TrimSpace(m[0])}
		if m[3] != "" {
			s.percent, s.decimals = fraction(m[3])
			s.given = true
		}
		p.parts = append(p.parts, s)
	}
	return p, len(p.parts) > 1
}

// maskNoCounts blanks the numbers that count nothing, but keeps percentages in parentheses, which belong to the count before them.
func maskNoCounts(s string) string {
	return noCount.ReplaceAllStringFunc(s, func(m string) string {
		if strings.HasSuffix(m, "%") {
			return m
		}
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '_'
			}
			return r
		}, m)
	})
}

// lastCount is the last number before the parts that counts something; 0 where there is none.
func lastCount(s string) int {
	s = noCount.ReplaceAllString(s, " ")
	all := anyCount.FindAllString(s, -1)
	if len(all) == 0 {
		return 0
	}
	return integer(all[len(all)-1])
}

func integer(s string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(s, ".", ""))
	return n
}

// fraction reads 16,47 and tells how many decimals it has.
func fraction(s string) (float64, int) {
	s = strings.ReplaceAll(s, ",", ".")
	f, _ := strconv.ParseFloat(s, 64)
	_, decimals, _ := strings.Cut(s, ".")
	return f, len(decimals)
}

// isShare reports whether part of whole, rounded as it is printed, is the percentage. Half a unit of the last decimal is rounding; a
// little more is the arithmetic of floating numbers.
func isShare(part, whole int, percent float64, decimals int) bool {
	if whole == 0 {
		return false
	}
	return math.Abs(100*float64(part)/float64(whole)-percent) <= 0.5*math.Pow10(-decimals)+1e-9
}

// shareText is the share as it ought to be printed, with as many decimals, as a fact.
func shareText(part, whole, decimals int) string {
	return strconv.FormatFloat(100*float64(part)/float64(whole), 'f', decimals, 64) + "%"
}

// ofPassages runs a check over every sentence of the return that counts, outside its tables.
func ofPassages(check func(d delivery, sentence string) []facts) func(delivery) []progress.Finding {
	return func(d delivery) []progress.Finding {
		if d.counted == nil {
			return nil
		}
		var out []progress.Finding
		for _, p := range d.counted.Reading.Narrative {
			for _, s := range sentencesOf(p.Text) {
				for _, f := range check(d, s) {
					out = append(out, progress.Finding{Origin: p.Origin, Facts: f})
				}
			}
		}
		return out
	}
}
