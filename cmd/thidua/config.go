package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"thidua/ingest/ledger"
	"thidua/ingest/mailbox"
	"thidua/ingest/scan"
	"thidua/reports/letter"
	"thidua/templates/plan"
	"thidua/templates/wording"
)

// config is thidua.yaml. Paths in it are relative to its folder. Secrets are never in it: it names the file or the environment variable
// that holds them.
type config struct {
	Plan               string          `yaml:"plan" doc:"Thư mục kế hoạch; để trống là kế hoạch đi kèm chương trình."`
	Ledger             string          `yaml:"ledger" doc:"Tệp sổ theo dõi trên đĩa của máy này, hoặc postgres://người-dùng@máy-chủ/cơ-sở-dữ-liệu."`
	LedgerPasswordFile string          `yaml:"ledger-password-file,omitempty" doc:"Tệp chứa mật khẩu của cơ sở dữ liệu PostgreSQL."`
	LedgerPasswordEnv  string          `yaml:"ledger-password-env,omitempty" doc:"Biến môi trường chứa mật khẩu của cơ sở dữ liệu PostgreSQL."`
	Domain             string          `yaml:"domain" doc:"Vế phải của Message-ID; để trống là tên miền của mailbox.address."`
	Mailbox            mailboxConfig   `yaml:"mailbox" doc:"Hộp thư dùng chung."`
	SMTP               smtpConfig      `yaml:"smtp" doc:"Máy chủ gửi thư."`
	Scan               scanConfig      `yaml:"scan,omitempty" doc:"Trình quét mã độc của cơ quan; để trống là không có."`
	Digest             bool            `yaml:"digest" doc:"Sáng mỗi ngày làm việc gửi Phòng Nội vụ tình hình: thư đến, bị giữ, không đến nơi, việc sắp đến hạn."`
	Serve              serveConfig     `yaml:"serve" doc:"Chạy thường trực (thidua serve)."`
	Log                logConfig       `yaml:"log" doc:"Nhật ký kỹ thuật dạng JSON, không có dữ liệu cá nhân."`
	Retention          retentionConfig `yaml:"retention" doc:"Thời hạn lưu dữ liệu cá nhân."`
	PingFile           string          `yaml:"ping-file,omitempty" doc:"Tệp chứa địa chỉ web được gọi sau mỗi lượt chạy tốt."`
	PingEnv            string          `yaml:"ping-env,omitempty" doc:"Biến môi trường chứa địa chỉ web được gọi sau mỗi lượt chạy tốt."`

	dir   string   // folder of the file
	wrong []string // what in the file could not be read
}

type scanConfig struct {
	Clamd   string   `yaml:"clamd,omitempty" doc:"Nơi clamd (ClamAV) chờ: đường dẫn socket như /run/clamav/clamd.ctl, hoặc máy-chủ:cổng."`
	Command []string `yaml:"command,omitempty,flow" doc:"Lệnh quét, đọc tệp từ đầu vào chuẩn; kết thúc bằng 0 là sạch, 1 là có mã độc, khác là không quét được. Ví dụ: [clamdscan, --no-summary, -]."`
}

// scanner is the office's scanner, nil when it has none.
func (c *config) scanner() scan.Scanner {
	switch {
	case c.Scan.Clamd != "" && strings.Contains(c.Scan.Clamd, "/"):
		return scan.Clamd{Address: c.path(c.Scan.Clamd)}
	case c.Scan.Clamd != "":
		return scan.Clamd{Address: c.Scan.Clamd}
	case len(c.Scan.Command) > 0:
		return scan.Command(c.Scan.Command)
	}
	return nil
}

type serveConfig struct {
	Schedule []string `yaml:"schedule,flow" doc:"Các biểu thức cron, giờ Việt Nam trừ khi ghi CRON_TZ=."`
	Idle     bool     `yaml:"idle" doc:"Chờ máy chủ báo thư mới (IMAP IDLE)."`
	Listen   string   `yaml:"listen" doc:"Địa chỉ:cổng của /healthz và /metrics; để trống là không mở."`
}

type logConfig struct {
	File  string `yaml:"file" doc:"Tệp nhật ký; để trống: serve ghi ra stderr, run không ghi."`
	Level string `yaml:"level" enum:"debug,info,warn,error" doc:"debug, info, warn hoặc error."`
}

