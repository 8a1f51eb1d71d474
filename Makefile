# Every target sets up what it needs: see tools/setup.sh.
#
#   make demo LANGUAGES=ko           one language
#   make test PYTHON=/path/to/python another interpreter
#   make test TESTS="tests/regmath -k l1"   some of the tests

LANGUAGES ?= en ko
TESTS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT := out

SETUP := pyproject.toml constraints.txt tools/setup.sh
# What a rendered file depends on: when none of it is newer, it is not rendered again.
SOURCES := cli.py $(shell find regmath lessons figures scenes pages lecture -type f \
	-not -path '*/__pycache__/*' 2>/dev/null)
LANG_OPTIONS := $(foreach lang,$(LANGUAGES),--lang $(lang))

# A target whose recipe fails is removed, so that it is made again and never taken for done.
.DELETE_ON_ERROR:
.PHONY: help setup demo test lint bench docs-media clean

help:
	@echo 'make demo    render the corner lesson, video and figure, into $(OUT)/'
	@echo '             (make demo LANGUAGES=ko for one language)'
	@echo 'make test    run the tests'
	@echo 'make lint    check style and types'
	@echo 'make bench   compare speed with SciPy and scikit-learn'
	@echo 'make clean   remove what was made: $(OUT)/, $(VENV), caches'
	@echo 'Each sets up the virtual environment $(VENV) first; PYTHON=... chooses its Python.'

# The stamp is newer than what it was made from exactly when nothing has to be set up again.
$(READY): $(SETUP)
	@PYTHON='$(PYTHON)' sh tools/setup.sh $(VENV)
	@touch $@

setup: $(READY)

test: $(READY)
	$(BIN)/python -m pytest -n 2 $(TESTS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# One thread each: the ratios then compare algorithms and not the machine's cores.
bench: $(READY)
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 $(BIN)/python -m benchmarks

# The names that regviz gives: English has no mark, other languages have theirs.
named = $(foreach lang,$(LANGUAGES),$(1)/corner$(patsubst %,-%,$(filter-out en,$(lang))).$(2))

DEMO := $(call named,$(OUT)/corner,svg) $(call named,$(OUT)/corner,mp4) \
	$(call named,$(OUT)/diabetes,svg) $(call named,$(OUT)/diabetes,mp4)
FIGURE := $(BIN)/regviz figure corner $(LANG_OPTIONS)
VIDEO := $(BIN)/regviz render corner -q m -j 2 $(LANG_OPTIONS)

demo: $(DEMO)
	@echo 'Look here:'
	@ls -1 $(DEMO)

# `&:` because one run makes every language, side by side.
$(call named,$(OUT)/corner,svg) &: $(READY) $(SOURCES)
	$(FIGURE) -o $(OUT)/corner

$(call named,$(OUT)/diabetes,svg) &: $(READY) $(SOURCES)
	$(FIGURE) --data diabetes -o $(OUT)/diabetes

$(call named,$(OUT)/corner,mp4) &: $(READY) $(SOURCES)
	$(VIDEO) -o $(OUT)/corner

$(call named,$(OUT)/diabetes,mp4) &: $(READY) $(SOURCES)
	$(VIDEO) --data diabetes -o $(OUT)/diabetes

# The pictures in the README, kept in the repository; small, since every clone carries them.
docs-media: $(READY)
	$(BIN)/regviz figure corner -o docs/corner.svg
	$(BIN)/regviz render corner -r 480,270 --fps 5 --captions none -o docs/corner.gif

clean:
	rm -rf $(OUT) $(VENV) build media *.egg-info \
		.pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
