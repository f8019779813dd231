package workbook

import (
	"slices"
	"strings"

	"tiendo/pipeline/progress"
)

// taskPart is what one sheet of all tasks holds.
type taskPart struct {
	branches string // names of the branches of the unit tree that it holds, the first and the last; empty where one sheet holds all
	tasks    []progress.TaskLine
}

// taskRow is where a position stands among the sheets of all tasks: part from 1, row from 0.
type taskRow struct{ part, row int }

// partTasks parts the positions so that no sheet holds more than limit. Where one sheet holds them all they stay in the order of the
// plan; else they are sorted by branch, each whole on one sheet unless it alone is longer than that: in a nation's synthesis a
// province finds its tasks together.
func partTasks(s progress.Synthesis, limit int) []taskPart {
	if len(s.Tasks) <= limit {
		return []taskPart{{tasks: s.Tasks}}
	}
	names, branchOf := branches(s)
	sorted := make([][]progress.TaskLine, len(names))
	for _, t := range s.Tasks {
		i := branchOf[t.Unit]
		sorted[i] = append(sorted[i], t)
	}
	var parts []taskPart
	var held []string // branches of the last part
	for i, tasks := range sorted {
		for len(tasks) > 0 {
			last := len(parts) - 1
			if last < 0 || len(parts[last].tasks)+min(len(tasks), limit) > limit {
				parts, held = append(parts, taskPart{}), nil
				last++
			}
			p := &parts[last]
			n := min(len(tasks), limit)
			p.tasks, tasks = append(p.tasks, tasks[:n]...), tasks[n:]
			held = append(held, names[i])
			p.branches = strings.Join(slices.Compact([]string{held[0], names[i]}), " – ")
		}
	}
	return parts
}

// branches are the units below the top one, or at the top where there are several: the provinces of a nation, the departments of
// a ministry. branchOf leads from the code of each unit to its branch; a unit that is in none, the top one itself too, is in the
// first, which has the name of the office.
func branches(s progress.Synthesis) (names []string, branchOf map[string]int) {
	tops := 0
	for _, u := range s.Units {
		if u.Depth == 0 {
			tops++
		}
	}
	depth := 0
	if tops == 1 {
		depth = 1
	}
	names, branchOf = []string{s.Office.Name}, map[string]int{}
	for _, u := range s.Units { // parents before children
		if u.Depth < depth {
			continue
		}
		if u.Depth == depth {
			names = append(names, u.Name)
		}
		branchOf[strings.TrimPrefix(u.ID, "unit.")] = len(names) - 1
	}
	return names, branchOf
}
