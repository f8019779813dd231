package pipeline

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/pipeline/collect"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/pipeline/write/mail"
	"tiendo/pipeline/write/publish"
	"tiendo/templates"
)

// Office is an office's settings, as the configuration gives them. Paths are absolute or below the working directory.
type Office struct {
	Office    progress.Office
	Lang      templates.Lang
	Zone      *time.Location
	Plans     []PlanFile
	UnitsFile string
	// WaiversFile is the register of findings that the coordinator has had explained; empty where there is none.
	WaiversFile string
	Inbox       string // the shared folder, INBOX/UNIT/…; never written to
	Reports     string // editions are published here
	Returns     string // what goes back to each unit
	State       string // ledger and spool, on a local disk
	Pull        Clock  // when serve pulls every night
	Editions    []Edition
	RankDue     int                          // units with fewer due positions are not ranked
	Rules       map[string]reconcile.Setting // rules that the office has set otherwise than the catalogue has them
	Quiet       time.Duration                // a file must not have changed for so long
	Mail        mail.Server                  // off unless it is configured
	MailAnswers bool                         // each unit's answer goes to it by mail too, after a close
	// What a single file may cost before its worker process is ended.
	FileDeadline time.Duration
	FileMemory   int64  // bytes
	Version      string // of the program
}

// Edition is the edition of a kind of period; ok is false where the office has none.
func (o Office) Edition(kind progress.PeriodKind) (e Edition, ok bool) {
	for _, e := range o.Editions {
		if e.Kind == kind {
			return e, true
		}
	}
	return e, false
}

// Desk is what a run works with.
type Desk struct {
	Office  Office
	Ledger  *ledger.Ledger
	Readers *worker.Pool
	// Units and Plan are the registers that the run goes by; see [WithRegisters].
	Units progress.Units
	Plan  progress.Plan
	// Warnings are what the plan leaves to be mended though it can be worked by; each names its file.
	Warnings []progress.Finding
	// Waivers are the findings that the coordinator has had explained.
	Waivers []progress.Waiver
	Now     func() time.Time
	// Tell hears how far the reading of files is; nil where nobody listens.
	Tell func(done, total int)
}

// UnitName is the name of a unit, or its code where the register does not have it.
func (d Desk) UnitName(code string) string {
	if u, ok := d.Units.ByCode(code); ok {
		return u.Name
	}
	return code
}

// ErrSums: the synthesis does not add up. A fault of the program; nothing is published.
var ErrSums = errors.New("the synthesis does not add up")

// ErrNameTaken: the reports folder has other files of the edition that is to be published.
var ErrNameTaken = publish.ErrExists

// Failure is a share or a spool that cannot be trusted: not mounted, another one, most of its files gone, full. The silence of a
// broken share is never taken for the silence of units.
type Failure = collect.Failure

// SetRule sets the severity of a rule, or switches it off. fault is the key of what is wrong with that in the wording of the configuration.
func (o *Office) SetRule(code, use string) (fault string, facts []string) {
	known, settable := reconcile.Settable(code)
	switch {
	case !known:
		return "no_rule", nil
	case !settable:
		return "rule_of_error", nil
	case !slices.Contains(reconcile.Uses, reconcile.Use(use)):
		return "not_one_of", []string{"choices", "off, note, warning"}
	}
	o.setRule(code, func(s *reconcile.Setting) { s.Use = reconcile.Use(use) })
	return "", nil
}

// SetThreshold sets a threshold of a rule.
func (o *Office) SetThreshold(code, name, value string) (fault string, facts []string) {
	if known, _ := reconcile.Settable(code); !known {
		return "no_rule", nil
	}
	var names []string
	for _, t := range reconcile.Thresholds(code) {
		names = append(names, t.Name)
		if t.Name != name {
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < t.Low || n > t.High {
			return "not_a_count", []string{"low", strconv.Itoa(t.Low), "high", strconv.Itoa(t.High)}
		}
		o.setRule(code, func(s *reconcile.Setting) { s.Thresholds[name] = n })
		return "", nil
	}
	return "no_threshold", []string{"choices", strings.Join(append([]string{"severity"}, names...), ", ")}
}

func (o *Office) setRule(code string, to func(*reconcile.Setting)) {
	if o.Rules == nil {
		o.Rules = map[string]reconcile.Setting{}
	}
	s, set := o.Rules[code]
	if !set {
		s.Thresholds = map[string]int{}
	}
	to(&s)
	o.Rules[code] = s
}

// RegisterFaults is a plan or unit register that is refused, with every fault.
type RegisterFaults struct {
	File     string
	Findings []progress.Finding
}

func (e RegisterFaults) Error() string {
	return fmt.Sprintf("%s has %d faults", e.File, len(e.Findings))
}
