package xlsx

import "github.com/xuri/excelize/v2"

// The colours of a form: readable in black and white print, told apart by the colour-blind.
const (
	inkHeader  = "1F3864"
	fillHead   = "DCE6F1"
	fillFixed  = "EDEDED"
	fillMust   = "F8CBAD"
	fillLook   = "FFF2CC"
	fillSample = "F7F7F7"
	fillDone   = "E2EFDA"
	inkDone    = "375623"
	inkHelp    = "595959"
	fontName   = "Times New Roman"
)

// look names a cell style; mark is added to a look of an input cell.
type look int

const (
	lookNation look = iota
	lookMotto
	lookIssuer
	lookTitle
	lookSubtitle
	lookStatus
	lookBlock
	lookHead
	lookNumber
	lookLabel
	lookHelp
	lookInput
	lookInputNumber
	lookInputDate
	lookFixed
	lookMust
	lookMustNumber
	lookMustDate
	lookWarn
	lookWarnNumber
	lookWarnDate
	lookStruck // red, and struck through as the sender left it: nothing is settled before he does
	lookStruckNumber
	lookStruckDate
	lookSign
	lookSignNote
	lookText
	lookLink
	lookInputText
	lookSample
	lookCount
)

// styles makes each look at most once per workbook.
type styles struct {
	file *excelize.File
	ids  [lookCount]int
}

func (s *styles) id(l look) (int, error) {
	if s.ids[l] == 0 {
		id, err := s.file.NewStyle(styleOf(l))
		if err != nil {
			return 0, err
		}
		s.ids[l] = id
	}
	return s.ids[l], nil
}

func styleOf(l look) *excelize.Style {
	font := func(size float64) *excelize.Font { return &excelize.Font{Family: fontName, Size: size} }
	st := &excelize.Style{Font: font(12), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	var box []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		box = append(box, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	switch l {
	case lookNation, lookMotto, lookIssuer:
		st.Font.Bold, st.Alignment.Horizontal = true, "center"
		st.Alignment.WrapText, st.Alignment.ShrinkToFit = false, true // one line, however narrow the half it stands in
		if l == lookMotto {
			st.Font.Underline = "single"
		}
	case lookTitle:
		st.Font = font(14)
		st.Font.Bold, st.Alignment.Horizontal = true, "center"
	case lookSubtitle:
		st.Font.Italic, st.Alignment.Horizontal = true, "center"
	case lookStatus:
		st.Font.Bold, st.Font.Color, st.Alignment.Horizontal = true, "C00000", "center"
		st.Border, st.Fill = box, fill(fillLook)
	case lookBlock:
		st.Font.Bold, st.Font.Color, st.Alignment.WrapText = true, inkHeader, false
	case lookHead:
		st.Font.Bold, st.Alignment.Horizontal, st.Fill, st.Border = true, "center", fill(fillHead), box
	case lookNumber:
		st.Alignment.Horizontal, st.Border = "center", box
		st.Protection = &excelize.Protection{Locked: false} // or no row could be deleted
	case lookLabel:
		st.Border, st.Fill = box, fill(fillHead)
	case lookHelp:
		st.Font = font(10)
		st.Font.Italic, st.Font.Color = true, inkHelp
	case lookSign:
		st.Font.Bold, st.Alignment.Horizontal, st.Alignment.WrapText = true, "center", false
	case lookSignNote:
		st.Font.Italic, st.Alignment.Horizontal, st.Alignment.WrapText = true, "center", false
	case lookText:
		st.Border, st.Alignment.Vertical = box, "top"
	case lookSample:
		st.Font = font(11)
		st.Font.Italic, st.Font.Color, st.Border, st.Fill = true, inkHelp, box, fill(fillSample)
	case lookLink:
		st.Border, st.Alignment.Vertical, st.Font.Color, st.Font.Underline = box, "top", "0563C1", "single"
	default:
		st.Border = box
		st.Protection = &excelize.Protection{Locked: false}
		switch l {
		case lookFixed:
			st.Fill, st.Protection = fill(fillFixed), &excelize.Protection{Locked: true}
		case lookMust, lookMustNumber, lookMustDate:
			st.Fill = fill(fillMust)
		case lookStruck, lookStruckNumber, lookStruckDate:
			st.Fill, st.Font.Strike = fill(fillMust), true
		case lookWarn, lookWarnNumber, lookWarnDate:
			st.Fill = fill(fillLook)
		}
		switch l {
		case lookInputNumber, lookMustNumber, lookWarnNumber, lookStruckNumber:
			st.Alignment.Horizontal = "right"
		case lookInputDate, lookMustDate, lookWarnDate, lookStruckDate:
			format := "dd/mm/yyyy"
			st.CustomNumFmt, st.Alignment.Horizontal = &format, "center"
		case lookInput, lookMust, lookWarn, lookStruck, lookFixed: // what is typed stays as typed: 98%, 15/3, 007
			format := "@"
			st.CustomNumFmt = &format
		case lookInputText: // codes such as 05431 and 1.10 stay as they are typed
			format := "@"
			st.CustomNumFmt, st.Alignment.Vertical = &format, "top"
		}
	}
	return st
}
