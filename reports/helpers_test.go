package reports_test

import (
	"slices"

	"thidua/reports/post"
	"thidua/templates/plan"
)

// newPost is the post of a plan with the shared mailbox of the tests.
func newPost(p *plan.Plan) post.Post {
	return post.New(p, post.Mailbox{Address: "thidua@thainguyen.example", Domain: "thainguyen.example"})
}

// reachable is a plan in which only some units have an address, so that nobody else is written to.
func reachable(p *plan.Plan, codes ...string) *plan.Plan {
	out := *p
	out.Units = slices.Clone(p.Units)
	for i := range out.Units {
		if !slices.Contains(codes, out.Units[i].Code) {
			out.Units[i].Emails = nil
		}
	}
	return &out
}
