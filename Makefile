# One command each. A newcomer needs `make run` and `make test`; the rest is for those who change Homeport.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install run test test-sqlite test-postgres check bench browser lock wheel clean

ifdef UV
  MAKE_VENV = $(UV) venv -q --allow-existing --python $(PYTHON) $(VENV)
  PIP = $(UV) pip install -q --python $(BIN)/python
else
  MAKE_VENV = $(PYTHON) -m venv $(VENV)
  PIP = $(BIN)/python -m pip install -q
endif

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Homeport needs Python 3.11 or newer. Try: make $(MAKECMDGOALS) PYTHON=python3.12")'
	@$(MAKE_VENV)

# What running needs; what developing needs includes it, so the larger stamp satisfies the smaller one.
$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Preparing Homeport (once) ..."
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Preparing Homeport with its tests and science (once) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

install: $(VENV)/.dev

run: $(VENV)/.run
	@exec $(BIN)/homeport demo --port $(PORT)

# On every core; one that is done takes over what waits behind the slow tests of another.
SPREAD := -n auto --dist worksteal

# All of it on SQLite, then on a throw-away PostgreSQL what only that can answer (skipped, saying so, where there is none).
test: test-sqlite
	@HOMEPORT_TEST_DATABASE=postgresql $(BIN)/pytest $(SPREAD) -m postgresql

test-sqlite: install
	@$(BIN)/pytest $(SPREAD)

# Whatever touches the database, on PostgreSQL, every page served by the role that stands before the second wall. The browser
# sees the same pages on either database and goes through them once, on SQLite.
POSTGRES_TESTS := (django_db or postgresql) and not browser
test-postgres: install
	@HOMEPORT_TEST_DATABASE=postgresql $(BIN)/pytest $(SPREAD) -m "$(POSTGRES_TESTS)"

check: install
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.checks

bench: install
	@$(BIN)/python -m tests.benchmark

browser: install
	@$(BIN)/pytest -m browser --screenshots

# Lock by version and hash, without the addresses of package indexes.
lock:
	@$(UV) pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.txt
	@$(UV) pip compile pyproject.toml --extra science --group build --group dev --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.txt

wheel: install
	@$(BIN)/python -m hatchling build -t wheel

clean:
	@rm -rf $(VENV) var dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
