package rows

import (
	"regexp"
	"slices"
	"strings"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// standing is what a status wording says: the state, the claim of timeliness beside it, and a percent in the
// same words ("Đang thực hiện (60%)").
type standing struct {
	status  progress.Status
	claim   progress.Timeliness
	percent *float64
	known   bool // the vocabulary knows the wording, also where it names no state
}

// readStatus reads the wording of a status. The longest wording of the vocabulary counts first, so that "chưa hoàn thành" never gives
// "hoàn thành". A text that names several states is read by its first one, but words of being done beside
// an open state are not done ("Hoàn thành dự thảo, đang trình"), and neither is "Hoàn thành 60%": 60 % of a task is a task in
// progress, and the percent is kept. "Hoàn thành 3/5" is the same.
func readStatus(text string, vocab *templates.Vocabulary) standing {
	text = tickedBox(text)
	key := templates.Key(withoutPercent(text))
	var s standing
	if p, ok := percentWithin(text); ok {
		s.percent = &p
	}
	states := statusesIn(withoutClaims(key, vocab), vocab)
	s.claim = claimIn(key, vocab)
	switch {
	case len(states) > 0:
		s.status, s.known = states[0], true
		if s.status == progress.Done {
			s.status = openAmong(states)
		}
	case s.claim != progress.NoClaim:
		s.status, s.known = progress.InProgress, true
	case vocab.Silent[key]:
		s.known = true
	}
	if s.status == progress.Done && (s.percent != nil && *s.percent < 100 || partOf(text)) {
		s.status = progress.InProgress
	}
	return s
}

var (
	box   = regexp.MustCompile(`[☐□◻☑☒✓✔■]|\[[ xX]?\]|\([xX ]\)`)
	boxed = regexp.MustCompile(`(?:[☑☒✓✔■]|\[[xX]\]|\([xX]\))\s*([^☐□◻☑☒✓✔■\[\]()]+)`)
)

// tickedBox is the wording behind the one box that is ticked, where a cell offers several: "☐ Hoàn thành ☑ Đang thực hiện".
func tickedBox(text string) string {
	if len(box.FindAllString(text, 2)) < 2 {
		return text
	}
	if ticked := boxed.FindAllStringSubmatch(text, 2); len(ticked) == 1 {
		return strings.TrimSpace(ticked[0][1])
	}
	return text
}

// withoutClaims takes claims of several words out of a key: "chưa đến hạn" says nothing of not having begun.
func withoutClaims(key string, vocab *templates.Vocabulary) string {
	rest := " " + key + " "
	for _, w := range vocab.Claims {
		if strings.Contains(w.Key, " ") {
			rest = strings.ReplaceAll(rest, " "+w.Key+" ", " # ")
		}
	}
	return strings.TrimSpace(rest)
}

// openAmong is done, unless another state stands beside it.
func openAmong(states []progress.Status) progress.Status {
	for _, s := range states {
		if s == progress.InProgress || s == progress.NotStarted {
			return progress.InProgress
		}
	}
	return progress.Done
}

// statusesIn lists the states named in a key, in reading order. A wording of one word counts only where the key begins with it, or where
// nothing longer was found: "Chưa", "Đang".
func statusesIn(key string, vocab *templates.Vocabulary) []progress.Status {
	type hit struct {
		at     int
		status progress.Status
	}
	var hits []hit
	rest := " " + key + " "
	for _, w := range vocab.Statuses {
		needle := " " + w.Key + " "
		for {
			at := strings.Index(rest, needle)
			if at < 0 || !strings.Contains(w.Key, " ") && at > 0 {
				break
			}
			hits = append(hits, hit{at, w.Status})
			rest = rest[:at] + " " + strings.Repeat("#", len(w.Key)) + " " + rest[at+len(needle):]
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.at - b.at })
	// A state far behind other words is part of a story, not the status: only what the text begins with counts then.
	if len(hits) > 0 && strings.Count(key[:min(len(key), hits[0].at)], " ") > farFromStart {
		return nil
	}
	out := make([]progress.Status, len(hits))
	for i, h := range hits {
		out[i] = h.status
	}
	return out
}

// farFromStart is how many words may stand before the status in a status cell ("Nhiệm vụ này hiện đang thực hiện").
const farFromStart = 8

// claimIn is the first claim of timeliness in a key. "Chậm nhất" names a deadline and claims nothing.
func claimIn(key string, vocab *templates.Vocabulary) progress.Timeliness {
	key = strings.ReplaceAll(key, "cham nhat", "#")
	first, claim := len(key)+1, progress.NoClaim
	rest := " " + key + " "
	for _, w := range vocab.Claims {
		needle := " " + w.Key + " "
		at := strings.Index(rest, needle)
		if at < 0 {
			continue
		}
		if at < first {
			first, claim = at, w.Claim
		}
		rest = strings.ReplaceAll(rest, needle, " "+strings.Repeat("#", len(w.Key))+" ")
	}
	return claim
}

var partDone = regexp.MustCompile(`(\d{1,3})\s*/\s*(\d{1,3})(\D|$)`)

// partOf reports a count of parts of which some are open: "Hoàn thành 3/5 nội dung". A day (14/2/2025) and a document (12/QĐ) are none.
func partOf(text string) bool {
	m := partDone.FindStringSubmatch(text)
	if m == nil || strings.HasPrefix(m[3], "/") || strings.HasPrefix(m[3], "-") {
		return false
	}
	a, b := digits(m[1]), digits(m[2])
	return a < b && !strings.Contains(progress.Fold(text), "ngay "+m[1])
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// pure is a text that names a status and nothing else.
type pure struct {
	standing
	text string // the words of the status as written
}

var (
	captionMark   = regexp.MustCompile(`^\s*(?:[IVXLC]+|[A-Za-zĐđ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:-]+\s*|^\s*[IVXLC]+\s+|^\s*[A-ZĐ]\s+|^\s*[-+*•]\s*`)
	captionNumber = regexp.MustCompile(`\([^()]*\)|\d+`)
)

// purely reads captions such as "A. Đã hoàn thành" or "II. Danh mục nhiệm vụ đang thực hiện (12 nhiệm vụ)", and the headings of tick
// columns. It is not known where anything stands beside the status and its claim of timeliness.
func (r *reader) purely(text string) pure {
	if len(text) > longestCaption {
		return pure{}
	}
	p, seen := r.pures[text]
	if !seen {
		p = r.readPure(text)
		r.pures[text] = p
	}
	return p
}

func (r *reader) readPure(text string) pure {
	text = strings.Trim(captionMark.ReplaceAllString(text, ""), " :.")
	rest := templates.Key(captionNumber.ReplaceAllString(text, " "))
	rest = withoutLeading(rest, r.vocab.CaptionWords)
	if rest == "" {
		return pure{}
	}
	if left := withoutWordings(rest, r.vocab); left != "" {
		return pure{}
	}
	s := readStatus(rest, r.vocab)
	if s.status == progress.StatusUnknown {
		return pure{}
	}
	return pure{standing: s, text: wordsFrom(captionNumber.ReplaceAllString(text, " "), rest)}
}

// wordsFrom is the end of a text whose key is given: the words of the status without those that lead to it.
func wordsFrom(text, key string) string {
	words := strings.Fields(text)
	for i := range words {
		if end := strings.Join(words[i:], " "); templates.Key(end) == key {
			return end
		}
	}
	return text
}

const longestCaption = 200 // bytes

func withoutLeading(key string, words []string) string {
	for again := true; again; {
		again = false
		for _, w := range words {
			if templates.StartsWith(key, w) {
				key, again = strings.TrimSpace(key[len(w):]), true
			}
		}
	}
	return key
}

// withoutWordings takes every wording of a status or claim out of a key, and the small words that join them.
func withoutWordings(key string, vocab *templates.Vocabulary) string {
	rest := " " + withoutClaims(key, vocab) + " "
	for _, w := range vocab.Statuses {
		rest = strings.ReplaceAll(rest, " "+w.Key+" ", " # ")
	}
	for _, w := range vocab.Claims {
		rest = strings.ReplaceAll(rest, " "+w.Key+" ", " # ")
	}
	for _, w := range []string{"#", "va", "nhung", "nhiem vu", "cong viec", "viec", "den nay", "trong ki", "trong tuan", "trong thang", "co", "nv"} {
		rest = strings.ReplaceAll(rest, " "+w+" ", " ")
		rest = strings.ReplaceAll(rest, " "+w+" ", " ")
	}
	return strings.TrimSpace(rest)
}
