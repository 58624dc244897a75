"""From the content of a TOML file to a plan, with every fault at once: unknown keys, wrong types, passed bounds."""

from __future__ import annotations

import datetime as dt
import difflib
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from toolkit.model.plan import Plan, PlanFault
from toolkit.model.plan_bounds import beyond_bounds, stands
from toolkit.model.span import span_of

#: What a plain value is called in a message.
_CALLED = {bool: ("true 或 false", "true or false"), int: ("整数", "a whole number"), float: ("数字", "a number"), str: ("引号里的文字", "text in quotes"),
           dt.date: ("日期，如 2025-08-09 或 \"2025年8月下旬\"", "a date such as 2025-08-09 or \"2025年8月下旬\"")}


def plan_of(data: Mapping[str, Any]) -> tuple[Plan | None, list[PlanFault]]:
    """A plan from parsed TOML. Every unknown key, wrong type and passed bound is a fault; None where any stands."""
    faults: list[PlanFault] = []
    plan = _Reader(faults).table(Plan, _in_its_place(data), "")
    if plan is not None:
        faults += beyond_bounds(plan, {fault.key for fault in faults})
    return (None if faults else plan), faults


def _in_its_place(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """`suppression.ratio_min_births` is another name of `ratio.min_births`; where both stand, the first is unknown."""
    hidden, ratio = data.get("suppression"), data.get("ratio", {})
    if not isinstance(hidden, Mapping) or "ratio_min_births" not in hidden or not isinstance(ratio, Mapping) or "min_births" in ratio:
        return data
    rest = {key: value for key, value in hidden.items() if key != "ratio_min_births"}
    return {**data, "suppression": rest, "ratio": {**ratio, "min_births": hidden["ratio_min_births"]}}


def toml_name(entry: Field[Any]) -> str:
    """The key in TOML of a field; Python's own words have an underscore behind them here."""
    return entry.name.rstrip("_")


class _Reader:
    """Fills the nouns of a plan from parsed TOML and collects what does not fit."""

    def __init__(self, faults: list[PlanFault]) -> None:
        self.faults = faults

    def fault(self, key: str, zh: str, en: str) -> None:
        self.faults.append(PlanFault(key, zh, en))

    def table(self, kind: type, data: Any, path: str) -> Any:
        """One noun; None where a required key is missing or the value is no table."""
        if not isinstance(data, Mapping):
            self.fault(path.rstrip("."), f"现为 {stands(data)}；应为一组键值", f"is {stands(data)}; should be a table of keys")
            return None
        hints = get_type_hints(kind)
        known = {toml_name(entry): entry for entry in fields(kind) if "computed" not in entry.metadata}
        for key in data:
            if key not in known:
                self._unknown(path, str(key), sorted(known))
        found = {entry.name: self.value(hints[entry.name], data[name], path + name, entry.metadata.get("edge", ""))
                 for name, entry in known.items() if name in data}
        values = {name: value for name, value in found.items() if value is not None}  # what did not fit leaves the default
        missing = [name for name, entry in known.items()
                   if name not in data and entry.default is MISSING and entry.default_factory is MISSING]
        for name in missing:
            self.fault(path + name, "缺少这个键，请补上", "this key is missing")
        return None if missing else kind(**values)

    def _unknown(self, path: str, key: str, known: list[str]) -> None:
        near = difflib.get_close_matches(key, known, 1, 0.6)
        zh = f"没有这个键，是不是 {near[0]}？" if near else "没有这个键；"
        en = f"no such key, did you mean {near[0]}? " if near else "no such key; "
        self.fault(path + key, f"{zh}可用：{'、'.join(known)}", f"{en}allowed: {', '.join(known)}")

    def value(self, hint: Any, value: Any, path: str, edge: str = "") -> Any:
        """One value of the type a noun declares; nothing (None), or the blank of a plain kind, where it does not fit, with a fault."""
        if isinstance(hint, types.UnionType):  # X | None: TOML has no null, a key left out is None
            hint = next(option for option in get_args(hint) if option is not types.NoneType)
        if is_dataclass(hint) and isinstance(hint, type):
            if hint.__name__ == "CaseType" and isinstance(value, str):
                value = {"code": value}  # a bare code: the default wording
            return self.table(hint, value, path + ".")
        origin = get_origin(hint)
        if origin is tuple:
            return self._list(get_args(hint), value, path)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(get_args(hint)[1], value, path)
        return self._plain(hint, value, path, edge)

    def _list(self, inner: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            self.fault(path, f"现为 {stands(value)}；应为列表 […]", f"is {stands(value)}; should be a list […]")
            return None
        if inner[-1] is not Ellipsis and len(value) != len(inner):
            self.fault(path, f"现有 {len(value)} 个；应为 {len(inner)} 个", f"has {len(value)}; should have {len(inner)}")
            return None
        kinds = inner if inner[-1] is not Ellipsis else (inner[0],) * len(value)
        found = [self.value(kind, item, f"{path}[{number}]") for number, (kind, item) in enumerate(zip(kinds, value, strict=True), 1)]
        return tuple(item for item in found if item is not None)

    def _mapping(self, inner: Any, value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            self.fault(path, f"现为 {stands(value)}；应为一组键值", f"is {stands(value)}; should be a table of keys")
            return {}
        several = get_origin(inner) is tuple
        return {key: self.value(inner, [item] if several and isinstance(item, str) else item, f"{path}.{key}") for key, item in value.items()}

    def _plain(self, kind: type, value: Any, path: str, edge: str) -> Any:
        if kind is dt.date and isinstance(value, str):
            span = span_of(value)
            if span is not None and (edge or span[0] == span[1] or path.split(".")[-1] == "start"):
                return span[1] if edge == "last" else span[0]
        elif kind is dt.date and type(value) is dt.date or kind is not dt.date and type(value) is kind:
            return value
        elif kind is float and type(value) is int:
            return float(value)
        zh, en = _CALLED[kind]
        self.fault(path, f"现为 {stands(value)}；应为{zh}", f"is {stands(value)}; should be {en}")
        return None if kind is dt.date else kind()
