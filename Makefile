# The two commands of a newcomer are `make run` and `make test`; `make help` lists all.

PYTHON ?= python3
PORT ?= 8000
# Half the time on two processors; more than four browsers at once help nobody.
PYTEST_ARGS ?= --numprocesses auto --maxprocesses 4 --dist worksteal
CONTAINER_CHECK ?= ../shared/tools/container-check.sh
UV ?= uv

# Twice quiet: errors only.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --quiet --require-hashes
MANAGE := .venv/bin/python manage.py
DJADE := find templates -name '*.html' | xargs .venv/bin/djade --target-version 5.2
LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(LOCK_ARGS)

.DEFAULT_GOAL := help
# The steps depend on each other's effects, not only on files.
.NOTPARALLEL:
.PHONY: help run test check format messages guide pictures lock container-check python

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile

run: export SECOND_FACTOR ?= off
run: port python .venv/run.stamp .venv/static.stamp  ## start the site on 127.0.0.1:8000, made ready first where needed; another port with PORT=8001
	@exec $(MANAGE) serve --trial --bind 127.0.0.1:$(PORT)

test: python .venv/dev.stamp  ## run all tests; on another database with DATABASE_URL=postgres://user:password@host/name
	@.venv/bin/python -m pytest $(PYTEST_ARGS)

# The folder is made for the check alone, so that no var/ appears beside the code.
check: export DATA_DIR := .venv/check
check: python .venv/dev.stamp  ## lint, format, types, templates, migrations, deployment checks
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(DJADE) --check
	$(MANAGE) makemigrations --check --dry-run
	HTTPS=on TRUSTED_PROXIES=1 ALLOWED_HOSTS=press.example $(MANAGE) check --deploy --fail-level WARNING

format: python .venv/dev.stamp  ## put code and templates into the house's form
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .
	$(DJADE)

messages: python .venv/dev.stamp  ## collect the texts to translate and compile the catalogues (needs gettext)
	@command -v msgfmt >/dev/null || { echo "make messages needs gettext: apt-get install gettext"; exit 1; }
	@mkdir -p locale
	$(MANAGE) makemessages --locale ru --no-wrap --no-obsolete --no-location --ignore .venv --ignore staticfiles --ignore var --ignore tests
	@sed -i /POT-Creation-Date/d locale/*/LC_MESSAGES/django.po
	$(MANAGE) compilemessages --locale ru --ignore .venv --verbosity 0

guide: python .venv/dev.stamp  ## draw the pictures of docs/newsroom.md anew (needs Chromium)
	@.venv/bin/python docs/newsroom/draw.py

pictures: python .venv/dev.stamp  ## take every kind of page into var/pictures/ (needs Chromium); a part with PICTURES="public en"
	@.venv/bin/python -m docs.pictures $(PICTURES)

# The second file is held to the versions of the first, so that both fit into one environment.
lock:  ## write the hashed locks anew from pyproject.toml (needs uv); newer versions with LOCK_ARGS=--upgrade
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv, or name it with UV=path"; exit 1; }
	$(UV) pip compile $(LOCK_FLAGS) pyproject.toml --output-file requirements/run.txt
	$(UV) pip compile $(LOCK_FLAGS) --constraint requirements/run.txt --extra dev pyproject.toml --output-file requirements/dev.txt

container-check:  ## build the image and run it as strictly as a deployment would (needs root and Debian)
	@test -x $(CONTAINER_CHECK) || { echo "No $(CONTAINER_CHECK): name the script with make container-check CONTAINER_CHECK=path"; exit 1; }
	$(CONTAINER_CHECK) -p / .

# ---- steps -------------------------------------------------------------------------------------------------------

.PHONY: port
port:
	@$(PYTHON) embassy/preflight.py 127.0.0.1:$(PORT)

# Makes the environment where it is missing, or where its Python is gone or too old; the stamps go with it.
python:
	@.venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	    || { $(PYTHON) embassy/preflight.py python disk && echo "Making the virtual environment .venv" \
	         && $(PYTHON) -m venv --clear .venv; }

# A stamp is written last: what was broken off is done again.
.venv/%.stamp: requirements/%.txt
	@$(PYTHON) embassy/preflight.py disk
	@echo "Installing the packages of requirements/$*.txt (a minute or two)"
	@$(PIP) --requirement requirements/$*.txt
	@touch $@

# Folders are listed too: their time tells of a removed file.
.venv/static.stamp: .venv/run.stamp embassy/settings.py $(shell find static)
	@echo "Collecting the static files"
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@
