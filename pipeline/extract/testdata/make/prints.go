//go:build ignore

// Draws tables as programs written with gofpdf and excelize do. Usage: go run prints.go pdf|xlsx IN.json OUT FONT.ttf
// IN.json holds the lines of the table as arrays of strings, its heading first.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/jung-kurt/gofpdf"
	"github.com/xuri/excelize/v2"
)

func main() {
	data, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	var lines [][]string
	if err := json.Unmarshal(data, &lines); err != nil {
		log.Fatal(err)
	}
	if os.Args[1] == "xlsx" {
		err = workbook(lines, os.Args[3])
	} else {
		err = print(lines, os.Args[3], os.Args[4])
	}
	if err != nil {
		log.Fatal(err)
	}
}

// workbook streams the lines; numbers are stored as numbers.
func workbook(lines [][]string, path string) error {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, line := range lines {
		values := make([]any, len(line))
		for j, text := range line {
			values[j] = text
			if n, err := strconv.Atoi(text); err == nil {
				values[j] = n
			}
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), values); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.SaveAs(path)
}

func print(lines [][]string, path, font string) error {
	bytes, err := os.ReadFile(font)
	if err != nil {
		return err
	}
	p := gofpdf.New("P", "mm", "A4", "")
	p.SetCreationDate(time.Date(2025, 5, 16, 9, 0, 0, 0, time.UTC))
	p.SetModificationDate(time.Date(2025, 5, 16, 9, 0, 0, 0, time.UTC))
	p.SetCatalogSort(true)
	p.AddUTF8FontFromBytes("serif", "", bytes)
	p.SetFont("serif", "", 10)
	p.SetAutoPageBreak(false, 0)
	p.AddPage()
	p.Text(10, 12, "SỞ NỘI VỤ")
	p.Text(10, 20, "BÁO CÁO tiến độ tuần 20 năm 2025")
	p.SetY(26)
	width := 190 / float64(len(lines[0])+2)
	widths := make([]float64, len(lines[0]))
	for i := range widths {
		widths[i] = width
	}
	widths[0], widths[1] = width/2, 2.3*width
	widths[len(widths)-1] = 2.2 * width // no word is broken
	for _, line := range lines {
		height := 5.0
		for c, text := range line {
			height = max(height, 5*float64(len(p.SplitText(text, widths[c]-2))))
		}
		if p.GetY()+height > 280 {
			p.AddPage()
			draw(p, lines[0], widths, 10)
		}
		draw(p, line, widths, height)
	}
	return p.OutputFileAndClose(path)
}

func draw(p *gofpdf.Fpdf, line []string, widths []float64, height float64) {
	x, y := p.GetXY()
	for c, text := range line {
		p.Rect(x, y, widths[c], height, "D")
		p.SetXY(x, y)
		p.MultiCell(widths[c], 5, text, "", "L", false)
		x += widths[c]
	}
	p.SetXY(10, y+height)
}
