"""ledger: three standard workbooks, checked, merged and reported, from village to county."""

__version__ = "0.1.0"
