# make test does everything: it installs what the machine lacks, checks format and code, runs
# every test with the race detector and each fuzz target for a few seconds.

GO ?= go
FUZZTIME ?= 3s
# Tests that may be skipped in CI: those that compare with specifications which are no part of
# this repository.
MAY_SKIP ?= \.TestSpec

.PHONY: test setup format vet static tidy race fuzz build

test: setup format tidy vet static fuzz race

setup:
	@.ci/setup

format:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go')); \
	if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi

tidy:
	$(GO) mod verify
	$(GO) mod tidy -diff

vet:
	$(GO) vet ./...

static:
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod staticcheck ./...

race:
	@$(GO) build -o .ci/testsummary ./cmd/testsummary
	CGO_ENABLED=1 $(GO) test -race -count=1 -timeout 20m -json ./... | .ci/testsummary -allow '$(MAY_SKIP)'

fuzz:
	@.ci/fuzz $(FUZZTIME)

build:
	CGO_ENABLED=0 $(GO) build -o summitquiz ./cmd/summitquiz
