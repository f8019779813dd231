package progress

import "time"

// Return is a file that a unit sent, as it was received, and whose and for which period we take it to be.
type Return struct {
	Path     string    // below the inbox, with /: vu-khtc/BC tuan 20.xlsx
	SHA256   string    // of the bytes
	Size     int64     // bytes
	Received time.Time // when tiendo first saw these bytes; never the file's own modification time
	Sequence int64     // order of first sight within the office, for a total order of versions
	Unit     string    // code of the unit; empty where it could not be told
	Period   string    // id of the period; empty where it could not be told
	Reading  Reading
	Findings []Finding // about whose and when it is: F04, F05 …
}

// EntryState is where an entry of the inbox ended. Every entry ends in exactly one.
type EntryState string

const (
	Ready      EntryState = "ready"      // no end yet: copied to the spool whole; whose it is and whether it counts is still to be judged
	Accepted   EntryState = "accepted"   // the return that counts for its unit and period
	Duplicate  EntryState = "duplicate"  // same bytes as another entry
	Superseded EntryState = "superseded" // a later valid version of the same unit and period counts
	Rejected   EntryState = "rejected"   // refused; findings say why
	Ignored    EntryState = "ignored"    // not a return: lock files, system files, unknown types; the reason names the rule
	Pending    EntryState = "pending"    // not yet: still growing, incomplete, being edited, for a later period
)

// Entry is one entry of the inbox and where it ended.
type Entry struct {
	Path     string     `json:"path"` // below the inbox, with /, raw bytes as the share lists them
	Size     int64      `json:"size"`
	SHA256   string     `json:"sha256"` // empty unless copied to the spool
	Received time.Time  `json:"received"`
	State    EntryState `json:"state"`
	// Reason is a wording key below "entry.": "lock_file", "growing", "incomplete", "duplicate" …; Facts fill it.
	Reason string            `json:"reason"`
	Facts  map[string]string `json:"facts"`
	Unit   string            `json:"unit"`
	Period string            `json:"period"`
}

// Answer is what goes back to a unit after a period was closed: what was received of it, and what it has to mend.
type Answer struct {
	Office     string
	Unit       Unit
	Period     Period
	DataDate   Date
	Revision   int // of the edition that the answer belongs to
	Zone       *time.Location
	Submission Submission
	Entries    []Entry   // files of the unit for the period, and where they ended
	Findings   []Finding // about what the unit sent, or did not send
	// Copy is what the workbook shows that the submission names, for the marked copy; without sheets where that file is no workbook,
	// was refused, or is larger than a clerk looks through.
	Copy Copy
}

// Punctuality of a unit's return for a period.
type Punctuality string

const (
	OnTime  Punctuality = "on_time"
	Late    Punctuality = "late"    // received after the time due, before the synthesis
	Missing Punctuality = "missing" // nothing that could be counted was received
	Refused Punctuality = "refused" // something was received and all of it refused
)

// Submission is what one unit delivered for one period: the return that counts and what became of it.
type Submission struct {
	Unit        string      `json:"unit"`
	Period      string      `json:"period"`
	Punctuality Punctuality `json:"punctuality"`
	File        string      `json:"file"` // the return that counts; where all were refused, the last one
	SHA256      string      `json:"sha256"`
	Received    time.Time   `json:"received"`
	Superseded  []string    `json:"superseded"`   // paths of older versions
	RowsRead    int         `json:"rows_read"`    // rows in the file
	RowsCounted int         `json:"rows_counted"` // rows that count for a position of this unit
	RowsOwed    int         `json:"rows_owed"`    // positions that the unit had to report on
	Errors      int         `json:"errors"`
	Warnings    int         `json:"warnings"`
	Notes       int         `json:"notes"`
	Reminders   int         `json:"reminders"` // letters of reminder made before the moment that the figures are as of
}
