# make run: the page. make test: every fast check. Both do the whole set-up from a fresh clone.
# make places: invented disclosures of other templates, read and asked.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
READY := $(VENV)/.ready
SUITE ?= eval/suites/jianghan-2021.dev.jsonl

.PHONY: setup run index test lint format browser eval places bench clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	$(PIP) $$(grep '^torch==' requirements.lock)
	$(PIP) --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $(READY)

index: $(READY)
	$(BIN)/budget documents

run: index
	$(BIN)/python app.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

test: lint
	$(BIN)/python -m pytest --quiet

browser: $(READY)
	$(BIN)/python -m pytest --quiet -m browser tests/browser

eval: $(READY)
	$(BIN)/budget eval $(SUITE)

places: $(READY)
	$(BIN)/budget ingest eval/places --index var/places
	$(BIN)/budget eval eval/suites/places.jsonl --index var/places

bench: $(READY)
	$(BIN)/python -m eval bench

clean:
	rm -rf var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
