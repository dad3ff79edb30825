// Package parallel makes many things side by side and returns them in order.
//
// It knows nothing of what is made, and never changes what comes out: only how soon.
package parallel

import (
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Map makes one thing of every unit, paper or mail, several at a time, and returns them in the
// order of what they were made of. A panic in one of them comes out here, where whoever guards the
// caller can catch it.
func Map[S, T any](all []S, of func(S) (T, error)) ([]T, error) {
	out := make([]T, len(all))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	var once sync.Once
	var broken any
	for i, u := range all {
		g.Go(func() (err error) {
			defer func() {
				if problem := recover(); problem != nil {
					once.Do(func() { broken = problem })
				}
			}()
			out[i], err = of(u)
			return err
		})
	}
	err := g.Wait()
	if broken != nil {
		panic(broken)
	}
	return out, err
}
