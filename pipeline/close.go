package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"tiendo/pipeline/extract"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/pipeline/synthesize"
	"tiendo/pipeline/write/publish"
	"tiendo/templates"
)

// Closed is what the close of a period made.
type Closed struct {
	Synthesis progress.Synthesis
	Entries   []progress.Entry // entries of the inbox that concern the period, and where they ended
	// Already is the revision published before, where nothing has changed since; Files is then empty.
	Already int
	Files   []string // paths of the PDF and the workbook
	// Trouble is what went wrong after the edition was published. It takes nothing back, and the next run tries again.
	Trouble []error
	// NoAddress are the names of the units whose answer cannot be mailed because the register has no address of theirs.
	NoAddress []string
}

// judged is a period as it stands: what Close would publish, without writing anything.
type judged struct {
	plan      progress.Plan
	synthesis progress.Synthesis
	judgement reconcile.Judgement
	latest    ledger.Edition
	digest    string
}

// Close judges a period, and publishes its synthesis unless nothing has changed since it was published last. The
// period must be closed (see [Rehearse] for one that is still open), and the desk has its registers.
func Close(ctx context.Context, d Desk, period progress.Period) (closed Closed, err error) {
	err = recorded(ctx, d, CloseRun, period.ID, func() error {
		closed, err = closePeriod(ctx, d, period)
		return err
	})
	return closed, err
}

func closePeriod(ctx context.Context, d Desk, period progress.Period) (Closed, error) {
	if err := finishIntents(ctx, d); err != nil {
		return Closed{}, err
	}
	j, err := judge(ctx, d, period)
	if err != nil {
		return Closed{}, err
	}
	entries, err := settle(ctx, d, j)
	if err != nil {
		return Closed{}, err
	}
	closed := Closed{Synthesis: j.synthesis, Entries: entries}
	if j.latest.InputDigest == j.digest {
		closed.Already = j.latest.Revision
		closed.Trouble = giveBack(ctx, d, j, closed.Already)
		return closed, nil
	}
	edition, err := render(d, j.synthesis, publish.Name(period.ID, j.synthesis.Revision, "pdf"), publish.Name(period.ID, j.synthesis.Revision, "xlsx"))
	if err != nil {
		return closed, err
	}
	defer edition.drop()
	edition.Input, edition.Previous = j.digest, j.latest.Revision
	for _, f := range edition.Files {
		closed.Files = append(closed.Files, filepath.Join(d.Office.Reports, f.Name))
	}
	if err := publishEdition(ctx, d, j, edition.Edition); err != nil {
		return closed, err
	}
	if err := keepCopy(ctx, d, period.ID, edition.Revision); err != nil {
		closed.Trouble = append(closed.Trouble, fmt.Errorf("copy of the ledger: %w", err))
	}
	closed.Trouble = append(closed.Trouble, giveBack(ctx, d, j, edition.Revision)...)
	closed.NoAddress = withoutAddress(d, j)
	return closed, nil
}

// publishEdition notes the intent in the ledger, puts the files into the reports folder, all or none, and marks them published.
func publishEdition(ctx context.Context, d Desk, j judged, edition publish.Edition) error {
	manifest, err := edition.Manifest()
	if err != nil {
		return err
	}
	noted, err := json.Marshal(manifest)
	if err != nil {
		return err
	}
	if err := d.Ledger.Intend(ctx, ledger.Edition{
		Past: progress.Past{
			Period: j.synthesis.Period, DataDate: j.synthesis.DataDate, PlanVersion: j.plan.SHA256,
			Positions: j.judgement.Positions, Submissions: j.judgement.Submissions, Findings: j.judgement.Findings,
			Units: d.Units.All(),
		},
		Revision: edition.Revision, InputDigest: edition.Input, Manifest: string(noted), Created: d.Now(),
	}); err != nil {
		return err
	}
	if _, err := publish.Set(ctx, d.Office.Reports, edition, readBack); err != nil {
		return fmt.Errorf("publish in the reports folder: %w", err)
	}
	return d.Ledger.Published(ctx, edition.Period, edition.Revision)
}

