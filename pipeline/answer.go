package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/answer"
	"tiendo/templates"
)

// answerUnits puts an answer into the folder of every unit that owes a return: RETURNS/UNIT/TraLoi_2025-W20_r1.xlsx. A name that
// is there already is left alone: answers, like editions, never change. So a run that was cut off, or found the folder
// missing, is made up for by the next one.
func answerUnits(d Desk, j judged, revision int) error {
	if err := os.MkdirAll(d.Office.Returns, 0o750); err != nil {
		return err
	}
	root, err := os.OpenRoot(d.Office.Returns) // no unit's code leads out of it
	if err != nil {
		return err
	}
	defer root.Close()
	words := templates.In(d.Office.Lang)
	for _, sub := range j.synthesis.Submissions {
		name := path.Join(sub.Unit, answer.Name(j.synthesis.Period.ID, revision))
		if _, err := root.Lstat(name); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		data, err := answer.XLSX(answerTo(d, j, sub, revision), words)
		if err != nil {
			return fmt.Errorf("answer to %s: %w", sub.Unit, err)
		}
		if err := root.MkdirAll(sub.Unit, 0o750); err != nil {
			return err
		}
		if err := writeNew(root, name, data); err != nil {
			return err
		}
	}
	return nil
}

// answerTo gathers what a unit is told.
func answerTo(d Desk, j judged, sub progress.Submission, revision int) progress.Answer {
	s := j.synthesis
	a := progress.Answer{
		Office: s.Office.Name, Unit: progress.Unit{Code: sub.Unit, Name: d.UnitName(sub.Unit)}, Period: s.Period, DataDate: s.DataDate,
		Revision: revision, Zone: d.Office.Zone, Submission: sub,
	}
	for _, p := range slices.Sorted(maps.Keys(j.judgement.Entries)) {
		if e := j.judgement.Entries[p]; e.Unit == sub.Unit {
			a.Entries = append(a.Entries, e)
		}
	}
	for _, f := range s.Findings {
		if f.Unit == sub.Unit {
			a.Findings = append(a.Findings, f)
		}
	}
	return a
}

// writeNew writes a file under a temporary name, flushes it and gives it its name.
func writeNew(root *os.Root, name string, data []byte) error {
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+".tmp")
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(temporary))
	}
	return root.Rename(temporary, name)
}
