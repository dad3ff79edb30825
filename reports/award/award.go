// Package award writes the papers that follow the vote: the proposal to the Chairman, his decision
// with its list, the notices, certificates and register, the papers of the conference, and the
// dossier for the level above.
//
// The sources of a round go in and drafts of papers come out, each by its recipe. The package names
// nobody about whom something is left to decide, and never decides who gets an award.
package award

import (
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/templates/plan"
)

// Proposal is the tờ trình to the Chairman (Plan IV.1).
func Proposal() paper.Recipe {
	return paper.Recipe{
		Name: "proposal", Stem: "to-trinh-khen-thuong", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { decision{newProposed(w)}.writeProposal() },
	}
}

// Decision is the quyết định with its list.
func Decision() paper.Recipe {
	return paper.Recipe{
		Name: "decision", Stem: "quyet-dinh-khen-thuong", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { decision{NewList(w)}.write() },
	}
}

// Awards is the danh sách kèm theo quyết định.
func Awards() paper.Recipe {
	return paper.Recipe{
		Name: "awards", Stem: "danh-sach-khen-thuong", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.XLSX, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { NewList(w).write() },
	}
}

// Province is the paper of nominees for an award of the level above; it goes out only when somebody
// is proposed for one.
func Province() paper.Recipe {
	return paper.Recipe{
		Name: "province", Stem: "ho-so-cap-tinh", Audience: plan.ToOffice, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Empty: func(s round.Sources) bool { return len(s.ForProvince()) == 0 },
		Write: func(w paper.Work) { province{w}.write() },
	}
}

// Notice is the thông báo kết quả to all units.
func Notice() paper.Recipe {
	return paper.Recipe{
		Name: "notice", Stem: "thong-bao-ket-qua", Audience: plan.ToUnits, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { notice{NewList(w)}.write() },
	}
}

// UnitNotice is the one paper of which every unit gets its own.
func UnitNotice() paper.Recipe {
	return paper.Recipe{
		Name: "unit-notice", Stem: "thong-bao-don-vi", Audience: plan.ToOffice, OfUnits: true, AsSigned: true,
		Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { notice{NewList(w)}.writeUnits() },
	}
}

// Certificates are the giấy khen.
func Certificates() paper.Recipe {
	return paper.Recipe{
		Name: "certificates", Stem: "giay-khen", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF}, Orientation: document.Landscape,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { certificates{NewList(w)}.write() },
	}
}

// Calibration is the page for fitting the printer.
func Calibration() paper.Recipe {
	return paper.Recipe{
		Name: "calibration", Stem: "giay-khen-can-chinh", Audience: plan.ToOffice, AsSigned: true,
		Formats: []paper.Format{paper.PDF}, Orientation: document.Landscape,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { certificates{NewList(w)}.calibrate() },
	}
}

// Register is the sổ khen thưởng.
func Register() paper.Recipe {
	return paper.Recipe{
		Name: "register", Stem: "so-khen-thuong", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.XLSX}, Orientation: document.Landscape,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { register{NewList(w)}.write() },
	}
}

// Program is the chương trình of the conference.
func Program() paper.Recipe {
	return paper.Recipe{
		Name: "program", Stem: "chuong-trinh-hoi-nghi", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { conference{NewList(w)}.writeProgram() },
	}
}

// Honours is the danh sách tuyên dương in the order of presentation.
func Honours() paper.Recipe {
	return paper.Recipe{
		Name: "honours", Stem: "danh-sach-tuyen-duong", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { conference{NewList(w)}.writeHonours() },
	}
}

// Invitation is the giấy mời to the conference.
func Invitation() paper.Recipe {
	return paper.Recipe{
		Name: "invitation", Stem: "giay-moi", Audience: plan.ToOffice, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { conference{NewList(w)}.writeInvitation() },
	}
}
