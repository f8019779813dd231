package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"tiendo/pipeline/progress"
)

// office is everything that the seed decides, before any file is written.
type office struct {
	units   []progress.Unit
	tasks   []progress.Task
	courses []*course // in the order of the plan, then of the units
	weeks   []edition // oldest first; the last one lies in the inbox
	months  []edition
	traps   map[*course]trap
	truth   truth
	parcels []parcel
}

// parcel is a file to be written, with what is known of it.
type parcel struct {
	delivery
	path    string
	sheet   sheet
	edition string
}

// newOffice tells the story of the sample office.
func newOffice(seed uint64) (*office, error) {
	units, err := readUnits(unitsText)
	if err != nil {
		return nil, err
	}
	tasks, err := readPlan(planText, units)
	if err != nil {
		return nil, err
	}
	for i := range tasks {
		tasks[i].Milestones = milestonesOf(seed, tasks[i])
	}
	o := &office{units: units, tasks: tasks, weeks: weekEditions("2025-W20", 6), months: []edition{monthEdition("2025-04")}}
	for _, task := range tasks {
		for _, unit := range task.Leads {
			o.courses = append(o.courses, newCourse(seed, task, unit, o.weeks))
		}
	}
	byID := map[string]edition{}
	for _, e := range o.editions() {
		byID[e.ID] = e
	}
	if o.traps, err = lay(traps, o.courses, byID); err != nil {
		return nil, err
	}
	for _, c := range o.courses {
		c.tell(seed, o.editions(), o.weekOf)
		if t, ok := o.traps[c]; ok {
			t.bend(c, t.edition)
		}
	}
	o.play()
	return o, nil
}

// editions are all periods: the weeks, then the months.
func (o *office) editions() []edition { return append(slices.Clone(o.weeks), o.months...) }

// weekOf is the index of the week that holds the edition's data date.
func (o *office) weekOf(e edition) int {
	return slices.IndexFunc(o.weeks, func(w edition) bool { return w.Contains(e.close) })
}

func (o *office) current() edition { return o.weeks[len(o.weeks)-1] }

// play runs through the editions: each kind has a history of its own.
func (o *office) play() {
	o.truth.Periods = map[string]truthPeriod{}
	for _, kind := range [][]edition{o.weeks, o.months} {
		var before map[*course]standing
		for _, e := range kind {
			before = o.playEdition(e, before)
		}
	}
	slices.SortFunc(o.parcels, func(a, b parcel) int { return cmp.Compare(a.path, b.path) })
}

// playEdition lets the units send, judges what was received and writes the truth down.
func (o *office) playEdition(e edition, before map[*course]standing) map[*course]standing {
	inbox := e.ID == o.current().ID
	deliveries := past(e, o.units)
	if inbox {
		deliveries = inboxWeek(e)
	}
	written := said(e, o.courses, before)
	desk := newDesk(e, inbox, deliveries)
	for _, d := range deliveries {
		unit := o.unit(d.unit)
		reports := append(slices.Clone(written[d.unit]), strays(e, d.unit, o.tasks)...)
		p := parcel{delivery: d, path: d.path(e, o.current().ID), edition: e.ID}
		content := d.fill(e, weekBefore(e), unit, o.units[len(o.units)-2], reports)
		p.sheet = content.sheet
		o.parcels = append(o.parcels, p)
		desk.receive(p, reports, content.rows)
	}
	judged := desk.judge(o.courses, before)
	o.truth.Periods[e.ID] = desk.close(o.units, o.courses, judged)
	return judged
}

// strays are rows about no task of the unit: one that no plan knows (P01), and one of another unit (P02).
func strays(e edition, unit string, tasks []progress.Task) []*report {
	half := 50.0
	rep := &report{unit: unit, stray: true, status: progress.InProgress, statusText: "Đang thực hiện", percent: &half}
	switch {
	case e.ID == "2025-W20" && unit == "vu-pc":
		rep.task = progress.Task{Code: "II.99", Group: "II. Thể chế số", Title: "Xuất bản kỷ yếu hội thảo khoa học về lịch sử ngành bưu điện",
			Due: progress.Due{Text: "31/12/2025", Date: day("2025-12-31"), Precision: progress.Day}}
		rep.result, rep.blockers = "Đã thu thập 12 tham luận.", []string{"P01"}
	case e.ID == "2025-W20" && unit == "cuc-cds":
		i := slices.IndexFunc(tasks, func(t progress.Task) bool { return slices.Equal(t.Leads, []string{"cuc-attt"}) && !t.Due.Regular })
		rep.task = tasks[i]
		rep.result, rep.blockers = "Đã cử hai chuyên viên phối hợp chuẩn bị kịch bản.", []string{"P02"}
	default:
		return nil
	}
	rep.code, rep.title, rep.due = rep.task.Code, rep.task.Title, rep.task.Due
	return []*report{rep}
}

func weekBefore(e edition) edition {
	return weekEditions(progress.WeekOf(e.close).ID, 2)[0]
}

func (o *office) unit(code string) progress.Unit {
	return o.units[slices.IndexFunc(o.units, func(u progress.Unit) bool { return u.Code == code })]
}

// write makes all files below dir.
func (o *office) write(dir string) error {
	fixed := map[string]func() ([]byte, error){
		"plan.xlsx":    planSheet(o.tasks).with(milestoneSheet(o.tasks)),
		"units.xlsx":   unitSheet(o.units).writeXLSX,
		"received.csv": o.received,
		"truth.json":   o.truth.marshal,
		"README.md":    o.readme,
	}
	for name, write := range fixed {
		if err := put(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	if err := writeSettings(dir); err != nil {
		return err
	}
	return o.writeParcels(dir)
}

// writeParcels writes the returns: in Go where possible, the rest in the workshop, at last what is made of others' bytes.
func (o *office) writeParcels(dir string) error {
	scratch, err := os.MkdirTemp("", "samples")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	var orders []order
	for _, p := range o.parcels {
		to := filepath.Join(dir, filepath.FromSlash(p.path))
		data, ok, err := inGo(p.maker, p.sheet)
		if err != nil {
			return fmt.Errorf("%s: %w", p.path, err)
		}
		if !ok {
			orders = append(orders, order{Path: to, Sheet: p.sheet, maker: p.maker})
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if ok {
			if err := os.WriteFile(to, data, 0o644); err != nil {
				return err
			}
		}
	}
	if err := (workshop{scratch}).make(orders); err != nil {
		return err
	}
	return o.damage(dir)
}

// damage cuts the half-copied workbook off where the copying stopped.
func (o *office) damage(dir string) error {
	for _, p := range o.parcels {
		if p.variant != cut {
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(p.path))
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if err := os.Truncate(name, info.Size()*3/5); err != nil {
			return err
		}
	}
	return nil
}

// received lists every file with the moment at which it came.
func (o *office) received() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	lines := [][]string{{"path", "received"}}
	for _, p := range o.parcels {
		lines = append(lines, []string{p.path, moment(p.delivery.received)})
	}
	err := w.WriteAll(lines)
	return b.Bytes(), err
}

// put writes one file, and its folder where needed.
func put(name string, write func() ([]byte, error)) error {
	data, err := write()
	if err != nil {
		return fmt.Errorf("%s: %w", path.Base(name), err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
