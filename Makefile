# Everything runs from .venv, made from requirements.lock; `make` alone lists what there is to do.
PYTHON ?= python3
BIN := .venv/bin
NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 120

# One thread for linear algebra: the last digits do not depend on the machine, and small fits are faster.
export OPENBLAS_NUM_THREADS = 1

.DEFAULT_GOAL := help
.PHONY: help lab present test lint unit validate notebooks samples bench lock

help:  ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

lab: .venv/ready  ## open JupyterLab at notebooks/00_start_here.ipynb
	$(BIN)/equity-metrics lab

present: .venv/ready  ## serve the notebooks as pages without code, for a board
	$(BIN)/equity-metrics present

test: lint unit validate  ## run everything: lint, tests, every notebook

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: .venv/engines
	$(BIN)/pytest -n 2 --dist loadfile

validate: .venv/ready
	$(BIN)/pytest $(NBVAL) -n 2 --dist loadfile notebooks

notebooks: .venv/ready  ## record the notebooks' outputs anew
	$(BIN)/python tests/record_notebooks.py

samples: .venv/ready  ## make the synthetic data anew
	$(BIN)/python data/make_samples

bench: .venv/bench  ## measure times beside what they are compared with; writes docs/benchmarks.md
	$(BIN)/python benchmarks/bench.py

lock: .venv/ready  ## resolve the locks anew from pyproject.toml
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--group dev pyproject.toml -o requirements.lock --quiet
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--group engines --constraint requirements.lock -o requirements-engines.lock --quiet
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--group bench --constraint requirements.lock --constraint requirements-engines.lock -o requirements-bench.lock --quiet

.venv/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11, 3.12 or 3.13 and run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing: on Debian install it with: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bench: .venv/ready requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

.venv/engines: .venv/ready requirements-engines.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.lock
	@touch $@
