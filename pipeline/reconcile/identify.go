package reconcile

import (
	"path"

	"tiendo/pipeline/progress"
)

// sent is a file and what the three witnesses say of it: the file's own words, its name, and the folders it lies in.
type sent struct {
	ret     progress.Return
	folders []string // between the inbox and the file, outermost first
	units   progress.Units
	open    progress.Period

	unitInFile   []progress.Unit // that the file names itself; several where the name is ambiguous
	unitInName   []progress.Unit // that the file name mentions
	unitInFolder []progress.Unit // of the innermost folder that is named after a unit
	unit         string          // the verdict; empty where there is none

	periodInFile, periodInName, periodInFolder progress.Period // zero where none is named
}

// Identify says whose return a file is and for which period. folders are the path elements between the inbox and the
// file, outermost first; open is the period being collected. The result is r with Unit, Period and Findings filled in.
//
// A contradiction is an error (F04, F05) and refuses the file, but Unit and Period are then still those that the
// folder or the open period suggest, so that the refusal is seen where the return was expected. Unit alone may stay
// empty: where nobody is named at all.
func Identify(r progress.Return, folders []string, units progress.Units, open progress.Period) progress.Return {
	s := sent{ret: r, folders: folders, units: units, open: open}
	s.readUnits()
	s.readPeriods()
	s.unit = s.verdict()
	r.Unit = s.unit
	r.Period = s.period().ID
	for _, rule := range rules {
		if rule.ofSent != nil {
			r.Findings = append(r.Findings, rule.stamp(rule.ofSent(s), r.Unit, progress.Task{}, r.Path)...)
		}
	}
	return r
}

func (s *sent) readUnits() {
	for i := len(s.folders) - 1; i >= 0 && len(s.unitInFolder) == 0; i-- {
		s.unitInFolder = s.units.Named(s.folders[i])
	}
	s.unitInFile = s.units.Named(s.ret.Reading.Unit)
	if len(s.unitInFile) == 0 {
		s.unitInFile = s.units.Mentioned(s.ret.Reading.Unit)
	}
	s.unitInName = s.units.Mentioned(s.stem())
}

// stem is the file name without folders and extension.
func (s *sent) stem() string {
	base := path.Base(s.ret.Path)
	return base[:len(base)-len(path.Ext(base))]
}

// verdict is the unit whose return this is: the folder's, which is the sender's claim; in the inbox itself the one
// that the file names, or its name. A name that several units carry is settled by nobody but the folder.
func (s *sent) verdict() string {
	for _, named := range [][]progress.Unit{s.unitInFolder, s.unitInFile, s.unitInName} {
		if len(named) == 1 {
			return s.current(named[0])
		}
		if len(named) > 1 {
			return ""
		}
	}
	return ""
}

// current is the code of the unit that answers for u in the open period: itself or, after a merger, its successor.
func (s *sent) current(u progress.Unit) string {
	if now, ok := s.units.Current(u.Code, s.open.End); ok {
		return now.Code
	}
	return u.Code
}

// admits reports whether naming these units fits the verdict: nobody is named, or the unit itself is among them, or only
// units above it, whose names stand in the letterhead of every return of theirs.
func (s *sent) admits(named []progress.Unit) bool {
	above := s.above()
	for _, u := range named {
		if s.current(u) == s.unit {
			return true
		}
	}
	for _, u := range named {
		if !above[u.Code] {
			return false
		}
	}
	return true
}

// above is the set of the units above the verdict's in the tree.
func (s *sent) above() map[string]bool {
	set := map[string]bool{}
	u, ok := s.units.ByCode(s.unit)
	for ok && u.Parent != "" && !set[u.Parent] {
		set[u.Parent] = true
		u, ok = s.units.ByCode(u.Parent)
	}
	return set
}

func (s *sent) readPeriods() {
	near := s.open // gives the year to "tuần 20"; a file that names its period gives it better, whenever it comes
	if p, err := progress.ParsePeriod(s.ret.Reading.Period); err == nil {
		s.periodInFile, near = p, p
	}
	s.periodInName = periodNamed(s.stem(), near)
	for i := len(s.folders) - 1; i >= 0 && s.periodInFolder.ID == ""; i-- {
		if len(s.units.Named(s.folders[i])) == 0 {
			s.periodInFolder = periodNamed(s.folders[i], near)
		}
	}
}

// period is the verdict on the period: the file's own word, else its name's, else the folder's, else the open period.
func (s *sent) period() progress.Period {
	if s.contradictedPeriod().ID != "" {
		return s.open
	}
	for _, p := range []progress.Period{s.periodInFile, s.periodInName, s.periodInFolder} {
		if p.ID != "" {
			return p
		}
	}
	return s.open
}

// contradictedPeriod is the first period named outside that the innermost witness contradicts; zero where all agree. A longer
// period around a shorter one is no contradiction: weekly returns lie in folders of months.
func (s *sent) contradictedPeriod() progress.Period {
	inner := progress.Period{}
	for _, p := range []progress.Period{s.periodInFile, s.periodInName, s.periodInFolder} {
		switch {
		case p.ID == "":
		case inner.ID == "":
			inner = p
		case p.ID != inner.ID && !around(p, inner):
			return p
		}
	}
	return progress.Period{}
}

// around reports whether the longer period outer holds a day of inner.
func around(outer, inner progress.Period) bool {
	return outer.Kind != inner.Kind &&
		outer.Start.DaysUntil(outer.End) > inner.Start.DaysUntil(inner.End) &&
		!outer.Start.After(inner.End) && !inner.Start.After(outer.End)
}
