"""What must hold: every rule of DOMAIN 5.9, one module per ledger or question. The list below is the whole catalogue."""

from toolkit.model.issue import declared
from toolkit.rules import (
    between_sheets,
    births,
    cases,
    cells,
    chain,
    deadlines,
    evidence,
    months,
    outgoing_codes,
    parts,
    pregnancies,
    reading_codes,
    sample_codes,
    staff,
    units,
    visits,
    works,
)
from toolkit.rules.rule import RULES, Ground, Hits, Rows, Rule

#: Modules that declare codes, in the order rules run. A new module is added here by hand.
MODULES = (reading_codes, parts, cells, pregnancies, visits, births, staff, chain, cases, works, evidence, between_sheets, months, units,
           deadlines, sample_codes, outgoing_codes)

__all__ = ["MODULES", "RULES", "Ground", "Hits", "Rows", "Rule", "declared"]
