"""The folder a team works in: plan.toml, the unit list, receipts; and the plans and templates we ship."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from toolkit.files import delimited, intake
from toolkit.model.plan import Plan, PlanFault
from toolkit.model.plan_reading import plan_of
from toolkit.model.sheet import Refused
from toolkit.model.unit import Unit, Units, is_code, pad

INSTITUTIONS, HISTORY = "institutions.csv", "history.csv"
PLAN_FILE, UNITS_FILES = "plan.toml", ("units.xlsx", "units.csv")
_TRUE = ("是", "1", "y", "yes", "true", "√", "")


@dataclass(frozen=True)
class Fault:
    """Something of ours or the team's that cannot be used: Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True)
class Workspace:
    """A workspace found: its folder, plan and units (None without a list)."""

    folder: Path | None
    plan: Plan
    units: Units | None


def find(starts: list[Path]) -> Path | None:
    """The nearest folder with a plan.toml, upward from each start in turn."""
    for start in starts:
        folder = start if start.is_dir() else start.parent
        for candidate in (folder.absolute(), *folder.absolute().parents):
            if (candidate / PLAN_FILE).is_file():
                return candidate
    return None


def load(folder: Path) -> Workspace | list[Fault]:
    """The workspace in a folder, or everything that is wrong with it."""
    plan, faults = read_plan(folder / PLAN_FILE)
    units: Units | None = None
    listed = next((folder / name for name in UNITS_FILES if (folder / name).is_file()), None)
    if listed is not None:
        found = read_units(listed)
        if isinstance(found, Units):
            units = found
        else:
            faults += found
    return faults if faults or plan is None else Workspace(folder, plan, units)


def read_plan(path: Path) -> tuple[Plan | None, list[Fault]]:
    """A plan file: unreadable, not TOML, or beyond its bounds are faults that name the key."""
    try:
        data = path.read_bytes()
    except OSError:
        return None, [Fault(f"读不到方案文件 {path.name}，请确认它在工作目录里", f"cannot read {path.name}")]
    return plan_in(data, path.name)


def plan_in(data: bytes, name: str) -> tuple[Plan | None, list[Fault]]:
    """A plan from the bytes of a file called `name`."""
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [Fault(f"{name} 不是 UTF-8 文字，请另存为 UTF-8", f"{name} is not UTF-8 text; save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        return None, [_not_toml(name, data.decode("utf-8-sig"), str(error))]
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        return None, [Fault(f"{name} 不像方案文件：括号套得太深，或数字太长。请对照自带方案修改", f"{name} is no plan file: brackets too deep or a number too long")]
    plan, faults = plan_of(content)
    if plan is not None:
        plan = replace(plan, digest=hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16])
    return plan, [_worded(name, fault) for fault in faults]


def _not_toml(name: str, text: str, error: str) -> Fault:
    """Where the file stops being TOML: line, column and what stands there."""
    place = re.search(r"at line (\d+), column (\d+)", error)
    lines = text.splitlines()
    number, column = (int(place[1]), int(place[2])) if place else (len(lines), 1)
    there = lines[number - 1].strip()[:40] if 0 < number <= len(lines) else ""
    return Fault(f"{name} 第{number}行第{column}列写法不对：“{there}”。请看引号、等号和括号是否成对，同一个键是否写了两次",
                 f"{name} line {number}, column {column} is not TOML: “{there}” ({error.split(' (at ')[0]})")


def _worded(name: str, fault: PlanFault) -> Fault:
    return Fault(f"{name} 的 {fault.key}：{fault.zh}", f"{name}, {fault.key}: {fault.en}")


def built_in_plans() -> Mapping[str, bytes]:
    """Plan id -> the TOML we ship."""
    folder = resources.files("toolkit") / "plans"
    return {entry.name.removesuffix(".toml"): entry.read_bytes() for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".toml")}


def built_in_plan(identifier: str) -> Plan | None:
    """One of our plans, None where there is none of that name."""
    data = built_in_plans().get(identifier)
    if data is None:
        return None
    plan, faults = plan_in(data, f"{identifier}.toml")
    if plan is None:
        raise ValueError(f"built-in plan {identifier}: {faults}")
    return plan


def templates_folder() -> Path:
    """Where the blank workbooks are: in the installed package, else in the checkout."""
    inside = Path(str(resources.files("toolkit"))) / "templates" / "xlsx"
    return inside if inside.is_dir() else Path(str(resources.files("toolkit"))).parent / "templates" / "xlsx"


def read_units(path: Path) -> Units | list[Fault]:
    """The unit list: columns code, name, expected (代码, 名称, 应报), in xlsx or csv."""
    book = intake.open_book(path)
    if isinstance(book, Refused):
        return [Fault(f"读不了区划表 {path.name}，请另存为 xlsx 或 csv", f"cannot read the unit list {path.name}")]
    units: list[Unit] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    sheet = next((sheet for sheet in book.sheets if sheet.rows), None)
    for offset, row in enumerate(sheet.rows if sheet else []):
        cells = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip() for cell in row]
        code = cells[0].replace(" ", "") if cells else ""
        if not is_code(code):
            if offset and any(cells):
                number = (sheet.top if sheet else 1) + offset
                faults.append(Fault(f"{path.name} 第{number}行：“{code}”不是6、9或12位代码，请改正", f"{path.name} row {number}: not a 6-, 9- or 12-digit code"))
            continue
        code = pad(code)
        if code in seen:
            faults.append(Fault(f"{path.name}：代码 {code} 出现两次，请删去一行", f"{path.name}: code {code} stands twice"))
        seen[code] = offset
        units.append(Unit(code, cells[1] if len(cells) > 1 else code, (cells[2].lower() if len(cells) > 2 else "") in _TRUE))
    if not units and not faults:
        faults.append(Fault(f"{path.name} 里没有单位，请填写 代码、名称、应报 三列", f"{path.name} lists no unit; fill in code, name, expected"))
    return faults or Units.of(units)


