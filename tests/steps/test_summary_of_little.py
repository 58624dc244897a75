"""A county with next to nothing to report: no cases, no births, no services; every paper is made, and says nothing it does not know."""

from __future__ import annotations

import io

import openpyxl

from tests.tables import COUNTY, TOWN, UNITS, VILLAGE, book, ledger, office, standard, submission, union
from toolkit.files.docx import document_of
from toolkit.files.html import page_of
from toolkit.files.report_xlsx import workbook_of
from toolkit.schema import Services
from toolkit.steps.checklist import checklists
from toolkit.steps.checklist_report import Head
from toolkit.steps.checklist_report import report as papers
from toolkit.steps.figures import Known, Summary, summarised
from toolkit.steps.merge import Frame, merged
from toolkit.steps.months import Months, month
from toolkit.steps.summary import report
from toolkit.steps.summary_letter import letter


def little() -> Summary:
    """One village and one township reported, with staff and nothing else."""
    whole = union(book(submission(ledger("staff", {})), "一村.xlsx"), book(office(), "乡.xlsx"), merging=True)
    target = UNITS.get(COUNTY)
    assert target is not None
    return summarised([merged(whole, Frame(target, "2025-09", standard(), UNITS, "test"))], Known(()))


def test_figures_of_nothing_are_nothing() -> None:
    found = {(one.unit, one.field): one for one in little().figures if one.period == "2025-09"}
    assert [found[COUNTY, field].value for field in ("cases_leads", "cases_filed", "cases_open", "fines")] == [0, 0, 0, 0]
    rate = found[COUNTY, "contact_rate"]
    assert (rate.n, rate.d, rate.value, rate.suppressed) == (None, None, None, True)
    assert found[COUNTY, "births"].suppressed and found[COUNTY, "births"].n is None  # 0 to 4 are one sign


def test_every_paper_is_made() -> None:
    summary = little()
    book_ = openpyxl.load_workbook(io.BytesIO(workbook_of(report(summary, "sheet", "test"))))
    assert {"月度汇总", "案件月报表"} <= set(book_.sheetnames)
    page = page_of(report(summary, "page", "test")).decode()
    assert "零报告" in page and ">nan<" not in page
    assert document_of(letter(summary, "test"))[:2] == b"PK"
    target = UNITS.get(COUNTY)
    assert target is not None
    whole = union(book(submission(ledger("staff", {}))), merging=True)
    months = Months(target, standard(), UNITS, (month(merged(whole, Frame(target, "2025-09", standard(), UNITS, "test"))),))
    lists = checklists(months, ("county", "township", "village"), (), summary.figures, None)
    assert {one.unit for one in lists} >= {COUNTY, TOWN, VILLAGE}
    assert workbook_of(papers(lists, Head("示例县", standard(), ("2025-09",), "test")))[:2] == b"PK"
    assert Services.id not in {part.ledger for part in whole.parts if part.rows}
