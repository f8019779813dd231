// Package worker reads every foreign file in a process of its own kind, with limits on time, memory and output, so
// that a hostile or broken file costs its own unit a refusal and nobody else anything.
//
// In: the bytes of a file, its name and what it is to be read as. Out: what the reader made of it as JSON, or what
// happened to the process that tried. The package knows no format and no reader: the caller says which program is
// the worker ([Options.Command]) and that program says how a request is answered ([Serve]).
//
// The bytes travel over a pipe, so a worker opens no file of the office. A worker serves many files; it is replaced
// when it dies, when it is killed for running over its limits, and after [Options.FilesPerWorker] files.
package worker

import (
	"encoding/json"

	"tiendo/pipeline/progress"
)

// Request is one file to be read.
type Request struct {
	Kind string // what it is to be read as: return, tables, explanation, plan, units; the worker's handler knows the kinds
	Name string // the file's name, for its extension; never opened
	Data []byte // the file's bytes
}

// Outcome is what became of a request.
type Outcome string

const (
	Answered     Outcome = ""        // the handler answered; the payload holds it
	Crashed      Outcome = "crash"   // the reader panicked, or its process died
	TimedOut     Outcome = "timeout" // over its wall time or its processor time
	OutOfMemory  Outcome = "memory"  // over its memory
	OutputTooBig Outcome = "output"  // the answer is longer than an honest file can need
)

// Response is the answer to a request.
type Response struct {
	Outcome Outcome
	Payload json.RawMessage // the handler's answer; nil unless Outcome is Answered
	Detail  string          // for the log: the first line of the panic, the exit status; never shown to a unit
}

// Finding is the refusal (F06) of a file that could not be read within the limits, and false where it was answered.
func (r Response) Finding(file string) (progress.Finding, bool) {
	if r.Outcome == Answered {
		return progress.Finding{}, false
	}
	return progress.Finding{Rule: "F06", Severity: progress.SeverityError, Variant: string(r.Outcome), File: file}, true
}
