"""What each row under a header is: a record, or one of the kinds that are counted and passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model.ledger import Ledger
from toolkit.model.sheet import RIGHT, Cell, Sheet
from toolkit.schema.kinds import is_placeholder
from toolkit.schema.text import is_blank
from toolkit.steps import headers
from toolkit.steps.heading import Heading, text_at

DATA, BLANK, TITLE, TOTAL, NOTE, SAMPLE = "data", "blank", "title", "total", "note", "sample"

_TOTAL = re.compile(r"^(?P<whose>\w{0,12}?)(?:合计|小计|总计|共计|累计|总合计)(?:\d+[人例件份次个条项户名行]?)?$")
_NOTE = re.compile(
    r"^[（(*※]?(?:注[:：\d一二三]|注$|注意|备\s*注[:：]|说\s*明[:：]|填[表写报]说明|填表人|填报人|制表人|经办人|审核人|审\s*核[:：]|复核人?[:：]|负责人|单位负责人|主要负责人"
    r"|分管领导|主管领导|领导签字|签\s*字|签\s*名|填表日期|填报日期|报送日期|报出日期|填报时间|日\s*期[:：]|时\s*间[:：]|联系人|联系电话[:：]|电\s*话[:：]|填报单位|报送单位|上报单位"
    r"|单位[（(]?(?:盖章|公章)|[（(]?(?:盖章|公章)|※|以下(?:空白|无)|以上|本表|此表|本页|附[:：]|特此|第\s*\d+\s*页|共\s*\d+\s*[页行条])")
_SAMPLE = re.compile(r"^(?:例|示例|样例|范例|填写示例|填写样例|填报示例|举例|样表|例如|示例行|样行)\d*$")
_SAMPLE_OF = re.compile(r"^[\s（(【\[*]*(?:填写|填报)?(?:示例|样例|范例|举例)[:：]")
_SAMPLE_LIKE = re.compile(r"^[\s（(【\[*]*[例示样范填举]")
_UNITS_LINE = re.compile(r"^[（(]?(?:计量|金额)?单位[:：]\s*(?:元|万元|千元|人|例|件|份|次|个)")
#: A cell of a line that says how to fill in each column, or in what unit.
_HOW_TO = re.compile(r"填|下拉|必选|可选|选择|选项|格式|例如|^如[:：]|位数?字|文本|年-月-日|日期型|^[（(].*[)）]$|^(?:元|万元|千元|人|份|个|次|家|件|例|人次)$")
_NUMBERED = re.compile(r"^(?:[甲乙丙丁戊己庚]|栏次|序号?|[（(]?\d{1,2}[)）]?(?:\.0)?)$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONG = 12  # characters: a single text longer than this is a sentence
_LEADING = 3  # columns, from the first of ours, in which 合计, 例, 注 stand
_UNIT_FIELDS = frozenset(("unit_code", "unit_name"))
_NEAR = 3  # rows under the header in which lines about the columns stand


@dataclass(frozen=True)
class _Block:
    """One block of a table: its slice of each row, and positions within that slice."""

    start: int
    end: int | None
    shift: int
    mine: tuple[int, ...]  # all columns of ours
    telling: tuple[int, ...]  # those that make a row a record
    free: frozenset[int]  # those for free text
    leading: int  # columns before this one may hold a word about the row
    words: tuple[dict[int, str], ...]  # per header row: position -> key
    fields: dict[int, str]
    above: frozenset[str]  # texts above the header


def classified(sheet: Sheet, ledger: type[Ledger], heading: Heading) -> tuple[tuple[int, ...], dict[str, int], tuple[int, ...]]:
    """Places of the records; how many rows of each other kind; Excel rows of the notes.

    Blocks side by side are read one after the other. Every row of the sheet is a header row, a record's or counted once.
    """
    blocks = _blocks(sheet, ledger, heading)
    places: list[list[int]] = [[] for _ in blocks]
    skipped: dict[str, int] = {}
    notes: list[int] = []
    for row in sheet.rows[: heading.top]:
        kind = BLANK if all(cell is None or cell == "" or is_blank(cell) for cell in row) else TITLE
        skipped[kind] = skipped.get(kind, 0) + 1
    for offset in range(heading.bottom + 1, len(sheet.rows)):
        row, near = sheet.rows[offset], offset <= heading.bottom + _NEAR
        if len(blocks) == 1:
            kind = _kind(row, blocks[0], near)
            if kind == DATA:
                places[0].append(offset + sheet.top)
        else:
            kinds = _kinds(row, blocks, near)
            for block, found, mine in zip(blocks, kinds, places, strict=True):
                if found == DATA:
                    mine.append(offset + sheet.top + RIGHT * block.shift)
            kind = DATA if DATA in kinds else next((found for found in kinds if found != BLANK), BLANK)
        if kind != DATA:
            skipped[kind] = skipped.get(kind, 0) + 1
            if kind == NOTE:
                notes.append(offset + sheet.top)
    return tuple(place for mine in places for place in mine), skipped, tuple(notes)


def _blocks(sheet: Sheet, ledger: type[Ledger], heading: Heading) -> list[_Block]:
    columns = heading.columns
    last = max(columns.values(), default=0)
    starts = [0, *(last + shift + 1 for shift in heading.shifts[:-1])]
    above = frozenset(cell.strip() for row in sheet.rows[: heading.top] for cell in row if isinstance(cell, str) and not is_blank(cell))
    blocks = []
    for number, (start, shift) in enumerate(zip(starts, heading.shifts, strict=True)):
        at = {name: index + shift - start for name, index in columns.items()}
        end = starts[number + 1] if number + 1 < len(starts) else None
        head = [sheet.rows[row][start:end] for row in range(heading.top, heading.bottom + 1)]
        blocks.append(_Block(
            start, end, shift, tuple(sorted(at.values())),
            tuple(index for name, index in at.items() if name not in _UNIT_FIELDS and not (ledger.id == "pregnancies" and name == "record_id")),
            frozenset(index for name, index in at.items() if name in ledger.by_field and ledger.by_field[name].free),
            min(at.values(), default=0) + _LEADING,
            tuple({index: headers.key(text) for index in range(len(row)) if (text := text_at(row, index))} for row in head),
            {index: name for name, index in at.items()}, above))
    return blocks


def _kinds(row: Sequence[Cell], blocks: Sequence[_Block], near: bool) -> list[str]:
    """What a row is in each block. Numbers of columns run on over all of them; right of 合计 bare numbers are totals too."""
    if near and _are_numbers(row, blocks[0]):
        return [TITLE] * len(blocks)
    kinds: list[str] = []
    for block in blocks:
        cells = row[block.start:block.end]
        bare = TOTAL in kinds and not any(isinstance(cell, str) and not is_blank(cell) for cell in cells)
        kinds.append(TOTAL if bare and any(not is_blank(cell) for cell in cells) else _kind(cells, block, near))
    return kinds


def is_total(text: str) -> bool:
    """Whether a cell says that its row is a total."""
    return bool(_TOTAL.match(headers.key(text)))


def is_sample(text: str) -> bool:
    """Whether a text says that its row is a sample."""
    return bool(_SAMPLE_LIKE.match(text) and (_SAMPLE_OF.match(text) or _SAMPLE.match(headers.key(text))))


def is_note(text: str) -> bool:
    """Whether a text begins like a note, a signature or a line of units."""
    return bool(_NOTE.match(text) or _UNITS_LINE.match(text))


def _kind(row: Sequence[Cell], block: _Block, near: bool) -> str:
    """What one row of a block is. `near`: it stands right under the header."""
    width = len(row)
    filled = [index for index in block.telling
              if index < width and (cell := row[index]) is not None and cell != "" and (cell.__class__ is not str or not is_blank(cell))]
    start = next(((index, cell) for index, cell in enumerate(row) if cell.__class__ is str and cell and not is_blank(cell)), None)
    if start is None:
        return (TITLE if near and _are_numbers(row, block) else DATA) if filled else BLANK
    index, text = start[0], str(start[1]).strip()
    lead = index < block.leading or not filled
    if lead and is_sample(text):
        return SAMPLE
    if lead and is_note(text) and _is_note(row, filled):
        return NOTE
    if _is_total(row, block, index, filled):
        return TOTAL
    if _is_title(row, block, text):
        return TITLE
    if len(filled) <= 1 and len(block.mine) > 2 and sum(1 for cell in row if not is_blank(cell)) == 1:
        return _alone(row, block, index, text, filled)
    if not filled:
        return BLANK if all(is_blank(cell) or at in block.fields for at, cell in enumerate(row)) or not _HAN.search(text) else NOTE
    if near and (_are_numbers(row, block) or all(is_blank(cell) or (cell.__class__ is str and _HOW_TO.search(str(cell).strip())) for cell in row)):
        return NOTE if _HAN.search(text) and not _are_numbers(row, block) else TITLE
    if is_placeholder(row[filled[0]]) and all(is_placeholder(row[at]) for at in filled):
        return BLANK
    return DATA


def _is_note(row: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether a row that begins like a note is one, and no record whose first text happens to begin so."""
    cells = [cell for cell in row if not is_blank(cell)]
    labels = sum(1 for cell in cells if isinstance(cell, str) and (_NOTE.match(cell.strip()) or cell.strip().endswith((":", "："))))
    return len(filled) <= 2 or labels * 2 >= len(cells)


