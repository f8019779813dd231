package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/write/container"
)

// excelize keeps the rows of a sheet in memory until the workbook is written, up to 16 MiB of each. The sheets of a nation are many and
// long, so the book gives it the first rows only, and the rest goes out lot by lot.
const (
	early = 50 // rows
	lot   = 500
)

// rest writes the rows of a sheet that come after the first; links is how many links the first have.
func (b *book) rest(s sheet, links int) container.Fill {
	return func(out io.Writer) error {
		for first := early; first < s.rows; first += lot {
			if err := b.lot(out, s, first, min(first+lot, s.rows), &links); err != nil {
				return fmt.Errorf("sheet %s: %w", s.name, err)
			}
		}
		return nil
	}
}

// lot writes some rows of a sheet, as excelize writes them into a workbook that has nothing else.
func (b *book) lot(out io.Writer, s sheet, first, end int, links *int) error {
	f := excelize.NewFile()
	defer f.Close() // it holds no file
	only := &rowsOnly{}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return only })
	w, err := f.NewStreamWriter(f.GetSheetName(0))
	if err != nil {
		return err
	}
	for i := first; i < end; i++ {
		if err := b.set(w, s, i+1, b.bound(s.row(i), links)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Write(io.Discard); err != nil {
		return err
	}
	_, rows, began := bytes.Cut(only.sheet.Bytes(), []byte("<sheetData>"))
	rows, _, ended := bytes.Cut(rows, []byte("</sheetData>"))
	if !began || !ended {
		return errors.New("a sheet without rows")
	}
	_, err = out.Write(rows)
	return err
}

// rowsOnly keeps the first sheet of a workbook and drops its other parts.
type rowsOnly struct{ sheet bytes.Buffer }

func (r *rowsOnly) Create(name string) (io.Writer, error) {
	if name == "xl/worksheets/sheet1.xml" {
		return &r.sheet, nil
	}
	return io.Discard, nil
}

func (r *rowsOnly) AddFS(fs.FS) error { return errors.New("there is nothing to copy") }

func (r *rowsOnly) Close() error { return nil }
