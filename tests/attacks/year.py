"""Twelve months of a small fictional county whose women stay from month to month, and everything the offices above hold of it.

Service-book dates fall on the 3rd, 13th and 23rd only, office dates never: a date of a woman is known wherever it stands.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit.cli.commands import ledger
from toolkit.files import workspace
from toolkit.files.legacy import xlsx_bytes
from toolkit.model.grid import Grid
from toolkit.model.period import first_day, last_day, shift
from toolkit.model.plan import Plan
from toolkit.model.unit import Unit, Units, at_level
from toolkit.schema import Births, Pregnancies, Visits
from toolkit.steps.county import Office, county
from toolkit.steps.county_rows import Row, shown
from toolkit.steps.mess_sheets import plain_sheets
from toolkit.tasks import gather, pool

PERIODS = tuple(shift("2025-01", number) for number in range(12))
TOWNS = ("990101101000", "990101102000", "990101103000")
#: Village -> about how many records it has.
SIZES = {"990101101201": 12, "990101101202": 5, "990101101203": 9, "990101102201": 3, "990101102202": 1, "990101103201": 14, "990101103202": 2}
KEYLESS, ALONE, MESSY = "990101101202", "990101102202", "990101101201"
#: These send their workbooks whole, service book and all; the others what `ledger release` makes of them.
WHOLE = (KEYLESS, MESSY, "990101103202")
TOGETHER = (2, 6, 12)  # so many months given together, for quarters, the half year and the year
_DAYS = (3, 13, 23)
_LETTERS, _SIGNS = "ABCDFGHJKMNPQRSTUVWXYZ", "ABCDFGHJKMNPQRSTUVWXYZ23456789"
ADDRESS, IDENTITY = "示例路八十八号院", "99010119900101123X"


@dataclass(frozen=True)
class Woman:
    """A fictional record as its village knows it."""

    record_id: str
    name: str
    phone: str
    edd: dt.date
    notice: dt.date
    consent: int
    revisit: int
    staff_id: str
    wishes_postnatal: bool
    leaves: str = ""  # the first month without her, where she leaves early


@dataclass
class Year:
    """`truth`: (period, village) -> its women in the order of the book; `keys`: the book keys; `secrets`: what may stand nowhere."""

    folder: Path
    truth: dict[tuple[str, str], list[Woman]] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    days: set[dt.date] = field(default_factory=set)

    def outputs(self) -> Iterator[Path]:
        """Every file held above the village, but for workbooks that were sent whole."""
        for folder in ("out", "inbox", "logs"):
            for path in sorted((self.folder / folder).rglob("*")):
                if path.is_file() and "_whole" not in path.name:
                    yield path

    def log(self, number: str) -> Path:
        return self.folder / "logs" / number


def units() -> list[Unit]:
    listed = county("attack", 13, PERIODS[0], standard()).units
    return [unit for unit in listed if unit.level != "village" or unit.code in SIZES]


def standard() -> Plan:
    plan = workspace.built_in_plan("standard")
    assert plan is not None
    return plan


# ----------------------------------------------------------------------------------------------------- the villages


class _Village:
    """One village through the year."""

    def __init__(self, code: str, rng: random.Random) -> None:
        self.code, self.size, self.rng = code, SIZES[code], rng
        self.women: list[Woman] = []
        self.visits: dict[str, list[Row]] = {}
        self.steady = code == ALONE

    def month(self, period: str, carers: Sequence[str]) -> None:
        """Who goes and who comes, then the month's visits."""
        start, rng = first_day(period), self.rng
        self.women = [one for one in self.women if one.leaves != period and _delivered(one, start) + dt.timedelta(days=56) >= start]
        wanted = self.size if self.steady or not self.women else self.size + rng.randint(-1, 2)
        while len(self.women) < wanted:
            self.women.append(self._new(period, carers))
        for one in self.women:
            self.visits.setdefault(one.record_id, []).extend(self._month_of(one, period))

    def _new(self, period: str, carers: Sequence[str]) -> Woman:
        rng, number = self.rng, self.rng.randint(10_000, 99_999)
        ahead = 9 if self.steady else rng.randint(0 if not self.visits else 4, 8)
        edd = _day(shift(period, ahead), rng)
        leaves = shift(period, rng.randint(1, 6)) if rng.random() < 0.15 and not self.steady else ""
        record = rng.choice(_LETTERS) + "".join(rng.choice(_SIGNS) for _ in range(5))
        return Woman(record, f"样例{rng.choice('甲乙丙丁戊己庚辛壬癸')}{rng.choice('子丑寅卯辰巳午未申酉戌亥')}", f"190000{number}", edd, _day(period, rng),
                     rng.choices((1, 2, 3), (70, 20, 10))[0], int(rng.random() < 0.6), rng.choice(carers), rng.random() < 0.7, leaves)

    def _month_of(self, one: Woman, period: str) -> list[Row]:
        rng = self.rng
        if one.consent == 3:
            return []
        need = rng.choice((1, 2, 3)) if rng.random() < 0.2 else 0
        day = _day(period, rng)
        return [shown(Visits, record_id=one.record_id, visit_type=8, visit_date=day, mode=rng.choice((2, 2, 3, 4, 5)), staff_id=one.staff_id, services="1",
                      need=need or None, need_status=rng.choice((1, 2, 3)) if need else None, need_found_on=day if need else None,
                      need_reported_on=day if need and rng.random() < 0.7 else None, next_date=_day(shift(period, 1), rng))]

    def rows(self, period: str) -> dict[str, list[Row]]:
        born = self.rng.randint(0, 1 + self.size // 4)
        boys = sum(self.rng.random() < 0.5 for _ in range(born))
        book = [shown(Pregnancies, record_id=one.record_id, name=one.name, phone=one.phone, edd=one.edd, notice_date=one.notice, consent=one.consent,
                      revisit_ok=one.revisit, staff_id=one.staff_id, delivered_on=one.edd if _has_delivered(one, period) else None) for one in self.women]
        return {"pregnancies": book, "visits": [row for one in self.women for row in self.visits[one.record_id]],
                "births": [shown(Births, unit_code=self.code, live_births=born, boys=boys, girls=born - boys, unstated=0, late=0)]}


def _has_delivered(one: Woman, period: str) -> bool:
    return one.wishes_postnatal and one.edd <= last_day(period)


def _delivered(one: Woman, start: dt.date) -> dt.date:
    """From when her 56 days count: her row ends by itself after them, 34 days later where no day was written down."""
    return one.edd if one.wishes_postnatal else one.edd + dt.timedelta(days=34)


def _day(period: str, rng: random.Random) -> dt.date:
    return first_day(period).replace(day=rng.choice(_DAYS))


def _clear(value: Any) -> Any:
    """An office date off the days that are the service book's."""
    return value + dt.timedelta(days=1) if isinstance(value, dt.date) and value.day in _DAYS else value


def _workbook(office: Office) -> bytes:
    """A village's own workbook; one village added columns nobody asked for, forgot a consent and mistyped a phone."""
    grids = plain_sheets(office, whole=True)
    return xlsx_bytes(_with_mess(grids) if office.unit.code == MESSY else grids)


def _with_mess(grids: Sequence[Grid]) -> Sequence[Grid]:
    book = next(grid for grid in grids if grid.ledger == Pregnancies.id)
    heads = [column.field for column in Pregnancies.columns]
    book.rows[0] += ["家庭住址", "身份证号"]
    for row in book.rows[1:]:
        row += [ADDRESS, IDENTITY]
    if len(book.rows) > 3:
        book.rows[2][heads.index("consent")] = None
        book.rows[3][heads.index("phone")] = str(book.rows[3][heads.index("phone")])[:-1]
    return grids


# -------------------------------------------------------------------------------------------------------- the year


def make(folder: Path) -> Year:
    """All twelve months through the commands a person would run, each command's words and JSON kept."""
    year = Year(folder)
    plan, listed = standard(), units()
    (folder / workspace.PLAN_FILE).write_bytes(workspace.built_in_plans()["standard"])
    (folder / "units.csv").write_bytes(workspace.units_csv(Units.of(listed)))
    villages = {code: _Village(code, random.Random(f"attack|{code}")) for code in SIZES}
    with pytest.MonkeyPatch.context() as patch:  # the readers' work in this process: sixty workers would take most of the time
        patch.setattr(pool, "read_files", _read_here)
        patch.setattr(gather, "read_files", _read_here)
        patch.setenv("LEDGER_LANG", "zh")
        for number, period in enumerate(PERIODS, 1):
            _send(year, period, plan, villages)
            _month(year, period, number)
    year.secrets |= {one.name for women in year.truth.values() for one in women} | {one.phone for women in year.truth.values() for one in women}
    year.secrets |= {one.record_id for women in year.truth.values() for one in women} | {ADDRESS, IDENTITY} | {key for key in year.keys.values() if key}
    year.days |= {one.edd for women in year.truth.values() for one in women} | {one.notice for women in year.truth.values() for one in women}
    return year


def _read_here(paths: Sequence[Path], asked: Any, jobs: int = 0, progress: Any = None) -> list[Any]:
    return [pool.read_batch(paths, asked, lambda *_: None)] if paths else []


def _send(year: Year, period: str, plan: Plan, villages: Mapping[str, _Village]) -> None:
    """The offices' workbooks of a month, and what of them goes up."""
    rng = random.Random(f"attack|{period}")
    received = []
    for office in county("attack", 13, period, plan).offices:
        code = office.unit.code
        if office.unit.level == "village" and code not in SIZES:
            continue
        rows = {name: [{key: _clear(value) for key, value in row.items()} for row in found] for name, found in office.rows.items()}
        if office.unit.level == "village":
            carers = [row["staff_id"] for row in rows["staff"] if str(row["role"])[0] in "68"]
            villages[code].month(period, carers[:1] if code == ALONE else carers)
            rows |= villages[code].rows(period)
            key = "" if code == KEYLESS else f"{rng.getrandbits(128):032x}"
            year.truth[period, code], year.keys[period, code] = list(villages[code].women), key
            year.days |= {row[name] for row in rows["visits"] for name in ("visit_date", "next_date") if row[name]}
        else:
            key = ""
        cover = {name: _clear(value) for name, value in office.cover.items()}
        cover |= {f"zero_{name}": "" if rows[name] else "是" for name in ("cases", "works")}
        made = _workbook(replace(office, rows=rows, cover=cover, book_key=key))
        received.append(_put(year, office.unit, period, made))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("文件", "收到日期"), *received])
    (year.folder / "inbox" / period / "received.csv").write_text(out.getvalue(), encoding="utf-8")


