package templates

import (
	"maps"
	"testing"

	"thidua/templates/plan"
)

// Every Value of a form's struct is asked for by its file, and the lists that the code knows are
// those of the files.
func TestFilesAndCodeAgree(t *testing.T) {
	for _, x := range disagreements() {
		t.Error(x)
	}
	entries, err := formFiles.ReadDir("forms")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(forms) {
		t.Errorf("%d files, %d forms", len(entries), len(forms))
	}
}

// The words in which forms stand without a plan are those of the built-in plan.
func TestFormsWithoutAPlanSpeakAsTheBuiltInOne(t *testing.T) {
	p, err := plan.Default()
	if err != nil {
		t.Fatal(err)
	}
	if got := wordsOf(p); !maps.Equal(got, builtIn.words) {
		for name := range got {
			if got[name] != builtIn.words[name] {
				t.Errorf("{%s} is %q, written down as %q", name, got[name], builtIn.words[name])
			}
		}
	}
	if got := termsOf(p); got.key != builtIn.key {
		t.Errorf("the terms differ:\n%s\n%s", got.key, builtIn.key)
	}
}

func TestPlaceholders(t *testing.T) {
	words := map[string]string{"office": "Phòng Nội vụ", "year": "2026", "communes": "xã, phường", "none": ""}
	for text, want := range map[string]string{
		"":                                 "",
		"không có":                         "không có",
		"gửi {office}.":                    "gửi Phòng Nội vụ.",
		"{OFFICE}":                         "PHÒNG NỘI VỤ",
		"{year}, {year-1}, {year+1}":       "2026, 2025, 2027",
		"{communes?các {communes}|hết}":    "các xã, phường",
		"{none?có|{office}}":               "Phòng Nội vụ",
		"a{none?b}c":                       "ac",
		"a{none?b|}c":                      "ac",
		"{unknown} {office":                "{unknown} {office",
		"{none?{none?a|b}|{communes?c|d}}": "c",
	} {
		if got := say(text, words); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
