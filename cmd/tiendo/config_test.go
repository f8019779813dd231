package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/write/mail"
	"tiendo/templates"
)

const goodConfig = `
office:
  name: "Văn phòng Ban Chỉ đạo"
  parent: "Bộ Mẫu"
  symbol: "VPBCĐ"
  place: "Hà Nội"
language: en
timezone: Asia/Ho_Chi_Minh
plan: plan.xlsx
units: /srv/units.xlsx
inbox: inbox
reports: reports
returns: returns
state: state
pull: "21:30"
editions:
  monthly: {due: "day 25 15:00", close: "last day 17:00"}
  weekly:
    due: friday 15:00
    close: friday 17:00
    soon_days: 5
thresholds:
  rank_due: 4
quiet: 90s
`

func TestConfigIsRead(t *testing.T) {
	var found problems
	o := parseConfig([]byte(goodConfig), "/office", &found)
	if lines := found.say(templates.In(templates.English)); len(lines) > 0 {
		t.Fatal(lines)
	}
	if o.Office.Name != "Văn phòng Ban Chỉ đạo" || o.Lang != templates.English || o.Zone.String() != "Asia/Ho_Chi_Minh" {
		t.Errorf("office %+v", o)
	}
	if len(o.Plans) != 1 || o.Plans[0] != (pipeline.PlanFile{Path: filepath.Join("/office", "plan.xlsx")}) || o.UnitsFile != "/srv/units.xlsx" {
		t.Errorf("paths %v, %s: relative ones are below the configuration's folder", o.Plans, o.UnitsFile)
	}
	if o.Pull.String() != "21:30" || o.Quiet != 90*time.Second || o.RankDue != 4 {
		t.Errorf("pull %s, quiet %s, rank_due %d", o.Pull, o.Quiet, o.RankDue)
	}
	if len(o.Editions) != 2 || o.Editions[0].Kind != progress.Week || o.Editions[0].SoonDays != 5 || o.Editions[1].SoonDays != 15 {
		t.Errorf("editions %+v: shortest first, soon_days 15 unless given", o.Editions)
	}
}

func TestConfigOfSeveralPlans(t *testing.T) {
	var found problems
	o := parseConfig([]byte(strings.Replace(goodConfig, "plan: plan.xlsx", "plans:\n  KH286: a.xlsx\n  CT02: /srv/b.xlsx", 1)), "/office", &found)
	if lines := found.say(templates.In(templates.English)); len(lines) > 0 {
		t.Fatal(lines)
	}
	if want := []pipeline.PlanFile{{Key: "KH286", Path: "/office/a.xlsx"}, {Key: "CT02", Path: "/srv/b.xlsx"}}; !slices.Equal(o.Plans, want) {
		t.Errorf("plans %v, want %v", o.Plans, want)
	}
}

func TestConfigOfMail(t *testing.T) {
	group := "mail:\n  host: mail.vidu.gov.vn\n  from: vpbcd@vidu.gov.vn\n  user: vpbcd\n  password: matkhau.txt\n  tls: tls\n  port: 465\n  ca_file: /etc/ca.pem\n  answers: true\n"
	var found problems
	o := parseConfig([]byte(goodConfig+group), "/office", &found)
	if lines := found.say(templates.In(templates.English)); len(lines) > 0 {
		t.Fatal(lines)
	}
	want := mail.Server{Host: "mail.vidu.gov.vn", Port: 465, TLS: mail.TLS, From: "vpbcd@vidu.gov.vn", User: "vpbcd", Password: "/office/matkhau.txt", CA: "/etc/ca.pem"}
	if o.Mail != want || !o.MailAnswers {
		t.Errorf("mail %+v, want %+v; answers: %v", o.Mail, want, o.MailAnswers)
	}
	for group, fault := range map[string]string{
		"mail:\n  from: a@vidu.gov.vn\n":                                        `"mail.host"`,
		"mail:\n  host: x\n":                                                    `"mail.from"`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  user: u\n":                  `"mail.password"`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  tls: none\n":                `"none"`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  password: \"env:\"\n":       `"mail.password" is empty`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  port: 70000\n":              `"70000"`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  answers: some\n":            `"some"`,
		"mail:\n  host: x\n  from: a@vidu.gov.vn\n  passwort: mypassword.txt\n": `"mail.password"`,
	} {
		var found problems
		parseConfig([]byte(goodConfig+group), "/office", &found)
		if lines := found.say(templates.In(templates.English)); len(lines) != 1 || !strings.Contains(lines[0], fault) {
			t.Errorf("%q: %v, want one line with %s", group, lines, fault)
		}
	}
}

