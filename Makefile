# Needs only Python 3.11 or newer with pip and venv, and make. The first run makes .venv; nothing is installed outside
# this directory. `make PYTHON=python3.12 test` picks another Python.

PYTHON ?= python3
TOOLS := .venv-tools
BIN := .venv/bin
READY := .venv/.ready
TYPED := src tests $(wildcard bench)
PATHS := $(TYPED) $(wildcard tools)
PYTEST := $(BIN)/pytest -n auto --dist worksteal

# Where the environment forbids Python to keep what it compiled, each of the many processes that tests and demonstration
# start compiles all modules anew. Everything stays in this directory.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-postgres15 check format format-check lint types floors clean
.PHONY: bench bench-accuracy bench-speed bench-live bench-calibration bench-training bench-cycle bench-custody bench-chaos bench-push bench-drift bench-lateness bench-persons

help: ## say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS='	' read -r name text; do printf '  make %-18s %s\n' "$$name" "$$text"; done

demo: $(READY) ## start a private database, ride an invented state live, show a person and why
	$(BIN)/eyre demo

test: $(READY) ## the default tests, about a minute on two cores
	$(PYTEST)

test-slow: $(READY) ## the tests that take longer
	$(PYTEST) -m slow

test-postgres15: $(READY) ## the tests of the store on Debian's PostgreSQL 15, where it is installed
	$(PYTEST) -m postgres15

check: format-check lint types floors test ## everything that a change must pass

format: $(READY) ## write the code in its one format
	$(BIN)/ruff format $(PATHS)
	$(BIN)/ruff check --fix $(PATHS)

format-check: $(READY)
	$(BIN)/ruff format --check $(PATHS)

lint: $(READY)
	$(BIN)/ruff check $(PATHS)

types: $(READY)
	$(BIN)/mypy $(TYPED)

floors: $(READY) ## arrows between rooms point down
	$(BIN)/lint-imports

bench: bench-accuracy bench-calibration bench-training bench-speed bench-live bench-cycle bench-custody bench-chaos bench-push bench-drift bench-lateness bench-persons ## every benchmark

bench-accuracy: $(READY) ## linkage quality on public data sets, beside peers
	$(BIN)/python -m bench.accuracy

bench-calibration: $(READY) ## whether a stated probability means what it says
	$(BIN)/python -m bench.calibration

bench-training: $(READY) ## what training gains and what it spoils
	$(BIN)/python -m bench.training

bench-speed: $(READY) ## seconds and memory of linking 100 thousand and 1 million generated records, beside Splink's
	$(BIN)/python -m bench.speed

bench-live: $(READY) ## records that arrive where 1 million are stored in PostgreSQL, beside Splink
	$(BIN)/python -m bench.live

bench-cycle: $(READY) ## what a cycle of the circuit costs, with 100, 1,000, 5,910 and 10,000 sources
	$(BIN)/python -m bench.cycle

bench-custody: $(READY) ## thirty invented days with all faults, scored against the truth
	$(BIN)/python -m bench.custody

bench-chaos: $(READY) ## a circuit whose workers, database, connections and disks fail, beside an undisturbed one
	$(BIN)/python -m bench.chaos

bench-persons: $(READY) ## who is whom across jails, half of which tell an age alone, beside Splink
	$(BIN)/python -m bench.persons

bench-push: $(READY) ## how soon an event that is sent is there
	$(BIN)/python -m bench.push

bench-lateness: $(READY) ## how late rides begin when 10,000 sources are due every 15 minutes, and how soon a booking is seen
	$(BIN)/python -m bench.lateness

bench-drift: $(READY) ## every kind of fault, 1,000 variants each: flagged by one ride, nothing invented, nobody harmed
	$(BIN)/python -m bench.drift

clean: ## remove the environments and what the tools cached
	rm -rf .venv $(TOOLS) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# uv from the machine where there is one, else from a private environment: Debian marks its own Python as managed
# (PEP 668), so nothing is ever installed into it.
$(READY): pyproject.toml uv.lock
	@set -eu; \
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'eyre needs Python 3.11 or newer as `$(PYTHON)`: install it, or name one: make PYTHON=python3.12' >&2; exit 1; }; \
	if uv --version >/dev/null 2>&1; then uv=uv; else \
	  uv='$(TOOLS)/bin/uv'; \
	  if ! "$$uv" --version >/dev/null 2>&1; then \
	    rm -rf '$(TOOLS)'; \
	    "$(PYTHON)" -m venv '$(TOOLS)' >/dev/null 2>&1 || { rm -rf '$(TOOLS)'; \
	      echo '`$(PYTHON) -m venv` failed: on Debian and Ubuntu install python3-venv: apt install python3-venv' >&2; exit 1; }; \
	    '$(TOOLS)/bin/python' -m pip install --quiet uv; \
	  fi; \
	fi; \
	"$$uv" sync --frozen --inexact --no-python-downloads --extra standalone --extra pdf --python "$(PYTHON)"
	@touch $@
