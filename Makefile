# Shorter names for the scripts; on Windows call the scripts themselves.
PYTHON ?= python3

.PHONY: demo test check build fuzz

demo:   ## a fictional county, one month from blank template to merged workbook
	$(PYTHON) scripts/demo.py

test:   ## everything CI runs
	$(PYTHON) scripts/test.py

check:  ## ruff, mypy, generated files current; no tests
	$(PYTHON) scripts/test.py --check

build:  ## write everything that is generated
	$(PYTHON) scripts/setup.py --dev
	$(PYTHON) scripts/build.py

fuzz:   ## spoil files for ten minutes and see what becomes of them; longer: scripts/fuzz.py --minutes 600
	$(PYTHON) scripts/fuzz.py
