"""A password comes from a prompt or the environment, never from the command line; it is shown and kept nowhere."""

from __future__ import annotations

import functools
import os
import sys

import click

#: Where a password may stand when nobody is there to type it.
VARIABLE = "LEDGER_PASSWORD"


def password(twice: bool = False) -> str:
    """The password; a usage error where there is neither a variable nor a terminal."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise click.UsageError(f"没有可输入密码的终端。请设环境变量 {VARIABLE} · no terminal to type a password; set {VARIABLE}")
    text: str = click.prompt("密码 · password", hide_input=True, confirmation_prompt="再输一次 · again" if twice else False, err=True)
    return text


@functools.cache
def password_if_any() -> str:
    """For files among others that turn out to be sealed: asked once; "" where nobody can be asked, and they are refused."""
    return password() if os.environ.get(VARIABLE) or sys.stdin.isatty() else ""
