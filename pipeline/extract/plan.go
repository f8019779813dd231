package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"tiendo/pipeline/extract/grid"
	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
	"tiendo/templates"
)

// ReadPlan reads a version of the master plan and resolves its leads against the units. Where a finding is of
// severity error, the plan is refused whole and is the zero Plan; all its faults are listed at once, each with its cell.
func ReadPlan(data []byte, name string, units progress.Units) (progress.Plan, []progress.Finding, error) {
	r := &register{name: name}
	var milestones []milestoneTable
	var rest grid.Document
	result, ok, err := r.readWithout(data, rows.Plan, func(doc grid.Document) grid.Document {
		rest, milestones = takeMilestones(doc)
		return rest
	})
	if err != nil {
		return progress.Plan{}, nil, err
	}
	if !ok {
		return progress.Plan{}, sorted(name, r.findings), nil
	}
	r.need(result, map[progress.Field]string{
		progress.FieldLead: "Cơ quan chủ trì", progress.FieldDue: "Thời hạn hoàn thành",
	})
	sum := sha256.Sum256(data)
	plan := progress.Plan{File: name, SHA256: hex.EncodeToString(sum[:])}
	plan.Name, plan.Version = planTitle(result.Titles), planVersion(result.Titles, plan.SHA256)
	seen := map[string]progress.Origin{}
	for _, row := range result.Rows {
		task := r.task(row, units)
		if first, twice := seen[task.Code]; twice && task.Code != "" {
			r.fault(ruleDuplicate, "", cellOf(row, progress.FieldCode), "found", task.Code, "first", first.String())
		} else {
			seen[task.Code] = row.Origin
		}
		plan.Tasks = append(plan.Tasks, task)
	}
	r.milestones(milestones, plan.Tasks)
	r.unreadMilestones(rest, result.Sections)
	if r.failed() {
		plan = progress.Plan{}
	}
	return plan, sorted(name, r.findings), nil
}

// task turns a row of the plan into a task, and lists what is wrong with it.
func (r *register) task(row progress.Row, units progress.Units) progress.Task {
	task := progress.Task{
		ID: row.Extra[progress.FieldID], Code: row.Code, Title: row.Task, Group: row.Group, Phase: row.Extra[progress.FieldPhase],
		Authority: row.Extra[progress.FieldAuthority], Mandate: row.Extra[progress.FieldMandate],
		Assigned: r.day(row, progress.FieldAssigned), LeadText: row.Lead, Cooperating: row.Cooperating,
		Leader: row.Extra[progress.FieldLeader], Person: row.Person, Product: row.Product,
		Extension: row.Extra[progress.FieldExtension], Origin: row.Origin,
	}
	if task.Code == "" {
		r.fault(ruleBlank, "code", cellOf(row, progress.FieldCode), "found", short(row.Task))
	}
	if task.Title == "" {
		r.fault(ruleBlank, "task", cellOf(row, progress.FieldTask), "found", row.Code)
	}
	task.Leads, task.Collective, task.Levels = r.leads(row, units)
	task.Due = r.deadline(row, progress.FieldDue, row.Due)
	task.OriginalDue = task.Due
	if text := row.Extra[progress.FieldOriginalDue]; text != "" {
		task.OriginalDue = r.deadline(row, progress.FieldOriginalDue, text)
	}
	if templates.BuiltinVocabulary().Blanks[strings.ToLower(task.Extension)] {
		task.Extension = ""
	}
	r.extensions(row, task)
	return task
}

// deadline reads a deadline of the plan. A cell that is a date, or a month shown as 6/2025, was read by its
// format: its text says the same.
func (r *register) deadline(row progress.Row, f progress.Field, text string) progress.Due {
	if text == "" {
		r.fault(ruleDeadline, "blank", cellOf(row, f), "code", row.Code)
		return progress.Due{}
	}
	due, ok := progress.ParseDue(text)
	if !ok {
		r.fault(ruleDeadline, "unreadable", cellOf(row, f), "code", row.Code, "found", text)
	}
	return due
}

