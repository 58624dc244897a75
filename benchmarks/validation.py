"""The row rules of 案件台账 over a table in memory: by `ledger`, by hand in pandas, by frictionless.

    python benchmarks/validation.py ledger|pandas|frictionless|nothing ROWS

All make the same frame first (`nothing` makes it and stops: subtract it). `ledger` and `pandas` print how often each code was
found, which must be equal. frictionless has no rules between columns: it checks types, required cells, numbers used twice, code lists and forms.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.files.workspace import built_in_plan  # noqa: E402
from toolkit.model.ledger import HERE, PART, ROW, UNKNOWN, Table  # noqa: E402
from toolkit.model.part import Part  # noqa: E402

#: Every 96th row is wrong in something; a workbook has a hundred rows.
PERIOD, FAULTY, EACH = "2025-09", 96, 100


def frame(rows: int) -> Any:
    """Cases of one county, clean but for planted faults."""
    import numpy as np
    import pandas as pd

    from toolkit.schema import Cases

    numbers = np.arange(rows)
    stage = numbers % 5
    first = np.where(stage == 1, np.datetime64("2025-09-01"), np.datetime64("2025-06-01"))
    day = first + (numbers % 20).astype("timedelta64[D]")
    decided = stage >= 2
    values: dict[str, Any] = {
        "case_no": [f"990101-2025-{number:07d}" for number in numbers.tolist()], "unit_code": "990101000000", "found_on": day, "source": 1,
        "type": "01", "party_type": 1, "party_name": "样例门诊部", "uscc": "91110000600037341L", "place_code": "990101000000", "status": stage,
        "filed_on": np.where(stage >= 1, day + 3, np.datetime64("NaT")), "legal_basis": np.where(stage >= 1, "样例条", None),
        "decided_on": np.where(decided, day + 20, np.datetime64("NaT")), "decision_no": np.where(decided, "某卫罚〔2025〕3号", None),
        "fine": np.where(decided, 15000.0, np.nan), "closed_on": np.where(stage == 4, day + 40, np.datetime64("NaT")),
        "archive_no": np.where(stage == 4, "卷1", None)}
    made = pd.DataFrame({column.field: pd.Series(values.get(column.field), index=range(rows)).astype(column.kind.dtype) for column in Cases.columns})
    wrong = numbers[(numbers % FAULTY == 0) & (numbers < rows - 1)]
    for at, (name, value) in enumerate((("filed_on", pd.Timestamp("2020-01-01")), ("uscc", "91110000600037341M"), ("decision_no", "三号"),
                                        ("case_no", None), ("archive_no", pd.NA))):
        made.loc[wrong[at::5], name] = value if value is not None else made["case_no"][wrong[at::5] + 1].to_numpy()
    made[PART], made[ROW], made[HERE] = numbers // EACH, numbers % EACH + 5, np.zeros(rows, "int64")
    made[UNKNOWN] = np.full(rows, None, dtype=object)
    return made


def by_ledger(made: Any) -> Counter[str]:
    from toolkit.model.part import Source
    from toolkit.rules import RULES
    from toolkit.rules.rule import Ground
    from toolkit.schema import Cases
    from toolkit.steps import check

    plan = built_in_plan("standard")
    assert plan is not None
    part = Part("990101000000", PERIOD, Cases.id, 0, "0" * 64, Source("甲.xlsx", "0" * 64, "990101000000", PERIOD, 0), "案件台账", EACH)
    ground = Ground({Cases.id: Table(Cases, made)}, [part] * (len(made) // EACH + 1), plan)
    return Counter(issue.code for issue in check.computed(ground, [rule for rule in RULES if rule.ledger is Cases]))


def by_hand(made: Any) -> Counter[str]:
    """What a person at home in pandas would write for these rules, cells and all, without sentences."""
    import pandas as pd

    from toolkit.rules.cases import BEFORE_DECISION, DECISION_NO, STAGE_NEEDS, uscc_valid

    plan = built_in_plan("standard")
    assert plan is not None
    end = pd.Timestamp("2025-09-30")
    found: list[tuple[str, str, Any]] = []

    def add(code: str, name: str, mask: Any) -> None:
        found.extend((code, name, row) for row in made.index[mask.fillna(False)].tolist())

    past = {name: made[name].where(~(made[name] > end)) for name in ("found_on", "filed_on", "decided_on", "closed_on")}
    add("C101", "case_no", made["case_no"].notna() & made[[PART, "case_no"]].duplicated())
    latest, done = past["found_on"], pd.Series(False, index=made.index)
    for name in ("filed_on", "decided_on", "closed_on"):
        early = (past[name] < latest) & ~done
        add("C102", name, early)
        done |= early
        latest = latest.where((latest >= past[name]) | past[name].isna(), past[name])
    for name, stages in STAGE_NEEDS.items():
        add("C103", name, made["status"].isin(stages) & made[name].isna())
    valid = {text: uscc_valid(text) for text in made["uscc"].dropna().unique()}
    add("C106", "uscc", made["uscc"].notna() & ~made["uscc"].map(valid).fillna(True).astype(bool))
    add("C107", "decision_no", made["decision_no"].notna() & ~made["decision_no"].str.fullmatch(DECISION_NO).fillna(False).astype(bool))
    add("C201", "filed_on", ((end - made["filed_on"]).dt.days > plan.limits.days_to_decision) & (made["status"] == 1) & made["decided_on"].isna())
    moved = made["status"] == 6
    add("C202", "transfer_to", moved & made["transfer_to"].isna())
    add("C202", "transferred_on", moved & made["transfer_to"].notna() & made["transferred_on"].isna())
    early_stage, gains = made["status"].isin(BEFORE_DECISION), (made["confiscated"] >= 10_000).fillna(False)
    add("C203", "fine", (made["fine"] > 0) & early_stage)
    for penalty in plan.penalties:
        outside = ~made["fine"].between(penalty.low, penalty.high)
        add("C301", "fine", (made["type"] == penalty.type) & (made["fine"] > 0) & ~early_stage & ~gains & outside)
    add("C302", "fine", gains & (made["fine"] > 0) & ~early_stage & ~made["fine"].between(made["confiscated"] * 2, made["confiscated"] * 6))
    wanted, reward = plan.reward, made["reward"]
    fits = {"none": reward.notna(), "fixed": reward == wanted.amount, "minimum": reward >= wanted.amount,
            "range": reward.between(wanted.amount, wanted.upto)}[wanted.kind]
    add("C303", "reward", (reward > 0) & ~fits)
    return Counter(code for code, _, _ in found)


def by_frictionless(made: Any) -> Counter[str]:
    from frictionless import Resource, Schema, fields

    columns = ["case_no", "found_on", "status", "uscc", "decision_no", "fine"]
    rows = [columns, *(list(row) for row in made[columns].astype(object).where(made[columns].notna(), None).itertuples(index=False))]
    for row in rows[1:]:
        row[1] = row[1].date()
    schema = Schema(fields=[
        fields.StringField(name="case_no", constraints={"required": True, "unique": True}), fields.DateField(name="found_on"),
        fields.IntegerField(name="status", constraints={"enum": [0, 1, 2, 3, 4, 5, 6]}),
        fields.StringField(name="uscc", constraints={"pattern": "[0-9A-Z]{17}L"}),
        fields.StringField(name="decision_no", constraints={"pattern": ".*〔[0-9]{4}〕.*号"}), fields.NumberField(name="fine", constraints={"minimum": 0})])
    report = Resource(rows, schema=schema).validate(limit_errors=10**9)
    return Counter(error.type for task in report.tasks for error in task.errors)


if __name__ == "__main__":
    asked = sys.argv[1]
    made = frame(int(sys.argv[2]))
    if asked != "nothing":
        print(dict(sorted({"ledger": by_ledger, "pandas": by_hand, "frictionless": by_frictionless}[asked](made).items())))
