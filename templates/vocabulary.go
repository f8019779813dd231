package templates

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/progress"
)

//go:embed vocabulary
var vocabularyFiles embed.FS

// Vocabulary is how people write the headings, statuses and surroundings of their tables. Every wording is
// held as its [Key], so that case, accents and spelling variants do not matter.
type Vocabulary struct {
	Tasks Headings // columns of returns and plans
	Units Headings // columns of the register of units
	// Waivers are the columns of the register of findings that are explained.
	Waivers Headings
	// Milestones are the columns of the sheet of milestones in a plan.
	Milestones Headings

	Statuses []StatusWording // the longest first
	Silent   map[string]bool // known status wording that says nothing of the state
	Claims   []ClaimWording  // the longest first
	Ticks    map[string]bool // signs that mark a cell, as they stand
	Blanks   map[string]bool // signs and words for "nothing", as they stand, in lower case

	// CollectiveLeads are leads that mean all reporting units, or all whose level begins with one of the words.
	CollectiveLeads map[string][]string
	UnitLabels      []string        // before the name of the reporting unit, the longest first
	UnitWords       []string        // how names of units begin
	UnitSpellings   map[string]bool // the first words of these, as they are spelled: "sở", which "số" folds onto and is not
	NotUnits        []string        // what begins so and is none
	Authorities     []string        // to whom proposals go and whom no register has, as their names are spelled
	Asking          []string        // what stands right before the name of one to whom a proposal goes
	TitleWords      []string        // first words of the title of a paper
	PlanWords       []string        // first words of the name of a plan
	Measures        map[string]bool // units of measure
	Letterhead      []string        // lines that name no unit
	Closing         []string        // first words of the block that ends a table
	Notes           []string        // first words of a note outside the rows
	TotalsExact     map[string]bool
	TotalsStarting  []string
	Groups          []string // first words of the names of groups
	CaptionWords    []string // words around a status in a caption
	NextPeriods     []string // by which a caption names the period after this one
	ThisPeriods     []string // by which it names this one, or what was done in it
}

// Headings are the wordings of the columns of one kind of document.
type Headings struct {
	Fields      map[string]progress.Field // key of a wording → field
	Ambiguous   map[string]Ambiguity      // key of a wording that means different things in different forms
	Ignored     map[string]bool           // known columns that are not read
	IgnoredFrom []string                  // wording with which a column begins that is not to be read
	IgnoredIn   []string                  // wording that makes any heading which contains it a column not to be read
	longest     []string                  // keys of Fields, Ambiguous and Ignored, the longest first
	abbrev      map[string]string         // word of a key → what it stands for
	unspaced    map[string]string         // the same keys without their spaces → key
}

// Ambiguity names the meanings between which the reader has to decide.
type Ambiguity string

const (
	ProductOrResult Ambiguity = "product_or_result"
	DueOrDuration   Ambiguity = "due_or_duration"
	StatusOrPercent Ambiguity = "status_or_percent"
	StatusOrResult  Ambiguity = "status_or_result"
	LeadOrMeasure   Ambiguity = "lead_or_measure"
)

// StatusWording is a wording and the state that it names.
type StatusWording struct {
	Key    string
	Status progress.Status
}

// ClaimWording is a wording and the timeliness that it claims.
type ClaimWording struct {
	Key   string
	Claim progress.Timeliness
}

// Key is the form in which wordings are compared: [progress.FoldSpelling], with the sign % as a word.
func Key(s string) string {
	if strings.TrimSpace(s) == "#" {
		return "so thu tu" // the sign alone, at the head of a column of numbers
	}
	return progress.FoldSpelling(strings.ReplaceAll(s, "%", " phan tram "))
}

// Spelling is the first word of a text in lower case, its letters and then its marks, so that the placement of the tone does not
// matter ("uỷ" and "ủy" are one word); it keeps apart what [Key] folds together ("sở" and "số").
func Spelling(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(norm.NFD.String(strings.ToLower(text))), " ")
	var letters, marks []rune
	for _, r := range word {
		if unicode.Is(unicode.Mn, r) {
			marks = append(marks, r)
		} else {
			letters = append(letters, r)
		}
	}
	slices.Sort(marks)
	return string(letters) + string(marks)
}

// HasWords reports whether key contains the words of part, whole and in a row.
func HasWords(key, part string) bool {
	if part == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(key[from:], part)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(part)
		if (at == 0 || key[at-1] == ' ') && (end == len(key) || key[end] == ' ') {
			return true
		}
		from = at + 1
	}
}

// StartsWith reports whether key begins with the words of part.
func StartsWith(key, part string) bool {
	return part != "" && strings.HasPrefix(key, part) && (len(key) == len(part) || key[len(part)] == ' ')
}

