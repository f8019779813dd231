package extract_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
)

// The corpus: testdata/make writes a file and beside it what a careful clerk would read in it.

// expectedFile is what stands beside a file of testdata/ok.
type expectedFile struct {
	Traps    []string       `json:"traps"`
	Unit     string         `json:"unit"`
	Period   string         `json:"period"`
	Findings []string       `json:"findings"` // rules with their variants, each once
	Rows     []progress.Row `json:"rows"`
	Tables   []truthTable   `json:"tables"`
}

// truthTable is a table as its generator wrote it.
type truthTable struct {
	Rows [][]string `json:"rows"`
}

// refusal is what stands beside a file of testdata/err.
type refusal struct{ Rule, Variant string }

// asWorker is the argument with which the test program is its own worker.
const asWorker = "__worker"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asWorker {
		if err := worker.Serve(os.Stdin, os.Stdout, readRequest); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func readRequest(req worker.Request) (json.RawMessage, error) {
	switch req.Kind {
	case "return":
		reading, err := extract.Read(req.Data, req.Name, extract.Options{})
		if err != nil {
			return nil, err
		}
		return json.Marshal(reading)
	case "tables":
		tables, err := extract.Tables(req.Data, req.Name, extract.Options{})
		if err != nil {
			return nil, err
		}
		return json.Marshal(tables)
	}
	return nil, errors.New("unknown kind " + req.Kind)
}

// corpusDeadline and corpusMemory are what one file may cost.
const (
	corpusDeadline = 5 * time.Second
	corpusMemory   = 512 << 20
)

func corpusPool(t *testing.T) *worker.Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := worker.New(worker.Options{Command: []string{self, asWorker}, TempDir: t.TempDir(), Size: 1, Deadline: corpusDeadline, Memory: corpusMemory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// inWorker has a worker read a file; what the worker refuses, or dies of, is a refusal of the reading.
func inWorker(t *testing.T, pool *worker.Pool, path string) progress.Reading {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := pool.Do(context.Background(), worker.Request{Kind: "return", Name: filepath.Base(path), Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if f, refused := resp.Finding(filepath.Base(path)); refused {
		return extract.Refusal(data, filepath.Base(path), []progress.Finding{f})
	}
	var reading progress.Reading
	if err := json.Unmarshal(resp.Payload, &reading); err != nil {
		t.Fatal(err)
	}
	return reading
}

// corpusFiles lists the files of a folder that have an expectation beside them.
func corpusFiles(t *testing.T, folder string, least int) []string {
	t.Helper()
	beside, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
	if err != nil || len(beside) < least {
		t.Fatalf("%d files in testdata/%s, expected at least %d (%v)", len(beside), folder, least, err)
	}
	files := make([]string, len(beside))
	for i, path := range beside {
		files[i] = strings.TrimSuffix(path, ".json")
	}
	return files
}

func readBeside(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s.json: %v", path, err)
	}
}

// TestCorpusOK reads every file of testdata/ok and compares all that was read with what its generator wrote.
func TestCorpusOK(t *testing.T) {
	pool := corpusPool(t)
	for _, path := range corpusFiles(t, "ok", 60) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var want expectedFile
			readBeside(t, path, &want)
			got := inWorker(t, pool, path)
			if got.Unit != want.Unit || got.Period != want.Period {
				t.Errorf("unit %q, period %q; expected %q, %q", got.Unit, got.Period, want.Unit, want.Period)
			}
			if diff := cmp.Diff(want.Findings, rulesOf(got.Findings)); diff != "" {
				t.Errorf("findings (-expected +read): %s\n%v", diff, got.Findings)
			}
			if diff := cmp.Diff(filledFields(want.Rows, path), filledFields(got.Rows, path)); diff != "" {
				t.Errorf("rows (-expected +read): %s", diff)
			}
		})
	}
}

// TestCorpusErr gives every file of testdata/err to a worker: it is refused, for the right reason, by a worker that lives on.
func TestCorpusErr(t *testing.T) {
	pool := corpusPool(t)
	for _, path := range corpusFiles(t, "err", 40) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var want refusal
			readBeside(t, path, &want)
			got := inWorker(t, pool, path)
			if !got.Refused() {
				t.Fatalf("%d rows read, findings %v; expected a refusal %v", len(got.Rows), rulesOf(got.Findings), want)
			}
			for _, f := range got.Findings {
				if f.Severity == progress.SeverityError && (f.Rule != want.Rule || f.Variant != want.Variant) {
					t.Errorf("refused by %s.%s (%v), expected %s.%s", f.Rule, f.Variant, f.Facts, want.Rule, want.Variant)
				}
			}
		})
	}
}

// rulesOf lists the rules of findings with their variants, sorted, each once.
func rulesOf(findings []progress.Finding) []string {
	out := []string{}
	for _, f := range findings {
		rule := f.Rule
		if f.Variant != "" {
			rule += "." + f.Variant
		}
		out = append(out, rule)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// filledFields lists the filled fields of rows. A PDF and a form of Word break lines as their columns are wide, so white space counts as one
// space there.
func filledFields(rows []progress.Row, path string) []map[string]string {
	out := make([]map[string]string, len(rows))
	for i, r := range rows {
		out[i] = map[string]string{}
		for name, text := range map[string]string{
			"code": r.Code, "task": r.Task, "group": r.Group, "lead": r.Lead, "cooperating": r.Cooperating, "person": r.Person, "product": r.Product,
			"due": r.Due, "due_date": r.DueDate.String(), "due_precision": string(r.DuePrecision), "status_text": r.StatusText, "status": string(r.Status),
			"percent": percentText(r.Percent), "completed": r.Completed.String(), "result": r.Result, "evidence": r.Evidence,
			"difficulty": r.Difficulty, "proposal": r.Proposal, "reason": r.Reason, "note": r.Note,
		} {
			if strings.HasSuffix(path, ".pdf") {
				text = strings.Join(strings.Fields(text), " ")
			}
			if text != "" && text != string(progress.NoDate) {
				out[i][name] = text
			}
		}
	}
	return out
}

func percentText(p *float64) string {
	if p == nil {
		return ""
	}
	return fmt.Sprint(*p)
}

// TestCorpusCut cuts files off at several places: what is left is refused, or nothing of its rows was lost.
func TestCorpusCut(t *testing.T) {
	const places = 9
	for _, path := range corpusFiles(t, "ok", 60) {
		if format := filepath.Ext(path); format == ".csv" || format == ".tsv" {
			continue // a cut text is a shorter text
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		whole := readFile(t, path)
		for i := 1; i < places; i++ {
			cut, err := extract.Read(data[:len(data)*i/places], filepath.Base(path), extract.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !cut.Refused() && !cmp.Equal(cut.Rows, whole.Rows) {
				t.Errorf("%s cut at %d/%d: %d of %d rows read", path, i, places, len(cut.Rows), len(whole.Rows))
			}
		}
	}
}