// Rehearse does all that Close does but publishes nothing: a draft is written into the state folder, over the draft
// before it, and the ledger knows of no new edition.
func Rehearse(ctx context.Context, d Desk, period progress.Period) (Closed, error) {
	j, err := judge(ctx, d, period)
	if err != nil {
		return Closed{}, err
	}
	j.synthesis.Draft = true
	edition, err := render(d, j.synthesis, "DuThao_"+period.ID+".pdf", "DuThao_"+period.ID+".xlsx")
	if err != nil {
		return Closed{}, err
	}
	defer edition.drop()
	closed := Closed{Synthesis: j.synthesis}
	if closed.Entries, _, err = ends(ctx, d, j); err != nil {
		return closed, err
	}
	closed.Files, err = edition.moveTo(filepath.Join(d.Office.State, "draft"))
	return closed, err
}

// judge brings together what the ledger holds of a period and judges it.
func judge(ctx context.Context, d Desk, period progress.Period) (judged, error) {
	var j judged
	edition, ok := d.Office.Edition(period.Kind)
	if !ok {
		return j, fmt.Errorf("the office has no edition for %s", period.ID)
	}
	units, plan := d.Units, d.Plan
	if _, err := d.Ledger.SavePlan(ctx, plan, d.Now()); err != nil {
		return j, err
	}
	returns, err := d.Ledger.Returns(ctx, period.ID, extract.Version)
	if err != nil {
		return j, err
	}
	history, err := d.Ledger.History(ctx, period)
	if err != nil {
		return j, err
	}
	if j.latest, _, err = d.Ledger.Latest(ctx, period.ID); err != nil {
		return j, err
	}
	corrects, err := editionBody(ctx, d, j.latest)
	if err != nil {
		return j, err
	}
	closes, due := edition.Close.In(period, d.Office.Zone), edition.Due.In(period, d.Office.Zone)
	dataDate := progress.DateOf(closes)
	reminders, err := d.Ledger.Reminders(ctx, period.ID, closes) // a later letter changes no edition that is made again
	if err != nil {
		return j, err
	}
	j.plan = plan
	j.judgement = reconcile.Judge(reconcile.Input{
		Units: units, Plan: plan, Period: period, DataDate: dataDate, DueAt: due,
		SoonDays: edition.SoonDays, Rules: d.Office.Rules, Waivers: d.Waivers, Returns: returns,
		Reminders: reminders, History: history,
	})
	previousPlan, err := previousPlan(ctx, d, history.Previous(period), plan)
	if err != nil {
		return j, err
	}
	j.synthesis = synthesize.Sum(synthesize.Input{
		Office: d.Office.Office, Period: period, DataDate: dataDate, DataTime: closes.Format("15:04"), DueAt: due,
		Revision: j.latest.Revision + 1, Corrects: corrects, Version: d.Office.Version, Plan: plan, PreviousPlan: previousPlan, Units: units,
		SoonDays: edition.SoonDays, RankDue: d.Office.RankDue, Submissions: j.judgement.Submissions,
		Positions: j.judgement.Positions, Findings: j.judgement.Findings, Resolved: j.judgement.Resolved, History: history, Inputs: inputs(returns),
	})
	if problems := synthesize.Check(j.synthesis); len(problems) > 0 {
		return j, fmt.Errorf("%w: %v", ErrSums, problems)
	}
	j.digest, err = inputDigest(d, edition, period, returns, reminders, history)
	return j, err
}

// editionBody is what a published edition holds; nil where the period was not published.
func editionBody(ctx context.Context, d Desk, e ledger.Edition) (*progress.Past, error) {
	if e.Revision == 0 {
		return nil, nil
	}
	e, err := d.Ledger.Edition(ctx, e.Past.Period.ID, e.Revision)
	return &e.Past, err
}

// previousPlan is the plan that the period before was judged by, or nil where it was this one.
func previousPlan(ctx context.Context, d Desk, before *progress.Past, now progress.Plan) (*progress.Plan, error) {
	if before == nil || before.PlanVersion == now.SHA256 {
		return nil, nil
	}
	p, err := d.Ledger.Plan(ctx, before.PlanVersion)
	if err != nil {
		return nil, fmt.Errorf("the plan of %s: %w", before.Period.ID, err)
	}
	return &p, nil
}

