package plan

import "testing"

func TestTheBuiltInPlanLoads(t *testing.T) {
	p, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Hash) != 64 {
		t.Errorf("hash %q", p.Hash)
	}
}
