"""The overbearing official, who holds every output of twelve months and no village workbook: what he tries, and what he sees.

Everything is made by the commands themselves (`year.py`). The tests called `…_is_visible…` hold what SECURITY.md admits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from tests.attacks import year as year_
from tests.attacks.reader import Reader, hidden_names, small_refusals
from tests.attacks.year import ALONE, KEYLESS, PERIODS, SIZES, TOWNS, WHOLE, Year
from tests.conftest import ROOT
from toolkit.cli.commands import ledger
from toolkit.model.period import shift
from toolkit.steps.minimise import missing_key, token

COUNTY = "990101000000"
SPANS = {"2025-Q1": PERIODS[:3], "2025-Q2": PERIODS[3:6], "2025-Q3": PERIODS[6:9], "2025-Q4": PERIODS[9:], "2025": PERIODS,
         "2025-01/2025-02": PERIODS[:2], "2025-01/2025-06": PERIODS[:6]}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return year_.make(tmp_path_factory.mktemp("attack"))


def insides(path: Path) -> dict[str, bytes]:
    """Every part of a file, unzipped."""
    data = path.read_bytes()
    if data[:2] != b"PK":
        return {path.name: data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()} | {"names of parts": "\n".join(archive.namelist()).encode()}


def grid(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    try:
        return list(book[sheet].iter_rows(values_only=True))
    finally:
        book.close()


def service_rows(path: Path) -> list[tuple[Any, ...]]:
    """Rows of 服务台账 as they stand: token, unit, staff, revisit, planned, …"""
    return [row for row in grid(path, "服务台账") if isinstance(row[0], str) and re.fullmatch("[0-9a-f]{12}", row[0])]


@pytest.fixture(scope="module")
def merged(held: Year) -> dict[str, list[tuple[Any, ...]]]:
    """Month -> the county's service rows."""
    return {period: service_rows(held.folder / "out" / period / "county.xlsx") for period in PERIODS}


def said(held: Year, command: str) -> list[dict[str, Any]]:
    """The JSON of every run of a command."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((held.folder / "logs").glob(f"*_{command}.json"))]


# -------------------------------------------------------------------------------------------------- (a) from tokens


def keys_an_official_has(held: Year) -> set[str]:
    """No key, keys anyone would try, and every run of hex and every name in what he holds."""
    found = {"", "0" * 32, "f" * 32, "00112233445566778899aabbccddeeff", "本册密钥", "key", "None"}
    for text in (*SIZES, *TOWNS, *PERIODS, "standard", "ledger-token/1"):
        found |= {text, hashlib.md5(text.encode()).hexdigest(), hashlib.sha256(text.encode()).hexdigest()[:32]}
    for path in held.outputs():
        found.add(path.name)
        found.add(hashlib.sha256(path.read_bytes()).hexdigest()[:32])
        for part in insides(path).values():
            found |= {run[:32] for run in re.findall(r"\b[0-9a-f]{24,64}\b", part.decode("utf-8", "ignore"))}
    return found


def test_no_key_at_hand_turns_a_record_number_into_a_token(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """Trying all 5·10⁸ numbers finds a woman's row only when it comes to her own number: so hers is the one tried here, with every key.

    The village without a key is in it, and the keys that could be derived without its service book.
    """
    keys = keys_an_official_has(held)
    assert len(keys) > 500
    found = []
    for (period, village), women in held.truth.items():
        tokens = {row[0] for row in merged[period] if row[1] == village}
        tried = keys | ({missing_key(village, period, rows) for rows in ((), ("",))} if village == KEYLESS else set())
        found += [(period, village, key) for one in women for key in tried if token(period, village, key, one.record_id) in tokens]
    assert found == []


def test_the_search_finds_what_a_key_opens(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """The control: with the village's own key every row is found, and no row has a token of another origin."""
    for (period, village), women in held.truth.items():
        tokens = {row[0] for row in merged[period] if row[1] == village}
        made = {token(period, village, held.keys[period, village], one.record_id) for one in women}
        assert tokens <= made if village != KEYLESS else not tokens & made
        assert len(tokens) >= len(women) - 1  # one row of the messy village lacks its consent


