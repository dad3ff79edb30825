package config

import (
	"errors"
	"io/fs"
	"os"

	"thidua/templates/plan"
	"thidua/templates/wording"
)

// PlanFolder is the folder of the plan: the one named on the command line, else that of the
// configuration, else the plan built in.
func (c *Config) PlanFolder(named string) (fs.FS, error) {
	if named != "" {
		return PlanFolder(named)
	}
	if _, embedded := plan.Embedded(c.Plan); embedded && !exists(c.path(c.Plan)) {
		return PlanFolder(c.Plan)
	}
	return PlanFolder(c.path(c.Plan))
}

// PlanFolder is the folder of a name. Where there is none, it is the plan of that name that comes
// with the program: of a bare name, never of a path, so that a folder that was not mounted is
// missed. An empty name is the plan built in.
func PlanFolder(name string) (fs.FS, error) {
	if name == "" {
		return plan.BuiltIn(), nil
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if embedded, ok := plan.Embedded(name); ok {
			return embedded, nil
		}
	}
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, errors.New(wording.Text("cli.plan.nofolder", "dir", name))
	}
	return os.DirFS(name), nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
