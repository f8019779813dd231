package extract

import (
	"regexp"
	"strings"

	"tiendo/pipeline/extract/rows"
	"tiendo/pipeline/progress"
)

// ReadUnits reads the register of units. Where a finding is of severity error, the register is refused whole and no
// unit is returned; all its faults are listed at once, each with its cell. A register without the column "Nộp báo cáo" says
// that every unit owes a return.
func ReadUnits(data []byte, name string) (progress.Units, []progress.Finding, error) {
	r := &register{name: name}
	result, ok, err := r.read(data, rows.UnitRegister)
	if err != nil {
		return progress.Units{}, nil, err
	}
	if !ok {
		return progress.Units{}, sorted(name, r.findings), nil
	}
	r.need(result, map[progress.Field]string{progress.FieldUnitCode: "Mã đơn vị", progress.FieldUnitName: "Tên đơn vị"})
	list := make([]progress.Unit, 0, len(result.Rows))
	for _, row := range result.Rows {
		list = append(list, r.unit(row, hasColumn(result, progress.FieldReports)))
	}
	r.checkCodes(list, result.Rows)
	units := progress.NewUnits(list)
	list = r.resolveTree(list, units, result.Rows)
	r.checkNames(list)
	if r.failed() {
		list = nil
	}
	return progress.NewUnits(list), sorted(name, r.findings), nil
}

func hasColumn(result rows.Result, f progress.Field) bool {
	for _, s := range result.Sections {
		for _, c := range s.Columns {
			if c.Field == f {
				return true
			}
		}
	}
	return false
}

var aliasEnd = regexp.MustCompile(`[;\n]+`)

func (r *register) unit(row progress.Row, marked bool) progress.Unit {
	x := row.Extra
	u := progress.Unit{
		Code: x[progress.FieldUnitCode], Name: x[progress.FieldUnitName], Parent: x[progress.FieldParent],
		Level: x[progress.FieldLevel], Head: x[progress.FieldHead], Person: row.Person, Email: x[progress.FieldEmail],
		ValidFrom: r.day(row, progress.FieldValidFrom), ValidTo: r.day(row, progress.FieldValidTo),
		Successor: x[progress.FieldSuccessor], Reports: !marked || isYes(x[progress.FieldReports]), Origin: row.Origin,
	}
	for _, alias := range aliasEnd.Split(x[progress.FieldAliases], -1) {
		if alias = strings.TrimSpace(alias); alias != "" {
			u.Aliases = append(u.Aliases, alias)
		}
	}
	if u.Code == "" {
		r.fault(ruleBlank, "unit_code", cellOf(row, progress.FieldUnitCode), "found", u.Name)
	}
	if u.Name == "" {
		r.fault(ruleBlank, "unit_name", cellOf(row, progress.FieldUnitName), "found", u.Code)
	}
	return u
}

func (r *register) checkCodes(list []progress.Unit, from []progress.Row) {
	first := map[string]progress.Origin{}
	for i, u := range list {
		if at, twice := first[u.Code]; twice && u.Code != "" {
			r.fault(ruleDuplicate, "", cellOf(from[i], progress.FieldUnitCode), "found", u.Code, "first", at.String())
			continue
		}
		first[u.Code] = u.Origin
	}
}

// resolveTree turns the names of parents and successors into codes, and finds those that are not there and rings.
func (r *register) resolveTree(list []progress.Unit, units progress.Units, from []progress.Row) []progress.Unit {
	code := func(i int, name string, f progress.Field, variant string) string {
		if name == "" {
			return ""
		}
		if _, ok := units.ByCode(name); ok {
			return name
		}
		if named := units.Named(name); len(named) == 1 {
			return named[0].Code
		}
		r.fault(ruleParent, variant, cellOf(from[i], f), "found", name, "code", list[i].Code)
		return ""
	}
	out := make([]progress.Unit, len(list))
	for i, u := range list {
		u.Parent = code(i, u.Parent, progress.FieldParent, "parent")
		u.Successor = code(i, u.Successor, progress.FieldSuccessor, "successor")
		out[i] = u
	}
	above := func(u progress.Unit) string { return u.Parent }
	after := func(u progress.Unit) string { return u.Successor }
	resolved := progress.NewUnits(out)
	for i, u := range out {
		if inRing(u, resolved, above) {
			r.fault(ruleLoop, "parent", cellOf(from[i], progress.FieldParent), "code", u.Code, "found", u.Parent)
		}
		if inRing(u, resolved, after) {
			r.fault(ruleLoop, "successor", cellOf(from[i], progress.FieldSuccessor), "code", u.Code, "found", u.Successor)
		}
	}
	return out
}

// inRing reports whether following next from u leads back to u.
func inRing(u progress.Unit, units progress.Units, next func(progress.Unit) string) bool {
	at := u
	for range units.All() {
		code := next(at)
		if code == "" {
			return false
		}
		if code == u.Code {
			return true
		}
		at, _ = units.ByCode(code)
	}
	return false
}

// checkNames finds names and aliases that two units carry while both exist.
func (r *register) checkNames(list []progress.Unit) {
	first := map[string]progress.Unit{}
	for _, u := range list {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			key := progress.FoldSpelling(name)
			other, taken := first[key]
			switch {
			case key == "" || taken && other.Code == u.Code:
			case taken && overlap(other, u):
				r.fault(ruleName, "", u.Origin, "found", name, "code", u.Code, "other", other.Code)
			default:
				first[key] = u
			}
		}
	}
}

// overlap reports whether there is a day on which both units exist.
func overlap(a, b progress.Unit) bool {
	ends := func(x, y progress.Unit) bool {
		return !x.ValidTo.IsZero() && !y.ValidFrom.IsZero() && x.ValidTo.Before(y.ValidFrom)
	}
	return !ends(a, b) && !ends(b, a)
}