def test_no_token_comes_twice_and_no_place_in_a_file_speaks(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """Tokens are new each month; rows stand in their order and not in the book's; no row of the book is named."""
    tokens = [row[0] for rows in merged.values() for row in rows]
    assert len(tokens) > 400
    assert len(set(tokens)) == len(tokens)
    assert max(Counter(name[:8] for name in tokens).values()) == 1
    sent = [path for path in held.outputs() if path.name.endswith("_上报.xlsx")]
    assert len(sent) == len(PERIODS) * (len(SIZES) - len(WHOLE))
    for rows in (*merged.values(), *map(service_rows, sent[-8:])):
        assert [(row[1], row[0]) for row in rows] == sorted((row[1], row[0]) for row in rows)
    assert {row[21] for rows in merged.values() for row in rows} == {None}
    issues = [issue for one in said(held, "merge") for issue in one["issues"]]
    assert {issue["code"] for issue in issues if issue["ledger"] == "services"} == {"X102"}
    assert {(issue["row"], issue["cell"], issue.get("here")) for issue in issues if issue["ledger"] == "services"} <= {(None, None, None)}
    assert [issue for issue in issues if issue["local"] or issue["ledger"] in ("pregnancies", "visits")] == []


# ---------------------------------------------------------------------------------------- (b) from published reports


@pytest.fixture(scope="module")
def indicators(held: Year) -> list[dict[str, Any]]:
    return [one for run in said(held, "summary") for one in run["indicators"]]


@pytest.fixture(scope="module")
def reader(held: Year, indicators: list[dict[str, Any]]) -> Reader:
    """Who reads the summaries of all months, quarters and the year, the checklist and the published forms of the samples."""
    reader = Reader()
    reader.read_summary(indicators)
    reader.knows_the_tables(TOWNS, COUNTY, PERIODS, {})
    reader.knows_spans(SPANS, [*TOWNS, COUNTY])
    for quarter in ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"):
        reader.knows_orders(COUNTY, quarter)
    names = {row[1]: row[0] for row in grid(held.folder / "out" / PERIODS[0] / "county.xlsx", "上报情况") if isinstance(row[0], str) and row[0] in TOWNS}
    for period in PERIODS:
        _read_published(reader, period, (held.folder / "out" / period / "public.html").read_text(encoding="utf-8"), names)
    return reader


def _read_published(reader: Reader, period: str, page: str, names: dict[str, str]) -> None:
    """N of the strata, and that of N lines at most N and a twentieth, rounded up, was drawn, one at least."""
    rows = [[html.unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.S)]
    shown = {row[0]: row[1] for row in rows if len(row) == 2}
    listed = {names[name]: sign for name, sign in shown.items() if name in names}
    assert set(listed) == set(TOWNS)
    for unit, sign in [*listed.items(), (COUNTY, shown["合　计"])]:
        place = (unit, period, "open")
        number = int(sign.replace(",", "")) if sign.replace(",", "").isdigit() else None
        reader.know(place, *((number, number) if number is not None else (0, 4) if sign == "<5" else (5,)))
    for unit in TOWNS:
        reader.at_most({(unit, period, "drawn"): 1, (unit, period, "open"): -1})
        reader.at_most({(unit, period, "drawn"): 20, (unit, period, "open"): -1}, 19)
    reader.equal({(unit, period, "drawn"): 1 for unit in TOWNS}, int(shown["抽取总数"]))


def test_no_hidden_count_follows_from_everything_published(reader: Reader, indicators: list[dict[str, Any]]) -> None:
    hidden = hidden_names(indicators)
    assert len(hidden) > 300
    assert reader.determined(hidden) == []


def test_the_page_states_these_figures(held: Year, indicators: list[dict[str, Any]]) -> None:
    rows, files = sum(len(women) for women in held.truth.values()), len(list(held.outputs()))
    told = f"{rows} rows of {len(SIZES)} villages, {files} files, {len(hidden_names(indicators))} hidden counts, 0 told"
    assert told in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_nobody_learns_that_few_want_no_greeting(reader: Reader) -> None:
    assert small_refusals(reader, [(unit, period) for unit in (*TOWNS, COUNTY) for period in PERIODS]) == []


def test_page_and_letter_tell_no_more_than_the_figures(held: Year, indicators: list[dict[str, Any]]) -> None:
    """In the tables of the page and of the letter stand the numbers the JSON shows, and its signs; nothing else."""
    fields = ("services_open", "assign_rate", "contact_rate", "window_rate", "postnatal_rate", "check42_rate")
    names = ("甲山乡", "乙水镇", "丙溪乡")
    for number in year_.TOGETHER:
        period = PERIODS[number - 1]
        wanted = {}
        for unit, name in zip(TOWNS, names, strict=True):
            of = {one["field"]: one for one in indicators if (one["unit"], one["level"], one["period"]) == (unit, "township", period)}
            wanted[name] = [_count(of[fields[0]]), *(text for field in fields[1:] for text in _pair(of[field]))]
        page = (held.folder / "out" / period / "summary.html").read_text(encoding="utf-8")
        tables = [[[html.unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
                   for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)] for table in re.findall(r"<table.*?</table>", page, re.S)]
        letter = docx.Document(str(held.folder / "out" / period / "summary.docx"))
        tables += [[[cell.text.strip() for cell in row.cells] for row in table.rows] for table in letter.tables]
        seen = [row for table in tables for row in table if row and row[0] in wanted and len(row) == 12]
        assert len(seen) == 2 * len(names)
        for row in seen:
            assert [_plain(text) for text in row[1:]] == [_plain(text) for text in wanted[row[0]]], (period, row)


def _plain(text: str) -> str:
    """Percentages to whole ones: page and letter round as they like."""
    return f"{float(text.rstrip('%')):.0f}%" if text.endswith("%") else text


def _count(one: dict[str, Any]) -> str:
    return one["basis"] if one["suppressed"] else str(one["n"])


def _pair(one: dict[str, Any]) -> tuple[str, str]:
    if one["suppressed"] or one["value"] is None:
        return (one["basis"] or "—",) * 2
    return f"{one['n']}/{one['d']}", f"{100 * one['value']:.1f}%"


def test_checklists_of_a_county_tell_no_count_that_the_summary_hides(held: Year, indicators: list[dict[str, Any]]) -> None:
    """T-07 is the sum of shown figures or nothing; villages' own figures stand nowhere; no item counts women by another way."""
    items = next(one["items"] for one in said(held, "checklist") if any(item["item"].startswith("C-") for item in one["items"]))
    by_unit = {unit: [one for one in indicators if (one["unit"], one["field"], len(one["period"])) == (unit, "contact_rate", 7)] for unit in TOWNS}
    for item in items:
        if item["item"] == "T-07":
            whole = not any(one["suppressed"] for one in by_unit[item["unit"]])
            assert (item["n"] is not None) == whole
        if item["item"] in ("V-07", "V-12", "C-19"):
            assert (item["n"], item["d"]) == (None, None)
        if item["item"] == "T-21":
            assert "X102" not in str(item["evidence"])
    assert {item["source"] for item in items if item["item"][:2] in ("V-", "T-") and item["n"] is not None} == {"自动"}


def test_a_fall_from_month_to_month_is_visible_in_a_report(indicators: list[dict[str, Any]]) -> None:
    """Where two months show a township's count, a fall says that so many services at least have ended, as all do by themselves; never whose."""
    shown = {(one["unit"], one["period"]): one["n"] for one in indicators if one["field"] == "services_open" and not one["suppressed"]}
    falls = [key for key, n in shown.items() if shown.get((key[0], shift(key[1], -1)), 0) > n]
    assert falls
    assert min(shown[unit, shift(period, -1)] for unit, period in falls) >= 5


# ------------------------------------------------------------------------------------------------------ (c) every byte


def forms_of(day: dt.date) -> Iterator[str]:
    yield from (day.isoformat(), day.strftime("%Y%m%d"), f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}",
                f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日", f"{day.month}-{day.day},", day.strftime("%y%m%d"))


def test_no_byte_of_a_service_book_is_in_any_output(held: Year) -> None:
    """Names, phones, record numbers, keys, an address and an identity number typed beside them, and every date of the book, in every part."""
    secrets = {text.encode() for text in held.secrets} | {form.encode() for day in held.days for form in forms_of(day) if len(form) > 6}
    files = list(held.outputs())
    assert len(secrets) > 600
    assert len(files) > 350
    parts = {part: (path.name, name) for path in files for name, part in insides(path).items()}  # many are alike: styles, themes
    assert [(*where, text) for part, where in parts.items() for text in secrets if text in part] == []


def test_no_cell_holds_a_date_of_a_service_book(held: Year) -> None:
    """As numbers, too: every cell with a date in every workbook of the last month."""
    seen = []
    for path in held.outputs():
        if path.suffix == ".xlsx" and PERIODS[-1] in str(path):
            book = openpyxl.load_workbook(path)
            seen += [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, dt.datetime)]
            book.close()
    assert len(seen) > 300
    assert {day.date() for day in seen} & held.days == set()


