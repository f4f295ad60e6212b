# Everything one does with Draad. Each target may be the first command on a fresh machine.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
ifeq ($(filter test-%,$(MAKECMDGOALS)),) # the groups of tests may run side by side; nothing else may
.NOTPARALLEL:
endif
.PHONY: help demo test test-browser test-web test-rest test-quick test-faults lint format browser texts lock build
.PHONY: secrets clean bench

BIN := .venv/bin
PORT ?= 8000
# The first that is 3.11 or newer; a name that is there but does not start is passed over.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)
# Locked with the oldest version we run on: what only older versions need is then in the lock too.
LOCK_PYTHON ?= python3.11
# Where packages come from is a matter of the machine: the lock says what they are (version and hash).
PIN = CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --generate-hashes --strip-extras $(UPGRADE) \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TEXTS := $(wildcard web/translations/*/LC_MESSAGES/*.po)
SECRETS := $(addprefix secrets/,postgres draad_owner draad_app draad_reader master log)

# A file of tests stays in one process: what it prepared is prepared once.
SIDE_BY_SIDE := --numprocesses=auto --maxprocesses=4 --dist=loadfile

unexport PYTHONPATH PYTHONHOME # of another project: they would reach into ours

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/draad ## Draad with made-up clients, on http://127.0.0.1:8000 (PORT=… for another)
	$(BIN)/draad demo --port $(PORT)

test: browser lint ## All checks and all tests, in three groups side by side; what breaks things, once
	$(MAKE) --no-print-directory -j3 test-browser test-web test-rest

test-browser: .venv/test
	$(BIN)/pytest -m "not faults" tests/browser

test-web: .venv/test
	$(BIN)/pytest -m "not faults" tests/web

test-rest: .venv/test
	$(BIN)/pytest -m "not faults" --ignore=tests/browser --ignore=tests/web

test-quick: .venv/test ## The tests that take no browser and little time
	$(BIN)/pytest -m "not browser and not slow and not faults"

test-faults: .venv/test ## What breaks things again and again: servers, connections, disks, clocks
	$(BIN)/pytest -m faults tests/faults $(SIDE_BY_SIDE)

bench: .venv/bench ## How fast, beside what people would pick instead; writes bench.json
	$(BIN)/python -m tests.bench --page docs/performance.md

lint: .venv/test ## Style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/test ## Put style and format right where a program can
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

browser: .venv/test ## Bring Chromium for the browser tests, when there is none
	$(BIN)/python -m tests.browser.chromium

texts: .venv/test ## Gather the texts of the screens for translating
	$(BIN)/pybabel -q extract -F babel.cfg --omit-header --no-location -o build/messages.pot .
	$(BIN)/pybabel -q update --omit-header --no-fuzzy-matching -i build/messages.pot -d web/translations

lock: ## Pin anew what pyproject.toml asks for (UPGRADE=--upgrade for the newest)
	$(LOCK_PYTHON) -m venv --clear build/lock
	build/lock/bin/pip install --quiet pip-tools==7.6.2
	$(PIN) --output-file requirements.lock pyproject.toml
	$(PIN) --extra test --constraint requirements.lock \
		--output-file requirements-test.lock pyproject.toml
	$(PIN) --extra bench --constraint requirements-test.lock \
		--output-file requirements-bench.lock pyproject.toml

build: .venv/test ## The sdist, and the wheel from it, in dist/
	rm -rf dist
	$(BIN)/python -m build

secrets: $(SECRETS) ## Random secrets for docker-compose.yml, in secrets/

clean: ## Remove what was made here (var/, with the demo's database, and secrets/ stay)
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f web/translations/*/LC_MESSAGES/*.mo

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Draad needs Python 3.11 or newer, and there is none here."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make an environment: install its venv package (Debian, Ubuntu: python3-venv)."; \
		exit 1; }
	"$(PYTHON)" -m venv --clear .venv

# The stamps follow the locks: when a lock changes, what is installed changes with it.
.venv/draad: requirements.lock pyproject.toml hatch_build.py $(TEXTS) | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $@

.venv/test: requirements-test.lock .venv/draad
	$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

.venv/bench: requirements-bench.lock .venv/test
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

# The folder is closed; the files are not: a container reads them as another user.
secrets/%:
	@mkdir -p -m 700 secrets
	od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' > $@
	@chmod 444 $@
