package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/mail"
	"tiendo/templates"
)

// configName is the configuration's file name in an office's folder.
const configName = "tiendo.yaml"

// problem is one fault of a configuration, at its place in the file. Key and facts pick its sentence in templates.
type problem struct {
	line, column int // from 1; 0: the file as a whole
	key          string
	facts        []string
}

// problems is every fault found in one pass.
type problems struct {
	file string
	list []problem
}

func (p *problems) add(n ast.Node, key string, facts ...string) {
	pos := problem{key: key, facts: facts}
	if n != nil && n.GetToken() != nil {
		pos.line, pos.column = n.GetToken().Position.Line, n.GetToken().Position.Column
	}
	p.list = append(p.list, pos)
}

// say writes the problems, one a line: FILE:LINE:COLUMN: sentence.
func (p *problems) say(w *templates.Words) []string {
	slices.SortStableFunc(p.list, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	var out []string
	for _, x := range p.list {
		place := p.file
		if x.line > 0 {
			place = fmt.Sprintf("%s:%d:%d", p.file, x.line, x.column)
		}
		out = append(out, place+": "+w.Say("config."+x.key, x.facts...))
	}
	return out
}

// setting is one key of the configuration.
type setting struct {
	required bool
	// set takes the value and returns the wording key of its fault with the facts, or "".
	set func(value string) (fault string, facts []string)
}

// schema is every key of the configuration, with what takes its value, and the groups whose keys the office names itself.
type schema struct {
	known map[string]setting
	named map[string]func(name, value string) (fault string, facts []string)
	// within are the groups of named whose keys may also hold keys of their own.
	within map[string]func(name string) func(key, value string) (fault string, facts []string)
}

// editionKeys are the keys below "editions" and the periods that they stand for.
var editionKeys = map[string]progress.PeriodKind{
	"weekly": progress.Week, "monthly": progress.Month, "quarterly": progress.Quarter,
	"half_yearly": progress.HalfYear, "nine_months": progress.NineMonths, "yearly": progress.Year,
}

// loadConfig reads the configuration at path, with every fault at once. It changes nothing. The error is for a file
// that could not be read; a file that is not there is a problem.
func loadConfig(path string) (pipeline.Office, *problems, error) {
	found := &problems{file: filepath.Base(path)}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		found.add(nil, "no_file", "path", path)
		return pipeline.Office{}, found, nil
	}
	if err != nil {
		return pipeline.Office{}, nil, err
	}
	return parseConfig(data, filepath.Dir(path), found), found, nil
}

// parseConfig reads configuration text; relative paths are below dir.
func parseConfig(data []byte, dir string, found *problems) pipeline.Office {
	office := pipeline.Office{
		Lang: templates.Vietnamese, Pull: 22 * 60, Quiet: 10 * time.Second, RankDue: 3,
		FileDeadline: 30 * time.Second, FileMemory: 512 << 20,
	}
	office.Office.Profile = "decree30"
	editions := map[progress.PeriodKind]*pipeline.Edition{}
	settings := configSettings(&office, editions, dir)

	data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors of Windows put it in front
	if at := notUTF8(data); at >= 0 {
		line := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
		found.list = append(found.list, problem{line: bytes.Count(data[:at], []byte("\n")) + 1, column: utf8.RuneCount(line) + 1, key: "not_utf8"})
		return office
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		var syntax yaml.Error
		p := problem{key: "syntax", facts: []string{"found", err.Error()}}
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			p.line, p.column = syntax.GetToken().Position.Line, syntax.GetToken().Position.Column
			p.facts = []string{"found", syntax.GetMessage()}
		}
		found.list = append(found.list, p)
		return office
	}
	seen := map[string]ast.Node{}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			if !isMap(doc.Body) {
				found.add(doc.Body, "no_keys")
				return office
			}
			walkConfig(doc.Body, "", settings, seen, found)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(settings.known)) {
		if _, given := seen[name]; !given && settings.known[name].required {
			found.add(nil, "missing", "key", name)
		}
	}
	_, one := seen["plan"]
	switch several, given := seen["plans"]; {
	case !one && !given:
		found.add(nil, "missing", "key", "plan")
	case one && given:
		found.add(several, "plan_and_plans")
	}
	collectEditions(&office, editions, seen, found)
	wholeMail(seen, found)
	outsideInbox(office, seen, found)
	return office
}

