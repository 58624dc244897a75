"""The macros' own functions against Python's, on the same texts: text, headers, SHA-256."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pytest
from xlsxwriter import Workbook

from tests.excel.office import Office, running
from toolkit.files.macros import sources
from toolkit.files.vba import SHEET, WORKBOOK, Module, project
from toolkit.schema.text import code_text, is_blank, plain, typed
from toolkit.steps import headers

TEXTS = ("", " ", "abc", "　９９０１ ０１\u200b（元）", "a\n b\t c", "＊姓 名\n（只留本村）", "罚款(元)", "联系电话：", "（合计）", "［x］ab", "１３８００\u00a0１３８０００", "ＡＢｃ", "张　三",
         "2025．9．8", "〔2025〕3号", "注：填表说明。", "\ufeff编号", "a【b】c】", "(")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    path = folder / "macros.xlsm"
    book = Workbook(str(path))
    book.add_worksheet("数据")
    modules = [Module("ThisWorkbook", "", WORKBOOK), Module("Sheet1", "", SHEET), *sources()]
    book.add_vba_project(io.BytesIO(project(modules)), True)
    book.set_vba_name("ThisWorkbook")
    book.worksheets()[0].set_vba_name("Sheet1")
    book.close()
    with running(folder) as started:
        started.open(path)
        yield started


def test_text_is_made_plain_alike(office: Office) -> None:
    assert [office.call("Words.Plain", text) for text in TEXTS] == [plain(text) for text in TEXTS]
    assert [office.call("Words.CodeText", text) for text in TEXTS] == [code_text(text) for text in TEXTS]
    assert [office.call("Words.IsBlankCell", text) for text in TEXTS] == [is_blank(text) for text in TEXTS]


def test_headers_are_recognised_alike(office: Office) -> None:
    assert [office.call("Words.HeaderKey", text) for text in TEXTS] == [headers.key(text) for text in TEXTS]


@pytest.mark.parametrize("value", [0.0, 42.0, -3.0, 13800138000.0, 990101101201.0, True, False, "ｘ１"])
def test_cells_are_told_alike(office: Office, value: float | str) -> None:
    assert office.call("Words.Typed", value) == typed(value)


@pytest.mark.parametrize("text", [
    "", "abc", "ledger-token/1\n2025-09\n990101101201\n" + "5a1e" * 8 + "\nK7Q2MX", "中文😀" * 20, "x" * 55, "x" * 56, "x" * 64, "x" * 1000])
def test_digests_are_alike(office: Office, text: str) -> None:
    assert office.call("Sha256.HashOf", text) == hashlib.sha256(text.encode()).hexdigest()
