package main

import (
	"bytes"
	"html/template"
)

// pageTemplate is the sheet as an office page that is printed from the browser.
var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{{.Name}}</title><style>
@page { size: A4 {{if .Landscape}}landscape{{end}}; margin: 14mm 12mm }
body { font: 10pt "Liberation Serif", serif; margin: 0 }
p.title { text-align: center; font-weight: bold; margin: 2px 0 }
table { border-collapse: collapse; width: 100%; margin: 8px 0 }
td, th { border: 0.75pt solid black; padding: 2px 4px; vertical-align: top; text-align: left }
th { text-align: center; vertical-align: middle }
thead { display: table-header-group }
</style></head><body>
{{range .Title}}<p class="title">{{.}}</p>{{end}}
<table><thead>{{range .Head}}<tr>{{range .}}{{if not .Covered}}<th{{with .Rows}} rowspan="{{.}}"{{end}}{{with .Cols}} colspan="{{.}}"{{end}}>{{.Shown}}</th>{{end}}{{end}}</tr>{{end}}</thead>
<tbody>{{range .Body}}<tr>{{range .}}{{if not .Covered}}<td{{with .Rows}} rowspan="{{.}}"{{end}}{{with .Cols}} colspan="{{.}}"{{end}}>{{if .Bold}}<b>{{.Shown}}</b>{{else}}{{.Shown}}{{end}}</td>{{end}}{{end}}</tr>{{end}}</tbody></table>
{{range .Foot}}<p>{{.}}</p>{{end}}
</body></html>
`))

func (s sheet) writeHTML() ([]byte, error) {
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, s)
	return b.Bytes(), err
}

// pictureTemplate binds pictures of pages, and nothing else, as a scanner does.
var pictureTemplate = template.Must(template.New("pictures").Parse(`<!DOCTYPE html>
<html><head><style>
@page { size: A4 landscape; margin: 0 }
body { margin: 0 }
img { display: block; width: 297mm; height: 209mm; break-after: page }
img:last-child { break-after: auto }
</style></head><body>{{range .}}<img src="{{.}}">{{end}}</body></html>
`))

// writePictures takes the names of files beside the page.
func writePictures(files []string) ([]byte, error) {
	var b bytes.Buffer
	err := pictureTemplate.Execute(&b, files)
	return b.Bytes(), err
}
