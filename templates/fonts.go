package templates

import (
	"bytes"
	"embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The faces are Liberation Serif 2.1.4 (SIL Open Font License, fonts/OFL.txt): the metrics of Times New Roman, which Decree
// 30/2020/NĐ-CP asks for, and every Vietnamese letter.
//
//go:embed fonts/*.ttf
var fontFiles embed.FS

// Face is a face of the serif family in which documents are set.
type Face string

const (
	FaceRegular    Face = "Regular"
	FaceBold       Face = "Bold"
	FaceItalic     Face = "Italic"
	FaceBoldItalic Face = "BoldItalic"
)

// Faces lists all faces.
var Faces = []Face{FaceRegular, FaceBold, FaceItalic, FaceBoldItalic}

// TrueType returns the bytes of a face's TrueType file, a fresh copy for each caller: PDF writers are known to write into them.
func TrueType(face Face) []byte {
	data, err := fontFiles.ReadFile("fonts/LiberationSerif-" + string(face) + ".ttf")
	if err != nil {
		panic(err) // built in
	}
	return bytes.Clone(data)
}

// Advances holds the width of every rune of the basic plane in thousandths of the size; -1 where the face has no glyph.
type Advances [1 << 16]int16

var advances = sync.OnceValue(func() map[Face]*Advances {
	all := map[Face]*Advances{}
	for _, face := range Faces {
		a, err := measure(face)
		if err != nil {
			panic(err) // the fonts are built in
		}
		all[face] = a
	}
	return all
})

// AdvancesOf returns the widths of the letters of a face.
func AdvancesOf(face Face) *Advances { return advances()[face] }

func measure(face Face) (*Advances, error) {
	f, err := sfnt.Parse(TrueType(face))
	if err != nil {
		return nil, err
	}
	var a Advances
	var buf sfnt.Buffer
	for r := range a {
		a[r] = -1
		glyph, err := f.GlyphIndex(&buf, rune(r))
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			continue
		}
		advance, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return nil, err
		}
		a[r] = int16(advance.Round())
	}
	return &a, nil
}