func TestConfigOfRules(t *testing.T) {
	var found problems
	o := parseConfig([]byte(goodConfig+"waivers: waivers.csv\nrules:\n  H05: off\n  H11: {points: 30, severity: warning}\n"), "/office", &found)
	if lines := found.say(templates.In(templates.English)); len(lines) > 0 {
		t.Fatal(lines)
	}
	if o.WaiversFile != "/office/waivers.csv" {
		t.Errorf("waivers in %s", o.WaiversFile)
	}
	if o.Rules["H05"].Use != "off" || o.Rules["H11"].Use != "warning" || o.Rules["H11"].Thresholds["points"] != 30 || len(o.Rules["H11"].Thresholds) != 1 {
		t.Errorf("rules %+v", o.Rules)
	}
}

func TestConfigRefusals(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(goodConfig, old, new, 1) }
	tests := map[string]struct {
		text string
		want []string // each must stand in one line, in this order, and there are no other lines
	}{
		"unknown key":            {with("quiet:", "quite:"), []string{`tiendo.yaml:24:1: There is no key "quite"; did you mean "quiet"?`}},
		"missing key":            {with("inbox: inbox\n", ""), []string{`tiendo.yaml: The required key "inbox" is missing.`}},
		"two faults at once":     {with("language: en", "language: fr\nwrong: 1"), []string{`tiendo.yaml:7:11: "language": "fr"`, `tiendo.yaml:8:1: There is no key "wrong"`}},
		"bad zone":               {with("Asia/Ho_Chi_Minh", "Hanoi"), []string{`tiendo.yaml:8:11: "timezone": "Hanoi"`}},
		"machine's own zone":     {with("Asia/Ho_Chi_Minh", "Local"), []string{`"timezone": "Local"`}},
		"bad moment of a week":   {with("friday 17:00", "day 5 17:00"), []string{`"editions.weekly.close": "day 5 17:00"`}},
		"edition without close":  {with("    close: friday 17:00\n", ""), []string{`"editions.weekly.close" is missing`}},
		"due after close":        {with("due: friday 15:00", "due: saturday 15:00"), []string{`"editions.weekly": returns must be due before the close`}},
		"group where a value is": {with("plan: plan.xlsx", "plan: {file: x}"), []string{`"plan" must be a value`}},
		"value where a group is": {with("thresholds:\n  rank_due: 4", "thresholds: 4"), []string{`"thresholds" must be a group`}},
		"count out of range":     {with("rank_due: 4", "rank_due: 0"), []string{`"thresholds.rank_due": "0" is not a whole number from 1 to 1000`}},
		"broken YAML":            {with("quiet: 90s", "quiet: [90s"), []string{"tiendo.yaml:24:"}},
		"key twice":              {with("quiet: 90s", "quiet: 90s\nquiet: 80s"), []string{"tiendo.yaml:25:1"}},
		"unknown rule":           {goodConfig + "rules: {X01: off}\n", []string{`tiendo.yaml:25:14: There is no rule "rules.X01"`}},
		"rule that blocks":       {goodConfig + "rules:\n  P01: off\n", []string{`tiendo.yaml:26:8: "rules.P01" is a rule of severity error`}},
		"use of a rule":          {goodConfig + "rules:\n  H05: loud\n", []string{`tiendo.yaml:26:8: "rules.H05": "loud"`}},
		"unknown threshold":      {goodConfig + "rules:\n  H11: {speed: 3}\n", []string{`tiendo.yaml:26:16: "rules.H11.speed" cannot be set; this rule has: severity, points, times.`}},
		"threshold out of range": {goodConfig + "rules:\n  H11: {points: 0, times: x}\n", []string{`tiendo.yaml:26:17: "rules.H11.points": "0" is not a whole number from 1 to 100`, `"rules.H11.times": "x"`}},
		"thresholds in a list":   {goodConfig + "rules:\n  H11: [1]\n", []string{`"rules.H11" must be a value`}},
		"rule of a reader":       {goodConfig + "rules:\n  F06: off\n", []string{`tiendo.yaml:26:8: There is no rule "rules.F06" that can be set; those of the readers`}},
		"unknown key in a group": {with("  rank_due: 4", "  rank_due: 4\n  wrong: 1"), []string{`There is no key "thresholds.wrong"; in this place there may be: rank_due.`}},
		"unknown edition":        {with("  weekly:", "  weakly:"), []string{`There is no key "editions.weakly"; did you mean "editions.weekly"?`}},
		"no value":               {with("inbox: inbox", "inbox:"), []string{`tiendo.yaml:11:1: "inbox" is empty`}},
		"group without keys":     {goodConfig + "rules:\n  # H05: off\n", []string{`"rules" is empty`}},
		"not UTF-8":              {with("Hà Nội", "H\xe0 N\xf4i"), []string{"tiendo.yaml:6:12: The file is not text in UTF-8"}},
		"UTF-16":                 {"\xff\xfeo\x00f\x00", []string{"tiendo.yaml:1:1: The file is not text in UTF-8"}},
		"no keys":                {"hello\n", []string{"These are no lines of the kind KEY: VALUE"}},
		"writes into the inbox": {with("returns: returns\nstate: state", "returns: ./inbox\nstate: inbox/.state"),
			[]string{`tiendo.yaml:13:1: "returns" lies in the inbox`, `tiendo.yaml:14:1: "state" lies in the inbox`}},
		"no plan":        {with("plan: plan.xlsx\n", ""), []string{`The required key "plan" is missing`}},
		"plan and plans": {with("units:", "plans: {A: a.xlsx}\nunits:"), []string{`Both plan and plans are given`}},
		"no editions": {"office: {name: x}\ntimezone: Asia/Ho_Chi_Minh\nplan: p\nunits: u\ninbox: i\nreports: r\nreturns: b\nstate: s\n",
			[]string{`"editions" is missing`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			found := problems{file: configName}
			parseConfig([]byte(tt.text), "/office", &found)
			lines := found.say(templates.In(templates.English))
			if len(lines) != len(tt.want) {
				t.Fatalf("problems:\n%s\nwant %d", strings.Join(lines, "\n"), len(tt.want))
			}
			for i, want := range tt.want {
				if !strings.Contains(lines[i], want) {
					t.Errorf("problem %d is\n%s\nwant %s", i+1, lines[i], want)
				}
			}
		})
	}
}

