// Package progress holds the nouns of the house: what an office, its units, its plan, its reporting periods,
// the rows that units report, the findings about them and the printed synthesis are. Every stage of the
// pipeline speaks in these types and in nothing else, so this package imports the standard library alone.
//
// Two laws live in the types:
//
//   - a value keeps its [Origin]: the file, sheet and cell, or page and box, that it was read from;
//   - bad data is a [Finding], never an error. An error means that the machine could not do its work.
//
// Text is NFC everywhere behind package extract. To compare wording, compare [Fold] of it.
package progress
