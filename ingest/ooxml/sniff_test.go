package ooxml

import (
	"reflect"
	"sync"
	"testing"

	"thidua/samples/hostile"
)

func TestSniff(t *testing.T) {
	macros := small("")
	macros["xl/vbaProject.bin"] = "not read"
	tests := []struct {
		name string
		file []byte
		want Kind
	}{
		{"workbook", pack(small("")), XLSX},
		{"workbook with macros", pack(macros), XLSM},
		{"semicolons", []byte("STT;Họ và tên\r\n1;Nguyễn Văn A\r\n"), CSV},
		{"one line with tabs", []byte("STT\tHọ và tên"), CSV},
		{"prose with a comma in one line", []byte("Kính gửi, phòng Nội vụ\nđề nghị xem xét\n"), Text},
		{"UTF-16 text, as Excel's Unicode text", []byte("\xff\xfeS\x00T\x00"), Text},
		{"text of an old code page", []byte("Ng\xe0y sinh"), Text},
		{"web page behind an XML declaration", []byte(`<?xml version="1.0"?><!DOCTYPE html><html>`), HTML},
		{"table without a page", []byte("\n  <TABLE border=1>"), HTML},
		{"rich text", []byte(`{\rtf1\ansi`), RTF},
		{"7-Zip", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), SevenZip},
		{"PNG", []byte("\x89PNG\r\n\x1a\n"), PNG},
		{"empty zip", []byte("PK\x05\x06" + string(make([]byte, 18))), Zip},
		{"nothing", nil, Nothing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Sniff(tt.file); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	attacks := map[string]Kind{"binary.xlsb": XLSB, "table.ods": ODS, "document.xlsx": DOCX, "nested.xlsx": Zip,
		"legacy.xls": XLS, "password.xlsx": EncryptedOOXML,
		"word.xlsx": OtherCFB, "winmail.xlsx": TNEF, "scan.xlsx": PDF, "photo.xlsx": JPEG, "archive.xlsx": RAR,
		"xml.xls": XML, "noise.xlsx": Unknown}
	for name, want := range attacks {
		f, ok := hostile.Named(name)
		if got := Sniff(f.Bytes); !ok || got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestNothingIsLeftOver reads sound files between attacks, from several goroutines: what is read
// must not depend on what was read before.
func TestNothingIsLeftOver(t *testing.T) {
	want, err := Read(dossier(), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for _, attack := range hostile.Files() {
				_, _ = Read(attack.Bytes, DefaultLimits())
				if got, err := Read(dossier(), DefaultLimits()); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("after %s the sound workbook is read otherwise: %v", attack.Name, err)
					return
				}
			}
		})
	}
	all.Wait()
}