def test_the_books_are_full_of_what_is_looked_for(held: Year) -> None:
    """The control: what the scan looks for does stand in the workbooks that villages keep."""
    text = b"".join(part for path in (held.folder / "villages" / PERIODS[-1]).iterdir() for part in insides(path).values())
    women = [one for (period, _), some in held.truth.items() if period == PERIODS[-1] for one in some]
    assert [one.record_id for one in women if not all(word.encode() in text for word in (one.record_id, one.name, one.phone[:-1]))] == []


def test_a_crash_report_holds_no_data(held: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure with a name in its message and in its variables: the saved report has neither."""
    from toolkit.cli import crash

    woman = held.truth[PERIODS[0], ALONE][0]

    def fails(name: str) -> None:
        phone = woman.phone
        raise ValueError(f"{name} {phone}")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        fails(woman.name)
    except ValueError as error:
        assert crash.report(error, "zh") == 4
    text = next(tmp_path.iterdir()).read_text(encoding="utf-8")
    assert "ValueError" in text
    assert [word for word in held.secrets if word in text] == []


# --------------------------------------------------------------------------------------------- (d) nothing is compared

_COMPARING = re.compile("排名|名次|排行|得分|评分|分数|打分|最好|最差|较好|较差|先进|落后|倒数|环比|同比|较上月|比上月|增长|下降|上升|减少了|增加了|"
                        r"\b(?:rank(?:ing|ed)?|score[sd]?|worst|best|top \d+)\b", re.IGNORECASE)
#: Sentences that say it is not done.
_DENIED = re.compile("部分数|不排名次|不计分|不排名|不作各月比较|也不作各月比较|不比较、不排名|不与出生数比对|nothing is scored|不设分数|不打分")


def test_no_output_ranks_scores_or_compares(held: Year) -> None:
    found = []
    for path in held.outputs():
        if path.parent.parent.name != "inbox" and path.parent.name not in TOWNS:
            for name, part in insides(path).items():
                text = _DENIED.sub("", re.sub("<[^>]*>", " ", part.decode("utf-8", "ignore")))
                found += [(path.name, name, match[0], text[max(0, match.start() - 12):match.end() + 12]) for match in _COMPARING.finditer(text)]
    assert found == []


def test_units_stand_in_the_order_of_their_codes(held: Year) -> None:
    """In every table of every summary and checklist; the county's own office after them. Figures never order them."""
    checked = 0
    for path in held.outputs():
        if path.name in ("summary.xlsx", "together.xlsx", "checklist.xlsx") and path.parent.name in (PERIODS[number - 1] for number in year_.TOGETHER):
            book = openpyxl.load_workbook(path)
            for sheet in book:
                codes: list[str] = []
                for row in sheet.iter_rows(values_only=True):
                    if isinstance(row[0], str) and re.fullmatch(r"990101\d{3}(\d{3})?", row[0]):
                        codes += [row[0].ljust(12, "0")] if row[0] != COUNTY else []
                    elif codes and row[0] is not None:
                        assert codes == sorted(codes), (path.name, sheet.title)
                        checked, codes = checked + 1, []
            book.close()
    assert checked > 15


# ------------------------------------------------- (e) what is visible to whoever holds merged files, as SECURITY.md says


def test_row_counts_that_rise_and_fall_are_visible_to_holders_of_merged_files(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    for village in SIZES:
        counts = [sum(row[1] == village for row in merged[period]) for period in PERIODS]
        true = [len(held.truth[period, village]) for period in PERIODS]
        assert all(abs(one - other) <= 1 for one, other in zip(counts, true, strict=True))
    assert len({sum(row[1] == "990101103201" for row in rows) for rows in merged.values()}) > 1


def test_a_village_of_one_row_is_visible_and_can_be_laid_beside_its_other_months(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """Its token changes; unit, staff_id and revisit_ok stay."""
    rows = [next(row for row in merged[period] if row[1] == ALONE) for period in PERIODS[:9]]
    assert len({row[0] for row in rows}) == 9
    assert len({row[1:4] for row in rows}) == 1
    assert len({one.record_id for period in PERIODS[:9] for one in held.truth[period, ALONE]}) == 1


def test_who_wants_no_greeting_is_visible_as_a_row_without_a_name(held: Year, merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """contact_planned = 0: she calls herself, or could not be reached twice."""
    for period in PERIODS:
        quiet = sum(row[4] == 0 for row in merged[period])
        assert quiet >= sum(one.consent == 3 for (month, _), women in held.truth.items() if month == period for one in women) - 1
    assert any(row[4] == 0 for rows in merged.values() for row in rows)


def test_that_there_was_a_birth_is_visible_as_a_row_without_a_name(merged: dict[str, list[tuple[Any, ...]]]) -> None:
    """postnatal_due = 1 and check42_due = 1."""
    assert any(row[8] == 1 for rows in merged.values() for row in rows)
    assert any(row[10] == 1 for rows in merged.values() for row in rows)


def test_record_numbers_are_visible_to_who_keeps_the_json_of_a_village_check(held: Year) -> None:
    """The id of an issue of the service book is a plain digest over the record number: who tries all numbers finds it. No merge has such issues."""
    local = [issue for one in said(held, "check") for issue in one["issues"] if issue["ledger"] == "pregnancies" and issue["code"] == "P121"]
    women = [one for (period, _), some in held.truth.items() if period == PERIODS[-1] for one in some]
    made = {hashlib.sha256("\n".join(("P121", issue["unit"], issue["period"], "pregnancies", issue["field"], one.record_id)).encode()).hexdigest()[:16]
            for issue in local for one in women}
    assert local
    assert {issue["id"] for issue in local} <= made


def test_the_keys_of_templates_are_visible_to_who_keeps_them_and_change_when_carried(held: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office that makes the first templates could keep a copy with the key; `carry`, in the village, draws a new one."""
    from toolkit.tasks import pool

    def key_in(path: Path) -> str:
        return str(grid(path, "本册密钥")[0][0])

    monkeypatch.setattr(pool, "read_files", year_._read_here)
    for words in (("template", "-o", tmp_path / "a", "--period", PERIODS[0], "--unit", ALONE), ("carry", tmp_path / "a", "-o", tmp_path / "b")):
        done = CliRunner().invoke(ledger, [*map(str, words), "--workspace", str(held.folder)])
        assert done.exit_code == 0, done.output
    first, second = (key_in(next((tmp_path / name).iterdir())) for name in "ab")
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert re.fullmatch("[0-9a-f]{32}", second)
    assert first != second
