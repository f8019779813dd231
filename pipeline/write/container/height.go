package container

import (
	"strings"
	"unicode"
)

// Words are set in 11 points. A column's width counts digits of that size; letters are a little narrower, capitals wider.
const (
	linePoints  = 15.0
	marginPoint = 2.0
	maxPoints   = 409.0 // Excel's highest row
	capital     = 1.4
)

// Height is that of a row whose cells have so many lines at the most, in points.
func Height(lines int) float64 { return min(maxPoints, linePoints*float64(max(1, lines))+marginPoint) }

// Lines counts the lines of text in a column of that width, broken between words.
func Lines(text string, width float64) int {
	width--
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0.0
		for word := range strings.SplitSeq(paragraph, " ") {
			length := 0.0
			for _, r := range word {
				if unicode.IsUpper(r) {
					length += capital
				} else {
					length++
				}
			}
			if used > 0 && used+length > width {
				lines++
				used = 0
			}
			for length > width { // a word longer than the column is broken
				lines++
				length -= width
			}
			used += length + 1
		}
	}
	return lines
}
