"""XlsxWriter's worksheet with what we change of it: formulas taken as they are, heights kept, many rows written at once.

Large ledgers go through `write_rows`: their cells become XML column by column, each distinct value once, and each row is one
template filled in. Everything else of the file (styles, strings, views, filters) still comes from XlsxWriter. It is its private
methods that are overridden: tests/files/test_worksheet.py compares every cell with what XlsxWriter itself would have written.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from toolkit.schema.text import looks_like_formula

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Stands for the number of the row in its template; no text can hold it, XML has no such character.
_NUMBER = "\x01"
#: Rows joined into one piece of text on their way to the file.
_AT_ONCE = 500


@dataclass(frozen=True)
class Lane:
    """A column of many rows: a value each (None and "" blank, text, or number) in one format; `other`: row -> (value, format)."""

    values: Sequence[Any]
    format: Format
    other: Mapping[int, tuple[Any, Format]] = field(default_factory=dict)


def quoted(text: str, look: Format | None) -> Format | None:
    """The format under which a text stays text when somebody edits its cell: with the quote prefix where it looks like a formula."""
    return look.quoted() if look is not None and looks_like_formula(text) and hasattr(look, "quoted") else look


def plain(text: str) -> str:
    """Text as XlsxWriter will show it: what looks like its own rich text is wrapped, or it would be taken for XML."""
    return f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>' if text.startswith("<r>") and text.endswith("</r>") else text


def write_rows(sheet: Worksheet, first: int, lanes: Sequence[Lane], heights: Sequence[float]) -> None:
    """Rows from `first` on, below anything else on the sheet, starting in column A; `heights` in points, one a row."""
    names = [_letters(column) for column in range(len(lanes))]
    row = "".join(f'<c r="{name}{_NUMBER}"%s' for name in names)
    template = f'<row r="{_NUMBER}" spans="1:{len(lanes)}" ht="%s" customHeight="1">{row}</row>'
    columns = [_column(sheet, lane) for lane in lanes]
    sheet.our_rows.append(_Rows(first, template, [_height(height) for height in heights], columns))


def _height(points: float) -> str:
    return f"{points:.16g}"


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _column(sheet: Worksheet, lane: Lane) -> list[str]:
    """What follows the address of each cell. Format and strings get their numbers here, before XlsxWriter closes its lists."""
    cells = _Cells(sheet, lane.format)
    made = [cells[value] for value in lane.values]
    for at, (value, style) in lane.other.items():
        made[at] = _Cells(sheet, style)[value]
    sheet.str_table.count += sum(map(_is_text, made)) - cells.strings - sum(_is_text(made[at]) for at in lane.other)
    return made


def _is_text(cell: str) -> bool:
    return ' t="s"' in cell


class _Cells(dict[Any, str]):
    """Value -> XML of a cell from its format on, made when first asked for; `strings`: how many of these are text."""

    def __init__(self, sheet: Worksheet, style: Format) -> None:
        super().__init__()
        self._table, self._look, self._style, self.strings = sheet.str_table, style, _style(style), 0

    def __missing__(self, value: Any) -> str:
        if value is None or value == "":
            made = f"{self._style}/>"
        elif isinstance(value, str):
            self.strings += 1
            made = f'{_style(quoted(value, self._look))} t="s"><v>{self._table._get_shared_string_index(plain(value))}</v></c>'
        else:
            made = f"{self._style}><v>{value:.16G}</v></c>"
        self[value] = made
        return made


def _style(look: Any) -> str:
    return f' s="{look._get_xf_index()}"'


@dataclass(frozen=True)
class _Rows:
    """Rows ready to be written: `columns` hold what follows each cell's address."""

    first: int
    template: str
    heights: Sequence[str]
    columns: Sequence[Sequence[str]]

    @property
    def last(self) -> int:
        return self.first + len(self.heights) - 1

    def pieces(self) -> Iterator[str]:
        """The XML, some hundred rows at a time."""
        rows = zip(self.heights, *self.columns, strict=True)
        made: list[str] = []
        for number, cells in enumerate(rows, self.first + 1):
            made.append((self.template % cells).replace(_NUMBER, str(number)))
            if len(made) == _AT_ONCE:
                yield "".join(made)
                made.clear()
        yield "".join(made)


@functools.cache
def sheet_class() -> type[Worksheet]:
    """Worksheets that take formulas as they are: looking in each for functions newer than 2007, which we do not use, is three
    quarters of the time a workbook takes."""
    from xlsxwriter.worksheet import Worksheet

    class OurWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter brings no types
        dim_rowmax: int
        dim_colmax: int

        def __init__(self) -> None:
            super().__init__()
            self.our_heights: dict[int, float | None] = {}
            self.our_rows: list[_Rows] = []

        def set_row(self, row: int, height: float | None = None, *more: Any, **named: Any) -> Any:
            self.our_heights[row] = height
            return super().set_row(row, height, *more, **named)

        def _write_string(self, row: int, column: int, text: str, look: Format | None = None) -> Any:
            return super()._write_string(row, column, text, quoted(text, look))

        def _write_rich_string(self, row: int, column: int, *pieces: Any) -> Any:
            first = next(piece for piece in pieces if isinstance(piece, str))
            return super()._write_rich_string(row, column, *pieces[:-1], quoted(first, pieces[-1]))

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

        def _write_dimension(self) -> None:
            rows, columns = self.dim_rowmax, self.dim_colmax
            for body in self.our_rows:
                self.dim_rowmax = max(self.dim_rowmax, body.last)
                self.dim_colmax = max(self.dim_colmax, len(body.columns) - 1)
            super()._write_dimension()
            self.dim_rowmax, self.dim_colmax = rows, columns

        def _write_rows(self) -> None:
            super()._write_rows()
            for body in self.our_rows:
                for piece in body.pieces():
                    self.fh.write(piece)

    return OurWorksheet


def heights_of(sheet: Worksheet) -> dict[int, float | None]:
    """Row -> height in points, of the rows whose height we set: what page breaks are reckoned from."""
    heights: dict[int, float | None] = sheet.our_heights
    return heights
