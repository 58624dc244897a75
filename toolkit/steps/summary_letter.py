"""The report in words that goes with a letter: texts and tables for the placeholders of the Word template (GB/T 9704)."""

from __future__ import annotations

from toolkit.model.report import Letter, Table
from toolkit.steps.figures import Summary
from toolkit.steps.summary_table import births_table, office_table, screen_tables
from toolkit.steps.summary_words import NONE, STANDING, count_cell, of_text, pair_cells, ratio_sentence, service_notes, short_name, whole_of


def letter(summary: Summary, software: str) -> Letter:
    """What fills `{{…}}` of templates/docx/月度报告.docx. Offices edit the template; the names of the placeholders stay."""
    year, month = summary.period.split("-")
    texts = {
        "单位": summary.target.name, "年": year, "月": str(int(month)), "月份": f"{year}年{int(month)}月", "范围": whole_of(summary),
        "报送情况": _reports(summary), "服务情况": _services(summary), "出生情况": _births(summary), "案件情况": _cases(summary), "工作情况": _works(summary),
        "表注": "".join(service_notes(summary)), "声明": STANDING, "封存摘要": summary.digest, "软件": f"ledger {software}", "方案": summary.plan.title,
    }
    offered, asked = screen_tables(summary)
    tables: dict[str, Table] = {"服务提供表": offered, "需求和上报表": asked, "活产表": births_table(summary), "案件与工作表": office_table(summary)}
    return Letter(f"{summary.target.name}关于{year}年{int(month)}月妇幼健康服务与工作情况的报告", texts, tables)


def _reports(summary: Summary) -> str:
    came, nil, late, gone = (summary.get(field) for field in ("submission", "submission_zero", "submission_late", "submission_missing"))
    names = [short_name(summary, row.unit) for row in summary.months[-1].merged.submissions if row.expected and row.state in ("missing", "refused")]
    text = f"应报{came.d if came else 0}个单位，已报{of_text(came).split(' ')[0]}个，其中零报告{of_text(nil)}个、迟报{of_text(late)}个，缺报{of_text(gone)}个"
    return text + (f"（{'、'.join(names[:8])}{'等' if len(names) > 8 else ''}）。" if names else "。")


def _services(summary: Summary) -> str:
    def share(field: str) -> str:
        pair, rate = pair_cells(summary.get(field))
        return f"{rate.value:.1%}（{pair.value}）" if isinstance(rate.value, float) else f"不列（{pair.value}）"

    return (f"服务在册{count_cell(summary.get('services_open')).value}条（不是全部孕产妇名单）。责任落实率{share('assign_rate')}，约定问候提供率{share('contact_rate')}，"
            f"产检提醒提供率{share('window_rate')}，产后服务提供率{share('postnatal_rate')}，产后42天提醒率{share('check42_rate')}。"
            f"本人提出需求{count_cell(summary.get('needs')).value}件，办结率{share('needs_done_rate')}。以上只看服务是否提供，不看本人是否接受。")


def _births(summary: Summary) -> str:
    total, boys, girls = (count_cell(summary.get(field)).value for field in ("births", "boys", "girls"))
    return f"本月各村公开的活产数合计{total}，其中男{boys}、女{girls}。{ratio_sentence(summary)}"


def _cases(summary: Summary) -> str:
    words = (("cases_leads", "新增线索"), ("cases_filed", "立案"), ("cases_decided", "作出处罚决定"), ("cases_closed", "结案"), ("cases_transferred", "移送"),
             ("cases_open", "月末在办"))
    counts = "，".join(f"{word}{of_text(summary.get(field))}件" for field, word in words)
    return f"{counts}；罚款{of_text(summary.get('fines'))}元，没收{of_text(summary.get('confiscated'))}元。"


def _works(summary: Summary) -> str:
    words = (("works_meetings", "召开会议"), ("works_publicity", "开展宣传"), ("works_inspections", "督查检查"), ("works_support", "帮扶"), ("works_training", "培训"))
    parts = []
    for field, word in words:
        one = summary.get(field)
        parts.append(f"{word}{one.n if one else NONE}次" + (f"（方案下限{one.d}次）" if one is not None and one.d is not None else ""))
    looked, wrong, done = (summary.get(field) for field in ("inspections", "inspections_to_rectify", "inspections_rectified"))
    return "，".join(parts) + f"。应查机构{looked.d if looked else 0}家，已查{looked.n if looked else 0}家，需整改{of_text(wrong)}家，已整改{of_text(done)}家。"
