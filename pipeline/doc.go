// Package pipeline is the flow: it calls the stages in order. Read [Pull] and [Close] and you know the way of the data.
//
//	                 share ──collect──▶ entries ──────────────┐
//	                                   │ bytes, in the spool  │
//	     worker process: extract ──▶ rows, with their origin  ├──▶ ledger
//	                                   │                      │
//	reconcile.Identify: whose, for which period? ─────────────┘
//	reconcile.Judge:    rows × plan × history ──▶ positions, findings
//	synthesize.Sum:     positions ──▶ the synthesis, all arithmetic
//	write:              synthesis ──▶ PDF, workbook ──publish──▶ reports folder
//
// The floors: cmd sees pipeline; pipeline sees the stages; a stage sees package progress (the nouns) and templates
// (what is built in), never another stage; progress sees the standard library. A test holds every package to that.
//
// Rooms for a change:
//
//	progress/            the nouns and the grammar of dates, periods, names
//	collect/             what lies in the inbox; originals are never touched
//	extract/             bytes to rows: one reader a format, all to one grid; rows/ seeks headings and knows no format;
//	                     worker/ keeps hostile files in a process of their own
//	ledger/              what the office remembers (SQLite)
//	reconcile/           one file a rule
//	synthesize/          all sums
//	write/               report/ (PDF, and letters) on tagged/ (pages, and their structure for who listens), workbook/ (XLSX), answer/ and
//	                     form/ (what goes back to a unit), mail/, container/ (what all workbooks have in common), publish/ (all or nothing);
//	                     heap/ measures what writers hold
//	../templates/        wording in two languages, vocabularies, fonts, layouts
package pipeline
