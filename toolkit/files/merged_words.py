"""What 说明 says of a submission: one fact and what to do next (LOOK 6, 10)."""

from __future__ import annotations

from toolkit.model.issue import code_of, declared
from toolkit.model.merged import LATE, MISSING, REFUSED, SUPERSEDED, UNKNOWN_LATE, ZERO, Merged, Submission
from toolkit.model.unit import LEVEL_ZH, level_of
from toolkit.schema import BY_NAME
from toolkit.schema.cover import REASON

#: Why nothing of a file or unit was merged, and what the clerk can do. Other codes: the rule's own sentence.
_REFUSED = {
    "F107": "月份与汇总不一致，未并入；请核对所属月份后重报",
    "F110": "单位代码不在区划表，未并入；请核对代码或区划表",
    "F116": "汇总表中该单位数据被改动（F116），未并入；请改原表并加一版次",
    "F201": "不是电子表格，读不出；请用模板另存后重报",
    "F202": "文件有打开密码，读不出；请去掉密码后重报",
    "F203": "文件已损坏，读不出；请重新保存后重报",
    "F204": "文件过大，未读取；请删去多余行列后重报",
    "F205": "读取超时，未读取；请另存为xlsx后重报",
    "F206": "没有找到台账；请用模板填报后重报",
    "F207": "不是普通文件，未读取；请重报文件本身",
}


def next_step(submission: Submission, merged: Merged) -> str:
    """One or two short clauses for the row of a submission; "" where nothing is to be said."""
    if submission.state == SUPERSEDED:
        return "已被替换" if submission.superseded_by is None else f"已被第{submission.superseded_by}版替换"
    if submission.state == MISSING:
        return f"没有收到文件；请联系该{_kind(submission.unit)}"
    if submission.state == REFUSED:
        return _why_refused(submission)
    says = [_replaces(submission, merged), _nil(submission), _receipt(submission, merged)]
    if submission.whole:
        says.append("交来整本，服务册未并入，下次请用“准备上报”")
    if submission.errors:
        says.append(f"有{submission.errors}处错误，请改原表并加一版次")
    return "；".join(clause for clause in says if clause)


def _kind(unit: str) -> str:
    return LEVEL_ZH.get(level_of(unit), "单位") if unit else "单位"


def _why_refused(submission: Submission) -> str:
    code = submission.refusal.code if submission.refusal else ""
    if code in _REFUSED:
        return _REFUSED[code]
    if any(known.code == code for known in declared()):
        return f"未并入（{code}）；{code_of(code).todo_zh}"
    return "未并入；请见“问题清单”"


def _replaces(submission: Submission, merged: Merged) -> str:
    """`第1版替换第0版（更正原因：2 漏报）`."""
    if submission.revision is None or submission.revision == 0:
        return ""
    replaced = sorted({other.revision for other in merged.submissions if other.unit == submission.unit and other.state == SUPERSEDED
                       and other.superseded_by == submission.revision and other.revision is not None})
    reason = f"（更正原因：{REASON.shown(submission.reason)}）" if submission.reason is not None else ""
    if replaced:
        return f"第{submission.revision}版替换" + "、".join(f"第{revision}版" for revision in replaced) + reason
    return f"第{submission.revision}版{reason}"


def _nil(submission: Submission) -> str:
    """`案件、工作零报告`, for a unit with nothing else to explain its state."""
    if submission.state != ZERO:
        return ""
    names = [BY_NAME[ledger].sheet[:2] for ledger in ("cases", "works") if ledger in submission.zeros]
    return "、".join(names) + "零报告" if names else ""


def _receipt(submission: Submission, merged: Merged) -> str:
    if submission.late == LATE:
        due = merged.due if merged.due and level_of(submission.unit) == "village" else ""
        return f"晚于期限{due}收到；收到日期记错的，请改收到记录"
    if submission.late == UNKNOWN_LATE and not submission.received:
        return "收到日期未记，不算按时也不算迟报"
    return ""
