package extract_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/progress"
)

// TestRuleFiles reads testdata/rules: a file for each finding of the readers that the corpus does not show, and registers.
func TestRuleFiles(t *testing.T) {
	const soundUnits = "testdata/rules/sound_units.csv"
	for _, path := range corpusFiles(t, "rules", 30) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var want struct {
				Kind     string
				Findings []string
			}
			readBeside(t, path, &want)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(path)
			var findings []progress.Finding
			switch want.Kind {
			case "units":
				_, findings, err = extract.ReadUnits(data, name)
			case "plan":
				register, readErr := os.ReadFile(soundUnits)
				if readErr != nil {
					t.Fatal(readErr)
				}
				units, faults := readUnits(t, string(register))
				if len(faults) > 0 {
					t.Fatal(faults)
				}
				_, findings, err = extract.ReadPlan(data, name, units)
			case "waivers":
				_, findings, err = extract.ReadWaivers(data, name)
			case "return":
				findings = readFile(t, path).Findings
			default:
				t.Fatalf("kind %q", want.Kind)
			}
			if err != nil {
				t.Fatal(err)
			}
			requireWording(t, findings)
			if diff := cmp.Diff(want.Findings, rulesOf(findings)); diff != "" {
				t.Errorf("findings (-want +got): %s\n%v", diff, findings)
			}
		})
	}
}
