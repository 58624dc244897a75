"""对账: every row read is merged, superseded or set aside; nothing is lost (SPEC 6.2, LOOK 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.files.merged_page import Desk
from toolkit.files.xlsx import text_height, write, write_across, write_text
from toolkit.model.merged import Balance
from toolkit.model.part import SKIPPED
from toolkit.model.suppression import NEIGHBOUR, SMALL
from toolkit.schema import BY_NAME, RECONCILIATION_SHEET, Services

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_GROUPS_AT, _HEADINGS_AT, _FIRST_AT = 3, 4, 5
#: Columns: ledger, then the equation with its signs, the verdict, rows that are no records, where to look.
_EQUATION = (("read", 1), ("merged", 3), ("superseded", 5), ("set_aside", 7))
_SIGNS = ((2, "＝"), (4, "＋"), (6, "＋"))
_VERDICT, _SKIPPED_AT, _WHERE = 8, 9, 14
_WIDTHS = (15, 9, 3, 9, 3, 9, 3, 9, 10, 8, 8, 8, 8, 8, 34)
_HEADINGS = ("台　账", "读到", "", "合并", "", "被替换", "", "搁置", "平否", "空白", "标题", "合计", "说明", "样例", "去哪里看")
_GROUPS = ((0, 0, ""), (1, 7, "记录条数：读到 ＝ 合并 ＋ 被替换 ＋ 搁置"), (8, 8, ""), (9, 13, "跳过的行（不是记录）"), (14, 14, ""))
_GROUP_STARTS = frozenset(first for first, _, _ in _GROUPS)
_MOST_PLACES = 3


def write_balance(desk: Desk) -> None:
    """The whole sheet."""
    balances = desk.merged.balances
    sheet = desk.sheet(RECONCILIATION_SHEET, "对账：一条不少", (desk.place, desk.month, "读到的每一条，都能在这里找到去处"), _WIDTHS,
                       last=_WHERE, repeat=(_GROUPS_AT, _HEADINGS_AT))
    sheet.set_row(2, 8)
    sheet.set_row(_GROUPS_AT, 20)
    for first, last, name in _GROUPS:
        write_across(sheet, _GROUPS_AT, first, last, name, desk.look("group", *_edges(first), *_edges(last)))
    sheet.set_row(_HEADINGS_AT, 24)
    for column, name in enumerate(_HEADINGS):
        write_text(sheet, _HEADINGS_AT, column, name, desk.look("header", "under", *_edges(column)))
    signs = _service_signs(desk, balances)
    for row, balance in enumerate(balances, _FIRST_AT):
        where = _where(desk, balance, bool(signs) and balance.ledger == Services.id)
        _write_line(desk, sheet, row, balance, signs if balance.ledger == Services.id else {}, where)
    row = _FIRST_AT + len(balances)
    _write_line(desk, sheet, row, _total(balances), dict.fromkeys(signs, NEIGHBOUR), "", base="total")
    sheet.set_row(row + 1, 34)
    note = "被替换：同一单位、同一月份有更高版次。搁置：办公台账中不得保留的行，或在汇总表里被改动的单位；位置和原因见“问题清单”。服务台账只数并入的行，村里服务册的其他情况不上报、不计数。"
    write_across(sheet, row + 1, 0, _WHERE, note, desk.look("note"))
    sheet.print_area(0, 0, row + 1, _WHERE)
    sheet.freeze_panes(_FIRST_AT, 1)


def _edges(column: int) -> tuple[str, ...]:
    return (("group_start",) if column in _GROUP_STARTS else ()) + (("last",) if column == _WHERE else ())


def _service_signs(desk: Desk, balances: Sequence[Balance]) -> dict[str, str]:
    """Terms of the services' equation that are small counts, and `read`, from which they would follow (SPEC 8).

    A term that is 0 says that nothing happened, not how many women there are; only what was merged is hidden at 0 too.
    """
    services = next((balance for balance in balances if balance.ledger == Services.id), None)
    if services is None or not desk.hides_small_counts:
        return {}
    limit = desk.merged.plan.suppression.small_cell
    signs = {name: SMALL.format(limit=limit) for name in ("superseded", "set_aside") if 0 < getattr(services, name) < limit}
    if services.merged < limit:
        signs["merged"] = SMALL.format(limit=limit)
    return signs | {"read": NEIGHBOUR} if signs else {}


def _total(balances: Sequence[Balance]) -> Balance:
    skipped = {kind: sum(balance.skipped.get(kind, 0) for balance in balances) for kind in SKIPPED}
    return Balance("", sum(balance.read for balance in balances), sum(balance.merged for balance in balances),
                   sum(balance.superseded for balance in balances), sum(balance.set_aside for balance in balances), skipped)


def _write_line(desk: Desk, sheet: Worksheet, row: int, balance: Balance, signs: Mapping[str, str], where: str, base: str = "cell") -> None:
    def put(column: int, value: object, *roles: str) -> None:
        write(sheet, row, column, value, desk.look(base, *roles, *_edges(column)))

    put(0, BY_NAME[balance.ledger].sheet if balance.ledger else "合　计", "text" if balance.ledger else "centre")
    for name, column in _EQUATION:
        value = signs.get(name, getattr(balance, name))
        put(column, value, "number" if isinstance(value, int) else "ratio")
    for column, sign in _SIGNS:
        put(column, sign, "centre", "grey")
    verdict, role = ("√ 平", "done") if balance.holds else ("× 不平", "error")
    put(_VERDICT, verdict, *((role,) if balance.ledger else ()), "centre", "bold")
    for column, kind in enumerate(SKIPPED, _SKIPPED_AT):
        if balance.ledger == Services.id:
            put(column, "—", "centre", "grey")
        else:
            put(column, balance.skipped.get(kind, 0), "number", "grey")
    put(_WHERE, where, "wrap")
    sheet.set_row(row, text_height(where, _WIDTHS[_WHERE], minimum=24))


def _where(desk: Desk, balance: Balance, hides_counts: bool) -> str:
    """`搁置3条：丁原镇二村，F116`; the first few places by code and unit."""
    shown = []
    for code, unit, rows in sorted(balance.places)[:_MOST_PLACES]:
        count = "" if hides_counts else f"{rows}条"
        shown.append(f"搁置{count}：" + "，".join(name for name in (desk.merged.units.name(unit) if unit else "", code) if name))
    more = len(balance.places) - _MOST_PLACES
    return "；".join(shown) + (f"；另有{more}处，见“问题清单”" if more > 0 else "")
