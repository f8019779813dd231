// Package heap measures, for benchmarks, how much memory the writer of a file holds while it writes.
package heap

import "runtime"

// Gauge is where a file goes whose writer is measured: its bytes are counted and dropped, and from time to time the writer waits while
// its garbage is collected and what is left is noted.
type Gauge struct {
	Size int64 // bytes written
	Most int64 // bytes that were held at once, beyond those that were held before

	before, next int64
}

// NewGauge is a gauge for what will be held from now on.
func NewGauge() *Gauge { return &Gauge{before: held()} }

func (g *Gauge) Write(b []byte) (int, error) {
	const every = 256 << 10 // bytes
	if g.Size >= g.next {
		g.Most = max(g.Most, held()-g.before)
		g.next = g.Size + every
	}
	g.Size += int64(len(b))
	return len(b), nil
}

// held is what a collection leaves.
func held() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
