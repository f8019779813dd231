package pdf

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// TestTypeOneTexts reads the encoding of a Type 1 program as font makers write it.
func TestTypeOneTexts(t *testing.T) {
	texts, ok := typeOneTexts([]byte("%!PS-AdobeFont-1.0: VNR10\n/FontName /VNR10 def\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n" +
		"dup 65 /A put\ndup 160/ohorndotbelow put\ndup 161 /uni1EC7 put\ndup 3 /fourthword put\nreadonly def\ncurrentfile eexec\ndup 66 /B put"))
	if !ok || texts[65] != "A" || texts[160] != "ợ" || texts[161] != "ệ" || texts[3] != "•" || texts[66] != "" {
		t.Errorf("%v: %q %q %q %q %q", ok, texts[65], texts[160], texts[161], texts[3], texts[66])
	}
	if texts, ok := typeOneTexts([]byte("/Encoding StandardEncoding def")); !ok || texts['A'] != "A" || texts[0xae] != "ﬁ" {
		t.Errorf("standard encoding: %v %q %q", ok, texts['A'], texts[0xae])
	}
	if _, ok := typeOneTexts([]byte("%!PS no font")); ok {
		t.Error("an encoding is read where there is none")
	}
}

// compactIndex is an INDEX of CFF with offsets of one byte.
func compactIndex(items ...[]byte) []byte {
	if len(items) == 0 {
		return []byte{0, 0}
	}
	out := []byte{byte(len(items) >> 8), byte(len(items)), 1, 1}
	end := 1
	for _, item := range items {
		end += len(item)
		out = append(out, byte(end))
	}
	return append(out, bytes.Join(items, nil)...)
}

// compactProgram is a CFF program of four glyphs: .notdef, A and Egrave (standard strings 34 and 181) and ohorndotbelow, a string of its own.
func compactProgram(encoding []byte) []byte {
	number := func(n int) []byte { return binary.BigEndian.AppendUint32([]byte{29}, uint32(n)) }
	build := func(charset, codes, outlines int) ([]byte, [3]int) {
		top := append(append(append(append(append(number(charset), 15), number(codes)...), 16), number(outlines)...), 17)
		out := append([]byte{1, 0, 4, 1}, compactIndex([]byte("Font"))...)
		out = append(out, compactIndex(top)...)
		out = append(out, compactIndex([]byte("ohorndotbelow"))...)
		out = append(out, compactIndex()...) // subroutines
		var at [3]int
		at[0] = len(out)
		out = append(out, 0, 0, 34, 0, 181, 1, 0x87) // format 0: A, Egrave, string 391
		at[1] = len(out)
		out = append(out, encoding...)
		at[2] = len(out)
		return append(out, compactIndex([]byte{14}, []byte{14}, []byte{14}, []byte{14})...), at
	}
	_, at := build(0, 0, 0) // numbers have one length, so that places do not depend on them
	out, _ := build(at[0], at[1], at[2])
	return out
}

func TestCompactTexts(t *testing.T) {
	for name, encoding := range map[string][]byte{
		"a list":  {0, 3, 65, 200, 250},
		"a range": {1, 2, 65, 0, 200, 0}, // A at 65, Egrave at 200
	} {
		texts, ok := compactTexts(compactProgram(encoding))
		if !ok || texts[65] != "A" || texts[200] != "È" {
			t.Errorf("%s: %v %q %q", name, ok, texts[65], texts[200])
		}
		if want := map[string]string{"a list": "ợ", "a range": ""}[name]; texts[250] != want {
			t.Errorf("%s: code 250 is %q, want %q", name, texts[250], want)
		}
	}
	whole := compactProgram([]byte{0, 3, 65, 200, 250})
	for cut := range whole {
		compactTexts(whole[:cut]) // must not panic
	}
}

// FuzzProgram holds the readers of font programs to reading whatever stands there without an end or a panic.
func FuzzProgram(f *testing.F) {
	f.Add(compactProgram([]byte{0, 3, 65, 200, 250}))
	f.Add(compactProgram([]byte{1, 1, 65, 255}))
	f.Add([]byte("/Encoding 256 array dup 65 /A put dup 66/B put currentfile eexec"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		typeOneTexts(data)
		compactTexts(data)
	})
}

// TestSigns: what forms are ticked with reads as a tick.
func TestSigns(t *testing.T) {
	for code, want := range map[byte]string{'3': "✓", '4': "✔", '8': "✘", 'l': "●", 'n': "■", 'u': "◆", 0xac: "①", 0xd4: "➔", ' ': " "} {
		if got := dingbat(code); got != want {
			t.Errorf("ZapfDingbats %q reads as %q, want %q", code, got, want)
		}
	}
	if got := readable("\uf050", symbolFont("ABCDEF+Wingdings 2")); got != "✓" {
		t.Errorf("Wingdings 2 P reads as %q", got)
	}
	if got := readable("\uf061", symbolFont("Webdings")); got != "✓" {
		t.Errorf("Webdings a reads as %q", got)
	}
	if got := readable("\uf0fc", symbolFont("Wingdings-Regular")); got != "✓" {
		t.Errorf("Wingdings 0xFC reads as %q", got)
	}
}
