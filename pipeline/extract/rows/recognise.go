package rows

import (
	"regexp"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// recogniseColumn finds the field of a column from its headings: all of them together, the innermost alone, the two innermost.
func (r *reader) recogniseColumn(c *column) {
	if len(c.texts) == 0 {
		return
	}
	all := templates.Key(strings.Join(c.texts, " "))
	leaf := templates.Key(c.texts[len(c.texts)-1])
	tries := []string{all, leaf}
	if n := len(c.texts); n > 2 {
		tries = append(tries, templates.Key(c.texts[n-2]+" "+c.texts[n-1]))
	}
	if bare := templates.Key(notInBrackets.ReplaceAllString(c.texts[len(c.texts)-1], " ")); bare != leaf {
		tries = append(tries, bare)
	}
	if r.isIgnored(all) || r.namesIgnored(c.texts) {
		c.ignored = true
		return
	}
	if r.underHeading(c, leaf) {
		return
	}
	for _, want := range []match{exact, begins, contains} {
		for _, key := range tries {
			if f, a, m := r.recognise(key); m == want {
				c.field, c.ambiguity, c.match = f, a, m
				c.ignored = f == "" && a == ""
				return
			}
		}
	}
}

var notInBrackets = regexp.MustCompile(`\([^()]*\)|\*`)

func (r *reader) isIgnored(key string) bool {
	return r.headings.Ignored[key] || startsAny(key, r.headings.IgnoredFrom)
}

// namesIgnored reports wording of a column that is not to be read. It stands together: "Số, ngày văn bản" counts no days, and what is
// said in brackets explains.
func (r *reader) namesIgnored(texts []string) bool {
	bare := notInBrackets.ReplaceAllString(strings.Join(texts, " "), " ")
	for part := range strings.FieldsFuncSeq(bare, func(c rune) bool { return strings.ContainsRune(",;/()", c) }) {
		key := templates.Key(part)
		for _, w := range r.headings.IgnoredIn {
			if templates.HasWords(key, w) {
				return true
			}
		}
	}
	return false
}

// underHeading settles columns whose heading says only which of the things it is that the heading above names: number and day of a
// document, planned and reached percent.
func (r *reader) underHeading(c *column, leaf string) bool {
	if len(c.texts) < 2 {
		return false
	}
	above, _, m := r.recognise(templates.Key(notInBrackets.ReplaceAllString(c.texts[len(c.texts)-2], " ")))
	own, _, ownMatch := r.recognise(leaf)
	if m != exact {
		return false
	}
	switch {
	case above == progress.FieldEvidence && own == progress.FieldMandate:
		c.field, c.match = above, exact
	case above == progress.FieldPercent && templates.HasWords(leaf, "ke hoach"):
		c.ignored = true
	case above == progress.FieldPercent && own == progress.FieldCompleted && ownMatch == exact:
		c.field, c.match = above, exact
	default:
		return false
	}
	return true
}

// recognise finds the wording of the vocabulary that a heading is, begins with, or contains. A wording that is known and not read
// gives a match without field.
func (r *reader) recognise(key string) (progress.Field, templates.Ambiguity, match) {
	f, a, m := r.recogniseAs(key)
	if long, ok := r.headings.Expanded(key); ok && m != exact {
		if f2, a2, m2 := r.recogniseAs(long); m2 > m {
			return f2, a2, m2
		}
	}
	return f, a, m
}

func (r *reader) recogniseAs(key string) (progress.Field, templates.Ambiguity, match) {
	h := r.headings
	if key == "" {
		return "", "", unmatched
	}
	if f, a, ok := lookUp(h, key); ok {
		return f, a, exact
	}
	if mended, ok := h.Mended(key); ok {
		f, a, _ := lookUp(h, mended)
		return f, a, exact
	}
	for _, w := range h.Longest() {
		if templates.StartsWith(key, w) {
			f, a, _ := lookUp(h, w)
			if f == progress.FieldCode && !strings.Contains(w, " ") {
				continue // "Mã hồ sơ" is the code of something else
			}
			return f, a, begins
		}
	}
	for _, w := range h.Longest() {
		if !strings.Contains(w, " ") {
			break // sorted by words: only single ones follow
		}
		if templates.HasWords(key, w) {
			f, a, _ := lookUp(h, w)
			return f, a, contains
		}
	}
	return "", "", unmatched
}

func lookUp(h *templates.Headings, key string) (progress.Field, templates.Ambiguity, bool) {
	f, isField := h.Fields[key]
	a, isAmbiguous := h.Ambiguous[key]
	return f, a, isField || isAmbiguous || h.Ignored[key]
}

// tickColumns finds columns named by a status, at least two side by side: a mark in one of them is the status.
func (r *reader) tickColumns(h *heading) {
	run := []int{}
	flush := func() {
		if len(run) >= 2 {
			for _, k := range run {
				c := &h.columns[k]
				c.tick = r.tickStatus(*c)
				c.field, c.ambiguity, c.match, c.ignored = "", "", exact, false
			}
		}
		run = run[:0]
	}
	for k, c := range h.columns {
		if r.tickStatus(c) == "" || c.match == exact && c.field != "" {
			flush()
			continue
		}
		run = append(run, k)
	}
	flush()
}

// tickStatus is the status that a column's headings name, without a heading above that names the field itself.
func (r *reader) tickStatus(c column) string {
	for from := range c.texts {
		text := strings.Join(c.texts[from:], " ")
		if r.purely(text).known {
			return text
		}
	}
	return ""
}