// notUTF8 is where data stops being UTF-8, or -1.
func notUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// outsideInbox keeps what tiendo writes out of the folder that it only reads: there, answers would be taken for returns.
func outsideInbox(o pipeline.Office, seen map[string]ast.Node, found *problems) {
	if o.Inbox == "" {
		return
	}
	for _, written := range []struct{ key, path string }{{"reports", o.Reports}, {"returns", o.Returns}, {"state", o.State}} {
		if rel, err := filepath.Rel(o.Inbox, written.path); written.path != "" && err == nil && filepath.IsLocal(rel) {
			found.add(seen[written.key], "in_inbox", "key", written.key)
		}
	}
}

// wholeMail asks for what mail cannot do without, where any of it is configured: a server that is half described is a mistake.
func wholeMail(seen map[string]ast.Node, found *problems) {
	group, given := seen["mail"]
	if !given {
		return
	}
	needed := []string{"mail.host", "mail.from"}
	if _, logsIn := seen["mail.user"]; logsIn {
		needed = append(needed, "mail.password")
	}
	for _, name := range needed {
		if _, given := seen[name]; !given {
			found.add(group, "missing", "key", name)
		}
	}
}

// walkConfig visits a mapping and hands every scalar to its setting.
func walkConfig(n ast.Node, prefix string, settings schema, seen map[string]ast.Node, found *problems) {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	case *ast.NullNode:
		found.add(n, "empty", "key", strings.TrimSuffix(prefix, "."))
		return
	default:
		found.add(n, "not_a_map", "key", strings.TrimSuffix(prefix, "."))
		return
	}
	for _, v := range values {
		key := keyOf(v)
		name := prefix + key
		seen[name] = v.Key
		s, leaf := settings.known[name]
		if set, ok := settings.named[strings.TrimSuffix(prefix, ".")]; ok {
			s, leaf = setting{false, func(v string) (string, []string) { return set(key, v) }}, true
		}
		if within := settings.within[strings.TrimSuffix(prefix, ".")]; within != nil && isMap(v.Value) {
			inner := schema{named: map[string]func(string, string) (string, []string){name: within(key)}}
			walkConfig(v.Value, name+".", inner, seen, found)
			continue
		}
		switch {
		case leaf:
			text, ok := scalar(v.Value)
			if _, null := v.Value.(*ast.NullNode); null {
				found.add(v.Key, "empty", "key", name)
			} else if !ok {
				found.add(v.Value, "not_a_value", "key", name)
			} else if fault, facts := s.set(text); fault != "" {
				found.add(v.Value, fault, append([]string{"key", name, "found", text}, facts...)...)
			}
		case settings.isGroup(name):
			walkConfig(v.Value, name+".", settings, seen, found)
		default:
			choices := settings.keysBelow(prefix)
			if near := nearest(key, choices); near != "" {
				found.add(v.Key, "unknown_did_you_mean", "key", name, "near", prefix+near)
			} else {
				found.add(v.Key, "unknown", "key", name, "choices", strings.Join(choices, ", "))
			}
		}
	}
}

// keyOf is the name of a key, which may stand in quotes.
func keyOf(v *ast.MappingValueNode) string {
	if s, ok := v.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return v.Key.String()
}

func isMap(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.String(), true
	}
	return "", false
}

