# Two commands on a fresh machine: `make run` and `make test`. The others are for those who build.
# Needs Python 3.11 or newer, Node 20.19 or newer, make.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
EMPTY ?=
WORKERS ?= 2
export PORT EMPTY

.DEFAULT_GOAL := help
.PHONY: help setup run test suite check bench drills backup restore screenshots reference chromium requirements

help:
	@echo "make run          the demo on http://127.0.0.1:$(PORT)  (PORT=8001, EMPTY=1 without the demo)"
	@echo "make test         the whole suite, with the journey in a real browser"
	@echo "make check        lint, types, floors, sizes, templates, catalogue, access matrix"
	@echo "make setup        what both need: .venv, packages, assets"
	@echo "make bench        speed at national size, into docs/reference/benchmarks.md (BENCH_DATABASE_URL: PostgreSQL too)"
	@echo "make drills       what must hold when things go wrong, into docs/reference/drills.md"
	@echo "make backup       an encrypted, verified backup in BACKUP_DIR"
	@echo "make restore      what the newest holds; FILE=… puts a backup in place of the data"
	@echo "make screenshots  the pictures in docs/screens"
	@echo "make reference    the generated documents in docs/reference"

setup:
	@$(PYTHON) .ci/prepare.py

run: setup
	@exec $(BIN)/python -m config.serve

chromium:
	@sh .ci/chromium

test: setup chromium suite

# The suite alone, on the database in TEST_DATABASE_URL or on SQLite in memory.
suite:
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy saan config tests .ci/prepare.py
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint saan/web
	$(BIN)/python manage.py catalogue --check
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py check --fail-level WARNING
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/pytest -n $(WORKERS) tests/architecture tests/access

bench: setup
	$(BIN)/python -m tests.bench.run

# Needs root for the small disk, and initdb for PostgreSQL. DRILLS="--database sqlite --drill full-disk"
drills: setup
	$(BIN)/python -m tests.drills.run $(DRILLS)

backup: setup
	@$(BIN)/python manage.py backup

# make restore FILE=var/backups/saan-….saanbackup
restore: setup
	@$(BIN)/python manage.py restore $(FILE) $(if $(FILE),--yes)

screenshots: setup chromium
	SAAN_SCREENS=1 $(BIN)/pytest -m e2e -p no:randomly tests/e2e

reference: setup
	SAAN_WRITE_REFERENCE=1 $(BIN)/pytest -p no:randomly tests/access tests/architecture/test_reference.py

# New versions: compiled with hashes, without the address of any index.
requirements: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--upgrade pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--upgrade --extra dev pyproject.toml -o requirements/dev.txt
