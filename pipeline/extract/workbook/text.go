package workbook

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tiendo/pipeline/extract/archive"
	"tiendo/pipeline/extract/legacy"
)

// richText is a string as the workbook stores it: runs of one font each.
type richText []run

type run struct {
	text   string
	font   string // empty: that of the cell
	own    bool   // the run says itself whether it is struck through
	struck bool
}

// readStrings reads the part of shared strings.
func readStrings(name, body string) ([]richText, error) {
	x := archive.NewXML(body)
	if !x.Next() || x.Name != "sst" {
		return nil, archive.Damaged(name)
	}
	var all []richText
	for x.Next() {
		switch {
		case x.Kind == archive.Start && x.Name == "si":
			all = append(all, readRich(x))
		case x.Kind == archive.Start:
			x.Skip()
		}
	}
	if x.Err() != nil {
		return nil, archive.Damaged(name)
	}
	return all, nil
}

// readRich reads a string item (si or is), whose Start is at hand, to its End. Phonetic readings are left out.
func readRich(x *archive.XML) richText {
	var text richText
	var r run
	outside := x.Depth() - 1
	for x.Next() && x.Depth() > outside {
		switch {
		case x.Kind == archive.Start && (x.Name == "rPh" || x.Name == "phoneticPr" || x.Name == "extLst"):
			x.Skip()
		case x.Kind == archive.Start && x.Name == "r":
			r = run{}
		case x.Kind == archive.Start && x.Name == "rFont":
			r.font = x.Attr("val")
		case x.Kind == archive.Start && x.Name == "strike":
			r.own, r.struck = true, isTrue(x.Attr("val"), true)
		case x.Kind == archive.Start && x.Name == "t":
			r.text = x.ElementText()
			text = append(text, r)
		}
	}
	return text
}

// show is the string as a reader sees it in a cell of style s: legacy encodings converted (from tells which),
// composed, trimmed. struck says that all of it is struck through.
func (t richText) show(s style) (text string, from legacy.Encoding, struck bool) {
	var b strings.Builder
	struck = true
	for _, r := range t {
		font := r.font
		if font == "" {
			font = s.font
		}
		part, encoding := legacy.Convert(unescapeControls(r.text), font)
		if encoding != legacy.None {
			from = encoding
		}
		if strings.TrimSpace(part) != "" {
			struck = struck && (r.own && r.struck || !r.own && len(r.font) == 0 && s.struck)
		}
		b.WriteString(part)
	}
	text = clean(b.String())
	return text, from, struck && text != ""
}

// clean composes text, writes its line ends as \n and trims it.
func clean(text string) string {
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return strings.TrimSpace(norm.NFC.String(text))
}

var escapedControl = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescapeControls reads the form _x000D_ in which workbooks write characters that XML does not allow.
func unescapeControls(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escapedControl.ReplaceAllStringFunc(text, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 32)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return code
		}
		return string(rune(n))
	})
}

// isTrue reads an XML boolean; missing is what no value means.
func isTrue(value string, missing bool) bool {
	switch value {
	case "":
		return missing
	case "1", "true", "on":
		return true
	}
	return false
}
