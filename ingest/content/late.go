package content

import (
	"thidua/ingest/submission"
	"thidua/templates/calendar"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// Late is a line that came after the rest of its form, and not in time.
type Late struct {
	Line
	Timing plan.Timing
	Days   int
	Ruling string // number of the office's ruling that decides, "" when none does
}

// Late lists what was added or exchanged after the deadline in a form that itself began before.
func (h History) Late(d submission.Dataset, deadline *plan.Deadline) []Late {
	if deadline == nil || !h.Begun() {
		return nil
	}
	var out []Late
	for _, l := range h.Lines {
		if !l.Counts() || !l.Came.After(h.First) {
			continue
		}
		x := Late{Line: l}
		var by *submission.Override
		x.Timing, x.Days, by = d.Timing(*deadline, h.Current.Period, h.Current.Form, h.Current.Unit, l.Came)
		if by != nil {
			x.Ruling = by.ID
		}
		if x.Timing != plan.OnTime {
			out = append(out, x)
		}
	}
	return out
}

// Text says what a line is: “cá nhân “Nguyễn Thị Bình””.
//
//wording:composed evaluate.line.
func (l Line) Text() string {
	key := string(l.Sort)
	if l.Kind != "" {
		key = string(l.Kind)
	}
	return wording.Text("evaluate.line."+key, "name", l.Name)
}

// Text says what the line is, when it came and how late that is.
//
//wording:composed evaluate.late.
func (l Late) Text() string {
	return wording.Text("evaluate.late."+string(l.Timing), "line", l.Line.Text(), "moment",
		calendar.ShortMoment(l.Came), "days", l.Days)
}
