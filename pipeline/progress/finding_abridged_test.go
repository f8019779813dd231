package progress_test

import (
	"testing"

	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// TestAbridge: no unit has more than twenty lines of a rule, and lines and summaries together stand for every finding.
func TestAbridge(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []progress.Finding
		type kind struct{ unit, rule string }
		given := map[kind]int{}
		for _, unit := range []string{"a", "b", "c"} {
			for range rapid.IntRange(0, 90).Draw(rt, "findings of "+unit) {
				f := progress.Finding{Unit: unit, Rule: rapid.SampledFrom([]string{"P03", "R15", "R07"}).Draw(rt, "rule")}
				given[kind{f.Unit, f.Rule}]++
				all = append(all, f)
			}
		}
		lines, stood := map[kind]int{}, map[kind]int{}
		for _, l := range progress.Abridge(all) {
			k := kind{l.Unit, l.Rule}
			if l.More == 0 {
				lines[k]++
				stood[k]++
			}
			stood[k] += l.More
		}
		for k, n := range given {
			if stood[k] != n || lines[k] != min(n, 20) {
				rt.Fatalf("%v: %d findings, %d lines, standing for %d", k, n, lines[k], stood[k])
			}
		}
	})
}
