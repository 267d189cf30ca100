# Murphy's commands. Each does its own set-up, in .venv; a second run is quick.

SHELL := /bin/bash
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo sandbox test lint format bench soak faults torture fuzz lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## play an outage, from the proposal to the all-clear, and print the conversation
	@scripts/setup.sh run
	@$(BIN)/murphyd sandbox --scenario outage --speed 60

sandbox: ## an example organization to play with, at a page: every phone and mailbox, and what can fail
	@scripts/setup.sh run
	@$(BIN)/murphyd sandbox

test: ## everything that must hold: lint, types, and the tests against real servers
	@scripts/setup.sh test
	@scripts/test-servers.sh
	@$(MAKE) --no-print-directory lint
	$(BIN)/pytest --numprocesses=$$((2 * $$(nproc))) --dist=loadfile

lint: ## ruff and mypy --strict
	@scripts/setup.sh test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: ## let ruff put the code in order
	@scripts/setup.sh test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: ## measure how fast it is, beside others: prints it, and writes bench/results.md
	@scripts/setup.sh bench
	@scripts/test-servers.sh
	$(BIN)/python -m bench

soak: ## weeks of incidents in minutes: does anything grow that should not? Writes docs/soak.md; DAYS=… or 126
	@scripts/setup.sh test
	MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=65536 $(BIN)/python -m bench.soak $(or $(DAYS),126) >docs/soak.md.new
	mv docs/soak.md.new docs/soak.md

faults: ## run every fault of mail and texts in the whole daemon, and write what came of it: docs/faults.md
	@scripts/setup.sh test
	$(BIN)/python -m tests.faults.table >docs/faults.md.new
	mv docs/faults.md.new docs/faults.md

torture: ## kill it 1,000 times, amid everything it writes
	@scripts/setup.sh test
	@scripts/test-servers.sh
	KILLS=1000 TORTURE=1000 $(BIN)/pytest tests/end_to_end/test_killed.py tests/state/test_kill.py

fuzz: ## hostile input into the parsers, fresh every time, twice for 10 minutes or FUZZ_SECONDS=…
	@scripts/setup.sh fuzz
	$(BIN)/pytest -m hypothesis --hypothesis-profile=fuzz
	$(BIN)/python -m tests.fuzz.fuzz_parsers -max_total_time=$(or $(FUZZ_SECONDS),600)
	$(BIN)/python -m tests.fuzz.fuzz_commands -max_total_time=$(or $(FUZZ_SECONDS),600)

lock: ## pin the newest allowed dependencies, with hashes
	scripts/lock.sh --upgrade

clean: ## remove what these commands made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
