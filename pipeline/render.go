package pipeline

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/publish"
	"tiendo/pipeline/write/report"
	"tiendo/pipeline/write/workbook"
	"tiendo/templates"
)

// rendered is an edition whose files are drawn and not published yet. They lie in the state folder: those of a nation are too large to be
// held.
type rendered struct {
	publish.Edition
	dir   string
	files []*os.File
}

// render draws the synthesis as PDF and workbook, and holds the one against the other. What an earlier attempt left is removed.
func render(d Desk, s progress.Synthesis, pdfName, bookName string) (_ *rendered, err error) {
	r := &rendered{dir: filepath.Join(d.Office.State, "rendered")}
	r.Edition = publish.Edition{Period: s.Period.ID, Revision: s.Revision, Version: s.Version,
		Counts: map[string]int{"positions": s.Total.Counts.Total, "units": s.Reporting.Expected}}
	r.drop()
	defer func() {
		if err != nil {
			r.drop()
		}
	}()
	if err := os.MkdirAll(r.dir, 0o750); err != nil {
		return nil, err
	}
	var printed []report.Printed
	err = r.add(pdfName, func(out io.Writer) (err error) {
		printed, err = report.PDF(out, s, d.Office.Lang)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("draw the PDF: %w", err)
	}
	var places map[string]workbook.Place
	err = r.add(bookName, func(out io.Writer) (err error) {
		places, err = workbook.XLSX(out, s, templates.In(d.Office.Lang))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return r, checkMouths(r.Files[0], printed, r.Files[1], places)
}

// add writes a file of the edition.
func (r *rendered) add(name string, write func(out io.Writer) error) error {
	f, err := os.OpenFile(filepath.Join(r.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	r.files = append(r.files, f)
	out := bufio.NewWriterSize(f, 256<<10)
	if err := write(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	r.Files = append(r.Files, publish.File{Name: name, Content: f, Size: size})
	return err
}

// moveTo moves the files into a folder, over those of the same names.
func (r *rendered) moveTo(dir string) (paths []string, err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	r.close()
	for _, f := range r.Files {
		path := filepath.Join(dir, f.Name)
		if err := os.Rename(filepath.Join(r.dir, f.Name), path); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func (r *rendered) close() {
	for _, f := range r.files {
		_ = f.Close() // what was written was flushed, or the attempt has failed
	}
	r.files = nil
}

// drop removes the files that are still there. What cannot be removed is, before the next edition is rendered, or that one fails.
func (r *rendered) drop() {
	r.close()
	_ = os.RemoveAll(r.dir)
}
