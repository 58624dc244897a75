"""`ledger privacy`: drafts of the impact assessment and of the processing record that the law asks for, from the plan and the columns as they are."""

from __future__ import annotations

from pathlib import Path

from toolkit import __version__
from toolkit.files import workspace
from toolkit.files.docx import TEMPLATES, document_of, template_path
from toolkit.tasks.gather import open_workspace
from toolkit.tasks.outcome import Outcome, write_all, wrong

#: A unit's name is a line, not a page.
LONGEST = 60


def privacy(unit: str, out: Path, *, plan_id: str = "", folder: Path | None = None, force: bool = False) -> Outcome:
    """Write both drafts for a unit. `plan_id`: of a built-in plan, "" that of the workspace. A code in place of a name is looked up."""
    from toolkit.steps.privacy_papers import ASSESSMENT, RECORD, Setting, assessment, record

    outcome = Outcome("privacy")
    space = open_workspace("privacy", folder, [out], required=not plan_id)
    if isinstance(space, Outcome):
        return space
    plan = workspace.built_in_plan(plan_id) if plan_id else space.plan
    if plan is None:
        return wrong("privacy", (f"没有方案 {plan_id}。自带方案：{'、'.join(workspace.built_in_plans())}",
                                 f"there is no plan {plan_id}; built-in plans: {', '.join(workspace.built_in_plans())}"))
    name = " ".join(unit.split())
    if space.units is not None and name in space.units:
        name = space.units.name(name)
    if not name or len(name) > LONGEST:
        return wrong("privacy", (f"请用 --unit 写单位名称，不超过{LONGEST}个字", f"name the unit with --unit, {LONGEST} characters at most"))
    setting = Setting(plan, name, f"ledger {__version__}")
    papers = {ASSESSMENT: assessment(setting), RECORD: record(setting)}
    files = [(out / f"{kind}（草稿）.docx", document_of(letter, template_path(TEMPLATES[kind])), "") for kind, letter in papers.items()]
    if write_all(outcome, files, force):
        outcome.say("两份都是草稿：请负责人逐条核实，填上空白，签字后才有效；至少保存三年",
                    "both are drafts: the person responsible checks every line, fills the blanks and signs; kept for three years at least", "todo")
    return outcome
