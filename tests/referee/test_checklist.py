"""`ledger checklist` against the referee: clean, typical and wild counties, of 6 and 12 villages, of one month and three."""

from __future__ import annotations

import ast
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.commands.run import facts, ledger
from tests.referee.checklist_referee import Referee, Verdict

#: A plan that asks for everything that can be judged; the standard plan only lists it.
MINIMA = """
[meetings.leading_group]
per_quarter = 1
[meetings.special]
per_year = 2
[meetings.coordination]
per_quarter = 2
[meetings.monthly]
county = 1
township = 1
[publicity]
kinds_min = 3
van_per_week = 1
villages = 12
[inspections]
per_year = 1
"""
COUNTIES = {"clean": ("6", "1", "none", "1"), "typical": ("12", "3", "typical", "1"), "wild": ("6", "3", "wild", "8")}


@pytest.fixture(scope="session", params=sorted(COUNTIES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    villages, months, mess, seed = COUNTIES[request.param]
    folder = tmp_path_factory.mktemp("checklists") / "county"
    assert ledger("demo", folder, "--villages", villages, "--months", months, "--mess", mess, "--seed", seed, folder=folder.parent)[0] == 0
    return folder


def merges(folder: Path, name: str) -> list[list[Path]]:
    """One month, and all of them where there are several."""
    every = sorted((folder / "out").glob(f"*/{name}"))
    return [every[:1], every] if len(every) > 1 else [every]


def items(folder: Path, files: list[Path]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = facts("checklist", *files, "-o", "x.xlsx", "--force", folder=folder)["items"]
    return found


def agree(folder: Path, files: list[Path]) -> Counter[str]:
    """Compare every automatic item; how many there are of each result."""
    tool: dict[tuple[str, str], Verdict] = {(one["unit"], one["item"]): (one["result"], one["n"], one["d"])
                                            for one in items(folder, files) if one["source"] == "自动"}
    referee = Referee(files, folder)
    slow = referee.items()
    assert tool.keys() == slow.keys()
    for key, (result, n, d) in tool.items():
        if key[1] in ("T-07", "V-07") and n is None:  # hidden in a report of a county
            assert referee.target.endswith("000000") and (result, n, d) == ("仅列示", None, None)
        else:
            assert (key, (result, n, d)) == (key, slow[key])
    return Counter(result for result, _, _ in tool.values())


def test_the_county_agrees(made: Path) -> None:
    for files in merges(made, "county.xlsx"):
        assert agree(made, files)["通过"]


def test_a_township_agrees(made: Path) -> None:
    township = sorted({path.name for path in (made / "out").glob("*/township_*.xlsx")})[-1]
    assert agree(made, merges(made, township)[-1])["仅列示"] >= 2


def test_a_plan_with_minima_agrees(made: Path, tmp_path: Path) -> None:
    for name in ("units.csv", "institutions.csv"):
        shutil.copy(made / name, tmp_path)
    (tmp_path / "plan.toml").write_text((made / "plan.toml").read_text(encoding="utf-8") + MINIMA, encoding="utf-8")
    shutil.copytree(made / "out", tmp_path / "out")
    assert agree(tmp_path, merges(tmp_path, "county.xlsx")[-1])["待补"]


def test_two_routes_give_the_same(made: Path, tmp_path: Path) -> None:
    """Merged by way of the townships, or all at once."""
    period = sorted(path.name for path in (made / "inbox").iterdir())[0]
    assert ledger("merge", f"inbox/{period}", "-o", tmp_path / "direct.xlsx", "--to", "county", folder=made)[0] in (0, 1, 3)
    shutil.copy(tmp_path / "direct.xlsx", made / "direct.xlsx")
    assert items(made, [made / "direct.xlsx"]) == items(made, [made / "out" / period / "county.xlsx"])
    (made / "direct.xlsx").unlink()


def test_a_missing_township_is_seen(made: Path, tmp_path: Path) -> None:
    period = sorted(path.name for path in (made / "inbox").iterdir())[0]
    towns = sorted((made / "out" / period).glob("township_*.xlsx"))
    for name in ("plan.toml", "units.csv", "institutions.csv"):
        shutil.copy(made / name, tmp_path)
    own = made / "inbox" / period / "990101000000"
    assert ledger("merge", own, *towns[1:], "-o", "part.xlsx", "--to", "county", "--workspace", made, folder=tmp_path)[0] in (0, 1, 3)
    assert agree(tmp_path, [tmp_path / "part.xlsx"])["未达"] >= 2


def test_the_referee_stands_alone() -> None:
    source = (Path(__file__).parent / "checklist_referee.py").read_text(encoding="utf-8")
    names = {alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in names if name.startswith(("toolkit", "tests"))}


def test_json_has_what_the_contract_says(made: Path) -> None:
    for one in items(made, merges(made, "county.xlsx")[0]):
        assert sorted(one) == ["d", "evidence", "item", "n", "result", "source", "unit"]
        assert one["source"] in ("自动", "人工") and one["result"] in ("通过", "未达", "待补", "不适用", "仅列示", None)
        assert (one["result"] is None) <= (one["source"] == "人工")
        json.dumps(one["evidence"])
