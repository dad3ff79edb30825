package evaluate_test

import (
	"encoding/json"
	"testing"

	"thidua/evaluate"
)

func TestRun_WardWithEverythingRight(t *testing.T) {
	w := newWorld(t)
	w.propose(ward, nil)
	w.clean(ward)
	r := w.run()
	x := verdict(t, r, "UBND phường Tân Thịnh")
	if x.Outcome != evaluate.Council { // what people must judge is left to people
		b, _ := json.MarshalIndent(x, "", " ")
		t.Fatalf("outcome %s\n%s", x.Outcome, b)
	}
}
