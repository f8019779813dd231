package templates

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/progress"
)

var placeholder = regexp.MustCompile(`\{#?[a-z_0-9]+\}`)

func TestBothLanguagesSayTheSame(t *testing.T) {
	vi, en := In(Vietnamese), In(English)
	if !slices.Equal(vi.Keys(), en.Keys()) {
		for _, k := range vi.Keys() {
			if !en.Has(k) {
				t.Errorf("English lacks %s", k)
			}
		}
		for _, k := range en.Keys() {
			if !vi.Has(k) {
				t.Errorf("Vietnamese lacks %s", k)
			}
		}
	}
	places := func(w *Words, k string) []string {
		set := map[string]bool{}
		for _, p := range placeholder.FindAllString(w.texts[k], -1) {
			set[p] = true
		}
		return slices.Sorted(maps.Keys(set))
	}
	for _, k := range vi.Keys() {
		if v, e := places(vi, k), places(en, k); !slices.Equal(v, e) {
			t.Errorf("%s: places %v in Vietnamese, %v in English", k, v, e)
		}
	}
}

func TestWordingIsClean(t *testing.T) {
	for _, lang := range Langs {
		w := In(lang)
		for k, text := range w.texts {
			if strings.TrimSpace(text) == "" && !strings.HasPrefix(k, "number.") {
				t.Errorf("%s %s is empty", lang, k)
			}
			if !norm.NFC.IsNormalString(text) {
				t.Errorf("%s %s is not NFC", lang, k)
			}
		}
	}
}

func TestEveryFindingHasARemedy(t *testing.T) {
	w := In(Vietnamese)
	for _, k := range w.Keys() {
		rule, ok := strings.CutPrefix(k, "finding.")
		if ok && k != "finding.line" && !w.Has("remedy."+rule) {
			t.Errorf("finding %s has no remedy", rule)
		}
	}
}

// TestEveryFieldHasAName: whatever a heading may be read as is named in both languages.
func TestEveryFieldHasAName(t *testing.T) {
	v := BuiltinVocabulary()
	for _, fields := range []map[string]progress.Field{v.Tasks.Fields, v.Units.Fields} {
		for wording, f := range fields {
			for _, lang := range Langs {
				if !In(lang).Has("field." + string(f)) {
					t.Errorf("%s has no name for %s (%s)", lang, f, wording)
				}
			}
		}
	}
	for _, f := range []progress.Field{progress.FieldClass, progress.FieldDoubts, progress.FieldAssumed, progress.FieldFile, progress.FieldSHA256, progress.FieldPlace} {
		for _, lang := range Langs {
			if !In(lang).Has("field." + string(f)) {
				t.Errorf("%s has no name for %s, a column of a synthesis", lang, f)
			}
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	vi, en := In(Vietnamese), In(English)
	for want, got := range map[string]string{
		"9.831":      vi.Int(9831),
		"9,831":      en.Int(9831),
		"-1.234.567": vi.Int(-1234567),
		"12":         vi.Int(12),
		"1.234,5":    vi.Decimal(1234.5, 1),
		"1,234.5":    en.Decimal(1234.5, 1),
		"-0,5":       vi.Decimal(-0.5, 1),
		"67,8":       vi.Decimal(67.8, 1),
		"05/01/2026": vi.Date(progress.Date{Year: 2026, Month: 1, Day: 5}),
		"":           vi.Date(progress.Date{}) + vi.FullDate(progress.Date{}),
		"ngày\u00a005 tháng\u00a001 năm\u00a02026": vi.FullDate(progress.Date{Year: 2026, Month: 1, Day: 5}),
		"ngày\u00a012 tháng\u00a09 năm\u00a02025":  vi.FullDate(progress.Date{Year: 2025, Month: 9, Day: 12}),
		"5\u00a0January 2026":                      en.FullDate(progress.Date{Year: 2026, Month: 1, Day: 5}),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Facts hold decimals with a point. Which numbers of a sentence have decimals its units tell: percents, and points of percent.
func TestSentencesWriteDecimalsAsTheirLanguageDoes(t *testing.T) {
	plain := regexp.MustCompile(`\{[a-z_0-9]+\}(%| điểm| points)`)
	for _, lang := range Langs {
		w := In(lang)
		for k, text := range w.texts {
			if !strings.HasPrefix(k, "finding.") && !strings.HasPrefix(k, "warning.") || k == "warning.chance" { // which is no fact
				continue
			}
			if at := plain.FindString(text); at != "" {
				t.Errorf("%s %s: %s is a figure and is not written {#…}", lang, k, at)
			}
		}
	}
	for fact, want := range map[string]string{ // in Vietnamese
		"1.7":                             "1,7",
		"60":                              "60",
		"-0.5":                            "-0,5",
		"16.30%":                          "16,30%",
		"1.2: 41.7% / 42%; 1.10: 5% / 6%": "1.2: 41,7% / 42%; 1.10: 5% / 6%", // 1.2 and 1.10 are codes
		"15.5.2025":                       "15.5.2025",
		"Đang lấy ý kiến":                 "Đang lấy ý kiến",
	} {
		if got := In(Vietnamese).Figure(fact); got != want {
			t.Errorf("%s is written %s, want %s", fact, got, want)
		}
		if got := In(English).Figure(fact); got != fact {
			t.Errorf("%s is written %s in English", fact, got)
		}
	}
}

// TestOneOfAKind: English says 1 task and 2 tasks, wherever it counts.
func TestOneOfAKind(t *testing.T) {
	en := In(English)
	for _, c := range []struct{ key, n, want string }{
		{"remind.unproven", "1", "1 task not proven done"},
		{"remind.unproven", "2", "2 tasks not proven done"},
		{"remind.unproven", "1,001", "1,001 tasks not proven done"},
		{"letter.late", "1", "; 1 day late"},
		{"report.urgent.more", "1", "1 more task past its deadline is listed on the following pages."},
		{"report.urgent.more", "52", "52 more tasks past their deadline are listed on the following pages."},
	} {
		if got := en.Say(c.key, "n", c.n); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.key, c.n, got, c.want)
		}
	}
	counted := regexp.MustCompile(`\{([a-z_0-9]+)\}[ \x{a0}](?:[a-gi-z][a-z]+ )?(tasks|rows|units|errors|notes|warnings|files|faults|entries|editions|positions|days|times|points|weeks|cells|links|columns|returns|characters|periods|parts)\b`)
	for _, k := range en.Keys() {
		for _, m := range counted.FindAllStringSubmatch(en.texts[k], -1) {
			// A limit is never 1, and a fraction never looks like one.
			if m[1] != "limit" && m[1] != "fraction" && m[1] != "report" {
				t.Errorf("%s counts %q whatever the number: write {%s:one|several}", k, m[0], m[1])
			}
		}
	}
}

func TestFindingIsFilled(t *testing.T) {
	f := progress.Finding{Rule: "X00", Facts: map[string]string{"found": "31/6/2025"}, Origin: progress.Origin{Sheet: "BC", Cell: "E9"}}
	w := &Words{Lang: English, texts: map[string]string{
		"finding.X00": "{place}: {found} is no date", "remedy.X00": "mend it", "place.cell_of_sheet": "cell {cell} of {sheet}"}}
	message, remedy := w.Finding(f)
	if message != "cell E9 of BC: 31/6/2025 is no date" || remedy != "mend it" {
		t.Errorf("%q, %q", message, remedy)
	}
	if got := w.Say("no.such.key"); got != "⟦no.such.key⟧" {
		t.Errorf("missing key is shown as %q", got)
	}
}
