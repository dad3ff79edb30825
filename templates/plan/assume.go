package plan

// Assumption is something the plan's text does not settle and this folder assumes, to be printed in the papers of the Council until the
// office confirms it.
type Assumption struct {
	Clause  string `yaml:"clause"`  // the clause it touches, "" for none
	Topic   string `yaml:"topic"`   // what it is about
	Text    string `yaml:"text"`    // what is open
	Default string `yaml:"default"` // what is assumed meanwhile
}
