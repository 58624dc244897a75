"""A prefecture's summary hides of a county what the county's own summary hides, and no more."""

from __future__ import annotations

from tests.tables import book, ledger, office, standard, submission, union
from toolkit.model.part import Union
from toolkit.model.unit import Unit, Units
from toolkit.steps.figures import Known, Summary, summarised
from toolkit.steps.merge import Frame, merged

MONTH, TOP = "2025-09", "990100000000"
#: Village -> boys, girls of the month; two counties, the first with a township that has hardly any.
BORN = {"990101101201": (0, 0), "990101102201": (5, 0), "990102101201": (12, 14), "990102102201": (9, 11)}
#: Township -> boys and girls of the first, second, third order.
ORDERS = {"990101101000": ((9, 8), (2, 1), (6, 7)), "990102101000": ((12, 14), (7, 9), (6, 8))}
LISTED = Units.of([Unit(TOP, "样例市", False)] + [Unit(code, f"样例{code}", False) for code in sorted(
    {code[:6] + "000000" for code in BORN} | {code[:9] + "000" for code in BORN} | set(BORN))])


def _read() -> Union:
    villages = [book(submission(ledger("births", {"unit_code": unit, "live_births": f"#{boys + girls}", "boys": f"#{boys}", "girls": f"#{girls}"}), unit=unit,
                                period=MONTH), f"{unit}.xlsx") for unit, (boys, girls) in BORN.items()]
    offices = []
    for unit, orders in ORDERS.items():
        rows = [{"unit_code": unit, "quarter": "2025-Q3", "birth_order": str(order), "boys": f"#{boys}", "girls": f"#{girls}", "unstated": "#0",
                 "facility_births": f"#{boys + girls}"} for order, (boys, girls) in enumerate(orders, 1)]
        offices.append(book(office(ledger("birth_orders", *rows), unit=unit, period=MONTH), f"{unit}.xlsx"))
    return union(*villages, *offices, units=LISTED, merging=True)


def _summary(target: str) -> Summary:
    found = _read()
    if target != TOP:
        mine = [part.unit.startswith(target[:6]) for part in found.parts]
        numbers = [number for number, holds in enumerate(mine) if holds]
        tables = {name: table.where(table.frame["_part"].isin(numbers)).renumbered(numbers.index) for name, table in found.tables.items()}
        found = Union(tuple(found.parts[number] for number in numbers), tables)
    unit = LISTED.get(target)
    assert unit is not None
    return summarised([merged(found, Frame(unit, MONTH, standard(), LISTED, "test"))], Known())


def test_a_county_looks_the_same_in_both_reports() -> None:
    above = _summary(TOP)
    for county in ("990101000000", "990102000000"):
        alone = _summary(county)
        for field in ("services_open", "contact_rate", "births", "boys", "girls"):
            own, line = alone.get(field), above.get(field, county, level="county")
            assert own is not None
            assert line is not None
            assert (field, county, own.suppressed, own.n) == (field, county, line.suppressed, line.n)
    first = above.get("births", "990101000000", level="county")
    assert first is not None
    assert (first.suppressed, first.basis) == (True, "＊")  # five boys in one township say that the other had none


def test_an_order_that_one_county_hides_is_hidden_above() -> None:
    """Second order: 2 and 1 in one county, 7 and 9 shown by the other: the sums would give the first away."""
    above, second = _summary(TOP), _summary("990102000000")
    for name in ("boys", "girls"):
        field = f"births_by_order:2:{name}"
        shown, whole = second.get(field, period="2025-Q3"), above.get(field, period="2025-Q3")
        assert shown is not None
        assert whole is not None
        assert (shown.suppressed, whole.suppressed) == (False, True)
