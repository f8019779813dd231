package progress

import "strings"

// Unit is a node of the unit tree: a ministry, a department, a province, a commune.
type Unit struct {
	Code      string   // stable, used as folder name below the inbox: so-tai-chinh
	Name      string   // full name: Vụ Kế hoạch - Tài chính
	Aliases   []string // other names and abbreviations, also former ones
	Parent    string   // code of the unit above; empty at the root
	Level     string   // wording of the register: bộ, tỉnh, vụ, xã …; printed, never interpreted
	Head      string   // head of the unit, who answers for its results
	Person    string   // who fills in the return
	Email     string
	ValidFrom Date   // zero: from the beginning
	ValidTo   Date   // last day; zero: still exists
	Successor string // code of the unit that took over its tasks
	Reports   bool   // owes a return each period
	Origin    Origin // where the register has it
}

// Units is the unit tree, in the order of the register. Build it with [NewUnits].
type Units struct {
	list   []Unit
	byCode map[string]int
	byName map[string][]int // folded name or alias → units
	// longest is the number of words of the longest name.
	longest int
}

// IsOfLevel reports whether the unit's level begins with one of the words, folded. No words: any level.
func (u Unit) IsOfLevel(words []string) bool {
	level := Fold(u.Level)
	for _, w := range words {
		if level == w || strings.HasPrefix(level, w+" ") {
			return true
		}
	}
	return len(words) == 0
}

// NewUnits indexes units. The register's own faults (two units of one code, a parent that is not there, a
// loop) are found where the register is read; here the first unit of a code wins.
func NewUnits(list []Unit) Units {
	u := Units{list: list, byCode: map[string]int{}, byName: map[string][]int{}}
	for i, unit := range list {
		if _, ok := u.byCode[unit.Code]; !ok {
			u.byCode[unit.Code] = i
		}
		seen := map[string]bool{}
		for _, name := range append([]string{unit.Name, unit.Code}, unit.Aliases...) {
			if key := FoldSpelling(name); key != "" && !seen[key] {
				seen[key] = true
				u.byName[key] = append(u.byName[key], i)
				u.longest = max(u.longest, strings.Count(key, " ")+1)
			}
		}
	}
	return u
}

// All returns the units in the order of the register.
func (u Units) All() []Unit { return u.list }

// ByCode finds a unit by its code.
func (u Units) ByCode(code string) (Unit, bool) {
	i, ok := u.byCode[code]
	if !ok {
		return Unit{}, false
	}
	return u.list[i], true
}

// Named finds the units that carry exactly this name, code or alias, accents, case and spelling aside. More than
// one means that the name is ambiguous.
func (u Units) Named(name string) []Unit {
	var out []Unit
	for _, i := range u.byName[FoldSpelling(name)] {
		out = append(out, u.list[i])
	}
	return out
}

// Current follows successions from the unit of that code to the unit that answers on day d.
func (u Units) Current(code string, d Date) (Unit, bool) {
	for range u.list { // bounded: a loop of successions ends here
		unit, ok := u.ByCode(code)
		if !ok {
			return Unit{}, false
		}
		if unit.Successor == "" || unit.ValidTo.IsZero() || !d.After(unit.ValidTo) {
			return unit, true
		}
		code = unit.Successor
	}
	return Unit{}, false
}

// Reporting returns the units that owe a return on day d, in the order of the register.
func (u Units) Reporting(d Date) []Unit {
	var out []Unit
	for _, unit := range u.list {
		if unit.Reports && (unit.ValidFrom.IsZero() || !d.Before(unit.ValidFrom)) && (unit.ValidTo.IsZero() || !d.After(unit.ValidTo)) {
			out = append(out, unit)
		}
	}
	return out
}
