package rows

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/progress"
)

var percentSign = regexp.MustCompile(`(\d+(?:[.,]\d+)?)\s*(?:%|phần trăm)`)

// percentWithin finds the one percent in a text: "Đang thực hiện (60%)", "khoảng 82,5 %".
func percentWithin(text string) (float64, bool) {
	text = strings.ToLower(text)
	found := percentSign.FindAllStringSubmatchIndex(text, 2)
	if len(found) != 1 || lowerEnd.MatchString(text[:found[0][0]]) {
		return 0, false
	}
	return inRange(text[found[0][2]:found[0][3]])
}

// lowerEnd ends what stands before the upper end of a span: "60 - 70%", "từ 60 đến 70%". Which of both is meant nobody knows.
var lowerEnd = regexp.MustCompile(`\d\s*([-–—÷~]|đến|tới|den|toi|to)\s*$`)

func withoutPercent(text string) string { return percentSign.ReplaceAllString(text, " ") }

var (
	bareNumber   = regexp.MustCompile(`^\d+(?:[.,]\d+)?$`)
	wordsOfShare = regexp.MustCompile(`^(đạt|khoảng|được|hoàn thành|đã hoàn thành|tỷ lệ|tỉ lệ|ước|ước đạt|trên|gần|~|≈|about|approx\.?|[\s:])+`)
	share        = regexp.MustCompile(`^(\d{1,4})\s*/\s*(\d{1,4})$`)
)

// readPercent reads a cell of a percent column. fractions says that the column holds shares of 1 (0,8 for 80 %).
// It returns nil and true for a cell that says nothing, nil and false for one that cannot be read or is out of 0–100.
func readPercent(c grid.Cell, fractions bool) (*float64, bool) {
	text := strings.ToLower(strings.TrimSpace(c.Text))
	if c.Kind == grid.Number {
		x := c.Number
		if c.Percent || fractions && !strings.Contains(text, "%") {
			x *= 100
		}
		return rounded(x)
	}
	if text == "" {
		return nil, true
	}
	if strings.Contains(text, "-") && percentSign.MatchString(text) && strings.HasPrefix(text, "-") {
		return nil, false
	}
	if p, ok := percentWithin(text); ok {
		return rounded(p)
	}
	text = wordsOfShare.ReplaceAllString(text, "")
	if m := share.FindStringSubmatch(text); m != nil {
		a, b := digits(m[1]), digits(m[2])
		if b == 0 || a > b {
			return nil, false
		}
		return rounded(100 * float64(a) / float64(b))
	}
	if !bareNumber.MatchString(text) {
		return nil, false
	}
	x, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil {
		return nil, false
	}
	if fractions {
		x *= 100
	}
	return rounded(x)
}

// rounded drops what binary fractions add (0.07 × 100 = 7.000000000000001) and refuses what is no share.
func rounded(x float64) (*float64, bool) {
	if math.IsNaN(x) || x < 0 || x > 100 {
		return nil, false
	}
	x = math.Round(x*1e6) / 1e6
	return &x, true
}

func inRange(s string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || x > 100 {
		return 0, false
	}
	return x, true
}

// Scale of a percent column.
type scale uint8

const (
	scalePercent  scale = iota // 80 means 80 %
	scaleFraction              // 0,8 means 80 %
	scaleMixed                 // 0,8 stands beside 80: what lies between 0 and 1 cannot be told
	scaleOnlyOnes              // nothing but 0 and 1: 1 is 100 % only where the task is done
)

// scaleOf looks at all cells of a percent column: a lone 0,8 among 60 and 75 is no safe 80.
func scaleOf(cells []grid.Cell) scale {
	between, above, ones := 0, 0, 0
	for _, c := range cells {
		x, ok := plainNumber(c)
		switch {
		case !ok:
		case x > 0 && x < 1:
			between++
		case x > 1:
			above++
		case x == 1:
			ones++
		}
	}
	switch {
	case between > 0 && above > 0:
		return scaleMixed
	case between > 0:
		return scaleFraction
	case above == 0 && ones > 0:
		return scaleOnlyOnes
	}
	return scalePercent
}

// plainNumber is the number in a cell that shows no percent sign.
func plainNumber(c grid.Cell) (float64, bool) {
	if c.Percent || strings.Contains(c.Text, "%") {
		return 0, false
	}
	if c.Kind == grid.Number {
		return c.Number, true
	}
	if c.Kind == grid.Text && bareNumber.MatchString(c.Text) {
		x, err := strconv.ParseFloat(strings.Replace(c.Text, ",", ".", 1), 64)
		return x, err == nil
	}
	return 0, false
}

// percentOf reads a percent in its column, given what the row says of its state.
func percentOf(c grid.Cell, s scale, status progress.Status) (*float64, bool) {
	x, plain := plainNumber(c)
	switch {
	case plain && s == scaleMixed && x > 0 && x <= 1:
		return nil, false
	case plain && s == scaleOnlyOnes && x == 1:
		return readPercent(c, status == progress.Done)
	}
	return readPercent(c, s == scaleFraction)
}

// Percents reads a column of percents that stands beside no status: nil for a cell that says nothing, false for one that cannot be
// read or is out of 0–100. What is 0.8 or 80 per cent, or a lone 1, is told by the column or not at all.
func Percents(column []grid.Cell) (percents []*float64, readable []bool) {
	s := scaleOf(column)
	if s == scaleOnlyOnes {
		s = scaleMixed
	}
	percents, readable = make([]*float64, len(column)), make([]bool, len(column))
	for i, c := range column {
		percents[i], readable[i] = percentOf(c, s, progress.StatusUnknown)
	}
	return percents, readable
}
