package progress

// MostAlike is how many findings of a rule in one unit are printed one by one. The workbook, the answers to units and JSON hold all.
const MostAlike = 20

// FindingLine is a line of a printed list of findings: a finding, or one line for those of its rule and unit that go beyond [MostAlike].
type FindingLine struct {
	Finding
	More int // so many more of the rule and unit; 0: the line is the finding
}

// Abridge lists sorted findings for print: at most [MostAlike] of a rule in each unit, in their order, and behind the unit's one line
// for each rule that has more.
func Abridge(fs []Finding) []FindingLine {
	out := make([]FindingLine, 0, len(fs))
	var beyond []FindingLine
	seen := map[string]int{}
	for i, f := range fs {
		if i > 0 && f.Unit != fs[i-1].Unit {
			out, beyond, seen = append(out, beyond...), nil, map[string]int{}
		}
		seen[f.Rule]++
		switch n := seen[f.Rule]; {
		case n <= MostAlike:
			out = append(out, FindingLine{Finding: f})
		case n == MostAlike+1:
			beyond = append(beyond, FindingLine{Finding: f, More: 1})
		default:
			for j := range beyond {
				if beyond[j].Rule == f.Rule {
					beyond[j].More++
				}
			}
		}
	}
	return append(out, beyond...)
}
