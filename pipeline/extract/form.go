package extract

import (
	"slices"
	"strconv"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

// takeMarker takes the hidden sheet out of a document by which a form that tiendo made says what it is, with the findings about that
// sheet. The form is nil where there is none.
func takeMarker(doc grid.Document) (grid.Document, *progress.Form) {
	at := slices.IndexFunc(doc.Blocks, func(b grid.Block) bool { return b.Table != nil && isMarker(b.Table) })
	if at < 0 {
		return doc, nil
	}
	marker := doc.Blocks[at].Table
	rest := grid.Document{Blocks: slices.Delete(slices.Clone(doc.Blocks), at, at+1)}
	for _, f := range doc.Findings {
		if f.Origin.Sheet != marker.Sheet {
			rest.Findings = append(rest.Findings, f)
		}
	}
	said := map[string]string{}
	for _, row := range marker.Rows[1:] {
		if len(row.Cells) > 1 {
			said[row.Cells[0].Text] = row.Cells[1].Text
		}
	}
	version, err := strconv.Atoi(said[progress.FormFields[0]])
	if err != nil { // somebody's own sheet, or one that was tampered with: no form of ours
		return rest, nil
	}
	return rest, &progress.Form{
		Version: version, Unit: said[progress.FormFields[1]], Period: said[progress.FormFields[2]], PlanVersion: said[progress.FormFields[3]],
	}
}

// isMarker reports whether a table is that hidden sheet.
func isMarker(t *grid.Table) bool {
	return t.Hidden && len(t.Rows) > 0 && len(t.Rows[0].Cells) > 0 && t.Rows[0].Cells[0].Text == progress.FormMark
}
