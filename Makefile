# make run: the portal on http://127.0.0.1:8000/ with its demonstration library. make test: every test.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install install-dev run test lint format messages bench requirements demo-files fonts clean

help:
	@echo "make run           set up everything and serve on http://127.0.0.1:$(PORT)/"
	@echo "make test          set up everything and run every check and test"
	@echo "make lint          style, types, directions of imports and migrations: every check that is no test"
	@echo "make format        let ruff tidy the code"
	@echo "make messages      collect the strings to translate into locale/"
	@echo "make bench         measure speed and relevance; BENCH=\"--works 1000 100000\" other sizes of search,"
	@echo "                   BENCH=\"--drop 1000\" only dropping PDFs, BENCH=\"--imports 10000\" only an import"
	@echo "make requirements  renew the pinned requirements from requirements.in"
	@echo "make demo-files    make the files of the demonstration library again"
	@echo "make fonts         make the fonts that packs are printed with again, from Debian's"
	@echo "make install       prepare $(VENV) with what the portal runs on; make install-dev adds what tests need"
	@echo "make clean         delete $(VENV), var/ with its database, and the compiled messages"

install: $(VENV)/.installed locale/.compiled

$(VENV)/.installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

install-dev: $(VENV)/.installed-dev locale/.compiled

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# Compiled with Babel: a machine without gettext can do it too.
locale/.compiled: $(VENV)/.installed $(wildcard locale/*/LC_MESSAGES/django.po)
	$(BIN)/pybabel --quiet compile --domain django --directory locale
	touch $@

run: install
	PORT=$(PORT) scripts/run

test: install-dev
	scripts/test

lint: install-dev
	scripts/lint

format: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: install-dev
	$(BIN)/python scripts/messages.py
	$(BIN)/pybabel --quiet compile --domain django --directory locale

bench: install-dev
	$(BIN)/python -m tests.bench $(BENCH)

requirements: install-dev
	$(BIN)/uv pip compile requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --upgrade --output-file requirements.txt
	$(BIN)/uv pip compile requirements-dev.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --upgrade --output-file requirements-dev.txt

demo-files: install-dev
	$(BIN)/python -m media_seed.build

fonts: install-dev
	$(BIN)/python scripts/fonts.py

clean:
	rm -rf $(VENV) var locale/.compiled