// BuiltinVocabulary returns the vocabulary that is built in.
func BuiltinVocabulary() *Vocabulary { return builtinVocabulary }

var builtinVocabulary = func() *Vocabulary {
	v, err := loadVocabulary(vocabularyFiles)
	if err != nil {
		panic(err) // built in: a test reads every file
	}
	return v
}()

// The files as they are written.
type (
	headingsFile struct {
		Task          map[progress.Field][]string `yaml:"task"`
		Ambiguous     map[Ambiguity][]string      `yaml:"ambiguous"`
		Abbreviations map[string]string           `yaml:"abbreviations"`
		Ignored       struct {
			Exact      []string `yaml:"exact"`
			Starting   []string `yaml:"starting"`
			Containing []string `yaml:"containing"`
		} `yaml:"ignored"`
		Unit      map[progress.Field][]string `yaml:"unit"`
		Waiver    map[progress.Field][]string `yaml:"waiver"`
		Milestone map[progress.Field][]string `yaml:"milestone"`
	}
	statusesFile struct {
		Statuses map[progress.Status][]string     `yaml:"statuses"`
		Silent   []string                         `yaml:"silent"`
		Claims   map[progress.Timeliness][]string `yaml:"claims"`
		Ticks    []string                         `yaml:"ticks"`
		Blanks   []string                         `yaml:"blanks"`
	}
	placesFile struct {
		CollectiveLeads  []string `yaml:"collective_leads"`
		CollectiveLevels []struct {
			Levels []string `yaml:"levels"`
			Leads  []string `yaml:"leads"`
		} `yaml:"collective_levels"`
		UnitLabels  []string `yaml:"unit_labels"`
		UnitWords   []string `yaml:"unit_words"`
		NotUnits    []string `yaml:"not_units"`
		Authorities []string `yaml:"authorities"`
		Asking      []string `yaml:"asking"`
		TitleWords  []string `yaml:"title_words"`
		PlanWords   []string `yaml:"plan_words"`
		Measures    []string `yaml:"measures"`
		Letterhead  []string `yaml:"letterhead"`
		Closing     []string `yaml:"closing"`
		Notes       []string `yaml:"notes"`
		Totals      struct {
			Exact    []string `yaml:"exact"`
			Starting []string `yaml:"starting"`
		} `yaml:"totals"`
		Groups       []string `yaml:"groups"`
		CaptionWords []string `yaml:"caption_words"`
		NextPeriods  []string `yaml:"next_periods"`
		ThisPeriods  []string `yaml:"this_periods"`
	}
)

func loadVocabulary(files fs.FS) (*Vocabulary, error) {
	var (
		h headingsFile
		s statusesFile
		p placesFile
	)
	for name, into := range map[string]any{"headings": &h, "statuses": &s, "places": &p} {
		data, err := fs.ReadFile(files, "vocabulary/"+name+".yaml")
		if err != nil {
			return nil, err
		}
		if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("vocabulary/%s.yaml: %w", name, err)
		}
	}
	v := &Vocabulary{
		Silent: keySet(s.Silent), Ticks: signSet(s.Ticks), Blanks: signSet(s.Blanks),
		CollectiveLeads: map[string][]string{},
		UnitLabels:      keys(p.UnitLabels), UnitWords: keys(p.UnitWords), Letterhead: keys(p.Letterhead),
		Authorities: p.Authorities, Asking: keys(p.Asking), NotUnits: keys(p.NotUnits), TitleWords: keys(p.TitleWords), PlanWords: keys(p.PlanWords), Measures: keySet(p.Measures),
		Closing: keys(p.Closing), Notes: keys(p.Notes), TotalsExact: keySet(p.Totals.Exact),
		TotalsStarting: keys(p.Totals.Starting), Groups: keys(p.Groups), CaptionWords: keys(p.CaptionWords),
		NextPeriods: keys(p.NextPeriods), ThisPeriods: keys(p.ThisPeriods),
	}
	for key := range keySet(p.CollectiveLeads) {
		v.CollectiveLeads[key] = nil
	}
	for _, c := range p.CollectiveLevels {
		for key := range keySet(c.Leads) {
			v.CollectiveLeads[key] = keys(c.Levels)
		}
	}
	var err error
	if v.Tasks, err = headings(h.Task); err != nil {
		return nil, fmt.Errorf("vocabulary/headings.yaml, task: %w", err)
	}
	for kind, wordings := range h.Ambiguous {
		for _, w := range wordings {
			v.Tasks.Ambiguous[Key(w)] = kind
		}
	}
	v.Tasks.IgnoredFrom = keys(h.Ignored.Starting)
	v.Tasks.Ignored, v.Tasks.IgnoredIn = keySet(h.Ignored.Exact), keys(h.Ignored.Containing)
	v.Tasks.abbrev = map[string]string{}
	for short, long := range h.Abbreviations {
		v.Tasks.abbrev[Key(short)] = Key(long)
	}
	v.Tasks.index()
	if v.Units, err = headings(h.Unit); err != nil {
		return nil, fmt.Errorf("vocabulary/headings.yaml, unit: %w", err)
	}
	v.Units.index()
	if v.Waivers, err = headings(h.Waiver); err != nil {
		return nil, fmt.Errorf("vocabulary/headings.yaml, waiver: %w", err)
	}
	v.Waivers.index()
	if v.Milestones, err = headings(h.Milestone); err != nil {
		return nil, fmt.Errorf("vocabulary/headings.yaml, milestone: %w", err)
	}
	v.Milestones.index()
	v.setStatuses(s)
	v.UnitSpellings = map[string]bool{}
	for _, w := range p.UnitWords {
		v.UnitSpellings[Spelling(w)] = true
	}
	return v, nil
}

