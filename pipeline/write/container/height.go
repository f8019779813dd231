package container

import (
	"math"
	"strings"

	"tiendo/templates"
)

const (
	marginPoints = 2.0
	maxPoints    = 409.0 // Excel's highest row
	// A column's width counts digits of the book's first font, 7 pixels wide. A twentieth is left to programs that set words wider.
	pointsAWidth = 5.25 * 0.95
)

// Bold is how much wider bold letters are than others of their size.
const Bold = 1.1

// Height is that of a row whose cells have so many lines at the most, set in letters of that size, in points.
func Height(lines int, size float64) float64 {
	return min(maxPoints, math.Round(1.34*size)*float64(max(1, lines))+marginPoints)
}

// Lines counts the lines of text in a column of that width, broken between words, set in letters of Times New Roman of that size.
func Lines(text string, width, size float64) int {
	advances := templates.AdvancesOf(templates.FaceRegular)
	room := int(1000 * pointsAWidth * width / size)
	space := int(advances[' '])
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0
		for word := range strings.SplitSeq(paragraph, " ") {
			length := 0
			for _, r := range word {
				if r >= rune(len(advances)) || advances[r] < 0 {
					length += 1000 // of another font
				} else {
					length += int(advances[r])
				}
			}
			if used > 0 && used+length > room {
				lines++
				used = 0
			}
			for length > room { // a word longer than the column is broken
				lines++
				length -= room
			}
			used += length + space
		}
	}
	return lines
}
