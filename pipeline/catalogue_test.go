package pipeline

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/templates"
)

var update = flag.Bool("update", false, "write docs/RULES.md anew")

const (
	readerCases = "extract/testdata"
	ruleCases   = "reconcile/testdata"
)

// TestCatalogue holds docs/RULES.md against the code: every rule of every stage, each of its variants with an example that is
// executed, and an example that passes. `go test ./pipeline -run Catalogue -update` writes the page.
func TestCatalogue(t *testing.T) {
	const page = "../docs/RULES.md"
	want := catalogue(t)
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/RULES.md is not what the rules are: go test ./pipeline -run Catalogue -update")
	}
}

const catalogueHead = "# The rules\n\nMade from the code by `go test ./pipeline -run Catalogue -update`; every example is executed by the tests: those in words are the cases of\n" +
	"`pipeline/reconcile/testdata`, those with a file name lie in `pipeline/extract/testdata`, and what they find is said as a unit reads it.\n" +
	"Codes: F the file, P against the plan, R within the row, H against history and other units, T totals; G the office's own registers, which are\n" +
	"refused whole until they are right.\n\n" +
	"*error*: the row, or the file, is not counted. *warning*: counted, and the unit owes an explanation. *note*: worth knowing.\n" +
	"*doubts*: a claim of done is not confirmed while it stands. Rules of severity error cannot be set, nor can those of the readers; the others can be `off`, `note`\n" +
	"or `warning` under `rules` in tiendo.yaml. Thresholds stand there too: `rules: {H11: {points: 30, severity: note}}`.\n\n" +
	"T06 looks at the office's own edition, not at returns: before anything is published, the PDF is read back, and each figure that it prints must stand where\n" +
	"it was drawn and be the number in its cell of the workbook; else nothing is published (`pipeline/mouths.go`).\n"

// wordedVariants lists the rules that have sentences, and the variants of each; a rule with one sentence has the variant "".
func wordedVariants() map[string][]string {
	key := regexp.MustCompile(`^finding\.([A-Z]\d\d)(?:\.(\w+))?$`)
	worded := map[string][]string{}
	for _, k := range templates.In(templates.Vietnamese).Keys() {
		if m := key.FindStringSubmatch(k); m != nil {
			worded[m[1]] = append(worded[m[1]], m[2])
		}
	}
	return worded
}

func catalogue(t *testing.T) string {
	t.Helper()
	vi, en := templates.In(templates.Vietnamese), templates.In(templates.English)
	ruled := map[string]reconcile.Entry{}
	for _, e := range reconcile.Catalogue() {
		ruled[e.Code] = e
	}
	files := readerFiles(t)
	worded := wordedVariants()
	var b strings.Builder
	b.WriteString(catalogueHead)
	for _, code := range slices.Sorted(maps.Keys(worded)) {
		fmt.Fprintf(&b, "\n## %s %s\n%s — ", code, vi.Say("rule."+code), en.Say("rule."+code))
		missing := map[string]bool{}
		for _, variant := range worded[code] {
			missing[variant] = true
		}
		var examples strings.Builder
		entry, isRuled := ruled[code]
		severities := map[progress.Severity]bool{}
		if isRuled {
			severities[entry.Severity] = true
			ruleExamples(t, &examples, code, missing, severities)
		}
		readerExamples(t, &examples, files, code, missing, severities)
		bySeverity := slices.SortedFunc(maps.Keys(severities), func(a, b progress.Severity) int { return a.Rank() - b.Rank() })
		b.WriteString(strings.ReplaceAll(strings.Trim(fmt.Sprint(bySeverity), "[]"), " ", ", "))
		if entry.Doubts {
			b.WriteString(", doubts")
		}
		if entry.Source != "" {
			b.WriteString(" — seen in: " + entry.Source)
		}
		b.WriteString("\n")
		for _, th := range entry.Thresholds {
			fmt.Fprintf(&b, "- threshold `%s`: %d (%d to %d) %s; source: %s\n", th.Name, th.Default, th.Low, th.High, th.Unit, th.Source)
		}
		b.WriteString(examples.String())
		for _, variant := range slices.Sorted(maps.Keys(missing)) {
			t.Errorf("%s has a sentence for the variant %q and no example", code, variant)
		}
		delete(ruled, code)
	}
	for code := range ruled {
		t.Errorf("%s has no sentence", code)
	}
	return b.String()
}

// ruleExamples lists the cases of a rule of package reconcile, whose tests run them, and strikes out the variants that they find.
func ruleExamples(t *testing.T, b *strings.Builder, code string, missing map[string]bool, severities map[progress.Severity]bool) {
	t.Helper()
	for _, kind := range []struct{ prefix, mark string }{{"fail", "finds"}, {"pass", "passes"}} {
		files, err := filepath.Glob(filepath.Join(ruleCases, strings.ToLower(code)+"_*", kind.prefix+"*.yaml"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s has no case %s*.yaml (%v)", code, kind.prefix, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var c struct {
				Say  string
				Want []string
			}
			if err := yaml.Unmarshal(data, &c); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(b, "- %s: %s\n", kind.mark, c.Say)
			for _, want := range c.Want {
				line, _, _ := strings.Cut(want, " {")
				words := strings.Fields(line)
				severities[progress.Severity(words[0])] = true
				delete(missing, strings.TrimPrefix(words[len(words)-1], "-"))
			}
		}
	}
}

