package plan

import (
	"regexp"
	"slices"
	"strings"
)

// nameOfFile is what codes may be that become parts of the names of files: they can name no other
// folder, and mean the same on every system.
var nameOfFile = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,63}$`)

// fileName reports a code that cannot be part of the name of a file.
func (l *linter) fileName(field, value string) {
	if value != "" && (!nameOfFile.MatchString(value) || strings.HasSuffix(value, ".")) {
		l.addTo(field, "filename", "field", field, "read", value)
	}
}

// providers give addresses to whoever asks.
var providers = []string{
	"gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "rocketmail.com", "outlook.com",
	"outlook.com.vn", "hotmail.com", "hotmail.com.vn", "live.com", "msn.com",
	"icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me", "zoho.com", "zohomail.com",
	"gmx.com", "gmx.net", "mail.com", "mail.ru", "yandex.com", "yandex.ru",
	"tutanota.com", "qq.com", "163.com", "126.com", "vnn.vn", "hn.vnn.vn", "hcm.vnn.vn", "fpt.vn", "zing.vn",
	"mail.com.vn",
}

// registry is a part of the name space in which anybody has domains: com, vn, gov.vn.
var registry = regexp.MustCompile(`^([a-z0-9-]+|(com|net|org|edu|gov|ac|co|info|biz|name|pro|health|int|id|io|` +
	`ai)\.[a-z]{2})$`)

// everybodys reports whether a domain is no organisation's.
func everybodys(domain string) bool {
	return registry.MatchString(domain) || slices.Contains(providers, domain)
}
