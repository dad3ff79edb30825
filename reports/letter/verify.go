package letter

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"slices"
	"strings"

	_ "github.com/emersion/go-message/charset" // lets the reader know every charset
	gomail "github.com/emersion/go-message/mail"
)

// verify reads the finished message with another library and compares it with the letter.
func verify(raw []byte, l Letter) error {
	for line := range bytes.Lines(raw) {
		if !bytes.HasSuffix(line, []byte("\r\n")) || len(line)-2 > hardLine ||
			bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x80 }) {
			return fmt.Errorf("%.40q is not a line of a mail", line)
		}
	}
	m, err := gomail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	if subject, err := m.Header.Subject(); err != nil || subject != l.Subject {
		return fmt.Errorf("the subject reads %q (%v)", subject, err)
	}
	if err := errors.Join(verifyAddresses(m, "From", []mail.Address{l.From}), verifyAddresses(m, "To", l.To),
		verifyAddresses(m, "Cc", l.Cc)); err != nil {
		return err
	}
	text, files := "", l.Attachments
	for {
		p, err := m.NextPart()
		if err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		content, err := io.ReadAll(p.Body)
		if err != nil {
			return err
		}
		h, attached := p.Header.(*gomail.AttachmentHeader)
		if !attached {
			if text == "" {
				text = strings.ReplaceAll(string(content), "\r\n", "\n")
			}
			continue
		}
		name, err := h.Filename()
		if len(files) == 0 || err != nil || name != files[0].Name ||
			sha256.Sum256(content) != sha256.Sum256(files[0].Bytes) {
			return fmt.Errorf("an attachment reads %q with %d bytes (%v)", name, len(content), err)
		}
		files = files[1:]
	}
	switch {
	case len(files) > 0:
		return fmt.Errorf("attachment %q is missing", files[0].Name)
	case strings.TrimRight(text, "\n") != strings.TrimRight(l.Text, "\n"):
		return errors.New("the text reads otherwise")
	}
	return nil
}

func verifyAddresses(m *gomail.Reader, field string, want []mail.Address) error {
	got, err := m.Header.AddressList(field)
	if err != nil || !slices.EqualFunc(got, want,
		func(g *gomail.Address, w mail.Address) bool { return mail.Address(*g) == w }) {
		return fmt.Errorf("field %s reads %v (%v)", field, got, err)
	}
	return nil
}