// What editors make of the file, and what YAML allows, changes nothing of what it says.
func TestConfigAsEditorsSaveIt(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark": "\ufeff" + strings.TrimPrefix(goodConfig, "\n"),
		"Windows lines":   strings.ReplaceAll(goodConfig, "\n", "\r\n"),
		"both":            "\ufeff" + strings.ReplaceAll(strings.TrimPrefix(goodConfig, "\n"), "\n", "\r\n"),
		"keys in quotes":  strings.Replace(strings.Replace(goodConfig, "inbox:", `"inbox":`, 1), "weekly:", `'weekly':`, 1),
		"a folder beside": strings.Replace(goodConfig, "reports: reports", "reports: inbox-reports", 1),
	} {
		var found problems
		o := parseConfig([]byte(text), "/office", &found)
		if lines := found.say(templates.In(templates.English)); len(lines) > 0 {
			t.Errorf("%s: %v", name, lines)
		}
		if o.Office.Name != "Văn phòng Ban Chỉ đạo" || o.Inbox != "/office/inbox" || len(o.Editions) != 2 || o.Quiet != 90*time.Second {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestConfigOfTheSampleIsRead(t *testing.T) {
	office, found, err := loadConfig(filepath.Join("..", "..", "samples", "bo-tttt", configName))
	if err != nil || len(found.list) > 0 {
		t.Fatal(err, found.say(templates.In(templates.English)))
	}
	if len(office.Editions) != 2 {
		t.Errorf("editions %+v", office.Editions)
	}
}

func TestNoConfigIsAUsageError(t *testing.T) {
	var out, errs strings.Builder
	if got := execute([]string{"run", "--office", t.TempDir(), "--lang", "en"}, &out, &errs); got != exitUsage {
		t.Errorf("exit status %d, want %d", got, exitUsage)
	}
	if !strings.Contains(errs.String(), "There is no configuration file") || !strings.Contains(errs.String(), "tiendo init DIR") {
		t.Errorf("message %q names neither the file nor the next step", errs.String())
	}
	if _, err := os.Stat(filepath.Join(t.TempDir(), "state")); err == nil {
		t.Error("a wrong configuration left a state folder")
	}
}
