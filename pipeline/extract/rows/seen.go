package rows

import "tiendo/pipeline/progress"

// Section is a heading and what was made of its columns and of the lines below it. The JSON is part of a contract:
// `tiendo extract --explain --json` prints it.
type Section struct {
	Origin  progress.Origin `json:"origin"` // of the heading's first cell
	Columns []SeenColumn    `json:"columns"`
	Rows    int             `json:"rows"` // task rows below it
	LeftOut LeftOut         `json:"left_out"`
	Refused bool            `json:"refused,omitempty"` // nothing may be read below it; a finding says why
}

// SeenColumn is a column with a heading. Field is empty where the column was not read; Unread says why.
type SeenColumn struct {
	Heading string          `json:"heading"` // from the outermost to the innermost, parted by " – "
	Field   progress.Field  `json:"field"`
	Unread  Unread          `json:"unread,omitempty"`
	Origin  progress.Origin `json:"origin"`
}

// Unread is why a column was not read.
type Unread string

const (
	UnknownHeading Unread = "unknown"   // the vocabulary does not have its heading
	IgnoredHeading Unread = "ignored"   // the vocabulary says that it is not to be read
	SecondColumn   Unread = "second"    // another column has its field
	Undecided      Unread = "undecided" // its heading has several meanings, and nothing was read that could decide
)

// LeftOut counts the lines below a heading that are no rows of their own.
type LeftOut struct {
	Groups  int `json:"groups"`  // names of groups, and captions between the parts of a table
	Totals  int `json:"totals"`  // sums
	Notes   int `json:"notes"`   // remarks between or below the rows
	Closing int `json:"closing"` // signatures and recipients, and what stands below them
	Struck  int `json:"struck"`  // tasks struck through
	Stray   int `json:"stray"`   // words without a task
	// OtherPeriod counts lines of the plan for the next period, and of sheets of earlier ones.
	OtherPeriod int `json:"other_period"`
	Continued   int `json:"continued"` // lines that carry the row above on, and were joined to it
}

// seen is what is told of a heading.
func (h *heading) seen() Section {
	out := Section{Origin: h.origin}
	for _, c := range h.columns {
		if len(c.texts) > 0 {
			out.Columns = append(out.Columns, c.seen())
		}
	}
	return out
}

func (c column) seen() SeenColumn {
	out := SeenColumn{Heading: c.text(), Field: c.field, Origin: c.origin}
	switch {
	case c.tick != "":
		out.Field = progress.FieldStatus
	case c.dropped:
		out.Field, out.Unread = "", SecondColumn
	case c.field != "":
	case c.ignored:
		out.Unread = IgnoredHeading
	case c.ambiguity != "":
		out.Unread = Undecided
	default:
		out.Unread = UnknownHeading
	}
	return out
}

// deny keeps a heading under which nothing may be read.
func (r *reader) deny(h *heading) {
	s := h.seen()
	s.Refused = true
	r.denied = append(r.denied, s)
}
