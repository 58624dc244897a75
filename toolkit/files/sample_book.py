"""The workbook of a draw: certificate, list, forms, result sheet, and what a sample can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from toolkit.files.report_xlsx import write_page
from toolkit.files.visit_forms import Form, write_forms
from toolkit.files.xlsx import Look, new_workbook
from toolkit.model.report import REPORT_MARK, Page


@dataclass(frozen=True)
class FormSheet:
    """A sheet of visit forms among the pages."""

    name: str
    forms: Sequence[Form]
    header: tuple[str, str]


def write(title: str, sheets: Sequence[Page | FormSheet]) -> bytes:
    """The workbook's bytes, sheets in the order given; equal for equal draws."""
    buffer = BytesIO()
    book = new_workbook(buffer, title, category=REPORT_MARK)
    look = Look(book)
    for sheet in sheets:
        if isinstance(sheet, FormSheet):
            write_forms(book, look, sheet.name, sheet.forms, sheet.header)
        else:
            write_page(book, look, sheet)
    book.close()
    return buffer.getvalue()
