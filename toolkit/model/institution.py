"""Institutions to be inspected: a line of the workspace's institutions.csv (DOMAIN 5.8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Institution:
    """Its code as works name it (`target_code`), its name and kind, and the unit it lies in (padded code)."""

    code: str
    name: str
    kind: str
    unit: str
