package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/pipeline/write/form"
	"tiendo/pipeline/write/publish"
	"tiendo/templates"
)

// Formed is a form that was made for a unit.
type Formed struct {
	Unit   string `json:"unit"`
	Period string `json:"period"`
	File   string `json:"file"`
	Tasks  int    `json:"tasks"`
	// New is false where the same form lay there already.
	New bool `json:"new"`
}

// Forms puts the form of a period into dir/UNIT for every unit that owes a row, or for the one named. A form that lies there is never
// overwritten: where the plan, or what was said the period before, has changed since, the new one has the next number. The desk has its
// registers; it may be without a ledger.
func Forms(ctx context.Context, d Desk, period progress.Period, unit, dir string) ([]Formed, error) {
	blanks, err := blanksOf(ctx, d, period)
	if err != nil {
		return nil, err
	}
	if unit != "" {
		blanks = slices.DeleteFunc(blanks, func(b progress.Blank) bool { return b.Unit.Code != unit })
	}
	made := []Formed{}
	err = intoFolders(dir, blanks, func(folder *os.Root, b progress.Blank) error {
		data, err := form.XLSX(b, templates.In(d.Office.Lang))
		if err != nil {
			return err
		}
		name, isNew, err := putForm(folder, period.ID, data)
		made = append(made, Formed{Unit: b.Unit.Code, Period: period.ID, File: filepath.Join(dir, b.Unit.Code, name), Tasks: len(b.Tasks), New: isNew})
		return err
	})
	return made, err
}

// putForm puts a form under the first name that is free, unless the newest one is the same.
func putForm(folder *os.Root, period string, data []byte) (name string, isNew bool, err error) {
	newest := ""
	for n := 1; ; n++ {
		name = form.Name(period, n)
		if _, err := folder.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return name, false, err
		}
		newest = name
	}
	if newest != "" {
		if lies, err := folder.ReadFile(newest); err != nil || bytes.Equal(lies, data) {
			return newest, false, err
		}
	}
	return name, true, publish.Put(folder, name, data)
}

// formUnits gives every unit its form for a period, unless one lies there.
func formUnits(ctx context.Context, d Desk, period progress.Period) error {
	blanks, err := blanksOf(ctx, d, period)
	if err != nil {
		return err
	}
	return intoFolders(d.Office.Returns, blanks, func(folder *os.Root, b progress.Blank) error {
		name := form.Name(period.ID, 1)
		if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		data, err := form.XLSX(b, templates.In(d.Office.Lang))
		if err != nil {
			return err
		}
		return publish.Put(folder, name, data)
	})
}

// intoFolders opens the folder of each unit below dir in turn.
func intoFolders(dir string, blanks []progress.Blank, put func(*os.Root, progress.Blank) error) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir) // no unit's code leads out of it
	if err != nil {
		return err
	}
	defer root.Close()
	for _, b := range blanks {
		err := func() error {
			folder, err := unitFolder(root, b.Unit.Code)
			if err != nil {
				return err
			}
			defer folder.Close()
			return put(folder, b)
		}()
		if err != nil {
			return fmt.Errorf("%s: %w", b.Unit.Code, err)
		}
	}
	return nil
}

// blanksOf gathers what each unit owes a row for in a period: what would be missing if nobody reported, without what was confirmed done
// before.
func blanksOf(ctx context.Context, d Desk, period progress.Period) ([]progress.Blank, error) {
	edition, ok := d.Office.Edition(period.Kind)
	if !ok {
		return nil, fmt.Errorf("the office has no edition for %s", period.ID)
	}
	var history progress.History
	if d.Ledger != nil {
		var err error
		if history, err = d.Ledger.History(ctx, period); err != nil {
			return nil, err
		}
	}
	owed := reconcile.Judge(reconcile.Input{
		Units: d.Units, Plan: d.Plan, Period: period, DataDate: progress.DateOf(edition.Close.In(period, d.Office.Zone)), SoonDays: edition.SoonDays,
		Rules: d.Office.Rules, History: history,
	})
	type key struct{ unit, task string }
	said := map[key]*progress.Claim{}
	if before := history.Previous(period); before != nil {
		for _, p := range before.Positions {
			said[key{p.Unit, p.Task.Key()}] = p.Claim
		}
	}
	tasks, done := map[string][]progress.BlankTask{}, map[string]int{}
	for _, p := range owed.Positions {
		if p.Carried {
			done[p.Unit]++
			continue
		}
		tasks[p.Unit] = append(tasks[p.Unit], progress.BlankTask{Task: p.Task, Claim: said[key{p.Unit, p.Task.Key()}]})
	}
	var out []progress.Blank
	for _, sub := range owed.Submissions {
		if len(tasks[sub.Unit]) == 0 {
			continue
		}
		out = append(out, progress.Blank{
			Form:   progress.Form{Version: reconcile.FormVersion, Unit: sub.Unit, Period: period.ID, PlanVersion: d.Plan.SHA256},
			Office: d.Office.Office.Name, Unit: progress.Unit{Code: sub.Unit, Name: d.UnitName(sub.Unit)}, Period: period, Plan: d.Plan.Name,
			Tasks: tasks[sub.Unit], Done: done[sub.Unit],
		})
	}
	return out, nil
}
