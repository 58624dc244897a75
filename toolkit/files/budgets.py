"""What one file may cost to read: every limit, in one place (SPEC 3, FACTS A2)."""

from __future__ import annotations

LARGEST_FILE = 50 * 1024 * 1024  # bytes
MOST_MEMBERS = 10_000  # of a zip; our workbooks have about 40
LARGEST_PARTS = 256 * 1024 * 1024  # inflated bytes of all parts but pictures, as the zip declares them; no reader inflates more
MOST_CELLS = 8_000_000  # used cells of a file
MOST_PLACES = 8_000_000  # rows x columns of the areas in use, over all sheets; a place costs calamine 43 bytes in xlsx, 73 in xls
MOST_REPEATED = 2_000_000  # used cells of a sheet that an ods holds only as repetitions of others
MOST_COLUMNS = 1_000  # columns of a sheet with anything in them; our widest ledger, merged, has about 30
MOST_MERGED = 20_000  # merged ranges of a sheet
MOST_ROWS = 1_048_576  # of a csv: what a sheet can hold
MOST_SPINS = 1_000_000  # rounds a sealed file may ask for before its password is known to be right; Excel, WPS and LibreOffice ask 100,000
LONGEST_TEXT = 32_767  # characters in a cell, as in Excel

MEMORY = 1 << 30  # bytes a worker may take beyond what the libraries map
SECONDS = 10.0  # for a file of up to CELLS_IN_TIME used cells
CELLS_IN_TIME = 2_000_000
SECONDS_PER_MILLION = 5.0  # for each million cells more
SECONDS_TO_FINISH = 1.0  # a file's share of what is done with a whole batch once it is read


def seconds_for(cells: int) -> float:
    """How long a file with so many used cells may take."""
    return SECONDS + max(0, cells - CELLS_IN_TIME) / 1_000_000 * SECONDS_PER_MILLION
