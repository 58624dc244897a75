"""`ledger summary` on the command line: sealed figures that changed, what must never be in a report, empty and broken inputs."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import facts, ledger

MONTH = "2025-09"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summary") / "c"
    assert ledger("demo", folder, "--villages", "12", "--seed", "2", folder=folder.parent)[0] == 0
    lines = [f"990101,{2019 + at},{1100 - 60 * at},{1030 - 55 * at}\n" for at in range(6)]
    (folder / "history.csv").write_text("县代码,年份,男,女\n" + "".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(county: Path) -> Path:
    out = county / "made"
    code, _, _ = ledger("summary", f"out/{MONTH}/county.xlsx", "-o", out / "s.xlsx", "--html", out / "s.html", "--docx", out / "s.docx",
                        "--json", county / "s.json", folder=county)
    assert code == 0
    return out


def test_the_json_has_the_shape_of_the_contract(county: Path, made: Path) -> None:
    said = json.loads((county / "s.json").read_text(encoding="utf-8"))
    assert {frozenset(one) for one in said["indicators"]} == {frozenset(("unit", "level", "period", "field", "n", "d", "value", "suppressed", "basis"))}
    assert [output["content_digest"] for output in said["outputs"]] == [said["digest"]] * 3
    assert {one["level"] for one in said["indicators"]} == {"township", "county", "office"}


def test_a_sealed_summary_names_the_figures_that_changed(county: Path, made: Path, tmp_path: Path) -> None:
    """M107 names unit, month and figure; a sealed file that was edited is refused."""
    before = json.loads((county / "s.json").read_text(encoding="utf-8"))
    files = sorted(path for path in (county / f"inbox/{MONTH}").rglob("*") if path.is_file() and path.name != "received.csv")
    merged = tmp_path / "later.xlsx"
    code, _, _ = ledger("merge", *files[:3], *files[6:], "-o", merged, "--to", "county", folder=county)
    assert code in (0, 1)
    for sealed in (county / "s.json", made / "s.xlsx"):
        said = facts("summary", merged, "-o", tmp_path / f"{sealed.suffix}.xlsx", "--sealed", sealed, folder=county)
        assert (said["exit_code"], {issue["code"] for issue in said["issues"]}, said["counts"]["error"]) == (0, {"M107"}, 0)
        now = {tuple(one[name] for name in ("unit", "period", "field")): one for one in said["indicators"] if one["level"] != "office"}
        then = {tuple(one[name] for name in ("unit", "period", "field")): one for one in before["indicators"] if one["level"] != "office"}
        changed = {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}
        named = {(issue["unit"], issue["period"], issue["field"]) for issue in said["issues"]}
        assert changed
        assert changed <= named
    before["indicators"][0]["n"] = 10_000
    (tmp_path / "edited.json").write_text(json.dumps(before, ensure_ascii=False), encoding="utf-8")
    assert ledger("summary", merged, "-o", tmp_path / "no.xlsx", "--sealed", tmp_path / "edited.json", folder=county)[0] == 2


def texts_of(path: Path) -> str:
    """Everything a file says, zip members unpacked."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    return path.read_text(encoding="utf-8")


def test_nothing_of_the_service_book_is_in_any_output(county: Path, made: Path) -> None:
    private = set()
    for village in (county / "villages" / MONTH).iterdir():
        sheet = openpyxl.load_workbook(village)["孕产妇台账"]
        for row in sheet.iter_rows(min_row=5, values_only=True):
            private |= {str(cell) for cell in row[:3] if row[1] and cell}
    tokens = set()
    merged = openpyxl.load_workbook(county / "out" / MONTH / "county.xlsx")["服务台账"]
    for row in merged.iter_rows(values_only=True):
        if isinstance(row[0], str) and re.fullmatch("[0-9a-f]{12}", row[0]):
            tokens.add(row[0])
    assert len(private) > 20
    assert len(tokens) > 20
    for path in (made / "s.xlsx", made / "s.html", made / "s.docx", county / "s.json"):
        said = texts_of(path)
        assert [word for word in private | tokens if word in said] == [], path.name


def test_no_output_shows_a_hidden_number(county: Path, made: Path) -> None:
    """The main table of sheet and page prints a sign wherever the JSON says suppressed."""
    said = json.loads((county / "s.json").read_text(encoding="utf-8"))["indicators"]
    hidden = {(one["unit"], one["field"]): one["basis"] for one in said if one["suppressed"]}
    book = openpyxl.load_workbook(made / "s.xlsx")
    rows = [row for row in book["月度汇总"].iter_rows(values_only=True) if isinstance(row[0], str) and re.fullmatch(r"\d{9}", row[0])]
    assert len(rows) == len({one["unit"] for one in said if one["level"] == "township"})
    for row in rows:
        for column, field in ((2, "services_open"), (3, "assign_rate"), (5, "contact_rate"), (7, "window_rate"), (9, "postnatal_rate"), (11, "check42_rate"),
                              (13, "needs"), (14, "needs_done_rate"), (16, "needs_in_time_rate")):
            sign = hidden.get((row[0] + "000", field))
            assert (row[column] == sign) if sign else row[column] not in ("＊", "<5")
    figures = [row for row in book["指标数据"].iter_rows(values_only=True) if row[7] == "是"]
    assert len(figures) == len([one for one in said if one["suppressed"]])
    assert {row[4:7] for row in figures} == {(None, None, None)}


