package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"tiendo/pipeline/progress"
)

// scaleOptions say how large an office is to be made.
type scaleOptions struct {
	units, rows, weeks, pdf int
	seed                    uint64
	out                     string
}

func scaleCommand(args []string) error {
	var o scaleOptions
	flags := flag.NewFlagSet("scale", flag.ContinueOnError)
	flags.IntVar(&o.units, "units", 200, "reporting units")
	flags.IntVar(&o.rows, "rows", 20, "tasks of each unit")
	flags.IntVar(&o.weeks, "weeks", 1, "weeks, the last of which lies in the inbox")
	flags.IntVar(&o.pdf, "pdf", 0, "percent of the units that report as PDF, printed by LibreOffice")
	flags.Uint64Var(&o.seed, "seed", 1, "decides every story")
	flags.StringVar(&o.out, "out", "", "folder to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.out == "" || o.units < 1 || o.rows < 1 || o.weeks < 1 || o.pdf < 0 || o.pdf > 100 {
		return errors.New("scale: --out is missing or a number is out of range\n" + usage)
	}
	if err := clear(o.out); err != nil {
		return err
	}
	s, err := newScaled(o)
	if err != nil {
		return err
	}
	return s.write()
}

// scaled is an office of any size: units side by side below one root, each with tasks of its own and honest, punctual returns.
type scaled struct {
	scaleOptions
	list    []progress.Unit
	tasks   []progress.Task // unit by unit
	periods []edition
	truth   truth
	log     [][]string // received.csv
	orders  []order    // PDFs
}

func newScaled(o scaleOptions) (*scaled, error) {
	units, err := readUnits(unitsText)
	if err != nil {
		return nil, err
	}
	models, err := readPlan(planText, units)
	if err != nil {
		return nil, err
	}
	s := &scaled{scaleOptions: o, periods: weekEditions("2025-W20", o.weeks), truth: truth{Periods: map[string]truthPeriod{}}}
	s.list = append(s.list, progress.Unit{Code: "goc", Name: "Cơ quan đầu mối", Level: "Bộ"})
	for i := range o.units {
		s.list = append(s.list, progress.Unit{
			Code: fmt.Sprintf("dv-%04d", i+1), Name: fmt.Sprintf("Đơn vị số %04d", i+1), Parent: "goc", Level: "Cục",
			Head: fmt.Sprintf("Lê Thị %04d", i+1), Person: fmt.Sprintf("Trần Văn %04d", i+1),
			Email: fmt.Sprintf("dv-%04d@donvi.example", i+1), Reports: true,
		})
		s.tasks = append(s.tasks, scaledTasks(o, models, i, s.list[i+1])...)
	}
	return s, nil
}

// scaledTasks are the tasks of the i-th unit: those of the sample plan with one lead, over and over.
func scaledTasks(o scaleOptions, models []progress.Task, i int, unit progress.Unit) []progress.Task {
	out := make([]progress.Task, o.rows)
	for j := range out {
		t := models[(i*o.rows+j)%len(models)]
		roman, _, _ := strings.Cut(t.Group, ".")
		t.Code = fmt.Sprintf("%s.%d", roman, i*o.rows+j+1)
		t.Title = fmt.Sprintf("%s (địa bàn %04d, việc %d)", t.Title, i+1, j+1)
		t.LeadText, t.Leads, t.Person, t.Cooperating = unit.Name, []string{unit.Code}, unit.Person, ""
		out[j] = t
	}
	return out
}

// write makes the whole office. The returns of the last week are written one after another and not kept.
func (s *scaled) write() error {
	var before map[*course]standing
	courses := s.courses()
	s.log = [][]string{{"path", "received"}}
	for _, e := range s.periods {
		var err error
		if before, err = s.writeEdition(e, courses, before); err != nil {
			return err
		}
	}
	for name, write := range map[string]func() ([]byte, error){
		"plan.xlsx": planSheet(s.tasks).writeXLSX, "units.xlsx": unitSheet(s.list).writeXLSX,
		"truth.json": s.truth.marshal, "received.csv": s.received,
	} {
		if err := put(filepath.Join(s.out, name), write); err != nil {
			return err
		}
	}
	if err := s.print(); err != nil {
		return err
	}
	return writeSettings(s.out)
}

// courses are the stories of all positions, unit by unit.
func (s *scaled) courses() []*course {
	week := func(e edition) int { return len(s.periods) - 1 - e.End.DaysUntil(s.periods[len(s.periods)-1].End)/7 }
	out := make([]*course, len(s.tasks))
	for i, t := range s.tasks {
		out[i] = newCourse(s.seed, t, t.Leads[0], s.periods)
		out[i].tell(s.seed, s.periods, week)
	}
	return out
}

// writeEdition writes the returns of one edition and its truth.
func (s *scaled) writeEdition(e edition, courses []*course, before map[*course]standing) (map[*course]standing, error) {
	deliveries := make([]delivery, s.units)
	for i := range deliveries {
		deliveries[i] = s.delivery(e, i)
	}
	desk := newDesk(e, false, deliveries)
	written := said(e, courses, before)
	for i, d := range deliveries {
		if err := s.deliver(desk, e, d, s.list[i+1], written[d.unit]); err != nil {
			return nil, err
		}
	}
	judged := desk.judge(courses, before)
	s.truth.Periods[e.ID] = desk.close(s.list, courses, judged)
	return judged, nil
}

func (s *scaled) delivery(e edition, i int) delivery {
	d := delivery{unit: s.list[i+1].Code, maker: goWorkbook, form: plain, state: progress.Accepted, received: sent(e, i%3, 8+i%6, i%60)}
	d.name = d.unit + "_" + e.ID + ".xlsx"
	if i*s.pdf/100 != (i+1)*s.pdf/100 { // spread evenly
		d.maker, d.form, d.name = calcPDF, paged, d.unit+"_"+e.ID+".pdf"
	}
	return d
}

// deliver writes one return, or orders it to be printed.
func (s *scaled) deliver(desk *desk, e edition, d delivery, unit progress.Unit, said []*report) error {
	p := parcel{delivery: d, path: d.path(e, s.periods[len(s.periods)-1].ID), edition: e.ID}
	content := d.fill(e, e, unit, unit, said)
	desk.receive(p, said, content.rows)
	s.log = append(s.log, []string{p.path, moment(d.received)})
	to := filepath.Join(s.out, filepath.FromSlash(p.path))
	if d.maker == calcPDF {
		s.orders = append(s.orders, order{Path: to, Sheet: content.sheet, maker: d.maker})
		return os.MkdirAll(path.Dir(to), 0o755)
	}
	return put(to, content.sheet.writeXLSX)
}

// print has the PDFs made.
func (s *scaled) print() error {
	if len(s.orders) == 0 {
		return nil
	}
	scratch, err := os.MkdirTemp("", "samples")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	return workshop{scratch}.make(s.orders)
}

func (s *scaled) received() ([]byte, error) {
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(s.log)
	return b.Bytes(), err
}
