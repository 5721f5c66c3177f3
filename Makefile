# Loa: two commands are enough, `make up` and `make test`. The rest is for those who change it.
# The environment lives in .venv and is made from the hash-locked lists; nothing else is touched.

PYTHON ?= python3
PORT ?= 8080
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help up demo test check audit bench bench-faults doctor screenshots translations lock clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

up: $(VENV)/.run ## start the station: web, worker, beat, Redis and a local box (PORT=8080 HOST=127.0.0.1)
	@exec $(BIN)/loa up --port $(PORT) --host $(HOST)

demo: $(VENV)/.run ## fill the demonstration station and let one bulletin go out within two minutes
	@LOA_PORT=$(PORT) $(BIN)/loa demo

test: $(VENV)/.dev ## everything: style, types, contracts, tests on SQLite and PostgreSQL, browser
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/tests

check: $(VENV)/.dev ## style, types and import contracts only (quick)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/check

audit: $(VENV)/.dev ## known holes in what is locked; fails, too, when the advisories cannot be asked
	@for list in requirements.lock requirements-dev.lock; do \
	  $(BIN)/pip-audit --strict --disable-pip --require-hashes -r $$list || exit 1; done

bench: $(VENV)/.dev ## measured ratios against limits taken in the same run
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/bench

bench-faults: $(VENV)/.dev ## the fault table, kill loops and soaks at full length
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/bench faults

doctor: $(VENV)/.run ## what is found, what is missing, how to get it
	@LOA_PORT=$(PORT) $(BIN)/loa doctor

screenshots: $(VENV)/.dev ## pictures of every page into test-artefacts/
	@$(BIN)/python tests/e2e/screenshots.py

translations: $(VENV)/.dev ## collect the words of the pages into the English catalogue
	@$(BIN)/pybabel -q extract --no-location -F broadcast/translations/babel.cfg -o $(VENV)/messages.pot .
	@$(BIN)/pybabel -q update -N --ignore-obsolete --no-wrap -i $(VENV)/messages.pot -d broadcast/translations -l en
	@$(BIN)/pybabel -q compile -d broadcast/translations

lock: $(VENV)/.dev ## make the hash-locked lists anew from pyproject.toml
	@bash .ci/lock

clean:           ## remove the environment and test artefacts (data/ stays)
	rm -rf $(VENV) test-artefacts .mypy_cache .ruff_cache .hypothesis

$(VENV)/.run: requirements.lock pyproject.toml broadcast/translations/en/LC_MESSAGES/messages.po
	@PYTHON="$(PYTHON)" bash .ci/install requirements.lock $(VENV)
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@PYTHON="$(PYTHON)" bash .ci/install requirements-dev.lock $(VENV)
	@touch $@
