"""Counting what a person presses on a page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


class Presses:
    """The hand of a person at a page; ``number``: its presses so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.number = 0

    def press(self, role: Any, name: str) -> None:
        """Press what has this role and name."""
        self.number += 1
        self.page.get_by_role(role, name=name).click()

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list: one press opens it, one chooses."""
        self.number += 2
        self.page.select_option(selector, value)
