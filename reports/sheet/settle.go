package sheet

import (
	"bytes"

	"thidua/reports/document"
)

// hatch draws the bars of a chart in the patterns of their series, which the writer cannot write.
func hatch(_ string, raw []byte) []byte {
	if bytes.Contains(raw, []byte("<c:barChart>")) || bytes.Contains(raw, []byte("<barChart>")) {
		for i := range 6 {
			s := document.ShadeOf(i)
			name := map[document.Hatch]string{document.Rising: "wdUpDiag", document.Falling: "wdDnDiag",
				document.Level: "dkHorz", document.Upright: "dkVert"}[s.Hatch]
			if name == "" {
				continue
			}
			color := `<a:srgbClr val="` + s.Hex() + `"></a:srgbClr>`
			raw = bytes.ReplaceAll(raw, []byte(`<a:solidFill>`+color+`</a:solidFill>`),
				[]byte(`<a:pattFill prst="`+name+`"><a:fgClr>`+color+
					`</a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"></a:srgbClr></a:bgClr></a:pattFill><a:ln `+
					`w="9525"><a:solidFill>`+color+`</a:solidFill></a:ln>`))
		}
	}
	return raw
}
