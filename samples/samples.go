// Package samples holds ready-to-run offices: plan, units, inbox and history, made by cmd/samples from a seed.
package samples

import (
	"embed"
	"io/fs"
)

//go:embed all:bo-tttt
var offices embed.FS

// Office is the sample office bo-tttt, its files at the root.
func Office() fs.FS {
	office, err := fs.Sub(offices, "bo-tttt")
	if err != nil {
		panic(err) // built in
	}
	return office
}
