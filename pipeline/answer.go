package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/answer"
	"tiendo/pipeline/write/publish"
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
	words, answers := templates.In(d.Office.Lang), answersOf(d, j, revision)
	for _, a := range answers {
		if err := answerUnit(root, a, words); err != nil {
			return fmt.Errorf("%s: %w", a.Unit.Code, err)
		}
	}
	return nil
}

func answerUnit(root *os.Root, a progress.Answer, words *templates.Words) error {
	if err := root.MkdirAll(a.Unit.Code, 0o750); err != nil {
		return err
	}
	folder, err := root.OpenRoot(a.Unit.Code)
	if err != nil {
		return err
	}
	defer folder.Close()
	name := answer.Name(a.Period.ID, a.Revision)
	if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) { // answered already: nothing to draw
		return err
	}
	data, err := answer.XLSX(a, words)
	if err != nil {
		return err
	}
	return publish.Put(folder, name, data)
}

// answersOf gathers what each unit is told, in the order of the submissions.
func answersOf(d Desk, j judged, revision int) []progress.Answer {
	s := j.synthesis
	entries, findings := map[string][]progress.Entry{}, map[string][]progress.Finding{}
	for _, p := range slices.Sorted(maps.Keys(j.judgement.Entries)) {
		e := j.judgement.Entries[p]
		entries[e.Unit] = append(entries[e.Unit], e)
	}
	for _, f := range s.Findings {
		findings[f.Unit] = append(findings[f.Unit], f)
	}
	out := make([]progress.Answer, len(s.Submissions))
	for i, sub := range s.Submissions {
		out[i] = progress.Answer{
			Office: s.Office.Name, Unit: progress.Unit{Code: sub.Unit, Name: d.UnitName(sub.Unit)}, Period: s.Period, DataDate: s.DataDate,
			Revision: revision, Zone: d.Office.Zone, Submission: sub, Entries: entries[sub.Unit], Findings: findings[sub.Unit],
		}
	}
	return out
}
