//go:build ignore

// Makes gofpdf_ruled.pdf from the rows of calc_head_once.json, as the program's own writer draws tables: cells of
// several lines, the heading on each page. Run in this folder: go run gofpdf.go FONT.ttf
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/jung-kurt/gofpdf"
)

var widths = []float64{12, 70, 35, 28, 28, 58, 42}

func main() {
	data, err := os.ReadFile("calc_head_once.json")
	if err != nil {
		log.Fatal(err)
	}
	var truth struct {
		Repeated bool         `json:"repeated"`
		Tables   [][][]string `json:"tables"`
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		log.Fatal(err)
	}
	font, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	p := gofpdf.New("L", "mm", "A4", "")
	p.AddUTF8FontFromBytes("serif", "", font)
	p.SetFont("serif", "", 11)
	p.SetAutoPageBreak(false, 0)
	p.AddPage()
	rows := truth.Tables[0]
	for _, row := range rows {
		height := 5.0
		for c, text := range row {
			height = max(height, 5*float64(len(p.SplitText(text, widths[c]-2))))
		}
		if p.GetY()+height > 195 {
			p.AddPage()
			draw(p, rows[0], 5)
		}
		draw(p, row, height)
	}
	if err := p.OutputFileAndClose("gofpdf_ruled.pdf"); err != nil {
		log.Fatal(err)
	}
	truth.Repeated = true
	out, err := json.MarshalIndent(truth, "", " ")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("gofpdf_ruled.json", out, 0o644); err != nil {
		log.Fatal(err)
	}
}

func draw(p *gofpdf.Fpdf, row []string, height float64) {
	x, y := p.GetXY()
	for c, text := range row {
		p.Rect(x, y, widths[c], height, "D")
		p.SetXY(x, y)
		p.MultiCell(widths[c], 5, text, "", "L", false)
		x += widths[c]
	}
	p.SetXY(10, y+height)
}
