package pipeline

import (
	"archive/zip"
	"fmt"
	"io"
	"path"

	"github.com/ledongthuc/pdf"

	"tiendo/pipeline/write/publish"
)

// readBack opens a file of an edition as it was read back from the reports folder: a PDF must have its pages, every
// part of a workbook must inflate to its checksum. What does not open is not published.
func readBack(f publish.File) error {
	switch path.Ext(f.Name) {
	case ".pdf":
		r, err := pdf.NewReader(f.Content, f.Size)
		if err != nil {
			return fmt.Errorf("%s does not open: %w", f.Name, err)
		}
		if r.NumPage() < 1 {
			return fmt.Errorf("%s has no pages", f.Name)
		}
	case ".xlsx":
		if err := inflateAll(f); err != nil {
			return fmt.Errorf("%s does not open: %w", f.Name, err)
		}
	}
	return nil
}

// inflateAll reads every part of a workbook to its end, where its checksum is held against it.
func inflateAll(f publish.File) error {
	z, err := zip.NewReader(f.Content, f.Size)
	if err != nil {
		return err
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return nil
}
