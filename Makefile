# Everything a person does with this project. `make` alone lists it.
#
# PYTHON=python3.12     chooses the interpreter for setup
# ARGS='--listen :9000' is handed on by demo, run, test and bench

SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# A worker for each core; what a test waits for on the network is waited for beside another.
SHARED := -n auto --dist worksteal
LOCK := requirements.lock
# Where it is forbidden to keep what was compiled, each of the many desks that the tests start
# compiles everything anew: two seconds of work apiece.
unexport PYTHONDONTWRITEBYTECODE
export UV_SYSTEM_CERTS = 1
export UV_PYTHON_DOWNLOADS = never

.PHONY: help
help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/.made ## make .venv with the copytaster command in it

.venv/.made: $(LOCK) pyproject.toml scripts/setup
	@scripts/setup
	@touch $@

.venv/.made-browser: .venv/.made requirements-browser.lock
	@scripts/setup browser
	@touch $@

.PHONY: demo
demo: setup ## watch a scripted agency day arrive, in your browser
	@$(BIN)/copytaster demo $(ARGS)

.PHONY: run
run: setup ## start an empty desk on loopback, its data in ./data
	@$(BIN)/copytaster run --data data $(ARGS)

.PHONY: test
test: setup ## run the tests (some six minutes on two cores; three is the aim)
	@COPYTASTER_CRASHES=$${COPYTASTER_CRASHES:-2} $(PYTEST) -q tests/crash
	@$(PYTEST) -q $(SHARED) -m 'not browser and not soak and not crash' $(ARGS)

.PHONY: check
check: setup ## lint, format, types, and the walls between the rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: browser
browser: .venv/.made-browser ## look at the pages in chromium; screenshots in build/screenshots
	@$(PYTEST) -q -m browser $(ARGS)

checks/node/node_modules/.made: checks/node/package.json checks/node/package-lock.json
	@cd checks/node && npm ci --omit=dev --silent && touch node_modules/.made

checks/node/node_modules/.made-release: checks/node/node_modules/.made
	@cd checks/node && npm ci --silent && touch node_modules/.made node_modules/.made-release

.PHONY: validate
validate: .venv/.made-browser checks/node/node_modules/.made ## every validator over a site in every state (some 5 minutes)
	@$(BIN)/python -m checks $(ARGS)

.PHONY: release-check
release-check: .venv/.made-browser checks/node/node_modules/.made-release ## lighthouse, five times a page; before a release (some 5 minutes)
	@$(BIN)/python -m checks.release $(ARGS)

.PHONY: crash
crash: setup ## kill a running desk 20 times under load, and the log's writer 50 times
	@COPYTASTER_CRASHES=$${COPYTASTER_CRASHES:-20} \
		COPYTASTER_LOG_CRASHES=$${COPYTASTER_LOG_CRASHES:-50} $(PYTEST) -q tests/crash $(ARGS)

.PHONY: race
race: setup ## a kill races its own story 1,000 times, under a reader's eye (about 3 minutes)
	@COPYTASTER_RACES=$${COPYTASTER_RACES:-1000} $(PYTEST) -q tests/race $(ARGS)

.PHONY: properties
properties: setup ## every property with 1,000 examples
	@COPYTASTER_EXAMPLES=$${COPYTASTER_EXAMPLES:-1000} COPYTASTER_CRASHES=0 \
		$(PYTEST) -q $(SHARED) \
		-m '(hypothesis or examples) and not browser and not soak and not crash and not race and not fuzz' \
		$(ARGS)

.PHONY: bench
bench: setup ## measure; prints a table, writes build/bench.json (about 25 minutes)
	@$(BIN)/python -m bench $(ARGS)

.PHONY: bench-smoke
bench-smoke: setup ## the same measurements on a small scale, to see that they run
	@$(BIN)/python -m bench --quick $(ARGS)

.PHONY: bench-formats
bench-formats: setup ## measure every reader of formats beside others (about 3 minutes)
	@$(BIN)/python -m bench.formats --json build/bench-formats.json $(ARGS)

.PHONY: bench-reading
bench-reading: setup ## measure the reader of stories on the project's own gold (seconds)
	@$(BIN)/python -m bench.reading $(ARGS)

.PHONY: bench-formats-smoke
bench-formats-smoke: setup ## the same on a small scale, to see that it runs
	@$(BIN)/python -m bench.formats --quick $(ARGS)

.PHONY: conformance
conformance: setup ## read everything in the corpus, count every character, print the table
	@$(BIN)/python -m conformance $(ARGS)

.PHONY: fuzz
fuzz: setup ## hostile bytes for every reader, a minute each, and the bombs (about 10 minutes)
	@COPYTASTER_FUZZ=$${COPYTASTER_FUZZ:-60} $(BIN)/python -m tests.fuzz $(ARGS)

.PHONY: ci
ci: check test ci-rest ## all that fits in 40 minutes

.PHONY: ci-rest
ci-rest: browser validate crash race properties bench-smoke bench-formats-smoke fuzz

.PHONY: soak
soak: setup ## hours: 500 crashes, 10,000 races, 20,000 examples of every property, an hour's fuzz of each reader
	@COPYTASTER_CRASHES=500 COPYTASTER_LOG_CRASHES=500 $(PYTEST) -q tests/crash
	@COPYTASTER_RACES=10000 $(PYTEST) -q tests/race
	@COPYTASTER_FUZZ=3600 COPYTASTER_CHANCE=new $(BIN)/python -m tests.fuzz
	@COPYTASTER_EXAMPLES=20000 COPYTASTER_CHANCE=new COPYTASTER_CRASHES=0 \
		$(PYTEST) -q -m 'not browser and not crash and not race and not fuzz'

.PHONY: lock
lock: setup ## renew both lock files from pyproject.toml
	@uv=$$(command -v uv || echo .boot/bin/uv); \
	set -e; \
	$$uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
		pyproject.toml --group dev --output-file $(LOCK); \
	$$uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
		--constraint $(LOCK) --group pyproject.toml:browser \
		--output-file requirements-browser.lock

.PHONY: docs
docs: ## build the documentation site into build/docs (fetches zensical)
	@uv=$$(command -v uv || echo .boot/bin/uv); $$uv tool run --quiet zensical build

.PHONY: clean
clean: ## remove everything that can be made again
	rm -rf .venv .boot .cache build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .coverage
	rm -rf checks/node/node_modules
	find src tests bench checks conformance -type d -name __pycache__ -prune -exec rm -rf {} +
