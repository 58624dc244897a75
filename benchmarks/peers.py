"""The same visible job by other means, each as short as an honest colleague would write it.

    python benchmarks/peers.py NAME FOLDER OUT.xlsx

office    (a) the usual office script: pandas with openpyxl, a workbook at a time, concat, to_excel; no checks
rules     (b) pandas with calamine, a workbook at a time, the commonest rules by code (fewer than `ledger` runs), concat, to_excel
concat    (c) fastexcel to polars, concat, write_excel; no checks
calamine  a floor: every sheet of every workbook read by calamine, and nothing else
expat     a floor: every part inflated, every sheet through expat without handlers, and nothing else
"""

from __future__ import annotations

import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Sheet -> a heading that tells its header row. All peers read these; `ledger` reads the cover and what else there is, too.
SHEETS = {"孕产妇台账": "预产期", "随访记录": "随访类型", "服务台账": "当月记号", "包保名单": "岗位", "案件台账": "案件来源", "工作记录": "组织人",
          "佐证材料": "存放", "出生统计": "活产", "分孩次出生": "孩次"}


def header_row(rows: list[list[Any]], heading: str) -> int | None:
    """The first of the first twenty rows in which the heading stands."""
    return next((at for at, row in enumerate(rows[:20]) if any(heading in str(cell) for cell in row)), None)


def office(folder: Path, out: Path, engine: str = "openpyxl", rules: Callable[[str, Any], list[Any]] | None = None) -> None:
    import pandas as pd

    frames, issues = defaultdict(list), []
    for path in sorted(folder.iterdir()):
        book = pd.read_excel(path, sheet_name=None, header=None, engine=engine)
        for name, sheet in book.items():
            at = header_row(sheet.head(20).values.tolist(), SHEETS[name]) if name in SHEETS else None
            if at is None:
                continue
            frame = sheet.iloc[at + 1:].dropna(how="all")
            frame.columns = unique([str(cell).strip("＊* ").split("\n")[0] for cell in sheet.iloc[at].tolist()])
            frame["来源"] = path.name
            frames[name].append(frame)
            if rules:
                issues += [(path.name, name, *issue) for issue in rules(name, frame)]
    with pd.ExcelWriter(out) as writer:
        for name, found in frames.items():
            pd.concat(found, ignore_index=True).to_excel(writer, sheet_name=name, index=False)
        if rules:
            pd.DataFrame(issues).to_excel(writer, sheet_name="问题清单", index=False)


def unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = defaultdict(int)
    made = []
    for name in names:
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return made


def common_rules(name: str, frame: Any) -> list[tuple[int, str, str]]:
    """Required cells, numbers used twice, phones, dates, order of dates: (row, column, what) of what breaks them."""
    import pandas as pd

    required = {"孕产妇台账": ("编号", "联系电话", "预产期"), "包保名单": ("人员编号", "姓名", "岗位"), "案件台账": ("案件类型", "处理阶段"),
                "工作记录": ("日期", "类型"), "佐证材料": ("材料编号", "材料名称"), "随访记录": ("日期", "随访类型")}
    masks = []
    for column in frame.columns:
        cells = frame[column]
        if column in required.get(name, ()):
            masks.append((column, "必填项为空", cells.isna()))
        if column.endswith("编号") and "人" not in column and name != "随访记录":
            masks.append((column, "编号重复", cells.notna() & cells.duplicated()))
        if "电话" in column:
            masks.append((column, "不像电话号码", cells.notna() & ~cells.astype(str).str.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")))
        if column.endswith(("日期", "期")):
            masks.append((column, "不是日期", cells.notna() & pd.to_datetime(cells, errors="coerce").isna()))
        if column.endswith("代码"):
            masks.append((column, "代码位数不对", cells.notna() & ~cells.astype(str).str.fullmatch(r"\d{2,12}(;\d{2,12})*")))
    dates = [pd.to_datetime(frame[column], errors="coerce") for column in ("发现日期", "立案日期", "处罚决定日期", "结案日期") if column in frame.columns]
    masks += [("日期", "先后颠倒", later < earlier) for earlier, later in zip(dates, dates[1:], strict=False)]
    return [(int(row), column, what) for column, what, mask in masks for row in frame.index[mask.fillna(False).astype(bool)]]


def rules(folder: Path, out: Path) -> None:
    office(folder, out, "calamine", common_rules)


def concat(folder: Path, out: Path) -> None:
    import fastexcel
    import polars as pl
    import xlsxwriter

    frames = defaultdict(list)
    for path in sorted(folder.iterdir()):
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            if name not in SHEETS:
                continue
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
            at = header_row(sheet.head(20).rows(), SHEETS[name])  # type: ignore[arg-type]
            if at is not None:
                names = unique([str(cell).strip("＊* ").split("\n")[0] for cell in sheet.row(at)])
                frame = sheet[at + 1:].rename(dict(zip(sheet.columns, names, strict=True)))
                frames[name].append(frame.filter(~pl.all_horizontal(pl.all().is_null())).with_columns(来源=pl.lit(path.name)))
    with xlsxwriter.Workbook(out) as book:
        for name, found in frames.items():
            pl.concat(found, how="diagonal").write_excel(book, name)


def calamine(folder: Path, out: Path) -> None:
    from python_calamine import CalamineWorkbook

    for path in sorted(folder.iterdir()):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def expat(folder: Path, out: Path) -> None:
    from xml.parsers.expat import ParserCreate

    for path in sorted(folder.iterdir()):
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                data = book.read(name)
                if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                    ParserCreate().Parse(data, True)


if __name__ == "__main__":
    {made.__name__: made for made in (office, rules, concat, calamine, expat)}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
