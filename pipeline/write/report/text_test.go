package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"tiendo/templates"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct {
		in, want string
		replaced int
	}{
		"composed already":       {"Nhiệm vụ", "Nhiệm vụ", 0},
		"decomposed":             {norm.NFD.String("Rà soát, sửa đổi"), "Rà soát, sửa đổi", 0},
		"line breaks":            {"a\r\nb\u2028c", "a\nb\nc", 0},
		"tab and wide space":     {"a\tb\u3000c", "a b c", 0},
		"control characters":     {"a\x00b\x1bc", "abc", 0},
		"direction overrides":    {"\u202eabc\u202c\u2066d\u2069", "abcd", 0},
		"no width":               {"a\u200bb\ufeffc", "abc", 0},
		"beyond the basic plane": {"xong 👍", "xong □", 1},
		"no glyph":               {"☑ 漢字", "□ □□", 3},
		"broken UTF-8":           {"a\xffb", "a□b", 1},
	} {
		t.Run(name, func(t *testing.T) {
			got, replaced := clean(c.in, templates.FaceRegular)
			if got != c.want || replaced != c.replaced {
				t.Errorf("clean(%q) = %q, %d; want %q, %d", c.in, got, replaced, c.want, c.replaced)
			}
		})
	}
}

var plain = style{face: templates.FaceRegular, size: 10}

func wrapped(t interface{ Helper() }, text string, width float64) []string {
	t.Helper()
	c := &canvas{}
	var out []string
	for _, l := range c.wrap(one(text, plain), width) {
		line := ""
		for _, f := range l.fragments {
			line += f.text
		}
		out = append(out, line)
	}
	return out
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  []string
	}{
		"fits":            {"một hai", 100, []string{"một hai"}},
		"empty":           {"", 100, []string{""}},
		"line break":      {"một\nhai", 100, []string{"một", "hai"}},
		"two line breaks": {"một\n\nhai", 100, []string{"một", "hai"}},
		"spaces":          {"  một   hai ", 100, []string{"một hai"}},
		"hard space":      {"aa 5\u00a0%", 20, []string{"aa", "5\u00a0%"}},
		// In Times metrics a 0 is half an em wide: 5 points here.
		"breaks at a space":    {"000 000 000", 36, []string{"000 000", "000"}},
		"long word":            {"00000000", 20, []string{"0000", "0000"}},
		"long word at a slash": {"00/0000", 20, []string{"00/", "0000"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := wrapped(t, c.text, c.width)
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Whatever the text and the width: no line is wider, and no letter is lost or moved.
func TestWrapKeepsEveryLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		width := rapid.Float64Range(12, 400).Draw(t, "width")
		cleaned, _ := clean(text, plain.face)
		lines := wrapped(t, text, width)
		for _, l := range lines {
			if !utf8.ValidString(l) || widthOf(l, plain) > width+0.01 {
				t.Errorf("line %q is %.1f wide, the column %.1f", l, widthOf(l, plain), width)
			}
		}
		letters := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got, want := letters(strings.Join(lines, "")), letters(cleaned); got != want {
			t.Errorf("%q was set as %q", want, got)
		}
	})
}

func TestShorten(t *testing.T) {
	c := &canvas{}
	lines := c.wrap(one("000 000 000 000 000", plain), 36)
	short := shorten(lines, 2, 36)
	if len(short) != 2 || !strings.HasSuffix(short[1].fragments[0].text, "…") || short[1].width > 36 {
		t.Errorf("%+v", short)
	}
	// 0 is 5 points wide, a space 2.5 and the ellipsis 10.
	if word := shorten(c.wrap(one("0000000000", plain), 36), 1, 36); word[0].fragments[0].text != "0000 …" {
		t.Errorf("a word longer than the line is shortened to %q", word[0].fragments[0].text)
	}
	if again := shorten(c.wrap(one("000 000", plain), 36), 2, 36); len(again) != 1 || again[0].fragments[0].text != "000 000" {
		t.Errorf("text that fits was changed: %+v", again)
	}
}

// TestElide: what tells two units apart is the end of their names.
func TestElide(t *testing.T) {
	c := &canvas{}
	for name, want := range map[string]string{
		"00 00":                "00 00",
		"00 11 22 33 44 55 66": "00 … 55 66", // 0 is 5 points wide, a space 2.5, the ellipsis 10
		"0000000000000000":     "0000000 …",
	} {
		lines := c.elide(name, plain, 48, 1)
		if got := lines[0].fragments[0].text; len(lines) != 1 || got != want {
			t.Errorf("%q is set as %q, want %q", name, got, want)
		}
	}
}

func TestFitLine(t *testing.T) {
	c := &canvas{}
	for _, width := range []float64{20, 33, 47.3, 200} {
		spans := append(one("000 000 ", plain), one("000 000", plain.bold())...)
		if lines := c.wrap(fitLine(spans, width), width); len(lines) != 1 {
			t.Errorf("%d lines in a column of %.1f", len(lines), width)
		}
	}
}

func TestNiceCeiling(t *testing.T) {
	for x, want := range map[float64]float64{1: 1, 1.5: 2, 3: 4, 5: 5, 6: 10, 14: 20, 41: 50, 66: 100, 9831: 10000} {
		if got := niceCeiling(x); got != want {
			t.Errorf("niceCeiling(%v) = %v, want %v", x, got, want)
		}
	}
}
