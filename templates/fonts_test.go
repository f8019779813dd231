package templates_test

import (
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"tiendo/templates"
)

// vietnamese builds the 134 letters of Vietnamese beyond ASCII: twelve vowels with six tones each, in both cases, and đ.
func vietnamese() []rune {
	var letters []rune
	for _, vowel := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			letters = append(letters, []rune(norm.NFC.String(string(vowel)+tone))...)
		}
	}
	return append(letters, 'đ', 'Đ')
}

func TestEveryFaceHasEveryVietnameseLetter(t *testing.T) {
	letters := vietnamese()
	if len(letters) != 2*12*6+2 { // no letter fell apart into base and mark
		t.Fatalf("%d letters, want 146", len(letters))
	}
	for _, face := range templates.Faces {
		font, err := sfnt.Parse(templates.TrueType(face))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range append(letters, []rune("₫…–−≤≥□“”·→×÷")...) {
			if glyph, err := font.GlyphIndex(nil, r); err != nil || glyph == 0 {
				t.Errorf("%s has no %q", face, r)
			}
		}
	}
}

func TestTrueTypeIsACopy(t *testing.T) {
	templates.TrueType(templates.FaceBold)[0] = 0xff
	if templates.TrueType(templates.FaceBold)[0] == 0xff {
		t.Error("a caller can write into the font of the next one")
	}
}

func TestLayouts(t *testing.T) {
	for _, profile := range []string{templates.DefaultLayout, "party"} {
		layout, ok := templates.LayoutOf(profile)
		if !ok {
			t.Fatalf("no layout %s", profile)
		}
		for _, lang := range templates.Langs {
			for _, line := range append(layout.Left, layout.Right...) {
				if !templates.In(lang).Has(line.Text) {
					t.Errorf("%s: no wording %s in %s", profile, line.Text, lang)
				}
			}
		}
		// Decree 30/2020/NĐ-CP, annex I.
		if m := layout.Margins; m.Top < 20 || m.Top > 25 || m.Bottom < 20 || m.Bottom > 25 || m.Left < 30 || m.Left > 35 || m.Right < 15 || m.Right > 20 {
			t.Errorf("%s: margins %v", profile, m)
		}
	}
	if _, ok := templates.LayoutOf("letter"); ok {
		t.Error("a layout that does not exist was found")
	}
}
