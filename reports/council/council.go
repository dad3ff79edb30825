// Package council writes the papers of the Council's session: what is laid before it, the ballots,
// the minutes, and what the vote leaves to be settled.
//
// The sources of a round go in and drafts of papers come out, each by its recipe. The package never
// counts a vote, never orders and never draws a line: that is evaluate's. What only the meeting can
// say stays blank.
package council

import (
	"thidua/reports/document"
	"thidua/reports/paper"
	"thidua/templates/plan"
)

// sheet is what several papers of the Council have in common.
type sheet struct{ paper.Work }

// Appraisal is the báo cáo thẩm định of the standing office to the Council (Plan IV.1).
func Appraisal() paper.Recipe {
	return paper.Recipe{
		Name: "appraisal", Stem: "bao-cao-tham-dinh", Audience: plan.ToCouncil, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX, paper.XLSX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { docket{sheet{w}}.writeAppraisal() },
	}
}

// Docket is the tài liệu họp of the Council (Plan IV.1).
func Docket() paper.Recipe {
	return paper.Recipe{
		Name: "docket", Stem: "tai-lieu-hop-hoi-dong", Audience: plan.ToCouncil,
		Formats: []paper.Format{paper.PDF, paper.XLSX, paper.DOCX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { docket{sheet{w}}.write() },
	}
}

// Detail is the appraisal fact by fact, with the cells they were read from, kept by the office.
func Detail() paper.Recipe {
	return paper.Recipe{
		Name: "appraisal-detail", Stem: "phu-luc-tham-dinh-chi-tiet", Audience: plan.ToCouncil, Evidence: true,
		Formats: []paper.Format{paper.XLSX}, Orientation: document.Landscape,
		Write: func(w paper.Work) { detail{w}.write() },
	}
}

// Ballots are the ballot papers; the workbook with which the vote is reported goes with them.
func Ballots() paper.Recipe {
	return paper.Recipe{
		Name: "ballots", Stem: "phieu-bau", Audience: plan.ToCouncil, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { ballots{w}.write() },
	}
}

// Minutes are the draft of the biên bản họp.
func Minutes() paper.Recipe {
	return paper.Recipe{
		Name: "minutes", Stem: "bien-ban-hop-hoi-dong", Audience: plan.ToCouncil, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { minutes{sheet{w}}.write() },
	}
}

// Opinions are the phiếu lấy ý kiến for members who cannot come.
func Opinions() paper.Recipe {
	return paper.Recipe{
		Name: "opinions", Stem: "phieu-lay-y-kien", Audience: plan.ToCouncil, AsSigned: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Write: func(w paper.Work) { tally{minutes{sheet{w}}}.writeOpinion() },
	}
}

// Tally is the biên bản kiểm phiếu of the tellers.
func Tally() paper.Recipe {
	return paper.Recipe{
		Name: "tally", Stem: "bien-ban-kiem-phieu", Audience: plan.ToCouncil, AsSigned: true, Settled: true,
		Formats: []paper.Format{paper.PDF, paper.DOCX}, Orientation: document.Portrait,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { tally{minutes{sheet{w}}}.write() },
	}
}

// Annex is what the vote left to be settled, and who was not chosen and why.
func Annex() paper.Recipe {
	return paper.Recipe{
		Name: "awards-annex", Stem: "truong-hop-can-quyet-dinh", Audience: plan.ToCouncil,
		Formats: []paper.Format{paper.PDF, paper.XLSX}, Orientation: document.Landscape,
		Next: "awards", NextDecided: "decided",
		Write: func(w paper.Work) { annex{w}.write() },
	}
}
