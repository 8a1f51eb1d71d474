# Every target sets up what it needs: see tools/setup.sh.
#
#   make demo LANGUAGES='en ko'      in these languages, in place of the lecture's own
#   make test PYTHON=/path/to/python another interpreter
#   make test TESTS="tests/regmath -k l1"   some of the tests

LANGUAGES ?=
TESTS ?=
NAME ?= my-idea
ONLY ?=
LESSONS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

SETUP := pyproject.toml constraints.txt tools/setup.sh
LECTURE := examples/regularization

# A target whose recipe fails is removed, so that it is made again and never taken for done.
.DELETE_ON_ERROR:
.PHONY: help setup lesson demo test test-long lint bench docs-media clean

help:
	@echo 'make demo    build the example lecture, ten lessons, into $(LECTURE)/out/'
	@echo '             (in Korean too with make demo LANGUAGES="en ko")'
	@echo 'make test    run the tests'
	@echo 'make test-long   run those that take minutes: odd input by the thousand, real data files,'
	@echo '                 and every property on examples drawn at random'
	@echo 'make lesson NAME=my-idea   write the skeleton of a lesson, which passes all tests'
	@echo 'make lint    check style and types'
	@echo 'make bench   compare speed with SciPy, scikit-learn and manim (ONLY=videos: only that)'
	@echo 'make clean   remove what was made: the lecture, $(VENV), caches'
	@echo 'Each sets up the virtual environment $(VENV) first; PYTHON=... chooses its Python.'

# The stamp is newer than what it was made from exactly when nothing has to be set up again.
$(READY): $(SETUP)
	@PYTHON='$(PYTHON)' sh tools/setup.sh $(VENV)
	@touch $@

setup: $(READY)

# Each worker has one half, in order, and takes from the other's end when it is done: so what the
# tests of a file share is made once, and not by both.
test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

# Marked `long`, and left out of every other run; and the properties once more, at random.
test-long: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m 'long or hypothesis' \
		--hypothesis-profile search $(TESTS)

lesson: $(READY)
	$(BIN)/python tools/new_lesson.py '$(NAME)'

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# One thread each: the ratios then compare algorithms and not the machine's cores.
# Videos take an hour: LESSONS='corner --sizes 720p30' measures some.
bench: $(READY)
ifneq ($(ONLY),videos)
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 $(BIN)/python -m benchmarks
endif
	$(BIN)/python -m benchmarks.videos $(LESSONS)

# regviz itself knows what has changed, so this is quick when nothing has.
demo: $(READY)
	$(BIN)/regviz build $(LECTURE) $(foreach lang,$(LANGUAGES),--lang $(lang))
	@echo 'Look here: $(LECTURE)/out/index.html'

# The pictures in the README, kept in the repository; small, since every clone carries them.
docs-media: $(READY)
	$(BIN)/regviz figure corner -o docs/corner.svg
	$(BIN)/regviz render loss-surface -r 480,270 --fps 4 --captions none -o docs/loss-surface.gif

clean:
	rm -rf $(LECTURE)/out $(VENV) build media *.egg-info \
		.pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
