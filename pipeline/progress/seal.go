package progress

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// SealMark stands in the first cell of the hidden sheet by which the workbook of a synthesis says what it is, so that the office above
// can read it as a return; the [Seal] stands below it, one line of it a row.
const SealMark = "tiendo-synthesis"

// SealVersion is the layout of the seal that this program writes; it reads this one and those before it.
const SealVersion = 1

// Seal is what the workbook of a synthesis says of itself. It holds none of the figures: it says on which sheets and in which columns
// they stand, and what they were when the workbook was written.
type Seal struct {
	Version  int    `json:"version"`
	Office   string `json:"office"` // name
	Unit     string `json:"unit"`   // as the office above calls this office; empty where it was not told
	Period   string `json:"period"` // id
	DataDate Date   `json:"data_date"`
	Revision int    `json:"revision"`
	Draft    bool   `json:"draft"` // the period was not closed
	Plan     string `json:"plan"`  // hash
	Rows     int    `json:"rows"`
	Digest   string `json:"digest"` // of the rows, see [Sealing]

	Tasks SealedSheets `json:"tasks,omitzero"` // hold the rows
	Lower SealedSheets `json:"lower,omitzero"` // hold the units of lower offices behind the rows; none where there are no such
	// Classes and Yes are the words of the workbook's language.
	Classes map[Class]string `json:"classes,omitempty"`
	Yes     string           `json:"yes,omitempty"`

	// Changed: the rows are not those that were sealed. The reader finds out; no seal says it.
	Changed bool `json:"changed,omitempty"`
}

// SealedSheets are sheets of one list, in their order, and its columns.
type SealedSheets struct {
	Names   []string       `json:"names"`
	Columns []SealedColumn `json:"columns"`
}

// SealedColumn is a column of a list. Field is empty for those that are not to be read.
type SealedColumn struct {
	Field   Field  `json:"field"`
	Heading string `json:"heading"`
}

// The names of a seal's lines.
const (
	sealVersion  = "version"
	sealOffice   = "office"
	sealUnit     = "unit"
	sealPeriod   = "period"
	sealDataDate = "data_date"
	sealRevision = "revision"
	sealDraft    = "draft"
	sealPlan     = "plan"
	sealRows     = "rows"
	sealDigest   = "digest"
	sealSheet    = "sheet"
	sealColumn   = "column" // heading, field
	sealLower    = "lower_sheet"
	sealLowerCol = "lower_column" // heading, field
	sealClass    = "class"        // wording, class
	sealYes      = "yes"
)

// Lines is the seal as its sheet has it: name, value and, of columns and classes, what the value stands for.
func (s Seal) Lines() [][3]string {
	out := [][3]string{
		{SealMark}, {sealVersion, strconv.Itoa(s.Version)}, {sealOffice, s.Office}, {sealUnit, s.Unit}, {sealPeriod, s.Period},
		{sealDataDate, s.DataDate.String()}, {sealRevision, strconv.Itoa(s.Revision)}, {sealDraft, strconv.FormatBool(s.Draft)}, {sealPlan, s.Plan},
		{sealRows, strconv.Itoa(s.Rows)}, {sealDigest, s.Digest}, {sealYes, s.Yes},
	}
	list := func(sheet, column string, of SealedSheets) {
		for _, name := range of.Names {
			out = append(out, [3]string{sheet, name})
		}
		for _, c := range of.Columns {
			out = append(out, [3]string{column, c.Heading, string(c.Field)})
		}
	}
	list(sealSheet, sealColumn, s.Tasks)
	list(sealLower, sealLowerCol, s.Lower)
	for _, c := range Classes {
		out = append(out, [3]string{sealClass, s.Classes[c], string(c)})
	}
	return out
}

// ParseSeal reads the lines of a seal. ok is false where they are no seal; one of a later version than [SealVersion] has its version alone.
func ParseSeal(lines [][3]string) (s Seal, ok bool) {
	if len(lines) == 0 || lines[0][0] != SealMark {
		return Seal{}, false
	}
	s.Classes = map[Class]string{}
	for _, l := range lines[1:] {
		switch name, value := l[0], l[1]; name {
		case sealVersion:
			s.Version, _ = strconv.Atoi(value)
		case sealOffice:
			s.Office = value
		case sealUnit:
			s.Unit = value
		case sealPeriod:
			s.Period = value
		case sealDataDate:
			s.DataDate, _ = ParseDate(value)
		case sealRevision:
			s.Revision, _ = strconv.Atoi(value)
		case sealDraft:
			s.Draft = strings.EqualFold(value, "true")
		case sealPlan:
			s.Plan = value
		case sealRows:
			s.Rows, _ = strconv.Atoi(value)
		case sealDigest:
			s.Digest = value
		case sealYes:
			s.Yes = value
		case sealSheet:
			s.Tasks.Names = append(s.Tasks.Names, value)
		case sealColumn:
			s.Tasks.Columns = append(s.Tasks.Columns, SealedColumn{Field: Field(l[2]), Heading: value})
		case sealLower:
			s.Lower.Names = append(s.Lower.Names, value)
		case sealLowerCol:
			s.Lower.Columns = append(s.Lower.Columns, SealedColumn{Field: Field(l[2]), Heading: value})
		case sealClass:
			s.Classes[Class(l[2])] = value
		}
	}
	if s.Version > SealVersion {
		return Seal{Version: s.Version}, true
	}
	return s, s.Version > 0
}

// ListOn is the list that stands on a sheet; ok is false where none does.
func (s Seal) ListOn(sheet string) (list SealedSheets, ok bool) {
	for _, list := range []SealedSheets{s.Tasks, s.Lower} {
		if slices.Contains(list.Names, sheet) {
			return list, true
		}
	}
	return SealedSheets{}, false
}

// ClassOf is the class of that wording; empty where the seal has none.
func (s Seal) ClassOf(wording string) Class {
	for _, c := range Classes {
		if s.Classes[c] == wording && wording != "" {
			return c
		}
	}
	return ""
}

// Sealing makes the digest of rows, those of lower units too: of what every cell holds, whatever the order of the rows, since whoever sorts a list has not changed it.
// White space counts for nothing: programs that keep a workbook change it.
type Sealing struct {
	rows [][sha256.Size]byte
}

// Add takes in a row: what its cells hold, text as NFC, a number by [SealedNumber], a day as 2025-05-16, nothing as an empty text.
func (s *Sealing) Add(cells []string) {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(strings.Join(strings.Fields(c), " "))
		b.WriteByte(0)
	}
	s.rows = append(s.rows, sha256.Sum256([]byte(b.String())))
}

// SealedNumber writes a number to the twelfth digit: programs that keep a workbook keep fifteen of the seventeen that a float has.
func SealedNumber(x float64) string { return strconv.FormatFloat(x, 'g', 12, 64) }

// Rows is the number of rows so far.
func (s *Sealing) Rows() int { return len(s.rows) }

// Digest is the digest of the rows so far, in hexadecimal digits.
func (s *Sealing) Digest() string {
	sorted := slices.Clone(s.rows)
	slices.SortFunc(sorted, func(a, b [sha256.Size]byte) int { return bytes.Compare(a[:], b[:]) })
	sum := sha256.New()
	for _, row := range sorted {
		sum.Write(row[:])
	}
	return hex.EncodeToString(sum.Sum(nil))
}
