package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestScale(t *testing.T) {
	dir := t.TempDir()
	if err := scaleCommand([]string{"--units", "3", "--rows", "5", "--weeks", "2", "--out", dir}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var tr truth
	if err := json.Unmarshal(data, &tr); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"2025-W19", "2025-W20"} {
		p := tr.Periods[id]
		if p.Counts.Total.Total != 15 || p.Counts.Total.Tasks != 15 || len(p.Files) != 3 || len(p.Counts.Units) != 3 {
			t.Errorf("%s: %d positions, %d tasks, %d files, %d units; want 15, 15, 3, 3", id, p.Counts.Total.Total, p.Counts.Total.Tasks, len(p.Files), len(p.Counts.Units))
		}
		for _, f := range p.Files {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(f.Path))); err != nil {
				t.Error(err)
			}
		}
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "plan.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Kế hoạch")
	if err != nil {
		t.Fatal(err)
	}
	if want := 4 + 15; len(rows) != want { // two title lines, a blank one, the heading, the tasks
		t.Errorf("plan.xlsx has %d rows, want %d", len(rows), want)
	}
}

func TestScaleSameSeedSameBytes(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if err := scaleCommand([]string{"--units", "2", "--rows", "3", "--out", dir}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range filesBelow(t, a) {
		one, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			t.Fatal(err)
		}
		two, err := os.ReadFile(filepath.Join(b, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Errorf("%s differs", name)
		}
	}
}
