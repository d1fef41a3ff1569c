# Two commands on a fresh machine: `make dataset` and `make test`. Each does its own set-up.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
OUT ?= dataset

.PHONY: dataset test soak bench lint check models clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("bantin needs Python 3.11 or later; say make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

dataset: $(VENV)/.installed  ## run the main job on the sample archive and say how to look at what was written
	$(BIN)/bantin run corpus/archive --out $(OUT) --replace

test: $(VENV)/.installed  ## lint, types, every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 2 -m 'not soak'

soak: $(VENV)/.installed  ## the long runs; their last figures stand in benchmarks/
	$(BIN)/python -m pytest -q -m soak

bench: $(VENV)/.installed  ## the side-by-side figures, printed and written to benchmarks/; fails where a target is missed
	@failed=0; for script in benchmarks/pipeline.py benchmarks/directives.py benchmarks/dates.py benchmarks/indicators.py benchmarks/people.py benchmarks/scrape.py benchmarks/reading.py benchmarks/linking_memory.py; do $(BIN)/python $$script || failed=1; done; exit $$failed

models: $(VENV)/.installed  ## measure the rule set on the corpus and write its card
	$(BIN)/bantin models write --measured "$$(date +%F)"

check: $(VENV)/.installed  ## every rule, lexicon and gold file
	$(BIN)/bantin check

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .hypothesis