def test_charts_name_offices_only(made: Path) -> None:
    """Bars are reports by township; nothing about services is drawn."""
    with zipfile.ZipFile(made / "s.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert "xl/vbaProject.bin" not in archive.namelist()
    titles = [re.findall(r"<a:t>(.*?)</a:t>", chart)[0] for chart in charts]
    assert [title.split("　")[0] for title in titles] == ["上报", "活产数", "案件", "工作", "出生性别比与出生数（全县，逐年，漏斗图）"]
    assert not [word for word in ("问候", "产检", "需求", "在册") if any(word in chart for chart in charts)]


def test_the_page_is_whole_in_itself(made: Path) -> None:
    page = (made / "s.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["#main"]
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("<svg") == 5
    assert all(html.unescape(title) for title in re.findall(r"<title id=[^>]*>(.*?)</title>", page))
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_letter_fills_every_placeholder_and_is_reproducible(county: Path, made: Path, tmp_path: Path) -> None:
    import docx

    document = docx.Document(str(made / "s.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "{{" not in text
    assert "示例县关于2025年09月" not in text
    assert "示例县关于2025年9月妇幼健康服务与" in text
    assert [len(table.columns) for table in document.tables] == [12, 8, 4, 3]
    ledger("summary", f"out/{MONTH}/county.xlsx", "-o", tmp_path / "a.xlsx", "--docx", tmp_path / "a.docx", "--html", tmp_path / "a.html", folder=county)
    for name in ("xlsx", "docx", "html"):
        assert (tmp_path / f"a.{name}").read_bytes() == (made / f"s.{name}").read_bytes()


def test_an_edited_template_keeps_its_words(tmp_path: Path) -> None:
    """Word cuts placeholders into runs; words around them stay, unknown names are left alone."""
    import docx

    from toolkit.files.docx import document_of, placeholders
    from toolkit.model.report import Column, Letter, Table, row

    document = docx.Document()
    paragraph = document.add_paragraph("本局")
    for piece in ("{{", "单位", "}}报", "告{{月份}}。{{没有这个}}"):
        paragraph.add_run(piece)
    document.add_paragraph("{{表}}")
    document.save(str(tmp_path / "t.docx"))
    letter = Letter("样例", {"单位": "示例县", "月份": "2025年9月"}, {"表": Table((Column("一"), Column("二", "number")), (row("甲", 3),))})
    (tmp_path / "out.docx").write_bytes(document_of(letter, tmp_path / "t.docx"))
    made = docx.Document(str(tmp_path / "out.docx"))
    assert [paragraph.text for paragraph in made.paragraphs] == ["本局示例县报告2025年9月。{{没有这个}}"]
    assert [[cell.text for cell in line.cells] for line in made.tables[0].rows] == [["一", "二"], ["甲", "3"]]
    assert placeholders(tmp_path / "t.docx", {**letter.texts, **letter.tables}) == (["单位", "月份", "表"], ["没有这个"])


def test_inputs_that_cannot_be_summarised_say_so(county: Path, tmp_path: Path) -> None:
    towns = sorted((county / "out" / MONTH).glob("township_*.xlsx"))
    code, _, said = ledger("summary", *towns, "-o", tmp_path / "x.xlsx", folder=county)
    assert (code, "不是同一个单位" in said, len(towns) > 1) == (2, True, True)
    (tmp_path / "empty").mkdir()
    assert ledger("summary", tmp_path / "empty", "-o", tmp_path / "x.xlsx", "--workspace", county, folder=county)[0] == 2
    (tmp_path / "no.xlsx").write_bytes(b"%PDF-1.4 no workbook")
    assert ledger("summary", tmp_path / "no.xlsx", "-o", tmp_path / "x.xlsx", "--workspace", county, folder=county)[0] in (2, 3)
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "plan.toml").write_text('id = "x"\ntitle = "y"\n[suppression]\nsmall_cell = 1\n', encoding="utf-8")
    code, _, said = ledger("summary", county / f"out/{MONTH}/county.xlsx", "-o", tmp_path / "x.xlsx", "--workspace", tmp_path / "w", folder=county)
    assert (code, "suppression.small_cell" in said) == (2, True)
    assert not (tmp_path / "x.xlsx").exists()
