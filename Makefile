# Everything here but test-system and accuracy's PDF producers needs Go and make alone.
GO ?= go
BIN := bin/tiendo
# Tests run what is shipped: one static binary, whether or not the machine has a C compiler.
export CGO_ENABLED := 0

.PHONY: build demo demo-levels test test-system test-schemas lint bench accuracy samples clean

build:
	$(GO) build -trimpath -ldflags "-s -w" -o $(BIN) ./cmd/tiendo

# The main job on a copy of the sample office, in ./demo.
demo: build
	@rm -rf demo
	@$(BIN) init demo --sample
	@$(BIN) run --office demo --period 2025-W20; status=$$?; \
	if [ $$status -gt 1 ]; then exit $$status; fi
	@$(BIN) remind --office demo --period 2025-W20

# Three levels in ./demo-levels: the offices of two provinces, then, by the workbooks that they publish, that of the ministry.
demo-levels: build
	@rm -rf demo-levels
	@cp -r samples/ba-cap demo-levels
	@for office in ha-lam song-van bo; do \
		mkdir demo-levels/$$office/reports demo-levels/$$office/returns demo-levels/$$office/state; \
		$(BIN) run --office demo-levels/$$office --period 2025-W20; status=$$?; \
		if [ $$status -gt 1 ]; then exit $$status; fi; \
		if [ $$office != bo ]; then mkdir demo-levels/bo/inbox/$$office && cp demo-levels/$$office/reports/*.xlsx demo-levels/bo/inbox/$$office/; fi; \
	done
	@$(BIN) explain total.unconfirmed --office demo-levels/bo

test:
	$(GO) test ./...

# What needs Debian packages: real producers, poppler, LibreOffice, Samba, strace. .ci/run installs them.
test-system:
	$(GO) test -tags system -run '^TestSystem' ./...

# Every kind of workbook against the schemas of Office, by the validator of Microsoft's Open XML SDK: needs npm and its registry, on Linux x64.
test-schemas:
	$(GO) test -count=1 -tags schemas -run '^TestSchemas$$' -v ./pipeline

lint:
	$(GO) vet ./...
	$(GO) vet -tags schemas ./pipeline
	$(GO) vet -tags system ./...
	$(GO) tool staticcheck ./...
	@test -z "$$(gofmt -l cmd pipeline templates)" || { echo "not formatted:"; gofmt -l cmd pipeline templates; exit 1; }

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# How well rows, fields and tables are read, on files of known content.
accuracy:
	$(GO) test -count=1 -run TestAccuracy -v ./pipeline/extract/... ./pipeline/reconcile/...

# Makes the sample office anew from its seed: needs python3-openpyxl, python3-docx, LibreOffice and Chromium.
samples:
	$(GO) run ./cmd/samples office --seed 20 --out samples/bo-tttt
	$(GO) run ./cmd/samples levels --seed 77 --out samples/ba-cap

clean:
	rm -rf bin demo demo-levels
