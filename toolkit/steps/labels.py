"""Label/value lines as they stand on a cover, above a table or at its foot: 填报单位： 所属月份： several in one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from toolkit.model import period as months
from toolkit.model.sheet import Cell
from toolkit.schema import Cover
from toolkit.schema.kinds import parse_cell
from toolkit.schema.text import is_blank
from toolkit.steps import headers

#: Words that stand for a label of the cover on paper forms, though no template of ours has them.
_ALSO = {"填表人": "填报人", "经办人": "填报人", "填表人员": "填报人", "审核": "审核人", "审核人员": "审核人", "填表日期": "填报日期", "报送日期": "填报日期",
         "填表时间": "填报日期", "填报时间": "填报日期", "报出日期": "填报日期", "报送单位": "填报单位", "统计时间": "所属月份", "报表月份": "所属月份", "所属时期": "所属月份"}
#: Words that may mean the month or the day of filling in: the value tells.
_EITHER = ("时间", "日期", "年月", "月份")
_INLINE = re.compile(r"([\u4e00-\u9fff]{2,10}(?:[（(][^)）]*[)）])?)\s*[:：]\s*([^\s:：]*(?:\s(?![\u4e00-\u9fff]{2,10}\s*(?:[（(][^)）]*[)）])?[:：])[^\s:：]+)*)")
_LABELS = {headers.key(text): headers.key(text) for text in (
    *(text for column in Cover.columns for text in (column.heading, *column.aliases)),
    "工作簿类型", "方案摘要", "软件版本", "内容摘要", "审核状态", "上级接收人", "审核内容", "退回原因", "零报告", "本月无", "案件零报告", "工作零报告")}
_LABELS |= {headers.key(word): headers.key(label) for word, label in _ALSO.items()}
_VAGUE = frozenset(headers.key(word) for word in _EITHER)
_PERIOD, _FILLED = headers.key(Cover.period.heading), headers.key(Cover.prepared_on.heading)
_WITHIN = 3  # columns to the right in which a label's value stands


def label_pairs(rows: Sequence[Sequence[Cell]]) -> dict[str, Cell]:
    """Label -> value over lines like `单位代码 | 9901…` and `填报单位：某村  所属月份：2025-09` (several in one cell too).

    Keys are header keys of cover labels; the first value found stays, a blank one only until another is found.
    """
    found: dict[str, Cell] = {}
    reach = _reach(rows)
    for row in rows:
        for index, cell in enumerate(row):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            label = headers.key(cell)
            if label in _LABELS or label in _VAGUE:
                value = next((right for right in row[index + 1: index + 1 + reach.get(index, _WITHIN)] if not is_blank(right)), None)
                if not (isinstance(value, str) and (headers.key(value) in _LABELS or headers.key(value) in _VAGUE)):
                    _put(found, label, value)
                continue
            for match in _INLINE.finditer(cell):
                label = headers.key(match[1])
                if label in _LABELS or label in _VAGUE:
                    _put(found, label, match[2].strip() or None)
    return found


def _put(found: dict[str, Cell], label: str, value: Cell) -> None:
    if label in _VAGUE:
        if months.parse(value) and not _is_day(value):
            label = _PERIOD
        elif _is_day(value):
            label = _FILLED
        else:
            return
    label = _LABELS[label]
    if label not in found or is_blank(found[label]):
        found[label] = value


def _is_day(value: Cell) -> bool:
    return parse_cell(Cover.prepared_on.kind, value).value is not None


def _reach(rows: Iterable[Sequence[Cell]]) -> dict[int, int]:
    """Per column with labels, how far right its values stand: the least distance found. A blank value beside a second
    table must not be taken from that table."""
    reach: dict[int, int] = {}
    for row in rows:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell and headers.key(cell) in _LABELS:
                away = next((far for far in range(1, _WITHIN + 1) if index + far < len(row) and not is_blank(row[index + far])), _WITHIN)
                reach[index] = min(reach.get(index, _WITHIN), away)
    return reach
