# What CI runs, by name. `make quick` before a commit, `make all` before a merge, `make long` before a
# release. The first needs Go alone; the others say which tools are missing.

staticcheck = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: quick all long format vet staticcheck short

quick: format vet staticcheck short

all:
	.ci/run

long:
	.ci/long

format:
	@wrong=$$(git ls-files '*.go' | xargs gofmt -l); \
	  [ -z "$$wrong" ] || { printf 'not gofmt-ed:\n%s\n' "$$wrong"; exit 1; }

vet:
	go vet ./...

staticcheck:
	go run $(staticcheck) ./...

short:
	go test -short ./...
