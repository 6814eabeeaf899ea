# Everything runs in .venv, which the first target makes by itself. `make help` lists the targets.

VENV := .venv
PY := $(VENV)/bin/python
APPS := tracker transcripts commitments

# The demo's sample reports are set around this day; your own FILES are judged by the real one.
DEMO_DAY := 2026-03-16
PORT ?= 8000
SERVE ?= 1
DEMO_ENV := $(if $(TODAY),TODAY=$(TODAY),$(if $(FILES),,TODAY=$(DEMO_DAY))) \
	$(if $(SITE_URL),,$(if $(filter-out 8000,$(PORT)),SITE_URL=http://127.0.0.1:$(PORT)))

# Values with which `check --deploy` judges the settings of a server; nothing is contacted.
PRODUCTION := DEBUG=0 TODAY= HTTPS=1 SECRET_KEY=only-for-the-check-of-the-production-settings-0123456789 \
	ALLOWED_HOSTS=toegezegd.example.org SITE_URL=https://toegezegd.example.org \
	DATABASE_URL=postgres://toegezegd@127.0.0.1:5432/toegezegd REDIS_URL=redis://127.0.0.1:6379/0 \
	EMAIL_URL=smtp://127.0.0.1:25 DEFAULT_FROM_EMAIL=toegezegd@example.org

# Tests do not depend on what a .env on this desk says, except for the database they run on.
TESTING := DEBUG=1 TODAY= REDIS_URL= EMAIL_URL= SITE_URL=http://127.0.0.1:8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench schema messages serve worker beat setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/product.stamp ## read the sample reports (or FILES="a.txt b.pdf") and serve the site on PORT; SERVE=0 stops before serving
	@[ "$(SERVE)" = 0 ] || $(PY) -c 'import socket; socket.create_server(("127.0.0.1", int("$(PORT)"))).close()' 2>/dev/null || \
		{ echo "Port $(PORT) on 127.0.0.1 cannot be had: another program holds it. Choose another one: make demo PORT=8080" >&2; exit 1; }
	@$(PY) manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(PY) manage.py demo $(FILES)
	@[ "$(SERVE)" = 0 ] || exec env $(DEMO_ENV) $(PY) -u manage.py runserver --noreload 127.0.0.1:$(PORT)

test: $(VENV)/dev.stamp ## run all tests; ARGS="tests/tracker -k health" runs some
	@$(TESTING) $(PY) -m pytest -n auto --dist worksteal $(ARGS)

lint: $(VENV)/dev.stamp ## style, types, layers, settings, migrations, API schema
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy $(APPS)
	$(VENV)/bin/djlint templates --check --lint --quiet
	$(VENV)/bin/lint-imports
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(TESTING) $(PY) manage.py makemigrations --check --dry-run
	$(TESTING) $(PY) manage.py spectacular --validate --fail-on-warn --file /dev/null

format: $(VENV)/dev.stamp ## let ruff and djlint lay out the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djlint templates --reformat --quiet || true

bench: $(VENV)/dev.stamp ## measure how fast deadlines are read and promises found, beside other readers; FILES="a.txt b.txt" measures on those
	$(PY) manage.py bench $(FILES)
	$(PY) -m tests.bench.watch
	$(PY) -m tests.bench.mailing
	$(PY) -m tests.bench.feed
	$(PY) -m tests.bench.pages

schema: $(VENV)/dev.stamp ## write the description of the API to docs/openapi.yaml
	$(TESTING) $(PY) manage.py spectacular --lang en --validate --fail-on-warn --file docs/openapi.yaml

messages: $(VENV)/dev.stamp ## collect the words of code and templates in locale/, and compile them (needs gettext)
	$(PY) manage.py makemessages --locale nl --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*' --no-wrap
	$(PY) manage.py compilemessages --ignore '.venv/*' --ignore 'var/*'

serve: $(VENV)/product.stamp ## serve the site for development on PORT
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py runserver 127.0.0.1:$(PORT)

worker: $(VENV)/product.stamp ## run a Celery worker (needs REDIS_URL)
	$(PY) -m celery -A tracker worker --loglevel INFO

beat: $(VENV)/product.stamp ## run the Celery beat (needs REDIS_URL)
	$(PY) -m celery -A tracker beat --loglevel INFO --schedule $${VAR_DIR:-var}/celerybeat-schedule

setup: $(VENV)/dev.stamp ## make .venv with everything for development

$(VENV)/product.stamp: requirements.txt
	@sh .ci/venv $(VENV) requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	@sh .ci/venv $(VENV) requirements-dev.txt
	@touch $(VENV)/product.stamp $@
