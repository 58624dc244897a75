"""Papers that prove acceptance items: known items, dates that fit, files that are there (E)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.model.plan import Plan
from toolkit.rules.cells import past, true
from toolkit.rules.rule import Ground, Hits, Rows, ground_rule, rule
from toolkit.rules.works import MEETINGS
from toolkit.schema import Evidence, Works

if TYPE_CHECKING:
    import pandas as pd

#: Endings by which 存放 names a file and not a shelf.
_FILE = re.compile(r"\.(?:pdf|ofd|docx?|wps|xlsx?|xlsm|xlsb|et|ods|csv|pptx?|txt|jpe?g|png|tiff?|bmp|mp4|mp3|zip|rar|7z)$", re.IGNORECASE)


@rule(Evidence, "E101", "error", marks="item_code", zh="验收项编号不存在", en="unknown checklist item", todo_zh="请对照验收清单填编号，如 V-09。",
      todo_en="Enter a number of the acceptance checklist, such as V-09.", source="验收清单的编号", bad={"item_code": "V-99"},
      good={"item_code": "V-09"})
def item_unknown(c: Rows, plan: Plan) -> pd.Series[bool]:
    return c.item_code.notna() & ~c.item_code.isin([item.code for item in plan.items])


@ground_rule("E102", "warning", zh="没有找到存放一栏写的文件", en="the named file was not found beside the workbook", todo_zh="请把文件与工作簿放在一起，或改写存放位置。",
             todo_en="Put the file beside the workbook, or correct where it is kept.", source="验收时要凭它找到材料；只在核对时看，汇总时不看",
             bad="存放写“照片1.jpg”，旁边没有这个文件", good="存放写“一号柜”，或文件与工作簿在一起")
def file_not_found(ground: Ground) -> list[Hits]:
    if ground.evidence_files is None or not ground.has(Evidence):
        return []
    there = {_leaf(name) for name in ground.evidence_files}
    location = ground.tables[Evidence.id].frame["location"]
    absent = [text for text in location.dropna().unique()
              if any(_FILE.search(name.strip()) and _leaf(name) not in there for name in re.split(r"[;；、]", text))]
    return [Hits(location.isin(absent) & ground.counted(Evidence), Evidence, "location")]


def _leaf(name: str) -> str:
    """The file name without its folders, as file systems compare it."""
    return re.split(r"[\\/]", name.strip())[-1].casefold()


@rule(Evidence, "E103", "warning", marks="doc_date", zh="文件日期不在方案期内", en="the document lies outside the plan's period",
      todo_zh="请核对成文日期；无误的，不用改。",
      todo_en="Check the date of the document; if it is right, leave it.", source="方案的起止日期", bad={"doc_date": "2023-03-01"},
      good={"doc_date": "2025-09-12"})
def outside_plan(c: Rows, plan: Plan) -> pd.Series[bool]:
    import pandas as pd

    outside = pd.Series(False, index=c.doc_date.index)
    if plan.start:
        outside |= c.doc_date < pd.Timestamp(plan.start)
    if plan.end:
        outside |= c.doc_date > pd.Timestamp(plan.end)
    return true(outside) & past(c, "doc_date")


@rule(Evidence, "E105", "warning", marks="doc_date", zh="文号年份与成文日期不一致", en="the years of number and date differ", todo_zh="请对照原件核对文号和日期。",
      todo_en="Compare both with the original.", source="发文字号里的年份是成文的年份（GB/T 9704-2012）",
      bad={"doc_no": "某卫发〔2025〕18号", "doc_date": "二〇一二年六月八日"}, good={"doc_no": "某卫发〔2025〕18号", "doc_date": "二〇二五年六月八日"})
def years_differ(c: Rows, plan: Plan) -> pd.Series[bool]:
    year = c.doc_no.str.extract(r"〔(\d{4})〕", expand=False).astype("float64")
    return true(year != c.doc_date.dt.year) & year.notna() & c.doc_date.notna() & past(c, "doc_date")


@ground_rule("E104", "warning", zh="文件引用的会议晚于成文日期", en="the cited meeting is later than the document", todo_zh="请对照原件核对会议日期和成文日期。",
             todo_en="Compare the day of the meeting and that of the document with the originals.", source="文件不可能引用尚未召开的会议",
             bad="成文日期2025-08-20，引用会议日期2025-09-18", good="成文日期2025-09-20，引用会议日期2025-09-18")
def meeting_after_document(ground: Ground) -> list[Hits]:
    """The meeting is the date in the row, else the meetings of 工作记录 under the same number of the same unit and month."""
    if not ground.has(Evidence):
        return []
    c = ground.rows(Evidence)
    stated = true(c.meeting_date > c.doc_date) & past(c, "meeting_date")
    held = true(_meetings(ground, c) > c.doc_date) & c.blank("meeting_date")
    known = ground.counted(Evidence) & past(c, "doc_date")
    return [Hits(stated & known, Evidence, "meeting_date"), Hits(held & known, Evidence, "doc_date")]


def _meetings(ground: Ground, c: Rows) -> pd.Series[Any]:
    """For each evidence row the latest meeting recorded under its number."""
    import pandas as pd

    nothing = pd.Series(pd.NaT, index=c.part.index, dtype="datetime64[s]")
    if not ground.has(Works) or not len(ground.tables[Works.id]):
        return nothing
    w = ground.rows(Works)
    place = ["unit", "period", "number"]
    rows = pd.DataFrame({"unit": w.of_part(lambda part: part.unit), "period": w.of_part(lambda part: part.period), "number": w.evidence_no,
                         "day": w.date})
    meetings = rows[true(w.type.isin(MEETINGS)) & past(w, "date") & rows["number"].notna() & ground.counted(Works)]
    latest = meetings.groupby(place, as_index=False)["day"].max()
    wanted = pd.DataFrame({"unit": c.of_part(lambda part: part.unit), "period": c.of_part(lambda part: part.period),
                           "number": c.evidence_no})
    if not len(latest) or not len(wanted):
        return nothing
    found = wanted.merge(latest, on=place, how="left")["day"]
    found.index = nothing.index
    return found
