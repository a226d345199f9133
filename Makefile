# make test: everything that must hold, on a machine that has Go. make bench: how fast it is, beside a bare program.

GOLANGCI_LINT := v2.15.0
GOFUMPT       := v0.12.0
# What ./... does not name.
OURS := ./.ci/report ./.ci/record
# The systems besides this one that the code must compile for.
OTHERS        := darwin windows freebsd

.PHONY: build test packages tools fmt vet cross lint cover unit bench recording clean

build:
	CGO_ENABLED=0 go build -trimpath -o mimecred ./cmd/mimecred

test: packages tools fmt vet cross lint cover unit

packages:
	@.ci/install

tools:
	@.ci/tool golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint $(GOLANGCI_LINT)
	@.ci/tool gofumpt mvdan.cc/gofumpt $(GOFUMPT)

fmt: tools
	@out=$$(.bin/gofumpt -l client cmd credstore tui docs .ci) && \
	if [ -n "$$out" ]; then echo "not formatted (make format):"; echo "$$out"; exit 1; fi

.PHONY: format
format: tools
	.bin/gofumpt -w client cmd credstore docs tui .ci

vet:
	go vet ./... $(OURS)

cross:
	@set -e; for os in $(OTHERS); do echo "go vet for $$os"; GOOS=$$os CGO_ENABLED=0 go vet ./...; done

lint: tools
	.bin/golangci-lint run ./...

cover:
	@.ci/coverage 85 client credstore

unit:
	go run ./.ci/report go test -race -timeout 20m -json ./... $(OURS)

bench:
	@.ci/bench

# The pictures of the README, from the real program.
recording:
	go run ./.ci/record

clean:
	rm -rf .bin .cache coverage.out mimecred