def read_received(paths: list[Path]) -> tuple[dict[str, str], list[Fault]]:
    """Receipt dates from every received.csv (file, date) in, under or just above the paths; the earliest of two wins."""
    from toolkit.schema.kinds import Date, parse_cell

    received: dict[str, str] = {}
    faults: list[Fault] = []
    folders = [path if path.is_dir() else path.parent for path in paths]
    lists = [folder.parent / intake.RECEIVED for folder in folders] + [folder / intake.RECEIVED for folder in folders]
    lists += [file for path in paths if path.is_dir() for file in sorted(path.rglob(intake.RECEIVED))]
    for path in dict.fromkeys(lists):
        if not path.is_file():
            continue
        book = intake.open_book(path)
        if isinstance(book, Refused):
            if book.why != "empty":
                faults.append(Fault(f"读不了收到记录 {path.name}，请另存为 csv", f"cannot read the receipt list {path.name}; save it as csv"))
            continue
        for number, row in enumerate(book.sheets[0].rows, start=1):
            if len(row) < 2 or not str(row[0] or "").strip():
                continue
            day = parse_cell(Date(), row[1]).value
            if day is None:
                if number > 1:
                    faults.append(Fault(f"{path.name} 第{number}行的日期看不懂，请按 年-月-日 填写", f"{path.name} row {number}: date not understood"))
                continue
            name = str(row[0]).strip()
            received[name] = min(received.get(name, "9999"), day.isoformat())
    return received, faults


def read_institutions(folder: Path | None) -> tuple[list[tuple[str, str, str, str]], list[Fault]]:
    """institutions.csv: code, name, kind, padded unit code, in code order; nothing where there is no such file."""
    found: dict[str, tuple[str, str, str, str]] = {}
    faults: list[Fault] = []
    for number, cells in _listed(folder, INSTITUTIONS, faults):
        code, unit = cells[0], cells[3].replace(" ", "")
        if not is_code(unit):
            if number > 1:
                faults.append(Fault(f"{INSTITUTIONS} 第{number}行：单位代码“{unit}”不是6、9或12位，请改正", f"{INSTITUTIONS} row {number}: not a 6-, 9- or 12-digit unit code"))
        elif code in found:
            faults.append(Fault(f"{INSTITUTIONS} 第{number}行：机构代码 {code} 出现两次，请删去一行", f"{INSTITUTIONS} row {number}: code {code} stands twice"))
        else:
            found[code] = (code, cells[1], cells[2], pad(unit))
    return [found[code] for code in sorted(found)], faults


def read_history(folder: Path | None, county: str) -> tuple[list[tuple[int, int, int]], list[Fault]]:
    """history.csv (county, year, boys, girls): the years of one county, in order; nothing where there is no such file."""
    found: dict[int, tuple[int, int, int]] = {}
    faults: list[Fault] = []
    for number, cells in _listed(folder, HISTORY, faults):
        code, figures = cells[0].replace(" ", ""), [cell.replace(",", "").removesuffix("年") for cell in cells[1:4]]
        if not is_code(code) or not all(figure.isascii() and figure.isdigit() for figure in figures) or not 1900 <= int(figures[0]) <= 2200:
            if number > 1:
                faults.append(Fault(f"{HISTORY} 第{number}行看不懂，请填 县代码、年份、男、女 四列数字", f"{HISTORY} row {number}: county code, year, boys, girls wanted"))
        elif pad(code) == county:
            year = int(figures[0])
            if year in found:
                faults.append(Fault(f"{HISTORY} 第{number}行：{year}年出现两次，请删去一行", f"{HISTORY} row {number}: {year} stands twice"))
            found[year] = (year, int(figures[1]), int(figures[2]))
    return [found[year] for year in sorted(found)], faults


def _listed(folder: Path | None, name: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows of a list of ours as text, four cells each, with their number; blank rows are passed over."""
    path = folder / name if folder else None
    if path is None or not path.is_file():
        return
    book = intake.open_book(path)
    if isinstance(book, Refused):
        if book.why != "empty":
            faults.append(Fault(f"读不了 {name}，请另存为 csv", f"cannot read {name}; save it as csv"))
        return
    sheet = book.sheets[0]
    for number, row in enumerate(sheet.rows, start=sheet.top):
        texts = [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip() for cell in row]
        cells = [*texts, "", "", "", ""][:4]
        if any(cells):
            yield number, cells


def units_csv(units: Units) -> bytes:
    """The unit list as a csv that Excel opens rightly."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("代码", "名称", "应报"))
    writer.writerows((unit.code, delimited.as_text(unit.name), "是" if unit.expected else "否") for unit in units)
    return ("\ufeff" + out.getvalue()).encode()