// configSettings is the configuration's schema: every key, and what takes its value.
func configSettings(o *pipeline.Office, editions map[progress.PeriodKind]*pipeline.Edition, dir string) schema {
	text := func(to *string) func(string) (string, []string) {
		return func(v string) (string, []string) {
			if strings.TrimSpace(v) == "" {
				return "empty", nil
			}
			*to = v
			return "", nil
		}
	}
	below := func(to *string) func(string) (string, []string) {
		return func(v string) (string, []string) {
			if strings.TrimSpace(v) == "" {
				return "empty", nil
			}
			if !filepath.IsAbs(v) {
				v = filepath.Join(dir, v)
			}
			*to = v
			return "", nil
		}
	}
	count := func(to *int, low, high int) func(string) (string, []string) {
		return func(v string) (string, []string) {
			n, err := strconv.Atoi(v)
			if err != nil || n < low || n > high {
				return "not_a_count", []string{"low", strconv.Itoa(low), "high", strconv.Itoa(high)}
			}
			*to = n
			return "", nil
		}
	}
	duration := func(to *time.Duration, low, high time.Duration) func(string) (string, []string) {
		return func(v string) (string, []string) {
			d, err := time.ParseDuration(v)
			if err != nil || d < low || d > high {
				return "not_a_duration", []string{"low", low.String(), "high", high.String()}
			}
			*to = d
			return "", nil
		}
	}
	addPlan := func(key, v string) (string, []string) {
		var path string
		fault, facts := below(&path)(v)
		o.Plans = append(o.Plans, pipeline.PlanFile{Key: key, Path: path})
		return fault, facts
	}
	settings := map[string]setting{
		"office.name":   {true, text(&o.Office.Name)},
		"office.parent": {false, text(&o.Office.Parent)},
		"office.symbol": {false, text(&o.Office.Symbol)},
		"office.place":  {false, text(&o.Office.Place)},
		"office.unit":   {false, text(&o.Office.Unit)},
		"office.profile": {false, func(v string) (string, []string) {
			if !slices.Contains(templates.Profiles(), v) {
				return "not_one_of", []string{"choices", strings.Join(templates.Profiles(), ", ")}
			}
			o.Office.Profile = v
			return "", nil
		}},
		"language": {false, func(v string) (string, []string) {
			if !slices.Contains(templates.Langs, templates.Lang(v)) {
				return "not_one_of", []string{"choices", "vi, en"}
			}
			o.Lang = templates.Lang(v)
			return "", nil
		}},
		"timezone": {true, func(v string) (string, []string) {
			zone, err := time.LoadLocation(v)
			if err != nil || v == "" || v == "Local" {
				return "not_a_zone", nil
			}
			o.Zone = zone
			return "", nil
		}},
		"plan":         {false, func(v string) (string, []string) { return addPlan("", v) }},
		"units":        {true, below(&o.UnitsFile)},
		"waivers":      {false, below(&o.WaiversFile)},
		"inbox":        {true, below(&o.Inbox)},
		"reports":      {true, below(&o.Reports)},
		"returns":      {true, below(&o.Returns)},
		"state":        {true, below(&o.State)},
		"mail.host":    {false, text(&o.Mail.Host)},
		"mail.port":    {false, count(&o.Mail.Port, 1, 65535)},
		"mail.from":    {false, text(&o.Mail.From)},
		"mail.user":    {false, text(&o.Mail.User)},
		"mail.ca_file": {false, below(&o.Mail.CA)},
		"mail.answers": {false, func(v string) (string, []string) {
			if v != "true" && v != "false" {
				return "not_one_of", []string{"choices", "true, false"}
			}
			o.MailAnswers = v == "true"
			return "", nil
		}},
		"mail.tls": {false, func(v string) (string, []string) {
			if v != mail.StartTLS && v != mail.TLS {
				return "not_one_of", []string{"choices", mail.StartTLS + ", " + mail.TLS}
			}
			o.Mail.TLS = v
			return "", nil
		}},
		"mail.password": {false, func(v string) (string, []string) {
			if name, ok := strings.CutPrefix(v, "env:"); ok {
				if name == "" {
					return "empty", nil
				}
				o.Mail.Password = v
				return "", nil
			}
			return below(&o.Mail.Password)(v)
		}},
		"pull": {false, func(v string) (string, []string) {
			c, err := pipeline.ParseClock(v)
			if err != nil {
				return "not_a_clock", nil
			}
			o.Pull = c
			return "", nil
		}},
		"quiet":                {false, duration(&o.Quiet, 0, time.Hour)},
		"thresholds.rank_due":  {false, count(&o.RankDue, 1, 1000)},
		"limits.file_deadline": {false, duration(&o.FileDeadline, time.Second, 10*time.Minute)},
		"limits.file_memory_mib": {false, func(v string) (string, []string) {
			var mib int
			fault, facts := count(&mib, 128, 16384)(v)
			o.FileMemory = int64(mib) << 20
			return fault, facts
		}},
	}
	for name, kind := range editionKeys {
		of := func() *pipeline.Edition {
			if editions[kind] == nil {
				editions[kind] = &pipeline.Edition{Kind: kind, SoonDays: defaultSoonDays(kind)}
			}
			return editions[kind]
		}
		moment := func(to func() *pipeline.Moment) func(string) (string, []string) {
			return func(v string) (string, []string) {
				m, err := pipeline.ParseMoment(kind, v)
				if err != nil {
					if kind == progress.Week {
						return "not_a_week_moment", nil
					}
					return "not_a_month_moment", nil
				}
				*to() = m
				return "", nil
			}
		}
		settings["editions."+name+".due"] = setting{false, moment(func() *pipeline.Moment { return &of().Due })}
		settings["editions."+name+".close"] = setting{false, moment(func() *pipeline.Moment { return &of().Close })}
		settings["editions."+name+".revise_days"] = setting{false, func(v string) (string, []string) { return count(&of().ReviseDays, 0, 366)(v) }}
		settings["editions."+name+".soon_days"] = setting{false, func(v string) (string, []string) { return count(&of().SoonDays, 0, 366)(v) }}
	}
	named := map[string]func(name, value string) (string, []string){
		"rules": o.SetRule,
		"plans": addPlan,
	}
	within := map[string]func(string) func(string, string) (string, []string){
		"rules": func(code string) func(string, string) (string, []string) {
			return func(key, v string) (string, []string) {
				if key == "severity" {
					return o.SetRule(code, v)
				}
				return o.SetThreshold(code, key, v)
			}
		},
	}
	return schema{settings, named, within}
}

