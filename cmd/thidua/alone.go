package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"thidua/ingest/ledger"
)

// One poller at a time: two that move mail at once would leave copies of it on some servers. The ledger is right whatever they do.
const (
	passLease = "pass"
	leaseTime = 2 * time.Minute
)

// errTaken says that another process is making a pass.
var errTaken = errors.New("another pass is going on")

// holder names this process among all that may work on one ledger. After a restart a container has the same name and number as before, and so goes on at
// once.
func (a *app) holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return host + "/" + strconv.Itoa(os.Getpid()) + a.part
}

// alone runs f while this process holds the lease of the ledger; errTaken when another one does. A lease that a process of this machine left behind
// when it was killed is taken over at once, one of another machine when its time is up.
func (a *app) alone(ctx context.Context, l *ledger.Ledger, f func(context.Context) error) error {
	me := a.holder()
	held, err := l.Hold(ctx, passLease, me, leaseTime)
	if err != nil {
		return err
	}
	if !held {
		other, err := l.Holder(ctx, passLease)
		if err != nil {
			return err
		}
		if !gone(other, me) {
			return fmt.Errorf("%w (%s)", errTaken, other)
		}
		if err := l.Release(ctx, passLease, other); err != nil {
			return err
		}
		if held, err = l.Hold(ctx, passLease, me, leaseTime); err != nil || !held {
			return errors.Join(err, errTaken)
		}
	}
	working, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(leaseTime / 4); ; {
			select {
			case <-working.Done():
				tick.Stop()
				return
			case <-tick.C:
				if still, err := l.Hold(working, passLease, me, leaseTime); err == nil && !still {
					cancel(errTaken)
				}
			}
		}
	}()
	err = f(working)
	if cause := context.Cause(working); err != nil && errors.Is(cause, errTaken) {
		err = cause
	}
	cancel(nil)
	<-done
	return errors.Join(err, l.Release(context.WithoutCancel(ctx), passLease, me))
}

// gone reports whether a holder was a process of this machine that is no more.
func gone(other, me string) bool {
	host, id, _ := strings.Cut(other, "/")
	id, _, _ = strings.Cut(id, "/")
	mine, _, _ := strings.Cut(me, "/")
	pid, err := strconv.Atoi(id)
	if err != nil || host != mine {
		return false
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	defer p.Release()
	err = p.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}
