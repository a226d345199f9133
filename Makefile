# make test: everything that must hold, on a machine that has Go. make bench: how fast it is, beside a bare program.

GOLANGCI_LINT := v2.15.0
GOFUMPT       := v0.12.0
GORELEASER    := v2.13.3
CYCLONEDX     := v1.10.0
# What ./... does not name.
OURS := ./.ci/report ./.ci/record ./.ci/release ./.ci/words
# The systems besides this one that the code must compile for.
OTHERS        := darwin windows freebsd

# Matrices: a process or a call for each point, fault, signal.
LONG := AtEveryPoint|AtEveryStoreOperation|EveryFault|OnEveryScreen|FiftyProcesses

.PHONY: build test packages tools fmt vet cross lint cover unit bench recording release release-test clean

build:
	CGO_ENABLED=0 go build -trimpath -o mimecred ./cmd/mimecred

test: packages tools fmt vet cross lint cover unit

packages:
	@.ci/install

tools:
	@.ci/tool golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint $(GOLANGCI_LINT)
	@.ci/tool gofumpt mvdan.cc/gofumpt $(GOFUMPT)

# What builds releases takes minutes to build itself: it is no part of make test.
.PHONY: release-tools
release-tools:
	@.ci/tool goreleaser github.com/goreleaser/goreleaser/v2 $(GORELEASER)
	@.ci/tool cyclonedx-gomod github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod $(CYCLONEDX)

fmt: tools
	@out=$$(.bin/gofumpt -l client cmd credstore tui docs .ci) && \
	if [ -n "$$out" ]; then echo "not formatted (make format):"; echo "$$out"; exit 1; fi

.PHONY: format
format: tools
	.bin/gofumpt -w client cmd credstore docs tui .ci

vet:
	go vet ./... $(OURS)

cross:
	@set -e; for os in $(OTHERS); do echo "go vet for $$os"; GOOS=$$os CGO_ENABLED=0 go vet -trimpath ./...; done

lint: tools
	.bin/golangci-lint run ./...

cover:
	@LONG='$(LONG)' .ci/coverage 85 client credstore

# Tests run under the race detector, those that LONG names without it: they start thousands of processes and
# calls, whose code the others have under the detector.
unit:
	go run ./.ci/report go test -race -timeout 20m -skip '$(LONG)' -json ./... $(filter-out ./.ci/release ./.ci/record,$(OURS)) \
		then go test -timeout 20m -run '$(LONG)' -json ./client ./credstore/... ./cmd/mimecred ./tui

bench:
	@.ci/bench

# The pictures of the README, from the real program.
recording:
	go run ./.ci/record

# Everything that is published, into dist; nothing is published.
release: release-tools
	.ci/goreleaser release --snapshot --clean

# The tests of that with every architecture.
release-test: release-tools
	MIMECRED_RELEASE_ALL=1 go test -count=1 -timeout 60m ./.ci/release ./.ci/record

clean:
	rm -rf .bin .cache coverage.out dist mimecred
