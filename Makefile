# make demo     from the sample papers to an answer
# make test     the whole test suite
# make check    lint, format, types, imports between the rooms
# make lock     writes the lock files anew
# make clean    removes what the others made

.PHONY: demo test check lock clean

demo:
	@bash scripts/setup.sh demo
	@bash scripts/tesseract.sh
	@bash scripts/demo.sh

test:
	@bash scripts/setup.sh dev
	@bash scripts/tesseract.sh
	@.venv/bin/python tests/neo4j_server.py
	.venv/bin/pytest

check:
	@bash scripts/setup.sh dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

lock:
	bash scripts/lock.sh

clean:
	rm -rf .venv .tools .demo dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
