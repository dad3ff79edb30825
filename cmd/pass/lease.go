package pass

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

// leaseName and leaseTime say that one process at a time makes passes: two that move mail at once
// would leave copies of it on some servers. The ledger is right whatever they do.
const (
	leaseName = "pass"
	leaseTime = 2 * time.Minute
)

// ErrTaken says that another process is making a pass.
var ErrTaken = errors.New("another pass is going on")

// Lease is the right of one process to make passes on a ledger.
//
//constructed:by NewLease
type Lease struct {
	ledger *ledger.Ledger
	holder string
}

// NewLease asks for nothing yet. The holder is told apart from all others that may work on the
// ledger by its name: that of the process, unless tests run several programs in one.
func NewLease(l *ledger.Ledger, holder string) *Lease { return &Lease{ledger: l, holder: holder} }

// ProcessName names this process among all that may work on one ledger. After a restart a container
// has the same name and number as before, and so goes on at once.
func ProcessName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return host + "/" + strconv.Itoa(os.Getpid())
}

// Hold runs work while this process holds the lease; ErrTaken when another one does. The context
// that work is given ends when the lease is lost. A lease that a process of this machine left
// behind when it was killed is taken over at once, one of another machine when its time is up.
func (h *Lease) Hold(ctx context.Context, work func(context.Context) error) error {
	if err := h.take(ctx); err != nil {
		return err
	}
	working, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.renew(working, cancel)
	}()
	err := work(working)
	if cause := context.Cause(working); err != nil && errors.Is(cause, ErrTaken) {
		err = cause
	}
	cancel(nil)
	<-done
	return errors.Join(err, h.ledger.Leases().Release(context.WithoutCancel(ctx), leaseName, h.holder))
}

// take takes the lease, from a dead process of this machine too.
func (h *Lease) take(ctx context.Context) error {
	held, err := h.ledger.Leases().Hold(ctx, leaseName, h.holder, leaseTime)
	if err != nil || held {
		return err
	}
	other, err := h.ledger.Leases().Holder(ctx, leaseName)
	if err != nil {
		return err
	}
	if !isDead(other, h.holder) {
		return fmt.Errorf("%w (%s)", ErrTaken, other)
	}
	if err := h.ledger.Leases().Release(ctx, leaseName, other); err != nil {
		return err
	}
	if held, err = h.ledger.Leases().Hold(ctx, leaseName, h.holder, leaseTime); err != nil || !held {
		return errors.Join(err, ErrTaken)
	}
	return nil
}

// renew keeps the lease until the work is done, and ends the work when the lease is lost.
func (h *Lease) renew(working context.Context, cancel context.CancelCauseFunc) {
	tick := time.NewTicker(leaseTime / 4)
	defer tick.Stop()
	for {
		select {
		case <-working.Done():
			return
		case <-tick.C:
			held, err := h.ledger.Leases().Hold(working, leaseName, h.holder, leaseTime)
			if err == nil && !held {
				cancel(ErrTaken)
			}
		}
	}
}

// isDead reports whether a holder was a process of the machine of holder me that is no more.
func isDead(other, me string) bool {
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
