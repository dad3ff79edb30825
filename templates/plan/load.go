package plan

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"thidua/templates/calendar"
)

//go:embed data
var builtIn embed.FS

// DefaultID is the folder of the plan that is used when none is chosen.
const DefaultID = "31-kh-ubnd-2018"

// The files of a plan's folder. Other files in it are ignored.
const (
	filePlan      = "plan.yaml"
	fileClauses   = "clauses.yaml"
	fileCriteria  = "criteria.yaml"
	fileScales    = "scales.yaml"
	fileOccasions = "occasions.yaml"
	fileUnits     = "units.csv"
	fileCouncil   = "council.csv"
	fileWording   = "wording.yaml" // may be missing
)

// Files are the names of the files that make up a plan's folder, sorted. Only the office's own
// words may be missing.
func Files() []string {
	names := []string{filePlan, fileClauses, fileCriteria, fileScales, fileOccasions, fileUnits, fileCouncil,
		fileWording}
	slices.Sort(names)
	return names
}

// maxFile bounds one file of a plan, in bytes.
const maxFile = 4 << 20

type clausesFile struct {
	Clauses []Clause `yaml:"clauses"`
}

type criteriaFile struct {
	Criteria []Criterion `yaml:"criteria"`
	Priority Priority    `yaml:"priority"`
	Order    []OrderKey  `yaml:"order"`
	Stage    Combination `yaml:"stage,omitempty"`
}

type scalesFile struct {
	Scales []Scale `yaml:"scales"`
}

type occasionsFile struct {
	Occasions []Occasion `yaml:"occasions"`
}

// BuiltIn returns the folder of the built-in plan, for writing it out to be edited.
func BuiltIn() fs.FS {
	dir, ok := Embedded(DefaultID)
	if !ok {
		panic("plan: the built-in plan is missing")
	}
	return dir
}

// Embedded returns the folder of a plan that comes with the program; ok is false when there is none
// of that name.
func Embedded(id string) (dir fs.FS, ok bool) {
	if !slices.Contains(EmbeddedIDs(), id) {
		return nil, false
	}
	dir, err := fs.Sub(builtIn, "data/"+id)
	return dir, err == nil
}

// EmbeddedIDs are the names of the plans that come with the program, sorted.
func EmbeddedIDs() []string {
	entries, err := builtIn.ReadDir("data")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

var loadBuiltIn = sync.OnceValues(func() (*Plan, error) { return Load(BuiltIn()) })

// Default returns the built-in plan, 31/KH-UBND of 27/02/2018. All callers share one value and must
// not change it.
func Default() (*Plan, error) { return loadBuiltIn() }

// Load reads a plan's folder. Unknown and repeated fields, a second document in a file, values of
// the wrong type and dates that do not exist are errors that name file and line. What is
// well-formed but wrong in itself is left to Lint.
func Load(dir fs.FS) (*Plan, error) {
	files, err := readFiles(dir)
	if err != nil {
		return nil, err
	}
	return Decode(files)
}

// Reload is Load, but gives back the plan read last while its folder is as it was then.
func Reload(dir fs.FS, last *Plan) (*Plan, error) {
	files, err := readFiles(dir)
	if err != nil {
		return nil, err
	}
	if last != nil && last.Hash == hashOf(files) {
		return last, nil
	}
	return Decode(files)
}

func readFiles(dir fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range Files() {
		raw, err := readFile(dir, name)
		if name == fileWording && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files[name] = raw
	}
	return files, nil
}

// hashOf identifies a plan by its files.
func hashOf(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range Files() {
		if name == fileWording && len(files[name]) == 0 {
			continue
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(files[name]))
		sum.Write(files[name])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Decode reads the files of a plan's folder by name, as Encode writes them; every one of Files must
// be there, save the office's own words. Its errors are Load's.
func Decode(files map[string][]byte) (*Plan, error) {
	p := new(Plan)
	var (
		clauses   clausesFile
		criteria  criteriaFile
		scales    scalesFile
		occasions occasionsFile
		phrases   wordingFile
	)
	for _, name := range Files() {
		raw, err := files[name], error(nil)
		if name == fileWording && len(raw) == 0 {
			continue
		}
		switch name {
		case filePlan:
			err = decode(raw, p)
		case fileClauses:
			err = decode(raw, &clauses)
		case fileCriteria:
			err = decode(raw, &criteria)
		case fileScales:
			err = decode(raw, &scales)
		case fileOccasions:
			err = decode(raw, &occasions)
		case fileWording:
			err = decode(raw, &phrases)
		case fileUnits:
			p.Units, err = readUnits(raw)
		case fileCouncil:
			p.Council.Members, err = readMembers(raw)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	p.Clauses, p.Scales, p.Occasions = clauses.Clauses, scales.Scales, occasions.Occasions
	p.Criteria, p.Priority, p.Order, p.Stage = criteria.Criteria, criteria.Priority, criteria.Order, criteria.Stage
	p.Wording = phrases.Wording
	p.Words, _ = words(p.Wording) // what cannot be said is for Lint to tell
	p.Words = p.Words.Citing(p.Cite)
	p.Hash = hashOf(files)
	p.indexUnits()
	return p, nil
}

// readFile returns a file without a byte order mark and with Unix line ends, so that the hash of a
// folder does not depend on its editor.
func readFile(dir fs.FS, name string) ([]byte, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, maxFile)
	}
	if raw, err = toUTF8(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), nil
}

// toUTF8 returns a text without a byte order mark. UTF-16, which spreadsheets call "Unicode text",
// says by its mark what it is; any other encoding cannot be told from its bytes and is refused.
func toUTF8(raw []byte) ([]byte, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	}
	if order != nil {
		units := make([]uint16, 0, len(raw)/2)
		for i := 2; i+1 < len(raw); i += 2 {
			units = append(units, order.Uint16(raw[i:]))
		}
		return []byte(string(utf16.Decode(units))), nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if !utf8.Valid(line) {
			return nil, tableError(i+1, "encoding")
		}
	}
	return raw, nil
}

// decode reads exactly one YAML document into the struct to, strictly.
func decode(raw []byte, to any) error {
	var node yaml.Node
	if err := yaml.Unmarshal(raw, &node); err != nil {
		return err
	}
	if err := checkDates(&node); err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(to); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("the file is empty")
		}
		return err
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return errors.New("a second document is not allowed")
	}
	return nil
}

var looksLikeDay = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}$`)

// checkDates gives the line of a date that does not exist, which the decoder itself does not.
func checkDates(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && looksLikeDay.MatchString(n.Value) {
		if _, err := calendar.ParseISO(n.Value); err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
	}
	for _, sub := range n.Content {
		if err := checkDates(sub); err != nil {
			return err
		}
	}
	return nil
}
