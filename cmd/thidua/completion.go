package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"thidua/cmd/release"
	"thidua/templates/wording"
)

// completionCommand writes what completes the command line in a shell.
type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell" help:"${cli_help_completionshell}"`
}

// Run writes the completion of a shell, made of the commands and flags that the parser itself
// knows. File names are completed by the shell where nothing of ours fits.
func (c completionCommand) Run(s *session) error {
	write := map[string]func(*kong.Node) string{
		"bash": completeBash, "zsh": completeZsh, "fish": completeFish, "powershell": completePowerShell,
	}
	s.Print("%s", write[c.Shell](s.grammar))
	return nil
}

// places calls f with each place of the command line: the commands typed so far, and what may come
// next.
func places(n *kong.Node, f func(path string, next []string)) {
	var next []string
	for _, child := range n.Children {
		if !child.Hidden {
			next = append(next, child.Name)
		}
	}
	for _, group := range n.AllFlags(true) {
		for _, flag := range group {
			next = append(next, "--"+flag.Name)
		}
	}
	slices.Sort(next)
	f(pathOf(n), next)
	for _, child := range n.Children {
		if !child.Hidden {
			places(child, f)
		}
	}
}

// pathOf is the commands that lead to a node, without the name of the program.
func pathOf(n *kong.Node) string {
	if n.Parent == nil {
		return ""
	}
	return strings.TrimSpace(pathOf(n.Parent) + " " + n.Name)
}

// bashCases is the common part of bash and zsh: a case for each place.
func bashCases(n *kong.Node) string {
	var b strings.Builder
	places(n, func(path string, next []string) {
		fmt.Fprintf(&b, "    '%s') next='%s' ;;\n", path, strings.Join(next, " "))
	})
	return b.String()
}

func completeBash(n *kong.Node) string {
	return `# bash completion of thidua: thidua completion bash >/etc/bash_completion.d/thidua
_thidua() {
  local word path='' next='' longer commands='` + commandNames(n) + `'
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    longer="${path:+$path }$word"
    case "$commands" in *"|$longer|"*) path=$longer ;; esac
  done
  case "$path" in
` + bashCases(n) + `  esac
  COMPREPLY=($(compgen -W "$next" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _thidua thidua
`
}

func completeZsh(n *kong.Node) string {
	return `#compdef thidua
# zsh completion of thidua: thidua completion zsh >"${fpath[1]}/_thidua"
_thidua() {
  local word path='' next='' longer commands='` + commandNames(n) + `'
  for word in "${words[@]:1:CURRENT-2}"; do
    longer="${path:+$path }$word"
    case "$commands" in *"|$longer|"*) path=$longer ;; esac
  done
  case "$path" in
` + bashCases(n) + `  esac
  compadd -- ${=next}
  _files
}
compdef _thidua thidua
`
}

func completeFish(n *kong.Node) string {
	var b strings.Builder
	b.WriteString("# fish completion of thidua: thidua completion fish >~/.config/fish/completions/thidua.fish\n")
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		seen := pathOf(n)
		condition := "__fish_use_subcommand"
		if seen != "" {
			const after = "__fish_seen_subcommand_from "
			condition = after + strings.ReplaceAll(seen, " ", "; and "+after)
		}
		for _, child := range n.Children {
			if !child.Hidden {
				fmt.Fprintf(&b, "complete -c thidua -n '%s' -a %s -d %s\n",
					condition, child.Name, quoteFish(child.Help))
				walk(child)
			}
		}
		for _, flag := range n.Flags {
			line := fmt.Sprintf("complete -c thidua -n '%s' -l %s -d %s", condition, flag.Name, quoteFish(flag.Help))
			if n.Parent == nil {
				line = fmt.Sprintf("complete -c thidua -l %s -d %s", flag.Name, quoteFish(flag.Help))
			}
			if flag.Short != 0 {
				line += " -s " + string(flag.Short)
			}
			if !flag.IsBool() {
				line += " -r"
			}
			b.WriteString(line + "\n")
		}
	}
	walk(n)
	return b.String()
}

func quoteFish(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", " ").Replace(translate(text)) + "'"
}

func completePowerShell(n *kong.Node) string {
	var b strings.Builder
	b.WriteString("# PowerShell completion of thidua: thidua completion powershell | Out-String | Invoke-Expression\n" +
		"Register-ArgumentCompleter -Native -CommandName thidua -ScriptBlock {\n" +
		"  param($word, $ast, $position)\n  $next = @{\n")
	places(n, func(path string, next []string) {
		fmt.Fprintf(&b, "    '%s' = '%s'\n", path, strings.Join(next, " "))
	})
	b.WriteString(`  }
  $path = ''
  foreach ($part in $ast.CommandElements | Select-Object -Skip 1) {
    $longer = "$path $part".Trim()
    if ($next.ContainsKey($longer)) { $path = $longer }
  }
  $next[$path] -split ' ' | Where-Object { $_ -like "$word*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`)
	return b.String()
}

// commandNames is every command with those that lead to it, between bars.
func commandNames(n *kong.Node) string {
	out := "|"
	places(n, func(path string, _ []string) {
		if path != "" {
			out += path + "|"
		}
	})
	return out
}

// manCommand writes the manual page.
type manCommand struct{}

// Run writes the manual page in the language of man, made of what the parser knows.
func (manCommand) Run(s *session) error {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH THIDUA 1 \"\" \"thidua %s\"\n", release.Version())
	fmt.Fprintf(&b, ".SH %s\nthidua \\- %s\n", wording.Text("cli.man.name"), roff(wording.Text("cli.man.short")))
	fmt.Fprintf(&b, ".SH %s\n%s\n", wording.Text("cli.man.description"), roff(s.grammar.Help))
	fmt.Fprintf(&b, ".SH %s\n", wording.Text("cli.man.flags"))
	manFlags(&b, s.grammar.Flags)
	fmt.Fprintf(&b, ".SH %s\n", wording.Text("cli.man.commands"))
	for _, leaf := range s.grammar.Leaves(true) {
		fmt.Fprintf(&b, ".SS \"%s\"\n%s\n", roff(translate(leaf.Summary())), roff(leaf.Help))
		for _, arg := range leaf.Positional {
			manItem(&b, arg.Summary(), arg.Help)
		}
		manFlags(&b, leaf.Flags)
	}
	s.Print("%s", b.String())
	return nil
}

func manFlags(b *strings.Builder, flags []*kong.Flag) {
	for _, flag := range flags {
		manItem(b, flag.String(), flag.Help)
	}
}

func manItem(b *strings.Builder, what, help string) {
	fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(what), roff(translate(help)))
}

// roff keeps a text from being read as commands of man.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", " ").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
