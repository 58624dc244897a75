"""`ledger plan … --json`, and files that are no plan at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.run import facts, ledger


def test_list_and_show_as_json(tmp_path: Path) -> None:
    plans = facts("plan", "list", folder=tmp_path)["plans"]
    assert [sorted(plan) for plan in plans] == [["id", "period", "title"]] * 6
    assert {plan["id"]: plan["period"] for plan in plans}["zhelang-2025"] == "2025-06-01—2025-12-31"
    plan = facts("plan", "show", "zhelang-2025", folder=tmp_path)["plan"]
    assert (plan["requirements"]["R54"], len(plan["not_adopted"])) == (["meetings.leading_group.per_quarter", "C-06"], 14)


def test_check_as_json(tmp_path: Path) -> None:
    found = facts("plan", "check", "yuge-2025", folder=tmp_path)
    assert (found["exit_code"], [warning["key"] for warning in found["warnings"]]) == (0, ["documents[1].title", "documents[1].meeting"])
    (tmp_path / "p.toml").write_text('id = "a"\ntitle = "b"\nsample = 3\n', encoding="utf-8")
    assert facts("plan", "check", "p.toml", folder=tmp_path)["exit_code"] == 2


def test_what_is_no_plan_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes('title = "方案"'.encode("gbk"))
    (tmp_path / "empty.toml").write_bytes(b"")
    (tmp_path / "deep.toml").write_text("a = " + "[" * 5000, encoding="utf-8")
    for name, code in (("gbk.toml", 2), ("empty.toml", 2), ("deep.toml", 2), (".", 2), ("none.toml", 2)):
        assert ledger("plan", "check", name, folder=tmp_path)[0] == code, name


@pytest.mark.parametrize("plan", ["yuge-2025", "yuge-governance-2025", "town-2025", "zhelang-2025", "beishi-2025"])
def test_a_county_runs_its_month_by_each_plan(plan: str, tmp_path: Path) -> None:
    found = facts("demo", "县", "--plan", plan, "--villages", "2", "--mess", "none", folder=tmp_path)
    assert {step["exit_code"] for step in found["steps"]} == {0}
