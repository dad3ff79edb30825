package plan

import (
	"slices"
	"strings"

	"thidua/templates/calendar"
	"thidua/templates/viet"
)

// Unit is one body that takes part. Emails are the addresses it writes from and is written to,
// lower case; an entry beginning with @ admits every address of that domain as a sender and is
// never written to.
type Unit struct {
	Code      string        // stable: the state's code for communes, PB… for offices of the city
	Name      string        // "UBND phường Tân Thịnh", "Phòng Tư pháp"
	Short     string        // "Tân Thịnh", "Tư pháp"
	Kind      string        // "phường", "xã", "phòng", …
	Group     GroupID       //
	Head      string        // title of its head, "Chủ tịch UBND phường"
	Emails    []string      //
	Aliases   []string      // other spellings and former names
	ValidFrom calendar.Date // zero means always
	ValidTo   calendar.Date // zero means still
	Successor string        // code of the unit that took over after ValidTo
	Mark
}

// Mailboxes returns the addresses one may write to.
func (u Unit) Mailboxes() []string {
	return slices.DeleteFunc(slices.Clone(u.Emails), func(e string) bool { return strings.HasPrefix(e, "@") })
}

// UnitByCode returns the unit with that code.
func (p *Plan) UnitByCode(code string) (Unit, bool) {
	return find(p.Units, func(u *Unit) bool { return u.Code == code })
}

// UnitsOn returns the units that exist on a day, in the plan's order; all when the day is zero.
func (p *Plan) UnitsOn(day calendar.Date) []Unit {
	var out []Unit
	for _, u := range p.Units {
		if u.On(day) {
			out = append(out, u)
		}
	}
	return out
}

// On reports whether the unit exists on a day; every unit does on the zero day.
func (u Unit) On(day calendar.Date) bool { return day.IsZero() || within(day, u.ValidFrom, u.ValidTo) }

// endsBefore reports whether the unit's time is over before the other's begins.
func (u Unit) endsBefore(other Unit) bool {
	return !u.ValidTo.IsZero() && !other.ValidFrom.IsZero() && u.ValidTo.Before(other.ValidFrom)
}

// Heir returns the unit that a unit which no longer exists on a day has become, along the line of
// successors; ok is false while it exists and when nothing that exists took over.
func (p *Plan) Heir(u Unit, on calendar.Date) (heir Unit, ok bool) {
	heir = u
	for steps := 0; !heir.On(on) && steps < len(p.Units); steps++ { // a ring of successors leads nowhere
		if heir, ok = p.UnitByCode(heir.Successor); !ok {
			return Unit{}, false
		}
	}
	return heir, heir.Code != u.Code && heir.On(on)
}

// Predecessors returns the units that no longer exist on a day and have become others, by the code
// of what they have become, in the plan's order.
func (p *Plan) Predecessors(on calendar.Date) map[string][]Unit {
	out := map[string][]Unit{}
	for _, u := range p.Units {
		if u.On(on) {
			continue
		}
		if heir, ok := p.Heir(u, on); ok {
			out[heir.Code] = append(out[heir.Code], u)
		}
	}
	return out
}

// UnitByAddress returns the unit an address belongs to: by the exact address first, then by domain
// where exactly one unit declares it. Case does not matter. It says nothing about whether the mail
// really came from that address.
func (p *Plan) UnitByAddress(email string) (Unit, bool) {
	email = strings.ToLower(strings.TrimSpace(email))
	at := strings.LastIndexByte(email, '@')
	if at <= 0 {
		return Unit{}, false
	}
	var last *Unit
	for i := range p.Units { // a unit may have the address of the one it took over from
		if u := &p.Units[i]; slices.Contains(u.Emails, email) && (last == nil || last.endsBefore(*u)) {
			last = u
		}
	}
	if last != nil {
		return *last, true
	}
	var found []Unit
	for _, u := range p.Units {
		if slices.Contains(u.Emails, email[at:]) {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		return Unit{}, false
	}
	return found[0], true
}

// IsOffice reports whether the address is one of the standing office's, which alone sends official
// records.
func (p *Plan) IsOffice(email string) bool { return holds(p.Office.Emails, email) }

// IsCouncil reports whether the address is one of the Council's secretary, who sends results of
// sessions.
func (p *Plan) IsCouncil(email string) bool { return holds(p.Council.SecretaryEmails, email) }

func holds(addresses []string, email string) bool {
	return slices.Contains(addresses, strings.ToLower(strings.TrimSpace(email)))
}

// MatchUnit finds the unit a written name means: exactly, by name, short name or alias, without
// regard to case, accents, punctuation and words such as "UBND", "phường", "P.", "phòng", "thành
// phố". ok is false when nothing or more than one unit fits; then the names of near units are
// suggested, never chosen: Tân Thịnh and Tân Thành are two wards.
func (p *Plan) MatchUnit(name string) (u Unit, ok bool, suggestions []string) {
	key := unitKey(name)
	if key == "" {
		return Unit{}, false, nil
	}
	hits := p.matches[viet.Fold(name)]
	if len(hits) == 0 {
		hits = p.matches[key]
	}
	if len(hits) == 1 {
		return p.Units[hits[0]], true, nil
	}
	for _, i := range hits {
		suggestions = append(suggestions, p.Units[i].Name)
	}
	if len(hits) > 1 {
		return Unit{}, false, suggestions
	}
	keys := make([]string, len(p.Units))
	for i, u := range p.Units {
		keys[i] = unitKey(u.Short)
	}
	for _, near := range viet.Suggest(key, keys) {
		suggestions = append(suggestions, p.Units[slices.Index(keys, near)].Name)
	}
	return Unit{}, false, suggestions
}

// indexUnits fills p.matches with the folded names, with and without their prefixes.
func (p *Plan) indexUnits() {
	p.matches = map[string][]int{}
	for i, u := range p.Units {
		for _, name := range append([]string{u.Name, u.Short, u.Code}, u.Aliases...) {
			for _, key := range []string{viet.Fold(name), unitKey(name)} {
				if key != "" && !slices.Contains(p.matches[key], i) {
					p.matches[key] = append(p.matches[key], i)
				}
			}
		}
	}
}

var (
	unitPrefixes = []string{"uy ban nhan dan ", "ubnd ", "phuong ", "p ", "xa ", "x ", "thi tran ", "phong "}
	unitSuffixes = []string{" thanh pho thai nguyen", " tp thai nguyen", " thanh pho", " tp", " tptn"}
)

// unitKey folds a unit's name and takes off the words that say only what kind of unit it is.
func unitKey(name string) string {
	key := strings.TrimSuffix(viet.Fold(name), " moi") // "(mới)", after a merger
	for _, s := range unitSuffixes {
		key = strings.TrimSuffix(key, s)
	}
	for again := true; again; {
		again = false
		for _, p := range unitPrefixes {
			if rest, ok := strings.CutPrefix(key, p); ok {
				key, again = rest, true
			}
		}
	}
	return key
}
