# Two commands matter: `make run` and `make test`. Each sets up what it needs.
PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
MAPPING ?= native
SCALES  ?= 1 10

.PHONY: run test suite lint style types load sample bench screenshots clean

run: $(VENV)/run-ready
	$(BIN)/python -m warehouse sample --if-missing
	$(BIN)/python -m store sample
	$(BIN)/python -m streamlit run serve.py

test: style
	$(BIN)/python -m tests.browser_setup
	$(MAKE) --jobs 2 types suite

suite:
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

lint: style types

style: $(VENV)/test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/test-ready
	$(BIN)/mypy

load: $(VENV)/run-ready
	$(BIN)/python -m warehouse load $(FILES) --mapping $(MAPPING)

sample: $(VENV)/run-ready
	$(BIN)/python -m warehouse sample
	$(BIN)/python -m store sample

bench: $(VENV)/test-ready
	$(BIN)/python -m benchmarks $(SCALES)

screenshots: $(VENV)/test-ready
	$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf $(VENV) artifacts

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=...)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run-ready: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test-ready: requirements.txt tests/requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(VENV)/run-ready
