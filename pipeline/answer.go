package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"tiendo/pipeline/collect"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/answer"
	"tiendo/pipeline/write/publish"
	"tiendo/templates"
)

// giveBack gives the units what a close owes them: an answer, and the form for the next period. What goes wrong takes nothing back of what
// was published, and is made up for by the next run.
func giveBack(ctx context.Context, d Desk, j judged, revision int) (trouble []error) {
	if err := answerUnits(ctx, d, j, revision); err != nil {
		trouble = append(trouble, fmt.Errorf("answers to the units: %w", err))
	} else if err := queueAnswers(ctx, d, j, revision); err != nil {
		trouble = append(trouble, fmt.Errorf("mail to the units: %w", err))
	}
	if err := formUnits(ctx, d, j.synthesis.Period.Next()); err != nil {
		trouble = append(trouble, fmt.Errorf("forms for the units: %w", err))
	}
	return trouble
}

// answerUnits puts an answer into the folder of every unit that owes a return: RETURNS/UNIT/TraLoi_2025-W20_r1.xlsx. A name that
// is there already is left alone: answers, like editions, never change. So a run that was cut off, or found the folder
// missing, is made up for by the next one.
func answerUnits(ctx context.Context, d Desk, j judged, revision int) error {
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
		if err := answerUnit(ctx, d, root, a, words); err != nil {
			return fmt.Errorf("%s: %w", a.Unit.Code, err)
		}
	}
	return nil
}

func answerUnit(ctx context.Context, d Desk, root *os.Root, a progress.Answer, words *templates.Words) error {
	folder, err := unitFolder(root, a.Unit.Code)
	if err != nil {
		return err
	}
	defer folder.Close()
	name := answer.Name(a.Period.ID, a.Revision)
	if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) { // answered already: nothing to draw
		return err
	}
	if a.Copy, err = copyOf(ctx, d, a.Submission); err != nil {
		return err
	}
	data, err := answer.XLSX(a, words)
	if err != nil {
		return err
	}
	return publish.Put(folder, name, data)
}

// unitFolder opens the folder of a unit in the returns folder, and makes it where there is none.
func unitFolder(root *os.Root, unit string) (*os.Root, error) {
	if err := root.MkdirAll(unit, 0o750); err != nil {
		return nil, err
	}
	return root.OpenRoot(unit)
}

// copyOf is what the workbook shows that a unit sent. Its bytes are parsed in a worker process, here as everywhere.
func copyOf(ctx context.Context, d Desk, sub progress.Submission) (progress.Copy, error) {
	if sub.SHA256 == "" {
		return progress.Copy{}, nil
	}
	data, err := os.ReadFile(collect.Spool{Dir: filepath.Join(d.Office.State, spoolName)}.Path(sub.SHA256))
	if err != nil {
		return progress.Copy{}, err
	}
	return readCopy(ctx, d.Readers, data, path.Base(sub.File))
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