type retentionConfig struct {
	Years int `yaml:"years" doc:"Sau bao nhiêu năm kể từ hết kỳ thì xóa dữ liệu cá nhân (thidua erase); 0 là không xóa."`
}

type mailboxConfig struct {
	Address      string `yaml:"address" doc:"Địa chỉ của hộp thư dùng chung; thư của chương trình mang địa chỉ này."` // of the shared mailbox
	serverConfig `yaml:",inline"`
	Folder       string `yaml:"folder" doc:"Thư mục được đọc."`
	Done         string `yaml:"done" doc:"Thư mục chứa thư đã tiếp nhận; để trống là để nguyên."`
	Held         string `yaml:"held" doc:"Thư mục chứa thư chờ người xử lý; để trống là để nguyên."`
	AuthServID   string `yaml:"authserv-id,omitempty" doc:"Tên máy chủ ghi trong Authentication-Results mà chương trình tin."`
}

type smtpConfig struct {
	serverConfig `yaml:",inline"`
	Connections  int        `yaml:"connections" doc:"Số đường truyền gửi cùng lúc; nếu chương trình bị ngắt, có thể có bấy nhiêu thư gửi lặp (cùng Message-ID)."`
	PerMinute    int        `yaml:"per-minute,omitempty" doc:"Số thư tối đa mỗi phút; 0 là không giới hạn."`
	Largest      int        `yaml:"largest,omitempty" doc:"Dung lượng tối đa một thư (MB), để trống là khoảng 20; nhiều hơn thì gửi thành nhiều thư."`
	DKIM         dkimConfig `yaml:"dkim,omitempty" doc:"Ký DKIM thư gửi đi."`
}

type dkimConfig struct {
	Domain   string `yaml:"domain,omitempty" doc:"Tên miền ký."`
	Selector string `yaml:"selector,omitempty" doc:"Tên bản ghi DNS chứa khóa công khai."`
	KeyFile  string `yaml:"key-file,omitempty" doc:"Tệp chứa khóa bí mật (PEM)."`
}

type serverConfig struct {
	Server       string `yaml:"server" doc:"máy-chủ:cổng"`                                                                             // host:port
	Security     string `yaml:"security" enum:"tls,starttls,plain" doc:"Cách bảo vệ đường truyền; plain chỉ dùng trong cùng một máy."` // tls, starttls, or plain on this machine only
	User         string `yaml:"user" doc:"Tên đăng nhập; để trống là không đăng nhập."`
	PasswordFile string `yaml:"password-file,omitempty" doc:"Tệp chứa mật khẩu."`
	PasswordEnv  string `yaml:"password-env,omitempty" doc:"Biến môi trường chứa mật khẩu."`
	TokenFile    string `yaml:"token-file,omitempty" doc:"Tệp chứa mã truy cập (XOAUTH2) thay cho mật khẩu."` // access token (XOAUTH2) in place of the password; read again for every login
	TokenEnv     string `yaml:"token-env,omitempty" doc:"Biến môi trường chứa mã truy cập (XOAUTH2)."`
}

const configName = "thidua.yaml"

// readConfig reads a configuration strictly. With no name given it is thidua.yaml of the current folder, and its absence is no mistake.
func readConfig(name string) (*config, error) {
	c := &config{Ledger: "ledger.db", Digest: true, Mailbox: mailboxConfig{Folder: "INBOX", Done: "Da xu ly", Held: "Cho xu ly"}, SMTP: smtpConfig{Connections: 1},
		Serve: serveConfig{Schedule: []string{"*/15 6-19 * * 1-6"}, Idle: true}, Log: logConfig{Level: "info"}}
	optional := name == ""
	if optional {
		name = configName
	}
	b, err := os.ReadFile(name)
	if optional && errors.Is(err, os.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, errors.New(wording.Text("cli.config.unreadable", "file", name, "problem", inWords(err)))
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		var wrong *yaml.TypeError
		if !errors.As(err, &wrong) {
			return nil, errors.New(wording.Text("cli.config.syntax", "file", name, "problem", strings.TrimPrefix(err.Error(), "yaml: ")))
		}
		c.wrong = mistyped(wrong.Errors) // the rest was read all the same
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New(wording.Text("cli.config.second", "file", name))
	}
	c.dir = filepath.Dir(name)
	return c, nil
}

// path makes a path of the configuration usable from here.
func (c *config) path(p string) string {
	if p == "" || filepath.IsAbs(p) || c.dir == "" {
		return p
	}
	return filepath.Join(c.dir, p)
}

