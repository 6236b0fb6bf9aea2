# Needs Python 3.11 or newer and make; everything else goes into .venv and var/.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
DEVELOPMENT := $(VENV)/development.stamp
MUTATION := $(VENV)/mutation.stamp
DATABASE := var/xushi.db
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --retries 5
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup -ra
COVERAGE := $(BIN)/python -m coverage report --skip-covered --show-missing

.PHONY: help run test test-long mutation check format bench clean
.DEFAULT_GOAL := help
# A demo county that was only half written must not be taken for a database next time.
.DELETE_ON_ERROR:

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

run: $(RUNTIME) $(if $(DATABASE_URL),,$(DATABASE)) ## start the dashboard, with the demo county where there is no database yet
	@echo "序时 Xushi: http://127.0.0.1:$(PORT)/   (Ctrl+C 停止 / stops it)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: check ## everything that must hold before a change lands
	$(PYTEST) -m "counted and not (long or hypothesis)" --cov=metrics --cov=data_access --cov-branch --cov-report= \
		tests/metrics tests/data_access
	$(COVERAGE) --include='metrics/*' --fail-under=100
	$(COVERAGE) --include='data_access/*' --omit='data_access/migrations/*' --fail-under=95
	$(PYTEST) -m "not long and (hypothesis or not counted)" tests

test-long: $(DEVELOPMENT) ## the harnesses that take longer than make test may
	$(PYTEST) -m long tests
	$(PYTEST) --hypothesis-profile=long -m "not long" tests/metrics
	$(MAKE) mutation

mutation: $(MUTATION) ## make every fault a tool knows in metrics/ and count what is noticed; MODULES="ranks pace" for these alone
	$(BIN)/python -m tests.mutation $(MODULES)

check: $(DEVELOPMENT) ## style, form, types and arrows between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEVELOPMENT) ## write the code in the form that check asks for
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(DEVELOPMENT) ## measure against the limits of docs/performance.md
	$(BIN)/python -m benchmarks

clean: ## take away what the commands above made, except the database
	rm -rf $(VENV) build .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache .coverage*

$(DATABASE): | $(RUNTIME)
	$(BIN)/python manage.py demo

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. 需要 Python 3.11 或更新版本。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.txt | $(VENV)/pyvenv.cfg
	$(PIP) -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	$(PIP) -r requirements-dev.txt
	@touch $@

$(MUTATION): requirements-mutation.txt $(DEVELOPMENT)
	$(PIP) -r requirements-mutation.txt
	@touch $@