def _is_total(row: Sequence[Cell], block: _Block, first: int, filled: Sequence[int]) -> bool:
    """Whether one of the leading cells, or the first text of the row, says 合计 or the like."""
    for index in {first, *range(min(block.leading, len(row)))}:
        cell = row[index]
        if cell.__class__ is str and "计" in str(cell):
            match = _TOTAL.match(headers.key(str(cell)))
            if match and not (match["whose"] and index in block.free and len(filled) * 2 > len(block.telling)):
                return True
    return False


def _is_title(row: Sequence[Cell], block: _Block, text: str) -> bool:
    """Whether the header, a row of it, or a line from above it stands here again, as on a new printed page."""
    if text in block.above and all(is_blank(cell) or (cell.__class__ is str and str(cell).strip() in block.above) for cell in row):
        return True
    key = headers.key(text) if len(text) <= 2 * _LONG and _HAN.search(text) else ""
    if not key or not any(key in words.values() for words in block.words):
        return False
    cells = [(index, headers.key(cell) if isinstance(cell, str) else "") for index, cell in enumerate(row) if not is_blank(cell)]
    same = max(sum(1 for index, cell in cells if cell and words.get(index) == cell) for words in block.words)
    return same == len(cells) or same >= max(2, len(cells) // 2)


def _alone(row: Sequence[Cell], block: _Block, index: int, text: str, filled: Sequence[int]) -> str:
    """A row with a single text: a sentence is a note; a word under the first column a heading, a number there a prepared row."""
    if len(text) > _LONG or "：" in text or ":" in text:
        return NOTE
    if index <= block.mine[0]:
        return TITLE if _HAN.search(text) else BLANK
    if filled:
        return BLANK if is_placeholder(row[index]) else DATA
    return NOTE if _HAN.search(text) and index not in block.fields else BLANK


def _are_numbers(row: Sequence[Cell], block: _Block) -> bool:
    """Whether a row numbers the columns: 甲 乙 1 2 3 …"""
    cells = [cell for cell in row if not is_blank(cell)]
    if len(cells) < max(_NEAR, len(block.mine) - 1) or not all(_NUMBERED.match(str(cell).strip()) for cell in cells):
        return False
    numbers = [int(float(str(cell).strip(" （）()"))) for cell in cells if str(cell).strip(" （）()").replace(".0", "").isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 3
