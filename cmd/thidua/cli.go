package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"thidua/ingest/ledger"
	"thidua/templates/wording"
)

// The exit codes. They stand in the help and are a contract.
const (
	exitDone    = 0
	exitFailure = 1  // our own trouble
	exitUsage   = 2  // the call
	exitHeld    = 3  // done, with items held or findings that must be fixed
	exitInvalid = 4  // plan or configuration
	exitLater   = 75 // a server is out of reach: try later
)

// exit is an error with an exit code of its own.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exit) Unwrap() error { return e.err }

// commands is the whole command line.
type commands struct {
	Config string `help:"${cli_help_config}" placeholder:"FILE"`
	Plan   string `help:"${cli_help_plan}" placeholder:"DIR" name:"plan"`

	Demo     demoCommand     `cmd:"" help:"${cli_help_demo}"`
	Init     initCommand     `cmd:"" help:"${cli_help_init}"`
	Serve    serveCommand    `cmd:"" help:"${cli_help_serve}"`
	Run      runCommand      `cmd:"" help:"${cli_help_run}"`
	Form     formCommand     `cmd:"" help:"${cli_help_form}"`
	Check    checkCommand    `cmd:"" help:"${cli_help_check}"`
	Ingest   ingestCommand   `cmd:"" help:"${cli_help_ingest}"`
	Evaluate evaluateCommand `cmd:"" help:"${cli_help_evaluate}"`
	Explain  explainCommand  `cmd:"" help:"${cli_help_explain}"`
	Override overrideCommand `cmd:"" help:"${cli_help_override}"`
	Report   reportCommand   `cmd:"" help:"${cli_help_report}"`
	Status   statusCommand   `cmd:"" help:"${cli_help_status}"`
	PlanCmd  planCommand     `cmd:"" name:"plan" help:"${cli_help_plancmd}"`
	ConfigC  configCommand   `cmd:"" name:"config" help:"${cli_help_configcmd}"`
	Doctor   doctorCommand   `cmd:"" help:"${cli_help_doctor}"`
	Verify   verifyCommand   `cmd:"" help:"${cli_help_verify}"`
	Backup   backupCommand   `cmd:"" help:"${cli_help_backup}"`
	Erase    eraseCommand    `cmd:"" help:"${cli_help_erase}"`
	Restore  restoreCommand  `cmd:"" help:"${cli_help_restore}"`
}

// garbage is how much garbage the collector lets gather, in percent of what is kept: a pass keeps little, and most of what its papers need
// is garbage at once. Collecting less often saves a tenth of its time. Who runs the program may say otherwise with GOGC.
const garbage = 150

// memory is from where on the collector works harder while passes are made, in bytes: the service is given 512 MiB, and mails of 40 MiB are garbage soon.
const memory = 256 << 20

// bounded keeps to that until what it returns is called. GOMEMLIMIT goes before it. Other commands hold what they need: the demo has a whole
// post office in memory, and collecting all the time would double what it takes.
func (a *app) bounded() (done func()) {
	if _, set := a.env("GOMEMLIMIT"); set {
		return func() {}
	}
	before := debug.SetMemoryLimit(memory)
	return func() { debug.SetMemoryLimit(before) }
}