// leads resolves the lead of a row to unit codes; collective says that the words mean all reporting units, of some levels.
func (r *register) leads(row progress.Row, units progress.Units) (codes []string, collective bool, levels []string) {
	if row.Lead == "" {
		r.fault(ruleLead, "blank", cellOf(row, progress.FieldLead), "code", row.Code)
		return nil, false, nil
	}
	if len(units.Named(row.Lead)) > 1 {
		r.fault(ruleLead, "ambiguous", cellOf(row, progress.FieldLead), "code", row.Code, "found", row.Lead)
		return nil, false, nil
	}
	if levels, collective = templates.BuiltinVocabulary().CollectiveLeads[templates.Key(row.Lead)]; collective && len(units.Named(row.Lead)) == 0 {
		if codes = ofLevels(units, levels); len(codes) == 0 {
			r.fault(ruleLead, "level", cellOf(row, progress.FieldLead), "code", row.Code, "found", short(row.Lead))
		}
		return codes, true, levels
	}
	codes, ok := resolveLeads(row.Lead, units)
	if !ok {
		r.fault(ruleLead, "unknown", cellOf(row, progress.FieldLead), "code", row.Code, "found", short(row.Lead))
	}
	return codes, false, nil
}

// ofLevels are the units that owe a return and are of one of the levels.
func ofLevels(units progress.Units, levels []string) (codes []string) {
	for _, u := range units.All() {
		if u.Reports && u.IsOfLevel(levels) {
			codes = append(codes, u.Code)
		}
	}
	return codes
}

// resolveLeads reads a lead: one unit, several joined by commas, semicolons, line breaks, "và" or nothing, or words that mean
// all reporting units. The longest name counts first, since a name may itself hold a comma or "và". It returns
// false unless every part is known.
func resolveLeads(text string, units progress.Units) ([]string, bool) {
	words := strings.Fields(leadSigns.ReplaceAllString(text, " $0 "))
	failed := map[int]bool{}
	var from func(i int) ([]string, bool)
	from = func(i int) ([]string, bool) {
		for i < len(words) && joinsLeads(words[i]) {
			i++
		}
		if i >= len(words) {
			return nil, true
		}
		if failed[i] {
			return nil, false
		}
		for end := len(words); end > i; end-- {
			codes, ok := leadNamed(strings.Join(words[i:end], " "), units)
			if !ok {
				continue
			}
			if rest, ok := from(end); ok {
				return append(codes, rest...), true
			}
		}
		failed[i] = true
		return nil, false
	}
	codes, ok := from(0)
	return unique(codes), ok && len(codes) > 0
}

var leadSigns = regexp.MustCompile(`[,;+]`)

func joinsLeads(word string) bool {
	switch progress.Fold(word) {
	case "", "va", "and":
		return true
	}
	return false
}

// leadNamed is the unit of exactly that name, or all reporting units.
func leadNamed(name string, units progress.Units) ([]string, bool) {
	if named := units.Named(name); len(named) == 1 {
		return []string{named[0].Code}, true
	}
	levels, collective := templates.BuiltinVocabulary().CollectiveLeads[templates.Key(name)]
	if !collective {
		return nil, false
	}
	codes := ofLevels(units, levels)
	return codes, len(codes) > 0
}

func unique(codes []string) []string {
	seen := map[string]bool{}
	out := codes[:0]
	for _, c := range codes {
		if !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}

// planTitle is the first title that names a plan.
func planTitle(titles []string) string {
	for _, t := range titles {
		for _, w := range templates.BuiltinVocabulary().PlanWords {
			if templates.StartsWith(templates.Key(t), w) {
				return short(t)
			}
		}
	}
	return ""
}

var versionMark = regexp.MustCompile(`(?i)(?:phiên bản|version)\s*:?\s*([\pL\d][\pL\d./_-]*)`)

// planVersion is the version that the file names, else the beginning of its hash.
func planVersion(titles []string, sum string) string {
	for _, t := range titles {
		if m := versionMark.FindStringSubmatch(t); m != nil {
			return m[1]
		}
	}
	return sum[:12]
}

// short cuts a quotation for a finding.
func short(text string) string {
	const longest = 100
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return text
}