// readerFile is a file of the readers' tests and what is said to be found in it.
type readerFile struct {
	path  string
	kind  string
	size  int64
	found []string
}

// readerFiles lists the files of the readers' tests, the smallest first.
func readerFiles(t *testing.T) []readerFile {
	t.Helper()
	var out []readerFile
	for _, folder := range []string{"ok", "err", "rules"} {
		beside, err := filepath.Glob(filepath.Join(readerCases, folder, "*.json"))
		if err != nil || len(beside) == 0 {
			t.Fatalf("no files in %s (%v)", folder, err)
		}
		for _, path := range beside {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Kind, Rule, Variant string
				Findings            []string
			}
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			f := readerFile{path: strings.TrimSuffix(path, ".json"), kind: want.Kind, found: want.Findings}
			if folder == "err" {
				f.found = []string{strings.TrimSuffix(want.Rule+"."+want.Variant, ".")}
			}
			info, err := os.Stat(f.path)
			if err != nil {
				t.Fatal(err)
			}
			f.size = info.Size()
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b readerFile) int { return int(a.size - b.size) })
	return out
}

// readerExamples reads, for each variant that is still missing, the smallest file that shows it, and a file of the same kind that does
// not.
func readerExamples(t *testing.T, b *strings.Builder, files []readerFile, code string, missing map[string]bool, severities map[progress.Severity]bool) {
	t.Helper()
	kinds := map[string]bool{}
	for _, variant := range slices.Sorted(maps.Keys(missing)) {
		key := strings.TrimSuffix(code+"."+variant, ".")
		f, name, found := findingOf(t, files, key, variant)
		if !found {
			continue
		}
		delete(missing, variant)
		severities[f.Severity] = true
		message, _ := templates.In(templates.English).Finding(f)
		if variant != "" {
			variant = " `" + variant + "`"
		}
		fmt.Fprintf(b, "- finds%s (%s) in %s: %s\n", variant, f.Severity, name, strings.Join(strings.Fields(message), " "))
		kinds[kindOf(files, name)] = true
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		name := passing(t, files, kind, code)
		if name == "" {
			t.Errorf("%s: no file of kind %q passes", code, kind)
		}
		fmt.Fprintf(b, "- passes: %s\n", name)
	}
}

// findingOf executes the example of one variant: the smallest file that shows it, or, for what happens to a reader and not within it,
// the outcome of its process, which the tests of package worker bring about.
func findingOf(t *testing.T, files []readerFile, key, variant string) (f progress.Finding, name string, found bool) {
	t.Helper()
	for _, file := range files {
		if !slices.Contains(file.found, key) {
			continue
		}
		for _, f := range findingsIn(t, file) {
			if strings.TrimSuffix(f.Rule+"."+f.Variant, ".") == key {
				return f, exampleName(file.path), true
			}
		}
		t.Errorf("%s does not show %s", file.path, key)
		return f, "", false
	}
	outcomes := []worker.Outcome{worker.Crashed, worker.TimedOut, worker.OutOfMemory, worker.OutputTooBig}
	if strings.HasPrefix(key, "F06.") && slices.Contains(outcomes, worker.Outcome(variant)) {
		f, found = worker.Response{Outcome: worker.Outcome(variant)}.Finding("bc.xlsx")
		return f, "a reader's process that is ended", found
	}
	return f, "", false
}

func exampleName(path string) string {
	return "`" + filepath.ToSlash(strings.TrimPrefix(path, readerCases+string(filepath.Separator))) + "`"
}

func kindOf(files []readerFile, name string) string {
	for _, f := range files {
		if exampleName(f.path) == name && f.kind != "" {
			return f.kind
		}
	}
	return "return"
}

// passing reads the smallest file of a kind without any finding, a return with rows or a sound register.
func passing(t *testing.T, files []readerFile, kind, code string) string {
	t.Helper()
	for _, f := range files {
		if len(f.found) > 0 || f.kind != kind && (kind != "return" || f.kind != "") {
			continue
		}
		if findings := findingsIn(t, f); slices.ContainsFunc(findings, func(f progress.Finding) bool { return f.Rule == code }) {
			t.Errorf("%s: %v", f.path, findings)
		}
		return exampleName(f.path)
	}
	return ""
}

func findingsIn(t *testing.T, f readerFile) (findings []progress.Finding) {
	t.Helper()
	data, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(f.path)
	switch f.kind {
	case "units":
		_, findings, err = extract.ReadUnits(data, name)
	case "waivers":
		_, findings, err = extract.ReadWaivers(data, name)
	case "plan":
		register, readErr := os.ReadFile(filepath.Join(readerCases, "rules", "sound_units.csv"))
		if readErr != nil {
			t.Fatal(readErr)
		}
		units, faults, unitsErr := extract.ReadUnits(register, "units.csv")
		if unitsErr != nil || len(faults) > 0 {
			t.Fatal(faults, unitsErr)
		}
		_, findings, err = extract.ReadPlan(data, name, units)
	default:
		reading, readErr := extract.Read(data, name, extract.Options{})
		findings, err = reading.Findings, readErr
	}
	if err != nil {
		t.Fatal(err)
	}
	return findings
}