// run parses the arguments, runs the command and returns the exit code. A panic is our failure like any other, told with its trace.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if problem := recover(); problem != nil {
			a.say(string(debug.Stack()))
			code = a.fail(fmt.Errorf("panic: %v", problem))
		}
	}()
	if _, set := a.env("GOGC"); !set {
		debug.SetGCPercent(garbage)
	}
	var c commands
	left := -1 // exit code asked for by the parser itself, such as after --help
	out := translated{a.out}
	k, err := kong.New(&c,
		kong.Name("thidua"),
		kong.Description(wording.Text("cli.description")),
		helpTexts(),
		kong.Writers(out, translated{a.err}),
		kong.Exit(func(code int) { left = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return a.fail(fmt.Errorf("building the command line: %w", err))
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := k.Parse(args)
	if left >= 0 {
		return left
	}
	if err != nil {
		a.say(wording.Text("cli.usage", "problem", strings.TrimSuffix(vietnamese(err.Error()), "?")))
		return exitUsage
	}
	s := &session{app: a, ctx: ctx, flags: &c}
	defer s.close()
	if err := parsed.Run(s); err != nil {
		return a.fail(err)
	}
	return exitDone
}

// fail tells an error and returns its exit code.
func (a *app) fail(err error) int {
	var e exit
	if errors.As(err, &e) {
		if e.err != nil {
			a.say(e.err.Error())
		}
		return e.code
	}
	if errors.Is(err, context.Canceled) {
		a.say(wording.Text("cli.stopped"))
		return exitFailure
	}
	text, code := told(err)
	a.say(text)
	return code
}

// told says what is known about an error, what to do, and its exit code.
func told(err error) (text string, code int) {
	for _, m := range []struct {
		kind error
		code int
		text string
	}{
		{ledger.ErrFull, exitFailure, wording.Text("cli.medium.full", "problem", err)},
		{ledger.ErrReadOnly, exitFailure, wording.Text("cli.medium.readonly", "problem", err)},
		{ledger.ErrBusy, exitLater, wording.Text("cli.medium.busy", "problem", err)},
		{ledger.ErrDamaged, exitFailure, wording.Text("cli.medium.damaged", "problem", err)},
		{ledger.ErrNewer, exitFailure, wording.Text("cli.medium.newer", "problem", err)},
		{ledger.ErrCollation, exitInvalid, wording.Text("cli.medium.collation", "problem", err)},
		{ledger.ErrAway, exitLater, wording.Text("cli.medium.away", "problem", err)},
		{ledger.ErrLogin, exitInvalid, wording.Text("cli.medium.login", "problem", err)},
		{syscall.ENOSPC, exitFailure, wording.Text("cli.file.full", "problem", err)},
		{fs.ErrPermission, exitFailure, wording.Text("cli.file.denied", "problem", err)},
		{fs.ErrNotExist, exitFailure, wording.Text("cli.file.absent", "problem", err)},
	} {
		if errors.Is(err, m.kind) {
			return strings.Join(strings.Fields(m.text), " "), m.code
		}
	}
	return wording.Text("cli.failed", "problem", err), exitFailure
}

// say writes one line for the person at the terminal.
func (a *app) say(line string) { _, _ = fmt.Fprintln(a.err, line) }

// print writes results. A reader that has gone away (a closed pipe) is no trouble of ours.
func (a *app) print(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format, args...) }

// helpTexts gives the parser the catalogue's texts under names that a struct tag can hold.
//
//wording:composed cli.help.
func helpTexts() kong.Vars {
	v := kong.Vars{}
	for _, key := range wording.Keys() {
		if strings.HasPrefix(key, "cli.help.") {
			v[strings.ReplaceAll(key, ".", "_")] = wording.Text(key)
		}
	}
	return v
}

// translated writes the parser's own words in Vietnamese.
type translated struct{ to io.Writer }

func (t translated) Write(b []byte) (int, error) {
	if _, err := io.WriteString(t.to, vietnamese(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

var parserWords = []string{
	"Usage: ", "cli.parser.usage", "Arguments:", "cli.parser.arguments", "Flags:", "cli.parser.flags", "Commands:", "cli.parser.commands",
	"Show context-sensitive help.", "cli.parser.help", "unknown flag ", "cli.parser.unknownflag", "unexpected argument ", "cli.parser.unexpected",
	"missing flags: ", "cli.parser.missingflags", "missing positional arguments ", "cli.parser.missingargs", "expected one of ", "cli.parser.expectedoneof",
	"did you mean ", "cli.parser.didyoumean", "for more information on a command", "cli.parser.more", "Run \"", "cli.parser.run",
	"expected ", "cli.parser.expected", "<command>", "cli.parser.command", "[flags]", "cli.parser.options",
}

// vietnamese translates the parser's fixed words; what the user typed stays as it is.
//
//wording:composed cli.parser.
func vietnamese(s string) string {
	var pairs []string
	for i := 0; i < len(parserWords); i += 2 {
		pairs = append(pairs, parserWords[i], wording.Text(parserWords[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
