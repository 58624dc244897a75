"""The workbooks that clerks open: an office's own, its submission, and the blank templates (SPEC 2)."""

from __future__ import annotations

from io import BytesIO

from toolkit.files.template_codes import write_codes
from toolkit.files.template_cover import write_cover
from toolkit.files.template_form import Content, Form
from toolkit.files.template_guide import write_guide, write_notice
from toolkit.files.template_ledger import write_ledger
from toolkit.files.template_state import place
from toolkit.files.xlsx import Look, new_sheet, new_workbook, write_text
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit
from toolkit.schema import BOOK_KEY_SHEET, Cover, fingerprint

__all__ = ["Content", "blank", "submission", "template_version", "workbook"]

TITLE = "妇幼健康服务与工作台账"


def template_version() -> str:
    """What 模板版本 says: it changes with the columns and code lists."""
    return f"1.0-{fingerprint()}"


def workbook(unit: Unit, period: str, plan: Plan, content: Content) -> bytes:
    """An office's own workbook: formulas, drop-downs, colours, and for a village the service book."""
    return _written(Form(unit.level, unit.code, unit.name, period, plan, _labelled(unit, period, plan, content)))


def submission(unit: Unit, period: str, plan: Plan, content: Content) -> bytes:
    """What travels: values only, no service book, no book key; for a village 服务台账 in their place."""
    return _written(Form(unit.level, unit.code, unit.name, period, plan, _labelled(unit, period, plan, content), sent=True))


def blank(level: str, plan: Plan) -> bytes:
    """The empty workbook of a level: unit and month are typed on its cover, nothing is preprinted."""
    return _written(Form(level, "", "", "", plan, Content({"plan_id": plan.id, "template": template_version()})))


def _labelled(unit: Unit, period: str, plan: Plan, content: Content) -> Content:
    """The content with what the program knows put on the cover."""
    known = {"unit_code": unit.code, "unit_name": unit.name, "period": period, "plan_id": plan.id, "template": template_version()}
    given = {name: value for name, value in content.cover.items() if value not in (None, "")}
    return Content(known | given, content.rows, content.record_ids, content.book_key)


def _written(form: Form) -> bytes:
    buffer = BytesIO()
    book = new_workbook(buffer, TITLE, form.name)
    look = Look(book)
    cover = new_sheet(book, Cover.sheet, "cover")
    counts = {ledger.id: write_ledger(book, look, form, ledger) for ledger in form.ledgers}
    write_cover(cover, look, form, counts)
    if not form.sent:
        write_guide(book, look, form)
        if form.level == "village":
            write_notice(book, look, form)
        write_codes(book, look, form, place("period"), place("prepared_on"))
        if form.level == "village":
            key = new_sheet(book, BOOK_KEY_SHEET, "guide")
            write_text(key, 0, 0, form.content.book_key)
            key.very_hidden()
            key.protect()
    book.close()
    return buffer.getvalue()
