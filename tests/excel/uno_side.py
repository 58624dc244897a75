"""The side that talks to LibreOffice: run by the system's Python, which has `uno`. One JSON request a line, one answer a line.

Requests: {"do": "open", "path", "password"} · {"do": "call", "macro": "Module.Name", "args": [...]} · {"do": "cells", "sheet"} ·
{"do": "save", "path", "filter", "password"} · {"do": "modules"} · {"do": "close"} · {"do": "quit"}.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import NamedValue, PropertyValue


def prop(name: str, value: Any) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(profile: str) -> tuple[subprocess.Popen[bytes], Any]:
    """A LibreOffice of our own, with its own profile; no window, but not hidden: view calls fail in a hidden document."""
    pipe = "ledger" + str(time.monotonic_ns())
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # not there yet
            time.sleep(0.25)
    office.kill()
    raise SystemExit("LibreOffice did not start")


class Side:
    def __init__(self, desktop: Any) -> None:
        self.desktop, self.document = desktop, None

    def open(self, path: str, password: str = "") -> Any:
        self.close()
        properties = (prop("Hidden", False), prop("MacroExecutionMode", 4))
        if password:
            properties += (prop("Password", password),)
        if path.endswith(".xlam"):
            properties += (prop("FilterName", "Calc MS Excel 2007 VBA XML"),)
        self.document = self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, properties)
        return self.document is not None

    def modules(self) -> Any:
        return list(self.document.BasicLibraries.getByName("VBAProject").ElementNames)

    def source(self, module: str) -> Any:
        """A module's text as it was loaded."""
        return self.document.BasicLibraries.getByName("VBAProject").getByName(module)

    def call(self, macro: str, args: list[Any]) -> Any:
        script = self.document.getScriptProvider().getScript(f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document")
        return plain(script.invoke(tuple(given(arg) for arg in args), (), ())[0])

    def beside(self, path: str) -> Any:
        """A second document in front; the macros stay those of the first."""
        return self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (prop("Hidden", False),)) is not None

    def titles(self) -> Any:
        """Names of the first sheets of all open documents."""
        return sorted(one.Sheets.ElementNames[0] for one in self.documents())

    def documents(self) -> list[Any]:
        found, parts = [], self.desktop.Components.createEnumeration()
        while parts.hasMoreElements():
            found.append(parts.nextElement())
        return found

    def cells(self, sheet: str) -> Any:
        """The used area from A1: values as text or number, and fills (-1: none)."""
        one = self.document.Sheets.getByName(sheet)
        cursor = one.createCursor()
        cursor.gotoEndOfUsedArea(False)
        area = one.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
        return [list(row) for row in area.getDataArray()]

    def sheets(self) -> Any:
        return list(self.document.Sheets.ElementNames)

    def save(self, path: str, filter: str, password: str = "") -> Any:
        properties = (prop("FilterName", filter),)
        if password and "MS Excel 2007" in filter:  # what its own dialogue hands over for these formats
            named = [NamedValue("CryptoType", "Standard"), NamedValue("OOXPassword", password)]
            properties += (prop("EncryptionData", uno.Any("[]com.sun.star.beans.NamedValue", tuple(named))),)
        elif password:
            properties += (prop("Password", password),)
        self.document.storeToURL(uno.systemPathToFileUrl(path), properties)
        return True

    def close(self) -> Any:
        """Every open document, those too that macros opened. Also asked for: "beside" with a path, "titles"."""
        self.document = None
        for one in self.documents():
            one.close(True)
        return True


def given(value: Any) -> Any:
    """An argument as Basic takes it. A whole number handed over as such arrives as 0 in a `ByVal … As Long`; as a double it does not."""
    if isinstance(value, list):
        return tuple(given(one) for one in value)
    if isinstance(value, dict):  # some object: what Excel hands to a ribbon's Sub
        return prop("Id", value["id"])
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def plain(value: Any) -> Any:
    return [plain(one) for one in value] if isinstance(value, tuple) else value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def main(profile: str) -> None:
    office, desktop = connect(profile)
    side = Side(desktop)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        what = request.pop("do")
        if what == "quit":
            break
        try:
            answer: dict[str, Any] = {"value": getattr(side, what)(**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {str(error)[:500]}"}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    try:
        side.close()
        desktop.terminate()
    except Exception:  # it is ended by its number below
        pass
    try:
        office.wait(20)
    except subprocess.TimeoutExpired:
        office.kill()


if __name__ == "__main__":
    main(sys.argv[1])
