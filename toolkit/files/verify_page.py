"""The page that makes a draw again in any browser, offline: `pages/verify.html` with the look and one certificate in it."""

from __future__ import annotations

from importlib import resources

_LOOK, _EMBEDDED = "/* look.css */", '<script type="application/json" id="embedded"></script>'


def write(certificate: str = "") -> bytes:
    """The page with a certificate's JSON filled in, or without one."""
    folder = resources.files("toolkit") / "pages"
    page, look = ((folder / name).read_text(encoding="utf-8") for name in ("verify.html", "look.css"))
    for mark in (_LOOK, _EMBEDDED):
        if page.count(mark) != 1:
            raise ValueError(f"verify.html should have {mark} once")
    harmless = certificate.replace("<", "\\u003c")  # no text of a certificate ends the element it stands in
    return page.replace(_LOOK, look).replace(_EMBEDDED, _EMBEDDED.replace("><", f">{harmless}<")).encode()
