package pipeline

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/pipeline/write/publish"
)

// PlanFile is a plan of the office: an XLSX file that the coordinator keeps. Key names it where the office has several, else it is
// empty.
type PlanFile struct{ Key, Path string }

// WithRegisters is the desk with the unit register, the plan and the waivers of the office on it. With a bad one nothing is read. Where the
// desk has a ledger, each task has the id under which the ledger knows it.
func WithRegisters(ctx context.Context, d Desk) (Desk, error) {
	var err error
	if d.Units, d.Plan, d.Warnings, err = ReadRegisters(ctx, d.Readers, d.Office.UnitsFile, d.Office.Plans); err != nil {
		return d, err
	}
	if d.Waivers, err = readWaivers(ctx, d.Readers, d.Office.WaiversFile); err != nil {
		return d, err
	}
	before, err := planBefore(ctx, d)
	if err != nil {
		return d, err
	}
	d.Plan = reconcile.Inherit(before, d.Plan)
	return d, nil
}

// planBefore is the version from which the tasks of the plan inherit their ids: the version itself where the ledger has it, else the
// one imported last.
func planBefore(ctx context.Context, d Desk) (progress.Plan, error) {
	if d.Ledger == nil {
		return progress.Plan{}, nil
	}
	versions, err := d.Ledger.PlanVersions(ctx)
	if err != nil || len(versions) == 0 {
		return progress.Plan{}, err
	}
	sum := versions[len(versions)-1].SHA256
	for _, v := range versions {
		if v.SHA256 == d.Plan.SHA256 {
			sum = v.SHA256
		}
	}
	return d.Ledger.Plan(ctx, sum)
}

// ReadRegisters reads the unit register and the plans. Faults of any are RegisterFaults. Several plans are one, each task with the
// key of its own. The warnings are what the plans leave to be mended though they can be worked by; each names its file.
func ReadRegisters(ctx context.Context, readers *worker.Pool, unitsFile string, plans []PlanFile) (
	units progress.Units, plan progress.Plan, warnings []progress.Finding, err error,
) {
	if units, err = ReadUnits(ctx, readers, unitsFile); err != nil {
		return progress.Units{}, progress.Plan{}, nil, err
	}
	parts := make([]progress.Plan, len(plans))
	for i, p := range plans {
		read, err := readPlan(ctx, readers, units, p.Path)
		if err != nil {
			return progress.Units{}, progress.Plan{}, nil, err
		}
		parts[i] = read.Plan
		for _, f := range read.Findings {
			if f.Severity == progress.SeverityWarning {
				f.File = filepath.Base(p.Path)
				warnings = append(warnings, f)
			}
		}
	}
	return units, onePlan(plans, parts), warnings, nil
}

func readPlan(ctx context.Context, readers *worker.Pool, units progress.Units, path string) (register, error) {
	return readRegister(ctx, readers, asPlan, path, func(data []byte) ([]byte, error) {
		return json.Marshal(planRequest{Units: units.All(), File: data})
	})
}

// ReadUnits reads the unit register alone.
func ReadUnits(ctx context.Context, readers *worker.Pool, file string) (progress.Units, error) {
	units, err := readRegister(ctx, readers, asUnits, file, func(data []byte) ([]byte, error) { return data, nil })
	return progress.NewUnits(units.Units), err
}

// readWaivers reads the register of findings that the coordinator has had explained; an office without one has explained none.
func readWaivers(ctx context.Context, readers *worker.Pool, file string) ([]progress.Waiver, error) {
	if file == "" {
		return nil, nil
	}
	read, err := readRegister(ctx, readers, asWaivers, file, func(data []byte) ([]byte, error) { return data, nil })
	return read.Waivers, err
}

// onePlan joins several plans. Its hash is that of their keys and hashes, in the order of the configuration.
func onePlan(files []PlanFile, parts []progress.Plan) progress.Plan {
	if len(parts) == 1 {
		return parts[0]
	}
	var whole progress.Plan
	var names, versions, fileNames, sums []string
	for i, part := range parts {
		key := files[i].Key
		for _, t := range part.Tasks {
			t.Plan = key
			whole.Tasks = append(whole.Tasks, t)
		}
		whole.Parts = append(whole.Parts, progress.PlanRef{Key: key, Name: part.Name, Version: part.Version, SHA256: part.SHA256, Tasks: len(part.Tasks)})
		names, versions = append(names, part.Name), append(versions, key+" "+part.Version)
		fileNames, sums = append(fileNames, part.File), append(sums, key+"="+part.SHA256)
	}
	whole.Name, whole.Version = strings.Join(slices.Compact(names), "; "), strings.Join(versions, ", ")
	whole.File, whole.SHA256 = strings.Join(fileNames, ", "), publish.Digest(strings.Join(sums, "\n"))
	return whole
}

func readRegister(ctx context.Context, readers *worker.Pool, kind, path string, wrap func([]byte) ([]byte, error)) (register, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return register{}, err
	}
	if data, err = wrap(data); err != nil {
		return register{}, err
	}
	name := filepath.Base(path)
	reg, refused, err := ask[register](ctx, readers, kind, name, data)
	if err != nil {
		return reg, err
	}
	faults := refused
	for _, f := range reg.Findings {
		if f.Severity == progress.SeverityError {
			faults = append(faults, f)
		}
	}
	if len(faults) > 0 {
		return reg, RegisterFaults{File: name, Findings: faults}
	}
	return reg, nil
}
