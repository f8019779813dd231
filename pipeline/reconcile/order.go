package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// joinSorted lists words once each, sorted.
func joinSorted(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(slices.Compact(words), ", ")
}

// sortByPlace orders unit codes as the register has them; codes it does not have come last, by name.
func sortByPlace(codes []string, place map[string]int) {
	slices.SortFunc(codes, func(a, b string) int {
		i, known := place[a]
		k, also := place[b]
		switch {
		case known && also:
			return cmp.Compare(i, k)
		case known:
			return -1
		case also:
			return 1
		}
		return cmp.Compare(a, b)
	})
}