// place is where the ledger is: a path usable from here, or the URL of a server with its password.
func (c *config) place(env func(string) (string, bool)) (string, error) {
	if !ledger.IsServer(c.Ledger) {
		return c.path(c.Ledger), nil
	}
	u, err := url.Parse(c.Ledger)
	if err != nil {
		return "", errors.New(wording.Text("cli.config.ledgerurl"))
	}
	if _, written := u.User.Password(); written {
		return "", errors.New(wording.Text("cli.config.ledgerpassword"))
	}
	password, err := c.text(c.LedgerPasswordFile, c.LedgerPasswordEnv, env)
	if err != nil || password == "" {
		return c.Ledger, err
	}
	u.User = url.UserPassword(u.User.Username(), password)
	return u.String(), nil
}

// text reads a secret from its file or the environment, "" when neither is named.
func (c *config) text(file, variable string, env func(string) (string, bool)) (string, error) {
	switch {
	case file != "":
		b, err := os.ReadFile(c.path(file))
		if err != nil {
			return "", unread(file, err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	case variable != "":
		v, ok := env(variable)
		if !ok {
			return "", errors.New(wording.Text("cli.config.noenv", "name", variable))
		}
		return v, nil
	}
	return "", nil
}

// pingURL is the address that hears of every good pass, "" for none.
func (c *config) pingURL(env func(string) (string, bool)) (string, error) {
	text, err := c.text(c.PingFile, c.PingEnv, env)
	if err != nil || text == "" {
		return "", err
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return "", errors.New(wording.Text("cli.config.badping"))
	}
	return text, nil
}

func (c *config) domain() string {
	if c.Domain != "" {
		return c.Domain
	}
	_, domain, _ := strings.Cut(c.Mailbox.Address, "@")
	return domain
}

// problems lists everything that would keep `run` from working, all at once.
func (c *config) problems(env func(string) (string, bool)) []string {
	out := slices.Clone(c.wrong)
	add := func(key string, pairs ...any) { out = append(out, wording.Text(key, pairs...)) } //wording:composed cli.config.
	if a, err := mail.ParseAddress(c.Mailbox.Address); err != nil || a.Address != c.Mailbox.Address {
		add("cli.config.address", "value", c.Mailbox.Address)
	}
	for name, s := range map[string]serverConfig{"mailbox": c.Mailbox.serverConfig, "smtp": c.SMTP.serverConfig} {
		if _, port, err := net.SplitHostPort(s.Server); err != nil || !isPort(port) {
			add("cli.config.server", "name", name, "value", s.Server)
		}
		switch mailbox.Security(s.Security) {
		case mailbox.TLS, mailbox.StartTLS, mailbox.Plain:
		default:
			add("cli.config.security", "name", name, "value", s.Security)
		}
		given := 0
		for _, source := range []string{s.PasswordFile, s.PasswordEnv, s.TokenFile, s.TokenEnv} {
			if source != "" {
				given++
			}
		}
		if given > 1 {
			add("cli.config.twosecrets", "name", name)
		}
		if s.User != "" {
			if _, _, err := c.secret(s, env); err != nil {
				add("cli.config.password", "name", name, "problem", err)
			}
		}
	}
	if c.Mailbox.User == "" {
		add("cli.config.user")
	}
	if c.Ledger == "" {
		add("cli.config.ledger")
	} else if _, err := c.place(env); err != nil {
		add("cli.config.ledgersecret", "problem", err)
	}
	for _, expression := range c.Serve.Schedule {
		if _, err := readSchedule([]string{expression}); err != nil {
			add("cli.config.schedule", "value", expression, "problem", err)
		}
	}
	if c.Serve.Listen != "" {
		if _, _, err := net.SplitHostPort(c.Serve.Listen); err != nil {
			add("cli.config.listen", "value", c.Serve.Listen)
		}
	}
	if c.Log.File != "" {
		if _, err := os.Stat(filepath.Dir(c.path(c.Log.File))); err != nil {
			add("cli.config.logfile", "file", c.Log.File, "problem", inWords(err))
		}
	}
	if _, err := c.level(); err != nil {
		add("cli.config.level", "value", c.Log.Level)
	}
	if c.Scan.Clamd != "" && len(c.Scan.Command) > 0 || len(c.Scan.Command) > 0 && c.Scan.Command[0] == "" {
		add("cli.config.scan")
	}
	if c.Retention.Years < 0 {
		add("cli.config.retention", "value", c.Retention.Years)
	}
	if _, err := c.pingURL(env); err != nil {
		add("cli.config.ping", "problem", err)
	}
	if _, err := c.signer(); err != nil {
		add("cli.config.dkim", "problem", err)
	}
	if c.SMTP.Connections < 1 || c.SMTP.Connections > 20 || c.SMTP.PerMinute < 0 || c.SMTP.Largest < 0 {
		add("cli.config.pace")
	}
	sort.Strings(out)
	return out
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// signer signs letters, nil when no key is given.
func (c *config) signer() (*letter.Signer, error) {
	d := c.SMTP.DKIM
	if d == (dkimConfig{}) {
		return nil, nil
	}
	if d.Domain == "" || d.Selector == "" || d.KeyFile == "" {
		return nil, errors.New(wording.Text("cli.config.dkimparts"))
	}
	key, err := os.ReadFile(c.path(d.KeyFile))
	if err != nil {
		return nil, unread(d.KeyFile, err)
	}
	return letter.NewSigner(d.Domain, d.Selector, key)
}

// secret reads the password or the access token of a server from its file or the environment. It is never printed.
func (c *config) secret(s serverConfig, env func(string) (string, bool)) (password, token string, err error) {
	read := func(file, name string) (string, error) {
		if file == "" {
			v, ok := env(name)
			if !ok {
				return "", errors.New(wording.Text("cli.config.noenv", "name", name))
			}
			return v, nil
		}
		b, err := os.ReadFile(c.path(file))
		if err != nil {
			return "", unread(file, err)
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	switch {
	case s.TokenFile != "" || s.TokenEnv != "":
		token, err = read(s.TokenFile, s.TokenEnv)
	case s.PasswordFile != "" || s.PasswordEnv != "":
		password, err = read(s.PasswordFile, s.PasswordEnv)
	default:
		err = errors.New(wording.Text("cli.config.nopassword"))
	}
	return password, token, err
}

type configCommand struct {
	Check  configCheck  `cmd:"" help:"${cli_help_configcheck}"`
	Show   configShow   `cmd:"" help:"${cli_help_configshow}"`
	Schema configSchema `cmd:"" help:"${cli_help_configschema}"`
}

type configCheck struct {
	Connect bool `help:"${cli_help_connect}"`
}

func (cc configCheck) Run(s *session) error {
	c, err := s.read()
	if err != nil {
		return err
	}
	problems := c.problems(s.env)
	for _, p := range problems {
		s.print("- %s\n", p)
	}
	if len(c.wrong) > 0 { // whether the rest is what was meant cannot be known
		return exit{exitInvalid, errors.New(wording.Text("cli.config.invalid", "n", len(problems)))}
	}
	p, err := s.thePlan()
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return exit{exitInvalid, errors.New(wording.Text("cli.config.invalid", "n", len(problems)))}
	}
	if _, err := s.theLedger(false); err != nil {
		text, code := told(err)
		return exit{code, errors.New(text)}
	}
	s.print("%s\n", wording.Text("cli.config.ok"))
	if n := examples(p); n > 0 && !isExample(c.Mailbox.Address) {
		s.print("%s\n", wording.Text("cli.config.examples", "n", n))
	}
	for _, x := range plan.Lint(p) { // faults have been told: only warnings are left
		s.print("%s\n", wording.Text("cli.plan.problem", "file", x.File, "where", x.Where, "text", x.Text))
	}
	if !cc.Connect {
		return nil
	}
	return s.tryConnections(c)
}

// examples counts the addresses of a plan that reach nobody (RFC 2606).
func examples(p *plan.Plan) (n int) {
	all := slices.Concat(p.Office.Emails, p.Council.SecretaryEmails)
	for _, u := range p.Units {
		all = append(all, u.Emails...)
	}
	for _, a := range all {
		if isExample(a) {
			n++
		}
	}
	return n
}

func isExample(address string) bool { return strings.HasSuffix(strings.ToLower(address), ".example") }

type configShow struct{}

func (configShow) Run(s *session) error {
	c, err := s.settings()
	if err != nil {
		return err
	}
	b, err := yaml.Marshal(c)
	if err != nil {
		return fmt.Errorf("writing the configuration: %w", err)
	}
	from := c.dir
	if from == "" {
		from = wording.Text("cli.config.defaults")
	}
	s.print("# %s\n%s", from, b)
	return nil
}
