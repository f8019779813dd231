package templates

import (
	"embed"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed layout/*.yaml
var layoutFiles embed.FS

// Layout is how an office's documents are laid out: paper, margins and the block at the head of the first page.
type Layout struct {
	Margins    Margins    `yaml:"margins"`     // of portrait pages
	Landscape  Margins    `yaml:"landscape"`   // of landscape pages, which hold tables
	Body       float64    `yaml:"body"`        // size of running text, points
	PageNumber float64    `yaml:"page_number"` // size, points
	Left       []HeadLine `yaml:"left"`        // who issues the document
	Right      []HeadLine `yaml:"right"`       // the motto of the state or the party, place and date
}

// Margins are the distances of the text from the edges of the paper, in millimetres.
type Margins struct {
	Top    float64 `yaml:"top"`
	Bottom float64 `yaml:"bottom"`
	Left   float64 `yaml:"left"`
	Right  float64 `yaml:"right"`
}

// HeadLine is a line of the block at the head of the first page.
type HeadLine struct {
	Text   string  `yaml:"text"` // key of the wording; its places are {parent}, {office}, {symbol}, {place}, {year}
	Size   float64 `yaml:"size"` // points
	Bold   bool    `yaml:"bold"`
	Italic bool    `yaml:"italic"`
	Caps   bool    `yaml:"caps"`
	Rule   float64 `yaml:"rule"`  // length of the rule below the line, as a share of the line's own length; 0: none
	Space  float64 `yaml:"space"` // above the line, points
}

// Face is the face in which the line is set.
func (l HeadLine) Face() Face {
	switch {
	case l.Bold && l.Italic:
		return FaceBoldItalic
	case l.Bold:
		return FaceBold
	case l.Italic:
		return FaceItalic
	}
	return FaceRegular
}

var layouts = func() map[string]Layout {
	entries, err := layoutFiles.ReadDir("layout")
	if err != nil {
		panic(err) // built in
	}
	all := map[string]Layout{}
	for _, e := range entries {
		data, err := layoutFiles.ReadFile(path.Join("layout", e.Name()))
		if err != nil {
			panic(err)
		}
		var l Layout
		if err := yaml.UnmarshalWithOptions(data, &l, yaml.Strict()); err != nil {
			panic(fmt.Errorf("layout/%s: %w", e.Name(), err)) // built in: a test reads every file
		}
		all[strings.TrimSuffix(e.Name(), ".yaml")] = l
	}
	return all
}()

// DefaultLayout is the profile of state offices, Decree 30/2020/NĐ-CP.
const DefaultLayout = "decree30"

// LayoutOf returns the layout profile of that name, decree30 or party, and false for a name that is not known.
func LayoutOf(profile string) (Layout, bool) {
	l, ok := layouts[profile]
	return l, ok
}

// Profiles lists the names of the layout profiles, sorted.
func Profiles() []string { return slices.Sorted(maps.Keys(layouts)) }
