"""Workbooks typed by hand into LibreOffice, by nothing of ours (tests/data/libreoffice): clean ones are clean, in every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.run import facts

NAMES = ("village_whole", "village_submission", "township_office")
UNITS = """代码,名称,应报
130602000000,示例区,否
130602101000,示例区样例镇,是
130602101201,示例区样例镇甲村,是
130602101202,示例区样例镇乙村,是
"""


@pytest.fixture
def workspace(tmp_path: Path, data: Path) -> Path:
    (tmp_path / "plan.toml").write_text('id = "standard"\ntitle = "样例"\n', encoding="utf-8")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    for kind in ("xlsx", "xls", "ods"):
        (tmp_path / kind).mkdir()
        for name in NAMES:
            shutil.copy(data / "libreoffice" / f"{name}.{kind}", tmp_path / kind)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_workbook_alone_is_clean(workspace: Path, name: str) -> None:
    alone = facts("check", f"xlsx/{name}.xlsx", folder=workspace)
    assert (alone["exit_code"], [issue["code"] for issue in alone["issues"]]) == (0, ["F109"])


def test_three_offices_merge_cleanly_and_alike_in_every_format(workspace: Path) -> None:
    merged = {kind: facts("merge", kind, "-o", f"{kind}.xlsx", "--to", "township", folder=workspace) for kind in ("xlsx", "xls", "ods")}
    for one in merged.values():
        assert (one["exit_code"], one["counts"]["error"], one["counts"]["warning"]) == (0, 0, 0)
        assert {entry["state"] for entry in one["submissions"]} == {"received"}
    assert len({one["outputs"][0]["content_digest"] for one in merged.values()}) == 1
    assert {line["ledger"]: line["read"] for line in merged["xlsx"]["reconciliation"]}["services"] == 6


def test_a_protected_workbook_is_refused_and_the_others_go_on(workspace: Path, data: Path) -> None:
    for kind in ("xlsx", "xls", "ods"):
        shutil.copy(data / "libreoffice" / f"encrypted.{kind}", workspace / kind)
        one = facts("merge", kind, "-o", f"{kind}-2.xlsx", "--to", "township", folder=workspace)
        assert (one["exit_code"], [entry["code"] for entry in one["refused"]]) == (3, ["F202"])
        assert len(one["outputs"]) == 1
