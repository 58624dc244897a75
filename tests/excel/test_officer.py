"""The macros of 县乡 in LibreOffice: what they put on a command line is what Python reads, and nothing is started where nothing is installed."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

import pytest

from tests.commands.run import ROOT
from tests.excel.books import macro_book
from tests.excel.office import running
from toolkit.files.addin import Settings
from toolkit.model.spoken import decoded, encoded

#: Paths as people have them: Chinese, spaces, quotation marks, a sign of two UTF-16 units, signs that mean something to a shell.
PATHS = (r"C:\用户\样例 甲\台账\九月 (1).xlsx", r"D:\收件箱\2025-09", r"\\服务器\共享\a&b%1.xlsx", "/Users/a/“台账”.xlsx", "C:\\𠮷\\1.xlsx", "",
         "40317255601883462975", "a'b\"c`$(d);e|f")


def test_officer(tmp_path: Path) -> None:
    settings = tmp_path / "设置.txt"
    settings.write_bytes(Settings(r"C:\程序\py 3\pythonw.exe", ((tmp_path / "x.xlam", "0" * 64),)).text().encode("ascii"))
    with running(tmp_path) as office:
        office.open(macro_book(tmp_path / "样例.xlsm"))
        assert [office.call("Officer.Coded", path) for path in PATHS] == [encoded(path) for path in PATHS]
        assert [office.call("Officer.Decoded", encoded(path)) for path in PATHS] == list(PATHS)
        assert office.call("Officer.PythonIn", str(settings)) == r"C:\程序\py 3\pythonw.exe"
        assert office.call("Officer.PythonIn", str(tmp_path / "没有.txt")) == ""
        line = office.call("Officer.CommandLine", "/样例 甲/python", "sample", PATHS[0], PATHS[6])
        assert office.call("Book.Quiet", True) == "ok"
        with pytest.raises(AssertionError, match="no answer"):
            office.call("Officer.OpenGuide")
        assert "还没有装好按钮" in office.call("Book.LastSaid")
    words = shlex.split(line, posix=False)
    assert words[:5] == ['"/样例 甲/python"', "-P", "-m", "toolkit.excel", "sample"]
    assert [decoded(word) for word in words[5:]] == [PATHS[0], PATHS[6]]


def test_a_button_starts_the_python_that_was_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way but for Excel: macro, settings, shell, Python, its one message."""
    program = tmp_path / "程序 一" / "python"
    program.parent.mkdir()
    heard, said = program.with_name("heard"), program.with_name("said")
    program.write_text(f"""#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done > "{heard}"
PYTHONPATH="{ROOT}" "{sys.executable}" "$@" 2> "{said}.part"
mv "{said}.part" "{said}"
""", encoding="utf-8")
    program.chmod(0o755)
    # On Linux a backslash is a sign like any other: the path the macro puts together is one name.
    monkeypatch.setenv("APPDATA", str(tmp_path / "漫游"))
    (tmp_path / "漫游\\ledger-toolkit\\excel.txt").write_bytes(Settings(str(program)).text().encode("ascii"))
    with running(tmp_path) as office:
        office.open(macro_book(tmp_path / "样例.xlsm"))
        assert office.call("Book.Quiet", True) == "ok"
        with pytest.raises(AssertionError, match="no answer"):
            office.call("Officer.OpenGuide")
        assert office.call("Book.LastSaid").strip() == ""
        for _ in range(600):
            if said.exists():
                break
            time.sleep(0.1)
    assert heard.read_text(encoding="utf-8").split() == ["-P", "-m", "toolkit.excel", "guide", "%.", "%"]
    assert said.read_text(encoding="utf-8").startswith("没有找到打开着的 Excel")
