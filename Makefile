# make test does everything: it installs what the machine lacks, checks format and code, runs
# every test, with the race detector where things run at once, and each fuzz target for a few seconds.

GO ?= go
FUZZTIME ?= 3s
# Tests that may be skipped in CI: those that compare with specifications which are no part of
# this repository.
MAY_SKIP ?= \.TestSpec

.PHONY: test setup format vet static tidy compose vuln race fuzz build licences release container pictures bench

test: setup format tidy vet static compose vuln fuzz race

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

# Functions that are state tables of a parser may have more than 25 branches; each is named here.
TABLES ?= 'clockReading|chineseSlips|formatOf|jsonFile\).fill|conformScalar|polarise|blankOut|readAmount|ankiColumns|keyRules\).survey|names\).acceptText|Lexicon\).namesOf|storetest enter|bottest talk|TestLoadReadsEverything|jsonWalk\).isQuestion|language TestData|language TestFifthLanguageIsRead|main TestStrangers|TestEveryFaultIsSeen|TestChecksOfTheFactSheet'

static:
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod staticcheck ./...
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod unparam ./...
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod predeclared ./...
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod go-errorlint ./...
	@complex=$$(CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod gocyclo -over 25 . | grep -vE $(TABLES)); \
	if [ -n "$$complex" ]; then echo "split these functions, they have more than 25 branches:"; echo "$$complex"; exit 1; fi

# compose has the parser of Docker Compose read docker-compose.yml, and holds what keeps it safe.
compose:
	CGO_ENABLED=0 $(GO) run -C tools ./compose ../docker-compose.yml

# vuln asks the Go vulnerability database, where it can be reached.
vuln:
	@if curl -sfm 5 -o /dev/null https://vuln.go.dev/index/modules.json; then \
		CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod govulncheck ./...; \
	else echo "vuln.go.dev cannot be reached: known vulnerabilities are not looked up"; fi

# What runs at once is tested with the race detector: the bot, the programs, and what is shared of
# facts and questions. The rest of content and quiz are plain functions over thousands of values,
# which the detector only makes ten times slower; they run beside it. SQLite's C code turned to Go is
# not watched either (only that package, which shares no generic code with ours): it has locks of its
# own, and the packages that have a database run three times as fast.
RACE = -race '-gcflags=modernc.org/sqlite/lib=-race=false'
ARTIFACTS = -artifacts -outputdir $(CURDIR)/.ci/artifacts
race:
	@$(GO) build -o .ci/testsummary ./cmd/testsummary
	@rm -rf .ci/artifacts && mkdir -p .ci/artifacts
	@$(GO) test -p 1 -count=1 -timeout 20m $(ARTIFACTS) -json ./content/... ./quiz/... > .ci/artifacts/values.json & values=$$!; \
	{ CGO_ENABLED=1 $(GO) test $(RACE) -count=1 -timeout 20m -p 3 $(ARTIFACTS) -json ./cmd/... . ./bot/... ./config/...; \
	CGO_ENABLED=1 $(GO) test $(RACE) -count=1 -run 'ManyReadersShare|SameSeedSameBytes' -json ./content ./quiz/generate; \
	wait $$values; cat .ci/artifacts/values.json; } | .ci/testsummary -allow '$(MAY_SKIP)'

fuzz:
	@.ci/fuzz $(FUZZTIME)

build:
	CGO_ENABLED=0 $(GO) build -o summitquiz ./cmd/summitquiz

# licences writes what `summitquiz licences` prints, after a change of go.mod.
licences:
	$(GO) run -C tools ./licences ../cmd/summitquiz > licences.new && mv licences.new cmd/summitquiz/licences.txt

# release builds static programs for every system, a list of all components and checksums, in dist.
release: licences
	rm -rf dist && mkdir dist
	for system in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do \
		os=$${system%/*} arch=$${system#*/}; suffix=; [ $$os = windows ] && suffix=.exe; \
		echo $$system; CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w' \
			-o dist/summitquiz-$$os-$$arch$$suffix ./cmd/summitquiz || exit 1; \
	done
	CGO_ENABLED=0 $(GO) tool -modfile=tools/go.mod cyclonedx-gomod bin -json -licenses -output dist/summitquiz.cdx.json dist/summitquiz-linux-amd64
	cd dist && if command -v sha256sum >/dev/null; then sha256sum summitquiz*; else shasum -a 256 summitquiz*; fi > SHA256SUMS

# container runs the program as the image does: its user, its disk and the limits of docker-compose.yml. It needs root.
container:
	$(GO) vet -tags container ./cmd/summitquiz
	$(GO) test -tags container ./cmd/summitquiz -run TestInAContainer -count=1 -v

# pictures draws the README's screenshots anew, in Chromium.
pictures: setup
	mkdir -p docs/pictures
	$(GO) test ./bot/web -run TestARoomToLookAt -count=1 -pictures $(CURDIR)/docs/pictures

# bench measures what docs/benchmarks.md tells of.
bench:
	$(GO) test ./bot/service -run '^$$' -bench Answers -benchtime 20x
	$(GO) test ./bot/service -run '^$$' -bench ThousandGames -benchtime 3x
	$(GO) test ./cmd/summitquiz -run '^$$' -bench ColdStart -benchtime 20x
	$(GO) test ./bot/discord -run '^$$' -bench Clicks -benchtime 10x
	$(GO) test ./bot/discord -run '^$$' -bench ManyChannels -benchtime 1x
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o summitquiz ./cmd/summitquiz && ls -l summitquiz
