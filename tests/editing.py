"""The version that a form of the desk carries (core.web.optimistic_lock)."""

from __future__ import annotations

from typing import Any

from lxml import html

from core.web.optimistic_lock import CARRIED


def carried(client: Any, page: str, *, prefix: str = "") -> dict[str, str]:
    """The hidden field of the form on ``page``, to be sent with what is typed."""
    name = f"{prefix}-{CARRIED}" if prefix else CARRIED
    found = html.fromstring(client.get(page).content).xpath(f'//input[@name="{name}"]/@value')
    assert found, f"no form of {page} carries {name}"
    return {name: found[0]}


def drawn(form: Any) -> dict[str, str]:
    """The same of a form as a page would draw it."""
    return {form.add_prefix(CARRIED): form[CARRIED].value()}
