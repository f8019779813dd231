package templates

import (
	"bytes"
	"embed"
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
