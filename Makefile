# Needs a Rust toolchain and Python 3.11 or newer; everything else goes into .venv.
#
#   make demo     load the samples, print the tables, draw demo/trends.png
#   make test     everything that must hold: formatting, lints, types, tests
#   make bench    the speed of the whole job against merely reading the files; how well prose is read
#   make bench-formats   the speed of each format against what one would take instead
#   make bench-zoo   time and memory of each hostile file
#   make fuzz-layouts N=20000   reports written in every layout, damaged or not, and read back
#   make fuzz T=600   coverage-guided fuzzing of each format and of what follows, T seconds each (installs cargo-fuzz)
#   make fuzz-faces N=5000   the same reports as whole pages and office documents
#   make docs     renew docs/tables.md from the code
#   make lint     the part of `make test` that runs nothing
#   make clean    remove what these targets made

SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# One profile and one set of features for demo, lints and tests, so that every dependency is built once: optimised, and
# built in a minute or two rather than in four.
PROFILE ?= quick
ONCE := --profile $(PROFILE) --locked --features python,ocr
# Without this, every change of the interpreter on PATH would build pyo3 anew.
export PYO3_PYTHON := $(CURDIR)/$(BIN)/python
# Tests of the core never call Python, and need no library of it to be linked.
export PYO3_BUILD_EXTENSION_MODULE := 1
# Properties are tried on the same inputs in every run, so that a failure is of the change at hand; `make test PROPTEST_RNG_SEED=7`
# tries others.
export PROPTEST_RNG_SEED ?= 20240331
# Cargo and maturin would otherwise meet the virtual environment that happens to be active.
export VIRTUAL_ENV := $(CURDIR)/.venv
RUST := Cargo.toml Cargo.lock $(shell find src -name '*.rs')

.PHONY: demo test lint rust-test python-test bench bench-formats bench-zoo fuzz fuzz-layouts fuzz-faces docs clean

N ?= 20000
# Seconds of fuzzing for each target.
T ?= 60
TARGETS ?= $(basename $(notdir $(filter-out %/stages.rs,$(wildcard fuzz/fuzz_targets/*.rs))))

demo: .venv/demo .venv/built
	$(BIN)/python -m gxbg.demo demo

test: lint rust-test python-test
	@echo "all is well"

lint: .venv/test .venv/built
	cargo fmt --check
	cargo clippy --all-targets $(ONCE) -- -D warnings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest gxbg._gxbg --mypy-config-file pyproject.toml

rust-test: .venv/python
	cargo test $(ONCE)

python-test: .venv/test .venv/built
	$(BIN)/python -m pytest

bench:
	cargo run --release --locked --example throughput
	cargo run --release --locked --example statements

bench-formats: .venv/built
	$(BIN)/python -m pip install --quiet --group bench
	rm -rf build/formats
	cargo run --profile $(PROFILE) --locked --example fuzz_layouts -- --n 200 --seed 1 --faces --write build/formats
	cargo build --profile $(PROFILE) --locked --example decoding
	$(BIN)/python benches/formats.py build/formats \
		--decoding 'cargo run --quiet --profile $(PROFILE) --locked --example decoding --'

bench-zoo:
	cargo run --profile $(PROFILE) --locked --example zoo

fuzz-layouts:
	cargo run --profile $(PROFILE) --locked --example fuzz_layouts -- --n $(N) --seed 1
	cargo run --profile $(PROFILE) --locked --example fuzz_layouts -- --n $(N) --seed 1 --damage

fuzz-faces:
	cargo run --profile $(PROFILE) --locked --example fuzz_layouts -- --n $(N) --seed 1 --faces

# On the stable toolchain: without a sanitizer, which code without `unsafe` hardly needs. What is found in `fuzz/artifacts`
# goes to `fuzz/kept` with its fix, which `make test` reads.
fuzz:
	command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
	for target in $(TARGETS); do \
		mkdir -p fuzz/corpus/$$target; \
		case $$target in text|recognize|job) find python/gxbg/samples/reports -name '*.txt' | while read -r f; do \
			cp "$$f" "fuzz/corpus/$$target/$$(echo "$$f" | md5sum | cut -c1-16)"; done;; esac; \
		cargo fuzz run -s none $$target fuzz/corpus/$$target fuzz/kept/$$target -- \
			-max_total_time=$(T) -timeout=10 -rss_limit_mb=2048 -max_len=65536 -dict=fuzz/words.dict || exit 1; \
	done

docs: .venv/demo .venv/built
	$(BIN)/python docs/generate.py
	@echo "the documentation is README.md and the Markdown files in docs/"

clean:
	rm -rf .venv demo build site .pytest_cache .mypy_cache .ruff_cache python/gxbg/*.so
	find python tests docs -name __pycache__ -prune -exec rm -rf {} +
	cargo clean

# Each file below stands for a step that is done.

.venv/python:
	@test -n "$(PYTHON)" || { echo "gxbg needs Python 3.11 or newer; name it with make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

.venv/demo: pyproject.toml .venv/python
	$(BIN)/python -m pip install --quiet 'maturin>=1.16,<2' --group demo
	@touch $@

.venv/test: pyproject.toml .venv/python
	$(BIN)/python -m pip install --quiet --group test
	# The networks that read scans, without what runs them elsewhere.
	$(BIN)/python -m pip install --quiet --no-deps 'rapidocr>=3.10'
	@touch $@

.venv/built: $(RUST) pyproject.toml .venv/python | .venv/demo
	$(BIN)/maturin develop --locked --quiet --profile $(PROFILE)
	@touch $@
