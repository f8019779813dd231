package pipeline

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors is the plan of the house: every package, and the packages of the house that it may import. A package that is not
// listed has no place yet; think about where it belongs before adding a line.
var floors = map[string][]string{
	"pipeline/progress": {},
	"templates":         {"pipeline/progress"},

	"pipeline/collect":   {"pipeline/progress", "templates"},
	"pipeline/ledger":    {"pipeline/progress", "templates"},
	"pipeline/reconcile": {"pipeline/progress", "templates", "pipeline/reconcile/forecast"},

	"pipeline/reconcile/forecast": {"pipeline/progress"},
	"pipeline/synthesize":         {"pipeline/progress", "templates"},

	"pipeline/extract/grid":      {"pipeline/progress"},
	"pipeline/extract/archive":   {"pipeline/progress"},
	"pipeline/extract/legacy":    {"pipeline/progress"},
	"pipeline/extract/pdf":       {"pipeline/progress", "pipeline/extract/grid", "pipeline/extract/legacy"},
	"pipeline/extract/workbook":  {"pipeline/progress", "pipeline/extract/grid", "pipeline/extract/archive", "pipeline/extract/legacy"},
	"pipeline/extract/word":      {"pipeline/progress", "pipeline/extract/grid", "pipeline/extract/archive", "pipeline/extract/legacy"},
	"pipeline/extract/delimited": {"pipeline/progress", "pipeline/extract/grid", "pipeline/extract/archive", "pipeline/extract/legacy"},
	"pipeline/extract/rows":      {"pipeline/progress", "pipeline/extract/grid", "templates"},
	"pipeline/extract/worker":    {"pipeline/progress"},
	"pipeline/extract": {"pipeline/progress", "templates", "pipeline/extract/grid", "pipeline/extract/archive", "pipeline/extract/pdf",
		"pipeline/extract/workbook", "pipeline/extract/word", "pipeline/extract/delimited", "pipeline/extract/rows"},

	"pipeline/write/tagged":    {},
	"pipeline/write/heap":      {},
	"pipeline/write/report":    {"pipeline/progress", "templates", "pipeline/write/tagged"},
	"pipeline/write/container": {"templates"},
	"pipeline/write/workbook":  {"pipeline/progress", "templates", "pipeline/write/container"},
	"pipeline/write/answer":    {"pipeline/progress", "templates", "pipeline/write/container"},
	"pipeline/write/form":      {"pipeline/progress", "templates", "pipeline/write/container"},
	"pipeline/write/mail":      {},
	"pipeline/write/publish":   {},

	"pipeline/write/mail/mailtest": {}, // of tests alone

	"pipeline": {"pipeline/progress", "templates", "pipeline/collect", "pipeline/extract", "pipeline/extract/archive", "pipeline/extract/grid", "pipeline/extract/pdf", "pipeline/extract/worker", "pipeline/ledger",
		"pipeline/reconcile", "pipeline/synthesize", "pipeline/write/report", "pipeline/write/workbook", "pipeline/write/answer", "pipeline/write/form", "pipeline/write/mail", "pipeline/write/publish"},

	"samples":     {},
	"cmd/tiendo":  {"pipeline", "pipeline/progress", "pipeline/write/mail", "pipeline/extract", "pipeline/extract/worker", "pipeline/ledger", "templates", "samples"},
	"cmd/samples": {"pipeline/progress"},
}

func TestFloors(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "tiendo/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, "tiendo/")
		seen[name] = true
		allowed, listed := floors[name]
		if !listed {
			t.Errorf("package %s has no place in the house: see floors", name)
			continue
		}
		for _, imp := range p.Imports {
			if other, ours := strings.CutPrefix(imp, "tiendo/"); ours && !slices.Contains(allowed, other) {
				t.Errorf("package %s must not import %s", name, other)
			}
			if name == "pipeline/progress" && strings.Contains(strings.Split(imp, "/")[0], ".") {
				t.Errorf("package progress imports %s; it sees the standard library alone", imp)
			}
		}
	}
	for name := range floors {
		if !seen[name] {
			t.Errorf("floors lists %s, which does not exist", name)
		}
	}
}
