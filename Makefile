# Two commands: `make site` builds the site into site/, `make test` runs every test.
# Each sets up what it needs: a virtual environment in .venv, with the versions of constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test serve check bench lint publish weight lighthouse clean

site: $(VENV)/site.stamp
	$(BIN)/papershelf build

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest

serve: $(VENV)/site.stamp
	$(BIN)/papershelf serve --open

check: $(VENV)/site.stamp
	$(BIN)/papershelf check

# make publish TARGET=you@example.org:/var/www/papers
# That folder is the site's alone: what is not in the site is deleted there. Files are compared by
# what is in them, so that those that did not change stay as they are, and readers' copies with them.
publish: site
	@test -n "$(TARGET)" || { echo "make publish: say where: TARGET=you@example.org:/var/www/papers" >&2; exit 2; }
	rsync --recursive --links --checksum --compress --delete-delay --delay-updates site/ "$(TARGET)/"

# make bench SIZES="306 1000" BENCH="--papers papers.jsonl"
bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks.run $(SIZES) $(BENCH)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Figures of the built site: what each kind of page loads; what Lighthouse says (needs npm).
weight: site $(VENV)/test.stamp
	$(BIN)/python tests/browser/measure_weight.py --site site

lighthouse: site $(VENV)/test.stamp
	$(BIN)/python tests/browser/measure_lighthouse.py --site site

clean:
	rm -rf $(VENV) .papershelf site

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Papershelf needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@
