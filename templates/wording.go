// Package templates holds what is built into the program: the wording in Vietnamese and English, the vocabulary of
// headings and statuses, layout profiles, fonts and the blank form. It imports the nouns of package progress and
// nothing else of the house.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"tiendo/pipeline/progress"
)

//go:embed wording
var wordingFiles embed.FS

// Lang is a language that the program speaks.
type Lang string

const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// Langs lists the languages, the default first.
var Langs = []Lang{Vietnamese, English}

// Words is the wording of one language, and how that language writes numbers and dates.
type Words struct {
	Lang  Lang
	texts map[string]string
}

var wording = func() map[Lang]*Words {
	all := map[Lang]*Words{}
	for _, lang := range Langs {
		texts, err := loadWording(wordingFiles, path.Join("wording", string(lang)))
		if err != nil {
			panic(err) // built in: a test reads every file
		}
		all[lang] = &Words{Lang: lang, texts: texts}
	}
	return all
}()

func loadWording(files fs.FS, dir string) (map[string]string, error) {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, e := range entries {
		data, err := fs.ReadFile(files, path.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		var part map[string]string
		if err := yaml.UnmarshalWithOptions(data, &part, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s/%s: %w", dir, e.Name(), err)
		}
		for k, v := range part {
			if _, twice := texts[k]; twice {
				return nil, fmt.Errorf("%s/%s: key %s stands in two files", dir, e.Name(), k)
			}
			texts[k] = v
		}
	}
	return texts, nil
}

// In returns the wording of a language. An unknown language is Vietnamese.
func In(lang Lang) *Words {
	if w, ok := wording[lang]; ok {
		return w
	}
	return wording[Vietnamese]
}

// Keys lists every key of the wording, sorted.
func (w *Words) Keys() []string {
	keys := make([]string, 0, len(w.texts))
	for k := range w.texts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Has reports whether the wording has the key.
func (w *Words) Has(key string) bool { _, ok := w.texts[key]; return ok }

// Say returns the text of a key with its {places} filled from pairs: Say("run.done", "n", "12"). What fills a place written
// {#n} is a figure, see [Words.Figure]; a place with two forms of a word, {n:task|tasks}, takes the first for the number 1. A key that
// is missing is shown as ⟦key⟧: a test keeps that from happening, and a
// reader who meets it can name it.
func (w *Words) Say(key string, pairs ...string) string {
	text, ok := w.texts[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	var b strings.Builder
	for part := range Parts(text) {
		if part.Place == "" {
			b.WriteString(part.Text)
			continue
		}
		value, known := "", false
		for i := 0; i+1 < len(pairs) && !known; i += 2 {
			value, known = pairs[i+1], pairs[i] == part.Place
		}
		switch {
		case !known:
			b.WriteString(part.Text)
		case part.Forms != nil:
			b.WriteString(part.Form(value))
		case part.Figure:
			b.WriteString(w.Figure(value))
		default:
			b.WriteString(value)
		}
	}
	return b.String()
}

// Part is a piece of a text of the wording: words, or a place to be filled.
type Part struct {
	Text   string   // as it stands in the wording
	Place  string   // its name; empty for words
	Figure bool     // what fills it is a figure
	Forms  []string // of a word that goes by the number in the place; nil for the number itself
}

// Form is the form of the word beside that number.
func (p Part) Form(number string) string {
	if number == "1" {
		return p.Forms[0]
	}
	return p.Forms[len(p.Forms)-1]
}

// Parts takes a text of the wording apart.
func Parts(text string) iter.Seq[Part] {
	return func(yield func(Part) bool) {
		for text != "" {
			words, rest, opened := strings.Cut(text, "{")
			inner, after, closed := strings.Cut(rest, "}")
			if !opened || !closed {
				yield(Part{Text: text})
				return
			}
			if words != "" && !yield(Part{Text: words}) {
				return
			}
			p := Part{Text: "{" + inner + "}", Place: inner}
			if name, forms, ok := strings.Cut(inner, ":"); ok {
				p.Place, p.Forms = name, strings.Split(forms, "|")
			}
			p.Place, p.Figure = strings.CutPrefix(p.Place, "#")
			if !yield(p) {
				return
			}
			text = after
		}
	}
}

// decimals are the numbers with a fraction in a fact: the whole of it, or what stands before a percent sign. Any other may be the code of a
// task, or a day.
var decimals = regexp.MustCompile(`^-?\d+\.\d+$|\d+\.\d+%`)

// Figure is a fact with its decimals as the language writes them: 1.7 is 1,7 in Vietnamese. Facts hold them with a point, since they
// are of no language.
func (w *Words) Figure(fact string) string {
	return decimals.ReplaceAllStringFunc(fact, func(number string) string { return strings.Replace(number, ".", w.Say("number.decimal"), 1) })
}

// Fill is [Words.Say] with places filled from facts first, and then from pairs.
func (w *Words) Fill(key string, facts map[string]string, pairs ...string) string {
	all := make([]string, 0, 2*len(facts)+len(pairs))
	for k, v := range facts {
		all = append(all, k, v)
	}
	return w.Say(key, append(all, pairs...)...)
}

// Finding returns the sentence of a finding and what to do about it: nothing, where it is waived.
func (w *Words) Finding(f progress.Finding) (message, remedy string) {
	code := f.Rule
	if f.Variant != "" {
		code += "." + f.Variant
	}
	pairs := []string{"file", path.Base(f.File), "task", f.Task, "unit", f.Unit, "place", w.Place(f.Origin)}
	remedy = w.Fill("remedy."+code, f.Facts, pairs...)
	if f.Waived != nil {
		remedy = w.Say("findings.waived", "by", f.Waived.By, "reason", f.Waived.Reason, "until", w.Date(f.Waived.Until))
	}
	return w.Fill("finding."+code, f.Facts, pairs...), remedy
}

// Place says where an origin is: "ô A9, trang tính Báo cáo", "trang 2", "bảng 2, ô B3", "the file" for the zero origin.
func (w *Words) Place(o progress.Origin) string {
	switch {
	case o.Sheet != "" && o.Cell != "":
		return w.Say("place.cell_of_sheet", "cell", o.Cell, "sheet", o.Sheet)
	case o.Sheet != "":
		return w.Say("place.sheet", "sheet", o.Sheet)
	case o.Table > 0:
		return w.Say("place.cell_of_table", "cell", o.Cell, "table", strconv.Itoa(o.Table))
	case o.Page > 0 && len(o.Box) == 4:
		return w.Say("place.spot_of_page", "page", strconv.Itoa(o.Page), "mm", strconv.Itoa(int(o.Box[1]*25.4/72+0.5)))
	case o.Page > 0:
		return w.Say("place.page", "page", strconv.Itoa(o.Page))
	case o.Cell != "":
		return w.Say("place.cell", "cell", o.Cell)
	}
	return w.Say("place.file")
}

// Int writes a count with the language's thousands separator: 9.831 in Vietnamese, 9,831 in English.
func (w *Words) Int(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(w.Say("number.thousands"))
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Decimal writes x with the given number of decimals: 67,8 in Vietnamese, 67.8 in English.
func (w *Words) Decimal(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return s
	}
	out := w.Int(n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		out = "-0"
	}
	if frac != "" {
		out += w.Say("number.decimal") + frac
	}
	return out
}

// Weights are the places of the sentences that print the formula of [progress.Standing], with what stands there.
func (w *Words) Weights() []string {
	return []string{
		"on_schedule", w.Int(progress.WeightOnSchedule), "punctual", w.Int(progress.WeightPunctual),
		"complete", w.Int(progress.WeightComplete), "clean", w.Int(progress.WeightClean),
	}
}

// Date writes a day as dd/mm/yyyy in both languages, as the reports of Vietnamese offices do; the zero Date is empty.
func (w *Words) Date(d progress.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

// FullDate writes a day as documents do: ngày 05 tháng 01 năm 2026, 5 January 2026; the zero Date is empty. Decree 30/2020/NĐ-CP, Annex
// I, sets a 0 before days below 10 and before the months 1 and 2.
func (w *Words) FullDate(d progress.Date) string {
	if d.IsZero() {
		return ""
	}
	day := strconv.Itoa(d.Day)
	if w.Lang == Vietnamese {
		day = fmt.Sprintf("%02d", d.Day)
	}
	return w.Say("date.full", "day", day, "month", w.Say("month."+strconv.Itoa(int(d.Month))), "year", strconv.Itoa(d.Year))
}
