// Package office writes what the standing office watches, reports and presses for: the tables of
// what came in, the official letters to units that are late, the consolidated workbook, the
// statistics, the bulletin of common mistakes and the summary of a period.
//
// The sources of a round go in and drafts of papers come out, each by its recipe. The package sends
// nothing, and leaves assessments to the people who write them.
package office

import (
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/reports/round"
	"thidua/templates/plan"
)

// RegistrationMatrix is the bảng theo dõi of registrations (Plan III.4, IV.1).
func RegistrationMatrix() paper.Recipe {
	return paper.Recipe{
		Name: "matrix-registration", Stem: "theo-doi-dang-ky", Audience: plan.ToOffice,
		Formats: []paper.Format{paper.PDF, paper.XLSX}, Orientation: document.Landscape,
		Write: func(w paper.Work) { newRegistrationMatrix(w).write() },
	}
}

// DossierMatrix is the bảng theo dõi of dossiers with their parts (Plan III.3, III.4, IV.1).
func DossierMatrix() paper.Recipe {
	return paper.Recipe{
		Name: "matrix-dossier", Stem: "theo-doi-ho-so", Audience: plan.ToOffice,
		Formats: []paper.Format{paper.PDF, paper.XLSX}, Orientation: document.Landscape,
		Write: func(w paper.Work) { newDossierMatrix(w).write() },
	}
}

// RegistrationDispatch is the official letter that presses for registrations.
func RegistrationDispatch() paper.Recipe {
	return paper.Recipe{
		Name: "dispatch-registration", Stem: "don-doc-dang-ky", Audience: plan.ToMissingUnits, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { dispatch{w}.writeRegistrations() },
	}
}

// DossierDispatch is the official letter that presses for dossiers.
func DossierDispatch() paper.Recipe {
	return paper.Recipe{
		Name: "dispatch-dossier", Stem: "don-doc-ho-so", Audience: plan.ToMissingUnits, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { dispatch{w}.writeDossiers() },
	}
}

// Registrations is the consolidated workbook of what units registered (Plan II.2, III.4).
func Registrations() paper.Recipe {
	return paper.Recipe{
		Name: "registrations", Stem: "tong-hop-dang-ky", Audience: plan.ToOffice, Evidence: true,
		Formats: []paper.Format{paper.XLSX}, Orientation: document.Landscape,
		Write: func(w paper.Work) { registrations{w}.write() },
	}
}

// Bulletin is the bản tin lỗi thường gặp after a deadline (Plan IV.1).
func Bulletin() paper.Recipe {
	return paper.Recipe{
		Name: "bulletin", Stem: "ban-tin-loi-thuong-gap", Audience: plan.ToUnits, AsSigned: true,
		Formats: []paper.Format{paper.XLSX}, Orientation: document.Portrait,
		Empty: func(s round.Sources) bool { all, _ := Common(s); return len(all) == 0 },
		Write: func(w paper.Work) { bulletin{w}.write() },
	}
}

// Statistics are the figures that the higher level asks for.
func Statistics() paper.Recipe {
	return paper.Recipe{
		Name: "statistics", Stem: "thong-ke", Audience: plan.ToOffice, AsSigned: true,
		Formats: []paper.Format{paper.XLSX}, Orientation: document.Landscape,
		Write: func(w paper.Work) { statistics{w}.write() },
	}
}

// Summary is the báo cáo tổng kết of a period (Plan IV.1).
func Summary() paper.Recipe {
	return paper.Recipe{
		Name: "summary", Stem: "bao-cao-tong-ket", Audience: plan.ToOffice, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX, paper.XLSX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { newSummary(w).write() },
	}
}
