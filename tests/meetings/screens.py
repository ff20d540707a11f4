"""A meeting's display as a browser shows it: what on it is too small, cut, or off the screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from core.web.pages import forget_pages
from meetings.models import Meeting

#: What is too small, what leaves the screen, what is cut and what lies over something else.
WRONG = """() => {
  const wrong = [];
  const all = document.querySelector(".display");
  const main = document.querySelector(".display__main").getBoundingClientRect();
  const least = Math.min(innerWidth * 9 / 16, innerHeight) / 30;
  const texts = document.createTreeWalker(all, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim().slice(0, 40);
    if (!words || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".govuk-visually-hidden, title")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    smallest = Math.min(smallest, size);
    if (size < least) wrong.push(`${size} px of ${least}: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, bottom } = range.getBoundingClientRect();
    if (left < 0 || right > innerWidth + 1 || bottom > innerHeight + 1) wrong.push(`off: ${words}`);
    if (element.closest(".display__main") && bottom > main.bottom + 1) wrong.push(`cut: ${words}`);
    const part = element.closest(".display-poll, .display__side")?.getBoundingClientRect();
    if (part && right > part.right + 1) wrong.push(`beside: ${words}`);
  }
  for (const one of document.querySelectorAll(".display__side, .display-poll"))
    if (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
      wrong.push(`${one.className}: ${one.scrollWidth} × ${one.scrollHeight}`);
  return { wrong, smallest };
}"""


def look(
    browser: Browser,
    client: Client,
    meeting: Meeting,
    folder: Path,
    name: str,
    width: int = 1920,
    height: int = 1080,
) -> list[list[str]]:
    """The words on each of its screens, of which nothing is small or cut. SHOTS=folder keeps a
    picture of each, to look at."""
    forget_pages()
    static = (Path(settings.BASE_DIR) / "static").as_uri()
    written = client.get(f"/meetings/{meeting.pk}/display/").text
    written = written.replace('"/static/', f'"{static}/').replace(
        'type="module"', 'type="text/none"'
    )
    (folder / "display.html").write_text(written)
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.goto((folder / "display.html").as_uri())
        _start_countdowns(page)
        seen: list[list[str]] = []
        for number in range(max(1, page.locator("[data-turn]").count())):
            page.evaluate(
                "at => document.querySelectorAll('[data-turn]').forEach("
                "(one, number) => one.hidden = number !== at)",
                number,
            )
            if "SHOTS" in os.environ:
                page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{height}-{number}.png")
            found = page.evaluate(WRONG)
            assert not found["wrong"], (name, found["wrong"])
            if "SHOTS" in os.environ:
                share = height / found["smallest"]
                print(f"{name} {width}×{height} #{number}: 1/{share:.1f} of the height")
            seen.append(page.locator(".display__main").inner_text().split("\n"))
        return seen
    finally:
        page.close()


def _start_countdowns(page: Any) -> None:
    """The script is away in this window: what it writes and shows."""
    page.evaluate(
        """() => { for (const one of document.querySelectorAll("[data-countdown]")) {
          one.hidden = false; one.querySelector("b").textContent = "−12:34";
        } }"""
    )
