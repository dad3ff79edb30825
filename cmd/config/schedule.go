package config

import (
	"strings"
	"time"
	_ "time/tzdata" // a bare container has no time zones

	"github.com/robfig/cron/v3"
)

// Schedule is when passes are made whatever the mailbox says.
type Schedule []cron.Schedule

// Schedule reads the schedule of the configuration.
func (c *Config) Schedule() (Schedule, error) { return readSchedule(c.Serve.Schedule) }

// readSchedule reads cron expressions. They are in Vietnam's time unless they begin with CRON_TZ=.
func readSchedule(expressions []string) (Schedule, error) {
	var out Schedule
	for _, text := range expressions {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "CRON_TZ=") && !strings.HasPrefix(text, "TZ=") {
			text = "CRON_TZ=Asia/Ho_Chi_Minh " + text
		}
		s, err := cron.ParseStandard(text)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Next is the first moment after now at which a pass is due, zero when none ever is.
func (s Schedule) Next(now time.Time) time.Time {
	var first time.Time
	for _, one := range s {
		if at := one.Next(now); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}
