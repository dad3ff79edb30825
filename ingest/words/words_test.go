package words_test

import (
	"testing"

	"thidua/ingest/words"
)

// What the sender wrote himself stands above, below and between what he quotes.
func TestOwnWords(t *testing.T) {
	const ends = "Thư này do hệ thống lập"
	for text, want := range map[string]string{
		"nhận\n> a\n> b\n\nbỏ qua\n":                                                "nhận\n\nbỏ qua",
		"Vào T2 lúc 16:30 Phòng Nội vụ đã viết:\n> a\n\nnhận":                       "\nnhận",
		"Vào T2 lúc 16:30 Phòng Nội vụ\n<a@b.example> đã viết:\n\n> a\n\nnhận":      "\n\nnhận",
		"nhận\nVào T2 lúc 16:30 Phòng Nội vụ đã viết:\na\nbỏ qua":                   "nhận",
		"nhận\n-----Original Message-----\nFrom: x\n\na\nbỏ qua":                    "nhận",
		"From: x\nSubject: y\n\na\n\nThư này do hệ thống lập. Mọi trao đổi\n\nnhận": "\nnhận",
		"On Mon, 5 Mar 2018, x wrote:\n> a\nthe rest of a line\n\nown":              "\nown",
	} {
		if got := words.Own(text, ends, false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := words.Own("> a\nnhận\n> b\nbỏ qua", ends, true); got != "nhận\nbỏ qua" {
		t.Errorf("between quoted lines: %q", got)
	}
}