func defaultSoonDays(kind progress.PeriodKind) int {
	if kind == progress.Week {
		return 7
	}
	return 15
}

// collectEditions checks each edition as a whole and puts them into the order of their length.
func collectEditions(o *pipeline.Office, editions map[progress.PeriodKind]*pipeline.Edition, seen map[string]ast.Node, found *problems) {
	names := slices.Sorted(maps.Keys(editionKeys))
	any := false
	for _, name := range names {
		node, given := seen["editions."+name]
		if !given {
			continue
		}
		any = true
		complete := true
		for _, key := range []string{"due", "close"} {
			if _, ok := seen["editions."+name+"."+key]; !ok {
				found.add(node, "missing", "key", "editions."+name+"."+key)
				complete = false
			}
		}
		e := editions[editionKeys[name]]
		if !complete || e == nil || len(found.list) > 0 {
			continue
		}
		p := progress.PeriodOf(e.Kind, progress.Date{Year: 2025, Month: time.January, Day: 6})
		if e.Due.In(p, time.UTC).After(e.Close.In(p, time.UTC)) {
			found.add(node, "due_after_close", "key", "editions."+name)
		}
		o.Editions = append(o.Editions, *e)
	}
	if !any {
		found.add(nil, "missing", "key", "editions")
	}
	order := []progress.PeriodKind{progress.Week, progress.Month, progress.Quarter, progress.HalfYear, progress.NineMonths, progress.Year}
	slices.SortFunc(o.Editions, func(a, b pipeline.Edition) int {
		return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
	})
}

// isGroup reports whether the key holds other keys.
func (s schema) isGroup(name string) bool {
	for known := range s.known {
		if strings.HasPrefix(known, name+".") {
			return true
		}
	}
	return s.named[name] != nil
}

// keysBelow are the keys that may stand in a group, sorted.
func (s schema) keysBelow(prefix string) []string {
	keys := map[string]bool{}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(s.known)), slices.Collect(maps.Keys(s.named))) {
		if rest, below := strings.CutPrefix(name, prefix); below {
			key, _, _ := strings.Cut(rest, ".")
			keys[key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// nearest is the choice at most two edits away from name, or "".
func nearest(name string, choices []string) string {
	best, bestDistance := "", 3
	for _, known := range choices {
		if d := editDistance(name, known); d < bestDistance {
			best, bestDistance = known, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions and changes of a character that turn a into b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
