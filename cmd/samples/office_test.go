package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

const (
	committed     = "../../samples/bo-tttt"
	committedSeed = 20
)

func sampleOffice(t *testing.T, seed uint64) *office {
	t.Helper()
	o, err := newOffice(seed)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestPlanIsAsTheIssueAsks(t *testing.T) {
	o := sampleOffice(t, committedSeed)
	groups, phases, by, codes, titles := map[string]int{}, map[string]int{}, map[string]int{}, map[string]bool{}, map[string]bool{}
	joint, collective, extended := 0, 0, 0
	for _, task := range o.tasks {
		groups[task.Group]++
		phases[task.Phase]++
		by[task.Authority]++
		codes[task.Code], titles[progress.Fold(task.Title)] = true, true
		switch {
		case task.LeadText == everyUnit:
			collective++
		case len(task.Leads) > 1:
			joint++
		}
		if task.Extension != "" {
			extended++
			if !task.Due.Date.After(task.OriginalDue.Date) {
				t.Errorf("%s: extended from %s to %s", task.Code, task.OriginalDue.Date, task.Due.Date)
			}
		}
	}
	if len(o.tasks) != 120 || len(codes) != 120 || len(titles) != 120 {
		t.Errorf("%d tasks, %d codes, %d titles; want 120 of each", len(o.tasks), len(codes), len(titles))
	}
	if len(groups) != 8 || len(phases) != 2 || len(by) != 3 {
		t.Errorf("%d groups, %d phases, %d authorities; want 8, 2, 3", len(groups), len(phases), len(by))
	}
	if joint == 0 || collective == 0 || extended == 0 {
		t.Errorf("%d joint, %d collective, %d extended tasks; want some of each", joint, collective, extended)
	}
}

func TestSameSeedSameOffice(t *testing.T) {
	a, b := sampleOffice(t, 7), sampleOffice(t, 7)
	if !bytes.Equal(marshalled(t, a), marshalled(t, b)) {
		t.Error("the same seed made two truths")
	}
	for i, p := range a.parcels {
		one, ok, err := inGo(p.maker, p.sheet)
		if err != nil {
			t.Fatal(err)
		}
		two, _, err := inGo(p.maker, b.parcels[i].sheet)
		if err != nil {
			t.Fatal(err)
		}
		if ok && !bytes.Equal(one, two) {
			t.Errorf("%s: the same seed made two files", p.path)
		}
	}
	if bytes.Equal(marshalled(t, a), marshalled(t, sampleOffice(t, 8))) {
		t.Error("another seed made the same truth")
	}
}

func marshalled(t *testing.T, o *office) []byte {
	t.Helper()
	data, err := o.truth.marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCountsSum(t *testing.T) {
	o := sampleOffice(t, committedSeed)
	for id, p := range o.truth.Periods {
		total := p.Counts.Total
		for name, parts := range map[string]map[string]truthCounts{
			"units": p.Counts.Units, "groups": p.Counts.Groups, "phases": p.Counts.Phases, "authorities": p.Counts.Authorities,
			"the top of the tree": {"": p.Counts.UnitTree["bo-tttt"]},
		} {
			var sum truthCounts
			for _, c := range parts {
				sum = plus(sum, c)
			}
			sum.Tasks = total.Tasks // a task with several leads is in several units
			if diff := cmp.Diff(total, sum); diff != "" {
				t.Errorf("%s: %s do not sum to the total (-total +sum):\n%s", id, name, diff)
			}
		}
		classes := total.DoneOnTime + total.DoneLate + total.Unconfirmed + total.InTerm + total.DueSoon + total.Overdue + total.NotReported + total.Regular
		if classes != total.Total || total.Total != len(p.Positions) || total.Total != len(o.courses) {
			t.Errorf("%s: classes %d, total %d, positions %d, courses %d; want all equal", id, classes, total.Total, len(p.Positions), len(o.courses))
		}
		if n := total.OverdueBy[0] + total.OverdueBy[1] + total.OverdueBy[2] + total.OverdueBy[3]; n != total.Overdue {
			t.Errorf("%s: overdue by days %d, overdue %d", id, n, total.Overdue)
		}
	}
}

func plus(a, b truthCounts) truthCounts {
	a.Total += b.Total
	a.DoneOnTime += b.DoneOnTime
	a.DoneLate += b.DoneLate
	a.Unconfirmed += b.Unconfirmed
	a.InTerm += b.InTerm
	a.DueSoon += b.DueSoon
	a.Overdue += b.Overdue
	a.NotReported += b.NotReported
	a.Regular += b.Regular
	a.Due += b.Due
	a.PastDue += b.PastDue
	for i := range a.OverdueBy {
		a.OverdueBy[i] += b.OverdueBy[i]
	}
	return a
}

func TestEveryRuleOccurs(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range sampleOffice(t, committedSeed).truth.Periods {
		for _, f := range p.Findings {
			seen[f.Rule] = true
		}
	}
	want := strings.Fields("F01 F02 F03 F04 F05 F06 F08 F17 P01 P02 P03 P04 P05 R01 R02 R03 R04 R07 R11 R14 R15 H01 H04 H12")
	if diff := cmp.Diff(want, slices.DeleteFunc(slices.Clone(want), func(r string) bool { return !seen[r] })); diff != "" {
		t.Errorf("rules without a case (-want +found):\n%s", diff)
	}
}

func TestEveryClassAndChangeOccurs(t *testing.T) {
	seen := map[progress.Class]bool{}
	reopened, carried, newlyOverdue := false, false, false
	for _, p := range sampleOffice(t, committedSeed).truth.Periods["2025-W20"].Positions {
		seen[p.Class] = true
		reopened = reopened || p.Previous.IsDone() && !p.Class.IsDone()
		carried = carried || p.Carried
		newlyOverdue = newlyOverdue || p.Class == progress.Overdue && p.Previous != progress.Overdue
	}
	for _, class := range progress.Classes {
		if !seen[class] {
			t.Errorf("no position is %s", class)
		}
	}
	if !reopened || !carried || !newlyOverdue {
		t.Errorf("reopened %v, carried %v, newly overdue %v; want all", reopened, carried, newlyOverdue)
	}
}

// TestCommittedSample compares the folder in the repository with the seed.
func TestCommittedSample(t *testing.T) {
	o := sampleOffice(t, committedSeed)
	for name, want := range map[string][]byte{"truth.json": marshalled(t, o), "tiendo.yaml": settings} {
		if got := readCommitted(t, name); !bytes.Equal(got, want) {
			t.Errorf("%s is not what seed %d makes; run make samples", name, committedSeed)
		}
	}
	for _, p := range o.parcels {
		want, ok, err := inGo(p.maker, p.sheet)
		if err != nil {
			t.Fatal(err)
		}
		if got := readCommitted(t, p.path); ok && !bytes.Equal(got, want) {
			t.Errorf("%s is not what seed %d makes; run make samples", p.path, committedSeed)
		}
	}
	var total int
	for _, name := range filesBelow(t, committed) {
		total += len(readCommitted(t, name))
	}
	if total > 3<<20 {
		t.Errorf("the sample has %d bytes; at most 3 MB are meant to be in the repository", total)
	}
}

func TestEveryFileIsListed(t *testing.T) {
	var onDisk, inTruth, inLog []string
	for _, name := range filesBelow(t, committed) {
		if folder, _, nested := strings.Cut(name, "/"); nested && (folder == "inbox" || folder == "history") && name != "inbox/.inbox-id" {
			onDisk = append(onDisk, name)
		}
	}
	var tr truth
	if err := json.Unmarshal(readCommitted(t, "truth.json"), &tr); err != nil {
		t.Fatal(err)
	}
	for _, id := range slices.Sorted(maps.Keys(tr.Periods)) {
		for _, f := range tr.Periods[id].Files {
			inTruth = append(inTruth, f.Path)
		}
	}
	log, err := csv.NewReader(bytes.NewReader(readCommitted(t, "received.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range log[1:] {
		inLog = append(inLog, line[0])
	}
	slices.Sort(onDisk)
	slices.Sort(inTruth)
	slices.Sort(inLog)
	if diff := cmp.Diff(onDisk, inTruth); diff != "" {
		t.Errorf("files and truth differ (-files +truth):\n%s", diff)
	}
	if diff := cmp.Diff(onDisk, inLog); diff != "" {
		t.Errorf("files and received.csv differ (-files +received.csv):\n%s", diff)
	}
}

// TestFilesHoldTheirTruth reads the workbooks and CSV files of the inbox with the plain libraries: each text that the truth
// says is in a row stands in a cell.
func TestFilesHoldTheirTruth(t *testing.T) {
	for _, f := range sampleOffice(t, committedSeed).truth.Periods["2025-W20"].Files {
		cells := cellsOf(t, f.Path)
		if cells == nil {
			continue
		}
		for _, row := range f.Truth {
			for _, text := range []string{row.Task, row.Group, row.StatusText, row.Result, row.Evidence, row.Reason, row.Proposal} {
				if text != "" && !cells[text] {
					t.Errorf("%s: no cell holds %q", f.Path, text)
				}
			}
		}
	}
}

// cellsOf is the set of the cell texts of a workbook or CSV file; nil for other files and for those that are damaged on purpose.
func cellsOf(t *testing.T, name string) map[string]bool {
	t.Helper()
	cells := map[string]bool{}
	add := func(rows [][]string) {
		for _, row := range rows {
			for _, c := range row {
				cells[c] = true
			}
		}
	}
	data := readCommitted(t, name)
	switch filepath.Ext(name) {
	case ".csv":
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		r.Comma, r.FieldsPerRecord = ';', -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		add(rows)
	case ".xlsx":
		book, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			return nil
		}
		defer book.Close()
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		add(rows)
	default:
		return nil
	}
	return cells
}

func readCommitted(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// filesBelow are the files below a folder, with /.
func filesBelow(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
