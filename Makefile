# `make example` builds a dossier of the example reports; `make test` checks everything. Both make .venv by themselves.

SHELL  := /bin/bash
VENV   := .venv
BIN    := $(VENV)/bin
# The first Python that is new enough; `make PYTHON=/path/to/python` overrides the search.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
            "$$p" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo "$$p" && break; done)
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: example test check lint types golden eval bench wheel constraints clean

example: $(VENV)/.runtime
	$(BIN)/hearsay build examples/reports -o dossier

test: $(VENV)/.dev
	$(MAKE) --no-print-directory lint types
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

golden: $(VENV)/.dev  ## accept the golden dossiers as they come out now; read the diff before committing it
	$(BIN)/pytest tests --snapshot-update

eval: $(VENV)/.dev
	$(BIN)/python eval/run.py

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

wheel: $(VENV)/.dev
	$(BIN)/pytest tests/test_packaging.py -m wheel

# What is installed is pinned by hash, for every platform; no index is named.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
           --no-config --no-header --no-annotate --quiet --upgrade
constraints:  ## needs uv; the build backend is pinned with the rest
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml - -o constraints.txt
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml --extra dev --constraint constraints.txt - -o constraints-dev.txt

clean:
	rm -rf $(VENV) dist build dossier out .pytest_cache .mypy_cache .ruff_cache .hypothesis

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
$(BIN)/python:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	    echo "Hearsay needs Python 3.11 or newer; install it, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: constraints.txt pyproject.toml | $(BIN)/python
	@echo "Installing Hearsay into $(VENV) (once; about a minute)"
	@$(PIP) --require-hashes --requirement constraints.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: constraints-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing Hearsay and its development tools into $(VENV) (once; about a minute)"
	@$(PIP) --require-hashes --requirement constraints-dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime
