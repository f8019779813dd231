package pipeline

import (
	"bytes"
	"fmt"
	"path"

	"github.com/ledongthuc/pdf"

	"tiendo/pipeline/extract/archive"
)

// ownLimits are for workbooks that we wrote ourselves: a nation's synthesis is larger than any return.
var ownLimits = archive.Limits{Total: 8 << 30, Part: 4 << 30, Entries: 10_000, Ratio: 2000}

// readBack opens a file of an edition as it was read back from the reports folder: a PDF must have its pages, every
// part of a workbook must inflate to its checksum. What does not open is not published.
func readBack(name string, data []byte) error {
	switch path.Ext(name) {
	case ".pdf":
		r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return fmt.Errorf("%s does not open: %w", name, err)
		}
		if r.NumPage() < 1 {
			return fmt.Errorf("%s has no pages", name)
		}
	case ".xlsx":
		if _, err := archive.Open(data, ownLimits); err != nil {
			return fmt.Errorf("%s does not open: %w", name, err)
		}
	}
	return nil
}