// headings turns the lists of a file around, and refuses a wording that is claimed by two fields.
func headings(fields map[progress.Field][]string) (Headings, error) {
	h := Headings{Fields: map[string]progress.Field{}, Ambiguous: map[string]Ambiguity{}}
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		for _, wording := range fields[field] {
			key := Key(wording)
			if key == "" {
				return Headings{}, fmt.Errorf("%s: %q has no letters", field, wording)
			}
			if other, taken := h.Fields[key]; taken && other != field {
				return Headings{}, fmt.Errorf("%q stands under %s and %s", wording, other, field)
			}
			h.Fields[key] = field
		}
	}
	return h, nil
}

func (h *Headings) index() {
	all := map[string]bool{}
	for k := range h.Fields {
		all[k] = true
	}
	for k := range h.Ambiguous {
		all[k] = true
	}
	for k := range h.Ignored {
		all[k] = true
	}
	h.longest = longestFirst(slices.Collect(maps.Keys(all)))
	h.unspaced = map[string]string{}
	for _, k := range h.longest {
		h.unspaced[strings.ReplaceAll(k, " ", "")] = k
	}
}

// Mended is the wording of which key is only spaced otherwise, as a narrow column breaks it: "st t", "tinh tran g".
func (h *Headings) Mended(key string) (string, bool) {
	k, ok := h.unspaced[strings.ReplaceAll(key, " ", "")]
	return k, ok
}

// Expanded is the key with its abbreviations written out; false where it has none.
func (h *Headings) Expanded(key string) (string, bool) {
	words, any := strings.Fields(key), false
	for i, w := range words {
		if long, ok := h.abbrev[w]; ok {
			words[i], any = long, true
		}
	}
	return strings.Join(words, " "), any
}

// Longest lists the keys of all wordings, the longest first, equal ones in order of the alphabet.
func (h *Headings) Longest() []string { return h.longest }

func (v *Vocabulary) setStatuses(s statusesFile) {
	for status, wordings := range s.Statuses {
		for _, w := range wordings {
			v.Statuses = append(v.Statuses, StatusWording{Key(w), status})
		}
	}
	slices.SortFunc(v.Statuses, func(a, b StatusWording) int { return compareLength(a.Key, b.Key) })
	for claim, wordings := range s.Claims {
		for _, w := range wordings {
			v.Claims = append(v.Claims, ClaimWording{Key(w), claim})
		}
	}
	slices.SortFunc(v.Claims, func(a, b ClaimWording) int { return compareLength(a.Key, b.Key) })
}

func keys(wordings []string) []string {
	out := make([]string, len(wordings))
	for i, w := range wordings {
		out[i] = Key(w)
	}
	return longestFirst(out)
}

func keySet(wordings []string) map[string]bool {
	out := map[string]bool{}
	for _, w := range wordings {
		out[Key(w)] = true
	}
	return out
}

func signSet(signs []string) map[string]bool {
	out := map[string]bool{}
	for _, s := range signs {
		out[strings.ToLower(s)] = true
	}
	return out
}

func longestFirst(keys []string) []string {
	slices.SortFunc(keys, compareLength)
	return slices.Compact(keys)
}

// compareLength orders wordings by falling number of words, then of letters, then by the alphabet.
func compareLength(a, b string) int {
	return cmp.Or(
		cmp.Compare(strings.Count(b, " "), strings.Count(a, " ")),
		cmp.Compare(len(b), len(a)),
		cmp.Compare(a, b),
	)
}
