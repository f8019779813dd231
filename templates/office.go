package templates

import (
	"embed"
	"io/fs"
)

//go:embed all:office
var blankOffice embed.FS

// BlankOffice is the folder of an office to be filled in: a commented configuration, the plan and the unit register with
// their headings (made by `go run ./cmd/samples blank --out templates/office`).
func BlankOffice() fs.FS {
	office, err := fs.Sub(blankOffice, "office")
	if err != nil {
		panic(err) // built in
	}
	return office
}
