# The one recipe file: people, hooks and CI call the same targets. Needs make and Python 3.11+.
.POSIX:
.SUFFIXES:

VENV = .venv
BIN = $(VENV)/bin
PYTHON =
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' pyproject.toml

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do \
		printf '  make %-10s %s\n' "$$name" "$$what"; done

run: $(VENV)/ready-to-run ## Asker's page on 127.0.0.1:8000, in demo mode
	@$(BIN)/python tools/catalogues.py compile
	@HUSROM_MODE="$${HUSROM_MODE:-demo}" exec $(BIN)/husrom demo $(ARGS)

test: $(VENV)/ready-to-develop ## everything that can be tested on this machine
	@exec $(BIN)/python -m tests.run $(ARGS)

check: $(VENV)/ready-to-develop ## format, lint, types, walls, migrations, templates, catalogues
	@exec $(BIN)/python tools/check.py

format: $(VENV)/ready-to-develop ## write Python and templates in the house's form
	@$(BIN)/python tools/check.py --format

messages: $(VENV)/ready-to-develop ## take new texts into the message catalogues
	@$(BIN)/python tools/catalogues.py update

docs: $(VENV)/ready-to-develop ## write the generated reference
	@$(BIN)/python tools/catalogues.py compile
	@HUSROM_MODE=demo $(BIN)/husrom write_docs

lock: $(VENV)/ready-to-develop ## resolve the dependencies anew and write the lock files
	$(LOCK) $(ARGS) --group build --output-file requirements.txt
	$(LOCK) $(ARGS) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what can be made again; the database in var/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find husrom tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The virtual environment. A stamp file keeps a second start from installing again.
$(BIN)/python:
	@sh tools/make_venv.sh $(VENV) $(PYTHON)

$(VENV)/ready-to-run: $(BIN)/python requirements.txt pyproject.toml
	@echo 'Installing what Husrom runs on ...'
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-develop: $(VENV)/ready-to-run requirements-dev.txt
	@echo 'Installing what the tests need ...'
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run test check format messages docs lock clean
