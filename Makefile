# `make help` lists the targets. A step is skipped while nothing that goes into it has changed.
PORT ?= 8000
BENCH ?= ratios
VENV := .venv
MANAGE := scripts/in-demo $(VENV)/bin/python manage.py
DEMO_INPUTS = $(shell find manage.py wgll_portal ground organisations frameworks assessments reports fixtures -type f -not -name '*.pyc')
STATIC_INPUTS = $(shell find static wgll_portal -type f -not -name '*.pyc')

export PORT
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-fast lint bench format lock assets clean system

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

demo: var/demo-people var/static/staticfiles.json ## set up and serve a portal with invented boards (PORT=8000)
	@cat var/demo-people
	@echo "Serving on http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	@scripts/in-demo scripts/serve

test: $(VENV)/.dev build/css/portal.css ## everything that CI runs
	@scripts/browser
	@scripts/check lint django compose postgres sqlite

test-fast: $(VENV)/.dev build/css/portal.css ## tests on SQLite, without the browser
	@scripts/check fast

lint: $(VENV)/.dev ## linters, types and import rules
	@scripts/check lint

bench: $(VENV)/.dev build/css/portal.css ## what our code costs against its floor (BENCH="load", "faults", "races", "all")
	python -m benchmarks $(BENCH)

format: $(VENV)/.dev ## put the Python code in the one format
	ruff check --fix .
	ruff format .

lock: $(VENV)/bin/pip ## work out requirements*.txt and package-lock.json anew
	python -m pip install --quiet uv==0.13.9
	for list in requirements requirements-dev requirements-node; do \
	  uv pip compile --quiet --generate-hashes --python-version 3.11 $$list.in -o $$list.txt || exit 1; done
	scripts/npm install --package-lock-only

assets: build/css/portal.css ## compile the stylesheet, fetch script, icons and typeface into build/

clean: ## remove all that was made, except the demo's data
	rm -rf $(VENV) node_modules build var/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Which system packages are needed depends on what is asked for.
system:
	@scripts/system-packages $(firstword $(filter test test-fast,$(MAKECMDGOALS)) demo)

$(VENV)/bin/pip: | system
	"$$(scripts/find-python)" -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.txt | system $(VENV)/bin/pip
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt | system $(VENV)/bin/pip
	$(VENV)/bin/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/.runtime

node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(VENV)/bin/pip
	scripts/npm ci
	touch $@

build/css/portal.css: node_modules/.package-lock.json scripts/build-assets.mjs $(wildcard styles/*.scss)
	scripts/npm run build

var/static/staticfiles.json: $(VENV)/.runtime build/css/portal.css $(STATIC_INPUTS)
	$(MANAGE) collectstatic --clear --noinput --verbosity 0

# What seed_demo prints (whom to sign in as) is kept, to be shown at every start.
var/demo-people: $(VENV)/.runtime $(DEMO_INPUTS)
	@scripts/renew-demo
	$(MANAGE) migrate --noinput --verbosity 0
	$(MANAGE) load_frameworks
	$(MANAGE) load_organisations
	$(MANAGE) seed_demo > $@.new
	mv $@.new $@

ifeq ($(wildcard var/demo.sqlite3),)
.PHONY: var/demo-people
endif
