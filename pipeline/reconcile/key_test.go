package reconcile

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// situation is what stays of a finding from one period to the next.
type situation struct{ rule, variant, unit, task string }

// TestKeysOverPeriods takes every case of the catalogue on to the next week: the same files under new names, every row further down,
// every figure of the sentences another one. Findings that are there in both weeks have the key that they had.
func TestKeysOverPeriods(t *testing.T) {
	files, _ := filepath.Glob("testdata/*/*.yaml")
	kept := 0
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, "testdata/"), func(t *testing.T) {
			var c caseFile
			load(t, file, &c)
			in, out := c.judged(t)
			requireDifferentKeys(t, out.Findings)
			later := nextWeek(t, in, out)
			next := Judge(later)
			requireDifferentKeys(t, next.Findings)
			now := situations(next.Findings)
			for s, keys := range situations(out.Findings) {
				if len(now[s]) != len(keys) {
					continue // the rule speaks of something else in the second week
				}
				for key := range keys {
					kept++
					if !now[s][key] {
						t.Errorf("%v has the keys %v, and %v in the week after", s, keys, now[s])
					}
				}
			}
		})
	}
	if kept < 60 {
		t.Errorf("only %d findings stand for two weeks: the cases compare too little", kept)
	}
}

func situations(fs []progress.Finding) map[situation]map[string]bool {
	out := map[situation]map[string]bool{}
	for _, f := range fs {
		s := situation{f.Rule, f.Variant, f.Unit, f.TaskKey()}
		if out[s] == nil {
			out[s] = map[string]bool{}
		}
		out[s][f.Key()] = true
	}
	return out
}

func requireDifferentKeys(t *testing.T, fs []progress.Finding) {
	t.Helper()
	seen := map[string]progress.Finding{}
	for _, f := range fs {
		if other, twice := seen[f.Key()]; twice {
			t.Errorf("one key for %s and %s", lineOfFinding(f), lineOfFinding(other))
		}
		seen[f.Key()] = f
	}
}

var figures = regexp.MustCompile(`\d+`)

// nextWeek is the input of the week after, with the same content.
func nextWeek(t *testing.T, in Input, out Judgement) Input {
	t.Helper()
	next := in
	next.Period = progress.WeekOf(in.Period.Start.AddDays(7))
	next.DataDate, next.DueAt = in.DataDate.AddDays(7), in.DueAt.AddDate(0, 0, 7)
	next.History.Earlier = append(append([]progress.Past{}, in.History.Earlier...), progress.Past{
		Period: in.Period, DataDate: in.DataDate, Positions: out.Positions, Submissions: out.Submissions, Findings: out.Findings,
	})
	next.Returns = nil
	for _, r := range in.Returns {
		r.Path = filepath.Join(filepath.Dir(r.Path), "ky-sau-"+filepath.Base(r.Path))
		r.SHA256, r.Received = r.SHA256+" again", r.Received.AddDate(0, 0, 7)
		r.Reading.Rows = append([]progress.Row{}, r.Reading.Rows...)
		for i := range r.Reading.Rows {
			r.Reading.Rows[i] = lower(r.Reading.Rows[i])
		}
		r.Reading.Findings = append([]progress.Finding{}, r.Reading.Findings...)
		for i := range r.Reading.Findings {
			r.Reading.Findings[i].Origin = below(r.Reading.Findings[i].Origin)
		}
		r.Reading.Narrative = append([]progress.Passage{}, r.Reading.Narrative...)
		for i := range r.Reading.Narrative {
			p := &r.Reading.Narrative[i]
			p.Origin = below(p.Origin)
			p.Text = figures.ReplaceAllStringFunc(p.Text, grown)
		}
		next.Returns = append(next.Returns, r)
	}
	return next
}

// grown is another figure with as many digits: what was wrong with a sum stays wrong in most sentences.
func grown(digits string) string {
	n, _ := strconv.Atoi(digits)
	if n < 2 {
		return digits
	}
	return fmt.Sprintf("%0*d", len(digits), n-1)
}

// lower is the row three lines further down.
func lower(r progress.Row) progress.Row {
	r.Origin = below(r.Origin)
	cells := map[progress.Field]progress.Origin{}
	for f, o := range r.Cells {
		cells[f] = below(o)
	}
	r.Cells = cells
	return r
}

func below(o progress.Origin) progress.Origin {
	o.Cell = figures.ReplaceAllStringFunc(o.Cell, func(digits string) string {
		n, _ := strconv.Atoi(digits)
		return strconv.Itoa(n + 3)
	})
	return o
}

// TestKeysDiffer: whatever units send, two findings of one period have two keys.
func TestKeysDiffer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seen := map[string]bool{}
		for _, f := range Judge(drawPeriod(rt)).Findings {
			if seen[f.Key()] {
				rt.Fatalf("two findings with the key %s: %s", f.Key(), lineOfFinding(f))
			}
			seen[f.Key()] = true
		}
	})
}

// TestWaiverIsShown: a finding that is waived stays among the findings with the name, and is not counted against its unit.
func TestWaiverIsShown(t *testing.T) {
	var c caseFile
	load(t, "testdata/g10_waiver/pass.yaml", &c)
	in, out := c.judged(t)
	var waived []string
	for _, f := range out.Findings {
		if f.Waived != nil {
			waived = append(waived, f.Rule+" "+f.Waived.By+": "+f.Waived.Reason)
		}
	}
	if got, want := strings.Join(waived, "; "), "R15 Trưởng phòng: đã giải trình"; got != want {
		t.Errorf("waived are %q, want %q", got, want)
	}
	in.Waivers = nil
	without := Judge(in)
	for i, s := range out.Submissions {
		want := without.Submissions[i].Warnings
		if s.Unit == "vu-kh" {
			want--
		}
		if s.Warnings != want {
			t.Errorf("%s has %d warnings, want %d", s.Unit, s.Warnings, want)
		}
	}
}
