package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/progress"
)

// What a worker process can be asked to read a file as.
const (
	asReturn      = "return"
	asTables      = "tables"
	asExplanation = "explanation"
	asCopy        = "copy"
	asUnits       = "units"
	asPlan        = "plan"
	asWaivers     = "waivers"
)

// register is the answer of a worker about a register of the office.
type register struct {
	Plan     progress.Plan
	Units    []progress.Unit
	Waivers  []progress.Waiver
	Findings []progress.Finding
}

// planRequest is what a worker needs to read a plan: leads are resolved against the units.
type planRequest struct {
	Units []progress.Unit
	File  []byte
}

// registerOutput is the largest answer of a worker, in bytes: that about a plan of a hundred thousand tasks.
const registerOutput = 256 << 20

// NewReaders makes the pool of worker processes that read files. command starts a process that calls [ServeReaders].
func NewReaders(command []string, o Office) (*worker.Pool, error) {
	return worker.New(worker.Options{Command: command, Deadline: o.FileDeadline, Memory: uint64(o.FileMemory), Output: registerOutput})
}

// ServeReaders is the life of a worker process: it reads the files that its parent sends.
func ServeReaders(in io.Reader, out io.Writer) error {
	return worker.Serve(in, out, func(r worker.Request) (json.RawMessage, error) {
		switch r.Kind {
		case asReturn:
			reading, err := extract.Read(r.Data, r.Name, extract.Options{})
			return payload(reading, err)
		case asTables:
			tables, err := extract.Tables(r.Data, r.Name, extract.Options{})
			return payload(tables, err)
		case asExplanation:
			explanation, err := extract.Explain(r.Data, r.Name, extract.Options{})
			return payload(explanation, err)
		case asCopy:
			shown, err := extract.Copy(r.Data, r.Name)
			return payload(shown, err)
		case asUnits:
			units, findings, err := extract.ReadUnits(r.Data, r.Name)
			return payload(register{Units: units.All(), Findings: findings}, err)
		case asWaivers:
			waivers, findings, err := extract.ReadWaivers(r.Data, r.Name)
			return payload(register{Waivers: waivers, Findings: findings}, err)
		case asPlan:
			var p planRequest
			if err := json.Unmarshal(r.Data, &p); err != nil {
				return nil, err
			}
			plan, findings, err := extract.ReadPlan(p.File, r.Name, progress.NewUnits(p.Units))
			return payload(register{Plan: plan, Findings: findings}, err)
		}
		return nil, fmt.Errorf("a worker cannot read a file as %q", r.Kind)
	})
}

func payload(v any, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// ask has a file read by a worker process. Where the file broke its worker, refused is the finding that says so.
func ask[T any](ctx context.Context, readers *worker.Pool, kind, name string, data []byte) (v T, refused []progress.Finding, err error) {
	response, err := readers.Do(ctx, worker.Request{Kind: kind, Name: name, Data: data})
	if err != nil {
		return v, nil, err
	}
	if f, broken := response.Finding(name); broken {
		return v, []progress.Finding{f}, nil
	}
	return v, nil, json.Unmarshal(response.Payload, &v)
}

// ReadReturn reads a return in a worker process. A file that broke its worker is refused like any other bad file.
func ReadReturn(ctx context.Context, readers *worker.Pool, data []byte, name string) (progress.Reading, error) {
	reading, refused, err := ask[progress.Reading](ctx, readers, asReturn, name, data)
	if err != nil {
		return reading, err
	}
	if refused != nil {
		reading = extract.Refusal(data, name, refused)
	}
	return reading, nil
}

// ReadTables reads the tables of any document in a worker process.
func ReadTables(ctx context.Context, readers *worker.Pool, data []byte, name string) (extract.TablesReading, error) {
	tables, refused, err := ask[extract.TablesReading](ctx, readers, asTables, name, data)
	if refused != nil {
		tables = extract.TablesReading{File: name, Tables: []extract.Table{}, Findings: refused}
	}
	return tables, err
}

// Explain tells what was seen in a return, read in a worker process.
func Explain(ctx context.Context, readers *worker.Pool, data []byte, name string) (extract.Explanation, error) {
	explanation, refused, err := ask[extract.Explanation](ctx, readers, asExplanation, name, data)
	if refused != nil {
		explanation = extract.Explanation{File: name, Headings: []extract.Heading{}, Findings: refused}
	}
	return explanation, err
}

// readCopy reads what a workbook shows in a worker process. A file that broke its worker shows nothing.
func readCopy(ctx context.Context, readers *worker.Pool, data []byte, name string) (progress.Copy, error) {
	shown, _, err := ask[progress.Copy](ctx, readers, asCopy, name, data)
	return shown, err
}
