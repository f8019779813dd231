package pdf

import (
	"cmp"
	"slices"
)

const (
	snap       = 2.5 // lines nearer than this are one: both sides of a frame, a double border
	touch      = 3.0 // lines that end this near to another touch it
	shortRule  = 5.0 // shorter ones are marks, not rulings
	narrowCell = 4.0 // columns and rows narrower than this hold no text: they are double lines
	maxRules   = 6000
)

// rulings snaps, merges and sorts the lines of a page: horizontal and vertical ones.
func rulings(all []rule) (horizontal, vertical []rule) {
	for _, r := range all {
		if r.vertical {
			vertical = append(vertical, r)
		} else {
			horizontal = append(horizontal, r)
		}
	}
	return mergeRules(horizontal), mergeRules(vertical)
}

// mergeRules makes one rule of all that lie on one line and touch.
func mergeRules(rules []rule) []rule {
	slices.SortFunc(rules, func(a, b rule) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.lo, b.lo)) })
	var out []rule
	for start := 0; start < len(rules); {
		end := start + 1
		for end < len(rules) && rules[end].at-rules[start].at <= snap {
			end++
		}
		out = append(out, mergeCollinear(rules[start:end])...)
		start = end
	}
	out = slices.DeleteFunc(out, func(r rule) bool { return r.hi-r.lo < shortRule })
	if len(out) > maxRules { // a map or a chart
		return nil
	}
	return out
}

func mergeCollinear(group []rule) []rule {
	at, weight := 0.0, 0.0
	for _, r := range group {
		at += r.at * (r.hi - r.lo + 0.01)
		weight += r.hi - r.lo + 0.01
	}
	at /= weight
	slices.SortFunc(group, func(a, b rule) int { return cmp.Compare(a.lo, b.lo) })
	var out []rule
	for _, r := range group {
		r.at = at
		if n := len(out); n > 0 && r.lo <= out[n-1].hi+touch {
			out[n-1].hi = max(out[n-1].hi, r.hi)
			out[n-1].width = max(out[n-1].width, r.width)
			continue
		}
		out = append(out, r)
	}
	return out
}

// nets are the sets of lines that hang together.
func nets(horizontal, vertical []rule) []net {
	parent := make([]int, len(horizontal)+len(vertical))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range horizontal {
		for k, v := range vertical {
			if v.at >= h.lo-touch && v.at <= h.hi+touch && h.at >= v.lo-touch && h.at <= v.hi+touch {
				parent[find(len(horizontal)+k)] = find(i)
			}
		}
	}
	index := map[int]int{}
	var out []net
	add := func(i int, r rule) {
		root := find(i)
		n, ok := index[root]
		if !ok {
			n = len(out)
			index[root] = n
			out = append(out, net{})
		}
		if r.vertical {
			out[n].vertical = append(out[n].vertical, r)
		} else {
			out[n].horizontal = append(out[n].horizontal, r)
		}
	}
	for i, h := range horizontal {
		add(i, h)
	}
	for k, v := range vertical {
		add(len(horizontal)+k, v)
	}
	return out
}

// net is a set of lines that hang together.
type net struct {
	horizontal, vertical []rule
}

func (n net) bounds() box {
	var b box
	for _, r := range n.horizontal {
		b = b.union(box{r.lo, r.at, r.hi, r.at})
	}
	for _, r := range n.vertical {
		b = b.union(box{r.at, r.lo, r.at, r.hi})
	}
	return b
}

// edges are the distinct positions, in ascending order, each at least narrowCell from the one before.
func edges(at []float64) []float64 {
	slices.Sort(at)
	var out []float64
	for _, x := range at {
		if n := len(out); n > 0 && x-out[n-1] < narrowCell {
			continue
		}
		out = append(out, x)
	}
	return out
}
