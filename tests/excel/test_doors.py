"""Every button has its macro, and a way without macros: the list, the macro sources and the command line cannot drift apart."""

from __future__ import annotations

import re

import click

from tests.excel.books import standard_plan
from toolkit.cli.commands import ledger
from toolkit.files import ribbon
from toolkit.files.macros import modules
from toolkit.model.button import BUTTONS, OFFICE

#: Subs without arguments, which a person can start from the list of macros.
SUBS = {f"{module.name}.{name}" for module in modules(standard_plan()) for name in re.findall(r"^Public Sub (\w+)\(\)", module.source, re.MULTILINE)}
MODULES = {name.split(".")[0] for name in SUBS}


def command_of(words: list[str]) -> click.Command:
    found: click.Command = ledger
    for word in words:
        assert isinstance(found, click.Group)
        found = found.commands[word]
    return found


def test_every_macro_a_person_can_start_is_a_button() -> None:
    assert sorted(SUBS - {button.sub for button in BUTTONS}) == []


def test_every_button_starts_a_macro_of_its_module() -> None:
    assert [button.sub for button in BUTTONS if button.sub.split(".")[0] in MODULES and button.sub not in SUBS] == []
    assert {button.sub for button in BUTTONS if button.group == OFFICE} <= SUBS


def test_every_button_has_a_way_without_macros() -> None:
    for button in BUTTONS:
        words = button.command.split()
        command = command_of([word for word in words if not word.startswith("--")])
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options
        assert all(button.by_hand) and (words or button.by_hand)


def test_the_ribbon_has_every_button_once() -> None:
    labels = [button.label for buttons in (ribbon.GROUPS | ribbon.OFFICE_GROUPS).values() for button in buttons]
    assert sorted(labels) == sorted(button.label for button in BUTTONS)


def test_labels_are_told_apart() -> None:
    assert len({button.label for button in BUTTONS}) == len({button.sub for button in BUTTONS}) == len(BUTTONS)


def test_what_officer_asks_for_is_what_python_knows() -> None:
    source = next(module.source for module in modules(standard_plan()) if module.name == "Officer")
    assert set(re.findall(r'StartButton "(\w+)"', source)) == {button.word for button in BUTTONS if button.group == OFFICE}
