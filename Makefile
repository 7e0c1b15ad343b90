# Everything a newcomer needs: `make demo` and `make test` work from a bare clone with Python 3.11+.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLACES := src/saksi/registers/places
DEMO := demo.db

.PHONY: demo web test lint types layers check gazetteer clean evaluate weights benchmarks worlds lies month fuzz followed kills floods load peers docs site wheel

demo: $(BIN)/saksi gazetteer web
	@rm -f $(DEMO)
	@echo "== saksi read examples/* --ledger $(DEMO)"
	@$(BIN)/saksi read examples/*.jsonl --ledger $(DEMO)
	@$(BIN)/saksi read examples/release.txt --source cjtf-oir --published 2015-11-06 --ledger $(DEMO)
	@echo; echo "== saksi claims --ledger $(DEMO)"
	@$(BIN)/saksi claims --ledger $(DEMO)
	@echo; echo "== saksi tally --kind destroy --target vehicle --country SY --from 2019-04-01 --to 2019-04-05"
	@$(BIN)/saksi tally --kind destroy --target vehicle --country SY --from 2019-04-01 --to 2019-04-05 --ledger $(DEMO)
	@echo; echo "== saksi tally --kind kill --place 'Kabupaten Nduga' --from 2022-07-16 --to 2022-07-16"
	@$(BIN)/saksi tally --kind kill --place "Kabupaten Nduga" --from 2022-07-16 --to 2022-07-16 --ledger $(DEMO)
	@echo; echo "== saksi check"
	@$(BIN)/saksi check --ledger $(DEMO) || true
	@echo; echo "== saksi incidents"
	@$(BIN)/saksi incidents --ledger $(DEMO)
	@echo; echo "Next: copy an id from the first column and see the words behind it:"
	@echo "  $(BIN)/saksi explain ID --ledger $(DEMO)"
	@echo "or read something of your own:"
	@echo "  $(BIN)/saksi read report.txt --published 2024-05-17 --format table"
	@echo "or open all of this as a page, in English or Indonesian:"
	@echo "  $(BIN)/saksi serve --ledger $(DEMO)"

test: lint
	$(BIN)/pytest -n auto -q

lint: $(VENV)/dev gazetteer web
	$(BIN)/ruff check src tests benchmarks manual hatch_build.py
	$(BIN)/ruff format --check src tests benchmarks manual hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/addresses.py

evaluate: $(BIN)/saksi gazetteer
	$(BIN)/saksi evaluate --floors

# Learns registers/weights.yml from our own gold and from real documents labelled by hand: GOLD names two files, and KEYS,
# where given, reports with the answer keys of MUC-4, for days.
GOLD ?= ../shared/data/real_dev.jsonl ../shared/data/real_dev_gold.jsonl
KEYS ?=
weights: $(VENV)/dev gazetteer
	$(BIN)/python -m saksi.evaluation.learning --real $(GOLD) $(if $(KEYS),--keys $(KEYS)) --out src/saksi/registers/weights.yml

benchmarks: $(VENV)/dev gazetteer
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.grounding
	$(BIN)/python -m benchmarks.reconcile
	$(BIN)/python -m benchmarks.serve
	$(BIN)/python -m benchmarks.exports
	$(BIN)/python -m benchmarks.batch
	$(BIN)/python -m benchmarks.stages

# Random worlds with a hidden truth, many more than the tests try.
worlds: $(VENV)/dev gazetteer
	SAKSI_WORLDS=2000 $(BIN)/pytest -n auto -q tests/reconcile/test_worlds.py

# A month of fifty feeds with faults, on loopback and by a clock of its own.
month: $(VENV)/dev gazetteer
	SAKSI_FEEDS=50 $(BIN)/pytest -q tests/watching/test_watching.py -k month

# Twenty thousand changed files of each kind, where the tests try sixty; then ten minutes of Hypothesis for each parser of
# bytes from outside (`make fuzz SECONDS_EACH=10` as CI does).
SECONDS_EACH ?= 600
ROUNDS ?= 20000
fuzz: $(VENV)/dev gazetteer
	SAKSI_FUZZ=$(ROUNDS) $(BIN)/pytest -n auto -q tests/intake/test_hostile_files.py tests/fetching/test_feeds.py -k random
	SAKSI_FUZZ_SECONDS=$(SECONDS_EACH) $(BIN)/pytest -n auto -q tests/test_fuzz.py

# The same parsers with Atheris, which follows the branches that inputs take; where it has wheels (Linux, Python 3.11).
followed: .venv-followed/ready gazetteer
	@for name in $$(.venv-followed/bin/python -m tests.followed | grep -v ^INFO); do echo "== $$name"; \
	.venv-followed/bin/python -m tests.followed $$name $(SECONDS_EACH) || exit 1; done

.venv-followed/ready: $(VENV)/dev
	$(PYTHON) -m venv .venv-followed
	.venv-followed/bin/pip install -q --disable-pip-version-check -c constraints.txt -e ".[fetch,files]" pytest hypothesis atheris
	@touch $@

# Two hundred commands killed at random moments, in a file and on a server, where the tests try ten of each.
kills: $(VENV)/dev gazetteer
	SAKSI_KILLS=200 $(BIN)/pytest -q tests/killed

# Texts made to take long, at a length where time that grows faster than the text shows; then seconds per 100 KB.
floods: $(VENV)/dev gazetteer
	SAKSI_FLOODS=100000 $(BIN)/pytest -q tests/floods
	$(BIN)/python -m benchmarks.floods

# Thirty people on the page for five minutes while somebody judges and a reader adds, at 100,000 claims.
load: $(VENV)/dev gazetteer web
	$(BIN)/python -m benchmarks.load

# Ten thousand corrupted proposals: no value may enter that its slice of the text does not say.
lies: $(VENV)/dev gazetteer
	SAKSI_LIES=10000 $(BIN)/pytest -q tests/proposing/test_lies.py

# The same texts read by others: dateparser, text2num, quantulum3, spaCy and its small English pipeline.
peers: .venv-peers/ready gazetteer
	.venv-peers/bin/python -m benchmarks.peers
	.venv-peers/bin/python -m benchmarks.stages

.venv-peers/ready: benchmarks/peers.txt constraints.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install -q --disable-pip-version-check -c constraints.txt -e .
	.venv-peers/bin/pip install -q --disable-pip-version-check -r benchmarks/peers.txt
	@touch $@

docs: $(VENV)/dev
	$(BIN)/python -m tests.generate

# The docs as plain pages that open from their files.
site: $(VENV)/dev gazetteer
	$(BIN)/python -m manual

wheel: $(VENV)/dev gazetteer web
	$(BIN)/python -m build

# The interactive map, where Node 18 or newer is there; without it the plain map is served, and says so.
STATIC := src/saksi/publish/web/static
web:
	@if ! command -v npm >/dev/null 2>&1; then echo "no Node: the interactive map is not built, the plain one is served"; \
	elif ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; then \
	echo "Node $$(node --version) is older than 18: the interactive map is not built, the plain one is served"; \
	else $(MAKE) --no-print-directory $(STATIC)/map.js; fi

$(STATIC)/map.js: web/package.json web/package-lock.json web/src/map.js
	@said=$$(cd web && npm ci --no-audit --no-fund 2>&1 && npm run build 2>&1) || { echo "$$said" >&2; exit 1; }
	@echo "built $@"

# The gazetteer is made in an environment of its own: its inputs are 250 MB that Saksi never imports.
gazetteer: .venv-gazetteer/ready
	@PYTHONPATH=src .venv-gazetteer/bin/python -m saksi.registers.places.build

.venv-gazetteer/ready: $(PLACES)/requirements.txt
	$(PYTHON) -m venv .venv-gazetteer
	.venv-gazetteer/bin/pip install -q --disable-pip-version-check -r $(PLACES)/requirements.txt
	@touch $@

$(BIN)/saksi: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e ".[serve]"
	@touch $@

$(VENV)/dev: $(BIN)/saksi
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .venv-gazetteer $(DEMO) dist web/node_modules $(STATIC)/map.js $(PLACES)/gazetteer.marisa $(PLACES)/gazetteer.stamp
