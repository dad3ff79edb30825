package reader_test

import (
	"os"
	"testing"

	"thidua/ingest/ooxml"
	"thidua/templates"
	"thidua/templates/finding"
	"thidua/templates/form"
	"thidua/templates/reader"
)

// What offices do to a workbook and still say plainly is taken in: nothing of it must be sent
// again.
func TestWhatOfficesSayPlainlyIsTakenIn(t *testing.T) {
	p, _ := world(t)
	for name, what := range map[string]string{
		"filler-only-rows":              "rows of dots are no rows",
		"double-prime-ditto":            "″ is what stands above",
		"family-name-ong":               "Ông is a family name",
		"p04-role-syn":                  "a role written out",
		"p08-award-syn":                 "awards shortened",
		"p13-org":                       "“Không có” where a choice may be blank",
		"q01-2digit-year-docs":          "01/12/18 on a paper",
		"q06-wingdings":                 "ticks of Wingdings",
		"q13-all-nfd":                   "every accent apart from its letter",
		"r3-due-dates":                  "“Quý IV/2018”, “Cả năm”",
		"s06-continued-header-repeated": "“(tiếp trang sau)” is a line of the page",
		"t06-spaces-dots":               "names with dots and spaces",
		"t13-name-position":             "names with positions",
		"t16-numbered":                  "numbered names",
		"title-in-every-sheet":          "forms of address on one sheet and not on another",
		"w10-names-in-minutes-with-pos": "positions behind names in the minutes",
		"y02-yesno":                     "“Vượt chỉ tiêu” is yes",
	} {
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile("testdata/offices/" + name + ".xlsx")
			if err != nil {
				t.Fatal(err)
			}
			w, err := ooxml.Read(content, ooxml.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			ctx := templates.Context(p, p.Periods[0], "05476")
			var forms []*form.Form
			for _, f := range templates.Forms() {
				forms = append(forms, ctx.Fitted(f))
			}
			k, ok := reader.Recognise(w, forms)
			if !ok {
				t.Fatal("not recognised")
			}
			for _, f := range k.Read(ctx).Findings {
				if f.Level == finding.Must {
					t.Errorf("%s: %s %s!%s: %s", what, f.Code, f.Sheet, f.Cell, f.Message)
				}
			}
		})
	}
}
