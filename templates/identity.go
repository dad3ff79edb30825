package templates

import "thidua/templates/form"

// Identity is what a filled form says about whose it is and for which year. Fields a form does not have are zero.
type Identity struct {
	Unit, Code, Year form.Value
}

// IdentityOf returns the identity written in a filled form, given as a pointer to its struct.
func IdentityOf(value any) Identity {
	switch v := value.(type) {
	case *Registration:
		return Identity{Unit: v.Unit.Name, Code: v.Unit.Code, Year: v.Unit.Year}
	case *Dossier:
		return Identity{Unit: v.Proposal.Unit, Code: v.Proposal.Code, Year: v.Proposal.Year}
	case *Records:
		return Identity{Year: v.Head.Year}
	case *Votes:
		return Identity{Year: v.Session.Year}
	}
	return Identity{}
}
