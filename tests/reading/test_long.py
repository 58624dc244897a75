"""Very long texts and very many rows set aside, through the command line: no file ends in a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.run import facts
from tests.reading.parts import opened, why
from tests.tables import VILLAGE
from toolkit.files.legacy import UTF8
from toolkit.model.sheet import Book
from toolkit.schema import Cases, Works

PLACE = f"{VILLAGE}_2025-09_v0_"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    (tmp_path / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    units = "代码,名称,应报\n990101000000,示例县,否\n990101101000,示例县甲山乡,否\n990101101201,示例县甲山乡一村,是\n"
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


def csv(ledger: Any, *rows: dict[str, str]) -> str:
    lines = [",".join(column.heading for column in ledger.columns)]
    lines += [",".join(f'"{row.get(column.field, column.example)}"' for column in ledger.columns) for row in rows]
    return "\n".join(lines) + "\n"


def twice_merged(space: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The township's merge, and the county's of it."""
    first = facts("merge", "inbox", "-o", "town.xlsx", "--to", "township", folder=space)
    return first, facts("merge", "town.xlsx", "-o", "county.xlsx", "--to", "county", folder=space)


def line(found: dict[str, Any], ledger: str) -> tuple[int, int, int]:
    return next((one["read"], one["merged"], one["set_aside"]) for one in found["reconciliation"] if one["ledger"] == ledger)


def test_thousands_of_rows_set_aside_travel_on(space: Path) -> None:
    rows = [{"case_no": f"990101-2025-{number:04d}", "type": "不明原因孕情消失" if number % 3 else Cases.type.example} for number in range(6000)]
    (space / "inbox" / f"{PLACE}案件台账.csv").write_text(csv(Cases, *rows), encoding=UTF8)
    town, county = twice_merged(space)
    assert [line(found, "cases") for found in (town, county)] == [(6000, 2000, 4000)] * 2
    assert [sum(issue["code"] == "K111" for issue in found["issues"]) for found in (town, county)] == [4000] * 2
    assert town["outputs"][0]["content_digest"] == county["outputs"][0]["content_digest"]


@pytest.mark.parametrize("length", [1001, 32_767])
def test_a_text_too_long_for_a_row_is_said_and_travels_as_unknown(length: int, space: Path) -> None:
    rows = [{"work_id": "W-01"}, {"work_id": "W-02", "title": "长" * length}, {"work_id": "W-03", "target_code": "“" * length, "quantity": "9" * length}]
    (space / "inbox" / f"{PLACE}工作记录.csv").write_text(csv(Works, *rows), encoding=UTF8)
    town, county = twice_merged(space)
    for found in (town, county):
        assert line(found, "works") == (3, 3, 0)
        assert [issue["cell"] for issue in found["issues"] if issue["code"] == "G112"] == ["E3", "G4", "K4"]
    assert town["outputs"][0]["content_digest"] == county["outputs"][0]["content_digest"]


def test_a_thousand_characters_are_kept(space: Path) -> None:
    (space / "inbox" / f"{PLACE}工作记录.csv").write_text(csv(Works, {"title": "长" * 1000}), encoding=UTF8)
    assert [[issue for issue in found["issues"] if issue["code"] == "G112"] for found in twice_merged(space)] == [[], []]


def test_a_page_pasted_into_a_header_is_cut_in_messages_only(space: Path) -> None:
    text = csv(Works, {}).replace("\n", ',"' + "页" * 30_000 + '"\n', 1)
    (space / "inbox" / f"{PLACE}工作记录.csv").write_text(text, encoding=UTF8)
    for found in twice_merged(space):
        assert [(issue["code"], len(issue["message"]) < 300) for issue in found["issues"] if issue["code"] == "K101"] == [("K101", True)]


@pytest.mark.parametrize("text", ["长" * 32_768, "\u0958" * 20_000, "x" * 200_000])
def test_no_cell_can_hold_it(text: str, tmp_path: Path) -> None:
    assert why(tmp_path, f"编号,标题\nW-01,{text}\n".encode(), "长.csv") == "F204 long_text"
    assert isinstance(opened(tmp_path, f"编号,标题\nW-01,{text[:10_000]}\n".encode(), "短.csv"), Book)
