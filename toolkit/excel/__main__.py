"""`python -m toolkit.excel BUTTON PATH [TEXT]`: what a macro starts. Paths and texts may come in the form of `model/spoken.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit.excel import live, notice
from toolkit.excel.buttons import Pressed
from toolkit.excel.press import both, press
from toolkit.excel.surface import Desk, Unwilling
from toolkit.model.spoken import decoded
from toolkit.tasks import crash
from toolkit.tasks.outcome import BUG, USAGE


class Talking:
    """A desk whose message reaches the person also where Excel refuses to show it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.book, self.status, self.open = desk.book, desk.status, desk.open

    def tell(self, text: str) -> None:
        try:
            self._desk.tell(text)
        except Unwilling:
            notice.NoticeDesk().tell(text)


def main(words: list[str]) -> int:
    """Press the button named; without Excel, say so and do nothing."""
    word, path, said, *_ = (*map(decoded, words), "", "", "")
    found: Desk | None = None
    try:
        found = live.desk(Path(path))
    except Unwilling:
        pass
    except Exception as error:
        kept = crash.keep(error)
        notice.NoticeDesk().tell(both((kept.zh, kept.en)))
        return BUG
    if found is None:
        notice.NoticeDesk().tell(both(notice.NO_EXCEL))
        return USAGE
    return press(word, Pressed(Path(path), said), Talking(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
