package city

import "slices"

// Stories says in one line each what may be odd about a registration or dossier; every one of them
// happens in every city.
func Stories() []string {
	var out []string
	for _, s := range slices.Concat(registrationStories, dossierStories) {
		out = append(out, s.what)
	}
	return out
}

// Tie returns the codes of the two communes whose collectives stand at the last place and the first
// behind it in a year with nothing between them: the same index, the same share of targets. Both
// are empty in a year without such a tie.
func (c *City) Tie(period string) (a, b string) {
	for _, s := range c.seasons {
		if s.period.ID == period {
			return s.tie[0], s.tie[1]
		}
	}
	return "", ""
}
