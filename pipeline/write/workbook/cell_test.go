package workbook

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/container"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":             {"Đã trình Thủ tướng Chính phủ", "Đã trình Thủ tướng Chính phủ"},
		"formula":           {"=1+1", "=1+1"},
		"line ends":         {"a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		"tab":               {"a\tb", "a b"},
		"control":           {"a\x00b\x07c\x7fd\u0085e", "abcde"},
		"direction":         {"\u202Ecod.exe\u2066x\u200F", "cod.exex"},
		"not a character":   {"a\uFFFEb\uFFFF", "ab"},
		"invalid bytes":     {"a\xc3(", "a\uFFFD("},
		"too much":          {strings.Repeat("ệ", 32768), strings.Repeat("ệ", 32766) + "…"},
		"just enough":       {strings.Repeat("ệ", 32767), strings.Repeat("ệ", 32767)},
		"pairs of units":    {strings.Repeat("😀", 16384), strings.Repeat("😀", 16383) + "…"},
		"too many lines":    {strings.Repeat("\n", 255), strings.Repeat("\n", 253) + "  "},
		"decomposed letter": {"e\u0323\u0302", "e\u0323\u0302"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%s: %.40q (%d bytes), want %.40q (%d bytes)", name, got, len(got), c.want, len(c.want))
		}
	}
}

func TestCleanFitsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + strings.Repeat(rapid.String().Draw(t, "text"), rapid.IntRange(0, 9000).Draw(t, "times"))
		got := clean(in)
		switch {
		case !utf8.ValidString(got):
			t.Fatalf("%q is no text", got)
		case len(utf16.Encode([]rune(got))) > maxUnits, strings.Count(got, "\n") > maxLines:
			t.Fatalf("%d bytes are too much for a cell", len(got))
		case strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }):
			t.Fatalf("%q holds control characters", got)
		case clean(got) != got:
			t.Fatalf("%q is not clean yet", got)
		}
	})
}

// Serial numbers as Excel shows them for these days in its General format.
func TestDay(t *testing.T) {
	for iso, want := range map[string]any{"1900-03-01": 61, "2000-01-01": 36526, "2024-02-29": 45351, "2025-12-31": 46022, "": nil} {
		d, err := progress.ParseDate(iso)
		if err != nil {
			t.Fatal(err)
		}
		if got := day(d); got != want {
			t.Errorf("%q is %v, want %v", iso, got, want)
		}
	}
	utc := time.Date(2025, 5, 15, 23, 0, 0, 0, time.UTC) // six in the morning of the next day in Hà Nội
	if got := moment(utc, hanoi); got != 45793.25 {
		t.Errorf("moment is %v, want 45793.25", got)
	}
	if got := moment(time.Time{}, hanoi); got != nil {
		t.Errorf("no moment is %v", got)
	}
}

// TestWraps: a digit of Times New Roman is half its size wide, a space a quarter; a column of ten gives 49.9 points to words of 10.
func TestWraps(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"empty":         {"", 1},
		"fits":          {"000 000000", 1},  // 47.5
		"between words": {"0000 000000", 2}, // 52.5
		"narrow":        {"iiii llll iiii", 1},
		"own lines":     {"0\n0\n\n0", 4},
		"long word":     {"00000000000000000000", 3}, // 100
		"other letters": {"漢漢漢漢漢", 2},                // an em each
	} {
		if got := container.Lines(c.text, 10, 10); got != c.want {
			t.Errorf("%s: %d lines, want %d", name, got, c.want)
		}
	}
	for lines, want := range map[int]float64{0: 17, 1: 17, 3: 47, 100: 409} { // 15 points a line of 11, 2 for the margins
		if got := container.Height(lines, 11); got != want {
			t.Errorf("%d lines are %v points high, want %v", lines, got, want)
		}
	}
}