// inputs lists the files behind a synthesis.
func inputs(returns []progress.Return) []progress.Input {
	var out []progress.Input
	for _, r := range returns {
		out = append(out, progress.Input{Path: r.Path, SHA256: r.SHA256, Unit: r.Unit, Received: r.Received, Rows: len(r.Reading.Rows)})
	}
	return out
}

// inputDigest names everything that the synthesis is a function of. Equal digests: the same bytes would come out.
func inputDigest(d Desk, e Edition, p progress.Period, returns []progress.Return, reminders map[string]int, h progress.History) (string, error) {
	o := d.Office
	type receipt struct {
		Path, SHA256, Unit string
		Received           time.Time
		Sequence           int64
	}
	var received []receipt
	for _, r := range returns {
		received = append(received, receipt{r.Path, r.SHA256, r.Unit, r.Received.UTC(), r.Sequence})
	}
	data, err := json.Marshal(struct {
		Office    progress.Office
		Lang      templates.Lang
		Zone      string
		Edition   []string
		Limits    []int
		Version   string
		Readers   string
		Period    string
		Plan      string
		Units     []progress.Unit
		Received  []receipt
		Reminders map[string]int
		History   progress.History
		Rules     map[string]reconcile.Setting
		Waivers   []progress.Waiver
	}{o.Office, o.Lang, o.Zone.String(), []string{e.Due.In(p, time.UTC).String(), e.Close.In(p, time.UTC).String()},
		[]int{e.SoonDays, o.RankDue}, o.Version, extract.Version, p.ID, d.Plan.SHA256, d.Units.All(), received, reminders, h, o.Rules, d.Waivers})
	if err != nil {
		return "", err
	}
	return publish.Digest(string(data)), nil
}

// settle records where the entries that concern the period ended.
func settle(ctx context.Context, d Desk, j judged) ([]progress.Entry, error) {
	all, changed, err := ends(ctx, d, j)
	if err != nil {
		return nil, err
	}
	return all, d.Ledger.SaveStates(ctx, changed)
}

// ends tells where the entries that concern the period end; those of which the judgement says so are also in changed.
func ends(ctx context.Context, d Desk, j judged) (all, changed []progress.Entry, err error) {
	all, err = d.Ledger.Entries(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i, e := range all {
		if end, ok := j.judgement.Entries[e.Path]; ok && end.SHA256 == e.SHA256 {
			all[i].State, all[i].Reason, all[i].Facts = end.State, end.Reason, end.Facts
			changed = append(changed, all[i])
		}
	}
	all = slices.DeleteFunc(all, func(e progress.Entry) bool { return e.Period != "" && e.Period != j.synthesis.Period.ID })
	return all, changed, nil
}

// finishIntents ends what a run that was cut off had begun: a set that is whole was published; of any other, our own
// leftovers are removed, and the period is done again.
func finishIntents(ctx context.Context, d Desk) error {
	intents, err := d.Ledger.Intents(ctx)
	if err != nil {
		return err
	}
	var manifests []publish.Manifest
	for _, e := range intents {
		m, err := manifestOf(e)
		if err != nil {
			return err
		}
		manifests = append(manifests, m)
	}
	whole, err := publish.Recover(d.Office.Reports, manifests)
	if err != nil {
		return fmt.Errorf("settle an edition that was cut off: %w", err)
	}
	for _, m := range whole {
		if err := d.Ledger.Published(ctx, m.Period, m.Revision); err != nil {
			return err
		}
	}
	return nil
}

// manifestOf is the manifest that the ledger noted for an edition.
func manifestOf(e ledger.Edition) (m publish.Manifest, err error) {
	return m, json.Unmarshal([]byte(e.Manifest), &m)
}

// FilesOf names the files of a published edition, as they lie in the reports folder.
func FilesOf(e ledger.Edition) ([]string, error) {
	m, err := manifestOf(e)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, f := range m.Files {
		names = append(names, f.Name)
	}
	return names, nil
}
