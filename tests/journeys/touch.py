"""A person with a phone: what they tap and how far they scroll, counted.

A screen is a new page, or as many pixels of one as the window is high. A tap is a tap on the page:
on a link, a choice, a button or a field before one types into it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.plugins.city import PHONE

#: How a window becomes a phone's.
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
#: Set to a folder: each screen is kept there as a picture.
SCREENSHOTS = "VICHE_SCREENSHOTS"
#: Above and below what one is about to tap.
_AROUND = 24


@dataclass
class Thumb:
    """Taps and scrolls of one person in one window."""

    page: Page
    name: str
    taps: int = 0
    pages: int = 0
    #: Pixels, all pages together.
    scrolled: float = 0
    _deepest: float = 0
    _shots: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        self.turn()

    @property
    def screens(self) -> int:
        return self.pages + ceil(self.scrolled / PHONE["height"])

    def turn(self) -> None:
        """Be on a new page, at its beginning."""
        self.page.wait_for_load_state()
        self.pages += 1
        self._deepest = 0
        self._look()

    def tap(self, target: Locator) -> None:
        self._bring(target)
        target.tap()
        self.taps += 1

    def go(self, target: Locator) -> None:
        """Tap what leads to another page, or puts another in place of this one."""
        self._bring(target)
        self.page.evaluate("document.querySelector('main').firstElementChild.dataset.left = ''")
        target.tap()
        self.page.wait_for_function("() => document.body && !document.querySelector('[data-left]')")
        self.taps += 1
        self.turn()

    def type(self, target: Locator, words: str) -> None:
        self.tap(target)
        self.page.keyboard.insert_text(words)

    def add_file(self, target: Locator, file: Path) -> None:
        """The tap that opens the phone's own chooser."""
        self._bring(target)
        with self.page.expect_file_chooser() as chooser:
            target.tap()
        self.taps += 1
        chooser.value.set_files(file)

    def _bring(self, target: Locator) -> None:
        """Scroll until it is in the window, as little as that takes."""
        box = target.bounding_box()
        assert box, target
        height = PHONE["height"]
        if box["y"] + box["height"] > height - _AROUND:
            down = min(box["y"] - _AROUND, box["y"] + box["height"] - height + _AROUND)
        else:
            down = min(0, box["y"] - _AROUND)
        self.page.evaluate("down => window.scrollBy({ top: down, behavior: 'instant' })", down)
        at = float(self.page.evaluate("window.scrollY"))
        self.scrolled += max(0, at - self._deepest)
        if at > self._deepest + height / 3:
            self._look()
        self._deepest = max(self._deepest, at)

    def _look(self) -> None:
        if folder := os.environ.get(SCREENSHOTS):
            self._shots += 1
            self.page.screenshot(path=Path(folder) / f"{self.name}-{self._shots:02}.png")

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.taps} taps, {self.screens} screens "
            f"({self.pages} pages, {self.scrolled:.0f} px scrolled)"
        )
