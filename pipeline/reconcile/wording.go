package reconcile

import (
	"regexp"
	"strings"

	"tiendo/pipeline/progress"
)

// wording is the text of a task made ready for comparison.
type wording struct {
	text  string   // folded
	words []string // of text
	count map[string]int
	// weight is the sum of the weights of the words.
	weight float64
}

// enumeration is the number that a form puts before the text of a task: "3. Xây dựng…", "a) Trình…".
var enumeration = regexp.MustCompile(`^\s*(\d{1,3}(\.\d{1,3})*|[a-zđ])\s*[.)/]\s+`)

func wordingOf(text string) wording {
	w := wording{text: progress.FoldSpelling(enumeration.ReplaceAllString(text, "")), count: map[string]int{}}
	w.words = strings.Fields(w.text)
	for _, word := range w.words {
		w.count[word]++
		w.weight += weight(word)
	}
	return w
}

// functionWords join the words that carry the meaning; adding, dropping or swapping them changes no task.
var functionWords = setOf("va cac cua cho ve theo trong tai voi nhung duoc den tren tu o la mot de nham thuc hien viec")

// romanNumbers that are not also common syllables without their marks ("vi": đơn vị, phạm vi).
var romanNumbers = setOf("i ii iii iv v vii viii ix x")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func weight(word string) float64 {
	if functionWords[word] {
		return 0.25
	}
	return 1
}

// likeness says how two wordings compare.
type likeness struct {
	score float64 // 0 … 1: shared weight ÷ mean weight
	// inside is the part of the reported wording's weight that the task's wording has too: 1 for a shortened title.
	inside float64
	// conflict: a number, or a word that carries meaning, stands in the one where the other has a different one. "giai đoạn 1"
	// and "giai đoạn 2" share nearly every letter and are two tasks.
	conflict bool
}

// same reports whether the likeness alone is enough to take a row for a task.
func (l likeness) same() bool { return !l.conflict && l.score >= 0.85 }

// near reports whether the wording supports a code that names the task.
func (l likeness) near() bool { return max(l.score, l.inside) >= 0.6 }

// compare aligns a reported wording with that of a task as bags of words: word order is free, abbreviations by
// initials ("CĐS" for "chuyển đổi số") and single slips of the keyboard count as the word they stand for.
func compare(reported, task wording) likeness {
	if reported.text == task.text {
		return likeness{score: 1, inside: 1}
	}
	if reported.weight == 0 || task.weight == 0 {
		return likeness{}
	}
	left, common := rest(reported, task.count)
	right, _ := rest(task, reported.count)
	shared := 2 * common
	inside := common
	matched := func(l, r []string) {
		for _, w := range l {
			shared += weight(w)
			inside += weight(w)
		}
		for _, w := range r {
			shared += weight(w)
		}
	}
	left, right = expand(left, right, matched)
	right, left = expand(right, left, func(r, l []string) { matched(l, r) })
	left, right = mend(left, right, 1+len(task.words)/10, matched)
	return likeness{
		score:    shared / (reported.weight + task.weight),
		inside:   inside / reported.weight,
		conflict: contradicts(left, right),
	}
}

// rest lists the words of w beyond those that other has too, in their order, and sums the weight of the common ones.
func rest(w wording, other map[string]int) (left []string, common float64) {
	used := map[string]int{}
	for _, word := range w.words {
		if used[word] < other[word] {
			used[word]++
			common += weight(word)
			continue
		}
		left = append(left, word)
	}
	return left, common
}

// expand removes from short each word that is made of the initials of neighbouring words of long, and those from long.
func expand(short, long []string, matched func(short, long []string)) (s, l []string) {
	for _, word := range short {
		from, to := initials(word, long)
		if to == from {
			s = append(s, word)
			continue
		}
		matched([]string{word}, long[from:to])
		long = append(append([]string{}, long[:from]...), long[to:]...)
	}
	return s, long
}

func initials(word string, long []string) (from, to int) {
	n := len(word)
	if n < 2 || n > 6 {
		return 0, 0
	}
	for from := 0; from+n <= len(long); from++ {
		i := 0
		for i < n && long[from+i][0] == word[i] {
			i++
		}
		if i == n {
			return from, from + n
		}
	}
	return 0, 0
}

// mend pairs words that differ by one slip, at most so many: short syllables resemble each other too easily to allow more.
func mend(left, right []string, slips int, matched func(l, r []string)) (l, r []string) {
	for _, word := range left {
		i := -1
		if slips > 0 {
			i = slipOf(word, right)
		}
		if i < 0 {
			l = append(l, word)
			continue
		}
		slips--
		matched([]string{word}, right[i:i+1])
		right = append(append([]string{}, right[:i]...), right[i+1:]...)
	}
	return l, right
}

func slipOf(word string, among []string) int {
	for i, other := range among {
		if len(word) >= 4 && len(other) >= 4 && !isNumber(word) && !isNumber(other) && oneSlip(word, other) {
			return i
		}
	}
	return -1
}

// oneSlip reports whether one letter added, left out, changed, or two swapped make a of b.
func oneSlip(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 0:
		return i == len(b) || a[i+1:] == b[i+1:] ||
			i+1 < len(b) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i+1:] == b[i:]
	}
	return false
}

// contradicts looks at what two wordings do not share. Words on one side only are a title shortened or explained; words on
// both sides are a word replaced; a number on any side is another number.
func contradicts(left, right []string) bool {
	l, r := 0, 0
	for _, w := range left {
		if isNumber(w) {
			return true
		}
		if weight(w) == 1 {
			l++
		}
	}
	for _, w := range right {
		if isNumber(w) {
			return true
		}
		if weight(w) == 1 {
			r++
		}
	}
	return l > 0 && r > 0
}

func isNumber(word string) bool {
	return romanNumbers[word] || word[0] >= '0' && word[0] <= '9'
}
