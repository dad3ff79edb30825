package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"thidua/cmd/exit"
	"thidua/templates/wording"
)

// commands is the whole command line.
type commands struct {
	Config string `help:"${cli_help_config}" placeholder:"FILE"`
	Plan   string `help:"${cli_help_plan}" placeholder:"DIR" name:"plan"`

	ShowVersion bool `name:"version" help:"${cli_help_version}"`

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
	Secret   secretCommand   `cmd:"" help:"${cli_help_secret}"`
	Erase    eraseCommand    `cmd:"" help:"${cli_help_erase}"`
	Restore  restoreCommand  `cmd:"" help:"${cli_help_restore}"`

	Version    versionCommand    `cmd:"" help:"${cli_help_versioncmd}"`
	Completion completionCommand `cmd:"" help:"${cli_help_completion}"`
	Man        manCommand        `cmd:"" hidden:"" help:"${cli_help_man}"`
}

// garbageShare is how much garbage the collector lets gather, in percent of what is kept. A pass
// keeps little, and most of what its papers need is garbage at once: collecting less often saves a
// tenth of its time. Who runs the program may say otherwise with GOGC.
const garbageShare = 150

// passMemory is from where on the collector works harder while passes are made, in bytes: the
// service is given 512 MiB, and mails of 40 MiB are garbage soon.
const passMemory = 256 << 20

// limitMemory keeps to passMemory until the function it returns is called. GOMEMLIMIT goes before
// it. Other commands hold what they need: the demo has a whole post office in memory, and
// collecting all the time would double what it takes.
func (a *app) limitMemory() (unlimit func()) {
	if _, set := a.env("GOMEMLIMIT"); set {
		return func() {}
	}
	before := debug.SetMemoryLimit(passMemory)
	return func() { debug.SetMemoryLimit(before) }
}

// run parses the arguments, runs the command and returns the exit code. A panic is our failure like
// any other, told with its trace.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if problem := recover(); problem != nil {
			a.Say(string(debug.Stack()))
			code = a.fail(fmt.Errorf("panic: %v", problem))
		}
	}()
	if _, set := a.env("GOGC"); !set {
		debug.SetGCPercent(garbageShare)
	}
	var c commands
	left := -1 // exit code asked for by the parser itself, such as after --help
	k, err := kong.New(&c,
		kong.Name("thidua"),
		kong.Description(wording.Text("cli.description")),
		helpTexts(),
		kong.Writers(translator{a.Out()}, translator{a.Remarks()}),
		kong.Exit(func(code int) { left = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return a.fail(fmt.Errorf("building the command line: %w", err))
	}
	args = plainly(args)
	parsed, err := k.Parse(args)
	if left >= 0 {
		return left
	}
	if err != nil {
		problem := strings.TrimSuffix(translate(err.Error()), "?")
		a.Say(wording.Text("cli.usage", "problem", problem))
		return exit.Usage
	}
	s := newSession(ctx, a, &c)
	s.grammar = k.Model.Node
	defer s.close()
	if err := parsed.Run(s); err != nil {
		return a.fail(err)
	}
	return exit.Done
}

// plainly puts what people type into the words of the parser: nothing at all and “help” ask for the
// help, of a command where one is named, and --version asks for nothing else.
func plainly(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(slices.Clone(args[1:]), "--help")
	case slices.Contains(args, "--version"):
		return []string{"version"}
	}
	return args
}

// fail tells an error and returns its exit code.
func (a *app) fail(err error) int {
	text, code := exit.Describe(err)
	if text != "" {
		a.Say(text)
	}
	return code
}

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

// translator writes the parser's own words in Vietnamese.
type translator struct{ to io.Writer }

func (t translator) Write(b []byte) (int, error) {
	if _, err := io.WriteString(t.to, translate(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// parserWords are the words of the parser, each with the key of what stands for it. The first that
// fits counts.
var parserWords = []string{
	"Usage: ", "cli.parser.usage",
	"Arguments:", "cli.parser.arguments",
	"Flags:", "cli.parser.flags",
	"Commands:", "cli.parser.commands",
	"Show context-sensitive help.", "cli.parser.help",
	"unknown flag ", "cli.parser.unknownflag",
	"unexpected argument ", "cli.parser.unexpected",
	"missing flags: ", "cli.parser.missingflags",
	"missing positional arguments ", "cli.parser.missingargs",
	"expected one of ", "cli.parser.expectedoneof",
	"did you mean ", "cli.parser.didyoumean",
	"for more information on a command", "cli.parser.more",
	"Run \"", "cli.parser.run",
	"expected ", "cli.parser.expected",
	"<command>", "cli.parser.command",
	"[flags]", "cli.parser.options",
}

// translate puts the parser's fixed words into Vietnamese; what the user typed stays as it is.
//
//wording:composed cli.parser.
func translate(s string) string {
	var pairs []string
	for i := 0; i < len(parserWords); i += 2 {
		pairs = append(pairs, parserWords[i], wording.Text(parserWords[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
