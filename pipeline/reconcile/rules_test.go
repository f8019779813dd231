package reconcile

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// TestRules runs the case folders: every rule has a file and a folder of one name, a failing and a passing case, and every
// finding can be said in both languages.
func TestRules(t *testing.T) {
	for _, r := range rules {
		t.Run(r.code, func(t *testing.T) {
			folder := folderOf(r.code)
			if folder == "" {
				t.Fatalf("rule %s has no case folder testdata/%s_…", r.code, strings.ToLower(r.code))
			}
			if _, err := os.Stat(filepath.Base(folder) + ".go"); err != nil {
				t.Errorf("the folder is named after no file of the package: %v", err)
			}
			for _, kind := range []string{"fail", "pass"} {
				cases, _ := filepath.Glob(filepath.Join(folder, kind+"*.yaml"))
				if len(cases) == 0 {
					t.Errorf("no case %s/%s*.yaml", folder, kind)
				}
				for _, file := range cases {
					t.Run(filepath.Base(file), func(t *testing.T) { runCase(t, r, file, kind == "fail") })
				}
			}
		})
	}
}

func runCase(t *testing.T, r rule, file string, fails bool) {
	var c caseFile
	load(t, file, &c)
	if c.Say == "" {
		t.Error("the case does not say what it shows")
	}
	if fails != (len(c.Want) > 0) {
		t.Errorf("a case named %s expects %d findings", filepath.Base(file), len(c.Want))
	}
	in, out := c.judged(t)
	var got []string
	for _, f := range out.Findings {
		if f.Rule != r.code {
			continue
		}
		line := lineOfFinding(f)
		for i, w := range in.Waivers { // cases name findings in words, not by their keys
			line = strings.ReplaceAll(line, w.Key, c.Waivers[i].Of)
		}
		got = append(got, line)
		for _, lang := range templates.Langs {
			message, remedy := templates.In(lang).Finding(f)
			if strings.ContainsAny(message+remedy, "{}⟦") {
				t.Errorf("%s: %q, %q", lang, message, remedy)
			}
			requireDecimals(t, lang, message)
		}
	}
	if diff := cmp.Diff(c.Want, got); diff != "" {
		t.Errorf("findings of %s (-want +got):\n%s", r.code, diff)
	}
}

var (
	quoted        = regexp.MustCompile(`“[^”]*”`)
	otherDecimals = map[templates.Lang]*regexp.Regexp{
		templates.Vietnamese: regexp.MustCompile(`\d\.\d{1,2}\b`), templates.English: regexp.MustCompile(`\d,\d{1,2}\b`),
	}
)

// requireDecimals fails on a number that a sentence writes as another language does. What it quotes stays as it was written.
func requireDecimals(t *testing.T, lang templates.Lang, sentence string) {
	t.Helper()
	if at := otherDecimals[lang].FindString(quoted.ReplaceAllString(sentence, "")); at != "" {
		t.Errorf("%s writes the decimals of another language, %s: %s", lang, at, sentence)
	}
}

// TestFoldersHaveRules fails on a case folder whose rule is gone, and on a catalogue out of order.
func TestFoldersHaveRules(t *testing.T) {
	var codes []string
	for _, r := range rules {
		codes = append(codes, strings.ToLower(r.code))
	}
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Errorf("rules are not sorted, or one stands twice: %v", codes)
	}
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		code, _, _ := strings.Cut(e.Name(), "_")
		if e.IsDir() && !slices.Contains(codes, code) {
			t.Errorf("testdata/%s belongs to no rule", e.Name())
		}
	}
}

// TestRulesAreWhole: a rule looks at something and has a severity.
func TestRulesAreWhole(t *testing.T) {
	for _, r := range rules {
		if r.ofSent == nil && r.ofDelivery == nil && r.ofMatch == nil && r.ofClaim == nil && r.ofPeriod == nil && r.ofWaivers == nil {
			t.Errorf("%s checks nothing", r.code)
		}
		if r.severity.Rank() < 0 {
			t.Errorf("%s has severity %q", r.code, r.severity)
		}
		if r.doubts && r.severity != progress.SeverityWarning {
			t.Errorf("%s: a doubt is a warning", r.code)
		}
	}
}