def _put(year: Year, unit: Unit, period: str, data: bytes) -> tuple[str, str]:
    town = at_level(unit.code, "township") if unit.level != "county" else unit.code
    inbox, books = year.folder / "inbox" / period / town, year.folder / "villages" / period
    inbox.mkdir(parents=True, exist_ok=True)
    books.mkdir(parents=True, exist_ok=True)
    day = f"{shift(period, 1)}-08"
    if unit.level != "village" or unit.code in WHOLE:
        name = f"{unit.code}_{period}{'_whole' if unit.level == 'village' else ''}.xlsx"
        (inbox / name).write_bytes(data)
        if unit.level == "village":
            (books / name).write_bytes(data)
        return name, day
    book = books / f"{unit.code}_{period}.xlsx"
    book.write_bytes(data)
    run(year, "release", book, "-o", inbox)
    return f"{unit.code}_{period}_v0_上报.xlsx", day


def _month(year: Year, period: str, number: int) -> None:
    """What townships and county make of a month."""
    out, inbox = year.folder / "out" / period, year.folder / "inbox" / period
    run(year, "merge", inbox, "-o", out / "county.xlsx", "--to", "county")
    run(year, "summary", out / "county.xlsx", "-o", out / "summary.xlsx", "--html", out / "summary.html",
        *(("--docx", out / "summary.docx") if number in TOGETHER else ()))
    run(year, "sample", "frame", out / "county.xlsx", "-o", out / "frame.txt")
    dice = random.Random(f"dice|{period}")
    seed = "".join(dice.choice("0123456789") for _ in range(20))
    run(year, "sample", "draw", out / "frame.txt", "--period", period, "--seed", seed, "-o", out / "sample.xlsx", "--public", out / "public.html",
        "--certificate", out / "certificate.json", workspace_too=True)
    if number in TOGETHER:
        given = [year.folder / "out" / month / "county.xlsx" for month in PERIODS[:number]]
        run(year, "summary", *given, "-o", out / "together.xlsx", "--html", out / "together.html")
    if number == len(PERIODS):
        run(year, "checklist", *given, "-o", out / "checklist.xlsx")
        run(year, "check", inbox / TOWNS[0], "--report", out / "check.html")
        run(year, "check", inbox / TOWNS[0], "--report", out / "check.xlsx", "--previous", given[-2])
        run(year, "inspect", inbox / TOWNS[0], "--cells")
        for town in TOWNS:
            run(year, "merge", inbox / town, "-o", out / f"{town}.xlsx", "--to", "township")
        run(year, "checklist", out / f"{TOWNS[0]}.xlsx", "-o", out / "township_checklist.xlsx")


def run(year: Year, *words: str | Path, workspace_too: bool = False) -> None:
    """One command as typed; its words, its output and its JSON are logs that offices keep."""
    logs = year.folder / "logs"
    logs.mkdir(exist_ok=True)
    for word in words:
        if isinstance(word, Path) and word.suffix:
            word.parent.mkdir(parents=True, exist_ok=True)
    number = len(list(logs.glob("*.json")))
    name = f"{number:03d}_{'_'.join(str(word) for word in words[:2] if not isinstance(word, Path))}"
    typed = [*map(str, words), "--json", str(logs / f"{name}.json"), *(["--workspace", str(year.folder)] if workspace_too else [])]
    done = CliRunner().invoke(ledger, typed)
    assert done.exit_code in (0, 1), (typed, done.output, done.exception)
    (logs / f"{name}.txt").write_text(done.output, encoding="utf-8")
