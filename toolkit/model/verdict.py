"""Whether a file can be handed in, in a few words: for the terminal and for the report of a check."""

from __future__ import annotations

from dataclasses import dataclass

READY, CORRECT, DELETE_COLUMNS, UNREAD, SUPERSEDED, ELSEWHERE = "ready", "correct", "delete_columns", "unread", "superseded", "elsewhere"

#: What -> state of a cell; words in a report; words on the terminal, Chinese and English. `{n}`: places to correct.
_WORDS = {
    READY: ("done", "√ 可报", "√ 可以上报", "√ ready to send"),
    CORRECT: ("error", "× 改{n}处再报", "× 还有{n}处要改", "× {n} to correct"),
    DELETE_COLUMNS: ("error", "× 删{n}列再报", "× 还有{n}列要删", "× {n} columns to delete"),
    UNREAD: ("error", "× 未读取，请重报", "× 未读取，请按下面说的重报", "× not read, see below"),
    SUPERSEDED: ("grey", "○ 已有更高版次", "○ 已有更高版次，这一件不再算", "○ a higher revision stands in its place"),
    ELSEWHERE: ("grey", "○ 内容列在别的行", "○ 内容与别的文件相同，或是汇总表，见各单位", "○ same content as another file, or a merged file: see its units"),
}


@dataclass(frozen=True)
class Verdict:
    """One file of one unit. `rows`: of office ledgers only, never of the service book; `revision` None: not known."""

    file: str
    what: str
    unit: str = ""
    period: str = ""
    revision: int | None = None
    filled_on: str = ""
    rows: int = 0
    errors: int = 0
    warnings: int = 0

    @property
    def state(self) -> str:
        """The state of its cell in a report."""
        return _WORDS[self.what][0]

    @property
    def short(self) -> str:
        """For a report: `× 改4处再报`."""
        return _WORDS[self.what][1].format(n=self.errors)

    def words(self, language: str) -> str:
        """For the terminal: `× 还有4处要改`."""
        return _WORDS[self.what][2 if language == "zh" else 3].format(n=self.errors)
