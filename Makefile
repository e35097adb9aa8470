# PIPCycle: every target does its own set-up; a second run finds it done.
PORT ?= 8000
PYTHON := .venv/bin/python
BOOTSTRAP := scripts/bootstrap.sh
# What a person types on the command line after "make test": make test TESTS=tests/people
TESTS ?= tests
WORKERS ?= 3

.PHONY: run test check bench screens lock audit format clean help

help:
	@echo "make run [PORT=8000]   try PIPCycle: services, demo organizations, web, worker, beat"
	@echo "make test              every test, browser tests included"
	@echo "make check             lint, types, layers, templates, migrations, deployment settings"
	@echo "make bench             the benchmarks, one JSON line a figure"
	@echo "make screens           a picture of every main page per role"
	@echo "make lock | audit | format | clean"

run:
	@$(BOOTSTRAP)
	@exec $(PYTHON) -m pipcycle.local.run --port $(PORT)

test:
	@$(BOOTSTRAP) --browser
	@exec $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(TESTS)

check:
	@$(BOOTSTRAP)
	@exec $(PYTHON) scripts/check.py

bench:
	@$(BOOTSTRAP)
	@exec $(PYTHON) -m benchmarks

screens:
	@$(BOOTSTRAP) --browser
	@exec $(PYTHON) manage.py make_screens

lock:
	@$(BOOTSTRAP)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

# Asks the advisory database over the network, so it is no part of check.
audit:
	@$(BOOTSTRAP)
	@$(PYTHON) -m pip_audit --require-hashes --disable-pip -r requirements.txt

format:
	@$(BOOTSTRAP)
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format --quiet .

# The trial run's data goes too; a cluster that root had to keep elsewhere is removed through its link.
clean:
	@if [ -L var/postgres ]; then rm -rf "$$(readlink var/postgres)"; fi
	@rm -rf var .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
