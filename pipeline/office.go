package pipeline

import (
	"errors"
	"fmt"
	"time"

	"tiendo/pipeline/collect"
	"tiendo/pipeline/extract/worker"
	"tiendo/pipeline/ledger"
	"tiendo/pipeline/progress"
	"tiendo/pipeline/reconcile"
	"tiendo/templates"
)

// Office is an office's settings, as the configuration gives them. Paths are absolute or below the working directory.
type Office struct {
	Office    progress.Office
	Lang      templates.Lang
	Zone      *time.Location
	Plans     []PlanFile
	UnitsFile string
	Inbox     string // the shared folder, INBOX/UNIT/…; never written to
	Reports   string // editions are published here
	Returns   string // what goes back to each unit
	State     string // ledger and spool, on a local disk
	Pull      Clock  // when serve pulls every night
	Editions  []Edition
	RankDue   int                          // units with fewer due positions are not ranked
	Unchanged int                          // periods without a change after which rule H04 speaks
	Rules     map[string]reconcile.Setting // rules that the office has set otherwise than the catalogue has them
	Quiet     time.Duration                // a file must not have changed for so long
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
	Now   func() time.Time
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

// Failure is a share or a spool that cannot be trusted: not mounted, another one, most of its files gone, full. The silence of a
// broken share is never taken for the silence of units.
type Failure = collect.Failure

// SetRule sets a rule of the catalogue. It returns false where the catalogue has no rule of that code that an office may set, or
// the setting is not off, note or warning.
func (o *Office) SetRule(code, setting string) bool {
	to := reconcile.Setting(setting)
	if !reconcile.Settable(code) || to != reconcile.SetOff && to != reconcile.SetNote && to != reconcile.SetWarning {
		return false
	}
	if o.Rules == nil {
		o.Rules = map[string]reconcile.Setting{}
	}
	o.Rules[code] = to
	return true
}

// RegisterFaults is a plan or unit register that is refused, with every fault.
type RegisterFaults struct {
	File     string
	Findings []progress.Finding
}

func (e RegisterFaults) Error() string {
	return fmt.Sprintf("%s has %d faults", e.File, len(e.Findings))
}
