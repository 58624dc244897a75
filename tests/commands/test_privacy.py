"""`ledger privacy`: the drafts hold what schema and plan say, name every column about a person, leave to people what is theirs; and what is kept too long."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.commands.run import facts, ledger
from tests.tables import UNITS, VILLAGE, standard
from toolkit.files.template import Content, workbook
from toolkit.files.workspace import built_in_plans, units_csv
from toolkit.model.plan import Plan, Retention
from toolkit.model.unit import Unit
from toolkit.schema import BY_NAME, personal_columns
from toolkit.schema.kinds import Name, Phone
from toolkit.steps.privacy_papers import Setting, assessment, measures, record

#: Names of units and institutions, in columns that hold names: of nobody.
OF_OFFICES = {("cover", "unit_name")}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("privacy")
    code, out, _ = ledger("privacy", "--plan", "zhelang-2025", "--unit", "示例县甲山乡", "-o", "评估", folder=folder)
    assert code == 0 and "草稿" in out
    return {path.name: docx.Document(str(path)) for path in sorted((folder / "评估").iterdir())}


def tables(paper: Any) -> list[list[tuple[str, ...]]]:
    return [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in paper.tables]


def test_two_papers_marked_as_drafts_with_nothing_unfilled(papers: dict[str, Any]) -> None:
    assert list(papers) == ["个人信息保护影响评估（草稿）.docx", "个人信息处理情况记录（草稿）.docx"]
    for paper in papers.values():
        text = "\n".join([paragraph.text for paragraph in paper.paragraphs] + ["\n".join(row) for table in tables(paper) for row in table])
        assert "草稿" in paper.paragraphs[0].text and paper.sections[0].header.paragraphs[0].text.startswith("草稿")
        assert "示例县甲山乡" in paper.paragraphs[0].text and "{{" not in text and "＿＿＿＿＿＿" in text


def test_every_column_about_a_person_stands_in_both_papers(papers: dict[str, Any]) -> None:
    wanted = {(found.sheet, column.heading) for found, column, _ in personal_columns()}
    assert {("孕产妇台账", "姓名"), ("随访记录", "本人需求"), ("服务台账", "当月记号"), ("包保名单", "办公电话"), ("封面", "填报人")} < wanted
    for paper in papers.values():
        assert wanted == {row[:2] for row in tables(paper)[-1][1:]}


def test_no_column_that_names_somebody_is_left_undeclared() -> None:
    """Found by what columns hold and are called, not by what they declare."""
    telling = {(name, column.field) for name, found in BY_NAME.items() for column in found.columns
               if isinstance(column.kind, Name | Phone) or column.private or re.search(r"phone|_by$|staff_id|token|record_id", column.field)}
    declared = {(found.id, column.field) for found, column, _ in personal_columns()}
    assert telling - declared == OF_OFFICES


@pytest.mark.parametrize("days", [30, 60, 90])
def test_periods_are_those_of_the_plan_and_of_the_rules(days: int) -> None:
    plan = dataclasses.replace(standard(), retention=Retention(days))
    for letter in (assessment(setting(plan)), record(setting(plan))):
        kept = {str(cells[0].value): str(cells[1].value) for cells in letter.tables["期限表"].rows}
        assert re.findall(r"\d+", kept["村工作簿（各级收到或留存的）"]) == [str(days)]
        assert re.findall(r"\d+", kept["服务册里的一行和她的随访"]) == ["56", "90"]  # DOMAIN 3.6
        assert re.findall(r"\d+", kept["本评估和处理记录"]) == ["3"]  # 个人信息保护法 Art. 56
        days_said = {number for table in letter.tables.values() for cells in table.rows for cell in cells
                     for number in re.findall(r"汇总后(\d+)日", str(cell.value))}
        assert days_said == {str(days)}


def test_measures_are_those_configured() -> None:
    loose, strict = (str(measures(dataclasses.replace(standard(), approval_required=on, submissions_required=on))) for on in (False, True))
    assert ("没有要求审核" in loose, "没有要求审核" in strict, "没有规定只收上报本" in loose, "没有规定只收上报本" in strict) == (True, False, True, False)


def setting(plan: Plan) -> Setting:
    return Setting(plan, "示例县", "ledger")


def test_what_is_asked_wrongly(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(built_in_plans()["standard"])
    (tmp_path / "units.csv").write_bytes(units_csv(UNITS))
    assert ledger("privacy", "--plan", "没有", "--unit", "示例县", "-o", "a", folder=tmp_path)[0] == 2
    assert ledger("privacy", "--unit", " ", "-o", "a", folder=tmp_path)[0] == 2
    assert ledger("privacy", "--unit", "990101101000", "-o", "a", folder=tmp_path)[0] == 0
    assert "示例县甲山乡" in docx.Document(str(tmp_path / "a" / "个人信息处理情况记录（草稿）.docx")).paragraphs[0].text
    assert ledger("privacy", "--unit", "示例县", "-o", "a", folder=tmp_path)[0] == 2  # they exist


def test_every_file_kept_too_long_is_named_also_the_replaced_one(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(built_in_plans()["standard"])
    (tmp_path / "units.csv").write_bytes(units_csv(UNITS))
    for revision in (0, 1):
        cover = {"revision": revision, "prepared_by": "样例填报", "reviewed_by": "样例审核", "prepared_on": dt.date(2025, 10, 8 + revision), "revision_reason": "2 漏报"}
        data = workbook(Unit(VILLAGE, UNITS.name(VILLAGE), True), "2025-09", standard(), Content(cover, {}, (), "5a1e" * 8))
        (tmp_path / f"{revision}.xlsx").write_bytes(data)
    for today, late in (("2025-12-09", []), ("2025-12-10", ["0.xlsx", "1.xlsx"])):
        told = facts("check", "0.xlsx", "1.xlsx", "--today", today, folder=tmp_path)
        assert sorted(issue["file"] for issue in told["issues"] if issue["code"] == "K109") == late
