"""Links that could not be judged because the other end is not here (DOMAIN 5.9, Links): counted, never an issue."""

from __future__ import annotations

from toolkit.rules.chain import HOME_OF_UPPER, links
from toolkit.rules.posts import elsewhere, period_of
from toolkit.rules.rule import Ground
from toolkit.schema import Services, Staff, Visits


def not_checked(ground: Ground) -> dict[str, int]:
    """How many references each rule left alone: S102 (and X104) upwards, V105 and X102 to people of other lists."""
    found = {}
    if ground.has(Staff):
        lines, link = links(ground)
        found["S102"] = int((lines["upper"].notna() & lines["level"].isin(list(HOME_OF_UPPER)) & ~link["judged"]).sum())
    for code, ledger in (("V105", Visits), ("X102", Services)):
        if ground.has(ledger):
            c = ground.rows(ledger)
            found[code] = int((elsewhere(ground, c.staff_id, c.of_part(period_of)) & ground.counted(ledger)).sum())
    return {code: count for code, count in found.items() if count}
