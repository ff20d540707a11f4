"""A hall's display as a browser shows it: what on it is too small, cut, or over something else."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from core.web.pages import forget_pages

#: What is too small, what leaves the screen, what is cut and what lies over something else.
WRONG = """() => {
  const wrong = [];
  const all = document.querySelector(".display");
  const main = document.querySelector(".display__main").getBoundingClientRect();
  const least = Math.min(innerWidth * 9 / 16, innerHeight) / 30;
  const texts = document.createTreeWalker(all, NodeFilter.SHOW_TEXT);
  const seen = [];
  let smallest = Infinity, largest = 0, lowest = 0;
  const frame = document.querySelector(".display-poll").getBoundingClientRect();
  // Of a raster over the main part, the cells on which something stands.
  const cells = [40, 24], filled = new Set();
  const stand = ({ left, right, top, bottom }) => {
    lowest = Math.max(lowest, bottom / innerHeight);
    const at = (value, from, size, many) =>
      Math.min(many - 1, Math.max(0, Math.floor((value - from) / size * many)));
    for (let x = at(left, frame.left, frame.width, cells[0]);
      x <= at(right, frame.left, frame.width, cells[0]); x++)
      for (let y = at(top, frame.top, frame.height, cells[1]);
        y <= at(bottom - 1, frame.top, frame.height, cells[1]); y++)
        filled.add(y * cells[0] + x);
  };
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true })
    && !one.closest(".govuk-visually-hidden, title");
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim().slice(0, 40);
    if (!words || !isSeen(element)) continue;
    const scale = element.closest(".display-hemicycle")?.getScreenCTM().a ?? 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    smallest = Math.min(smallest, size);
    if (element.closest(".display-poll")) largest = Math.max(largest, size);
    if (size < least) wrong.push(`${size} px of ${least}: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1)
      wrong.push(`off: ${words}`);
    if (element.closest(".display__main") && bottom > main.bottom + 1) wrong.push(`cut: ${words}`);
    const part = element.closest(".display-poll, .display__side")?.getBoundingClientRect();
    if (part && right > part.right + 1) wrong.push(`beside: ${words}`);
    if (element.closest(".display-poll")) for (const box of range.getClientRects()) stand(box);
    const large = element.closest(LARGE);
    if (large && size < least * 2 && large.textContent.trim().length <= 141)
      wrong.push(`${size} px, not a 15th: ${words}`);
    // What a line takes is its height less what letters may reach over it.
    for (const box of range.getClientRects())
      seen.push({ element, words, box, inset: Math.min(box.height * 0.22, size * 0.28) });
  }
  for (const element of all.querySelectorAll(".qr, progress, img"))
    if (isSeen(element)) {
      const box = element.getBoundingClientRect();
      if (element.matches(".qr") && box.width < innerHeight / 3) wrong.push(`qr: ${box.width} px`);
      seen.push({ element, words: element.className || element.tagName, box, inset: 0 });
    }
  for (const element of all.querySelectorAll(
    ".display-poll :is(progress, .display-card, .display-gauge, .display-seats)"))
    if (isSeen(element)) stand(element.getBoundingClientRect());
  seen.forEach((one, at) => seen.slice(at + 1).forEach((other) => {
    if (one.element === other.element) return;
    const [a, b] = [one.box, other.box];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom - one.inset, b.bottom - other.inset)
      - Math.max(a.top + one.inset, b.top + other.inset);
    if (wide > 1 && high > 1) wrong.push(`over: ${one.words} | ${other.words}`);
  }));
  for (const one of document.querySelectorAll(".display__side, .display-poll"))
    if (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
      wrong.push(`${one.className}: ${one.scrollWidth} × ${one.scrollHeight}`);
  return { wrong, smallest, largest, lowest, fill: filled.size / cells[0] / cells[1] };
}"""
#: What the whole hall must read: 1/15 of the height, up to 140 letters and the dots after them.
LARGE = ", ".join(
    (
        ".display-meeting:not(.display-meeting--agenda, .display-meeting--item_poll) "
        ".display-screen:not(:has(.display-rows)) > .display-poll__title",
        ".display-screen > div > .display-poll__title",
        ".display-tally__verdict, .display-tally__needed, .display-tally__figures dd",
        ".display-speech b, .display .countdown > b, .hands-figures b",
        ".display-meeting--announcement .display-text, .display__code",
        ".display__counts dd:not([class])",
    )
)
WRONG = WRONG.replace("LARGE", json.dumps(LARGE))
#: Of the height: the main part of a screen ends below it.
LOWEST = 0.85
#: As long as titles of decisions are, and longer.
LONG = (
    "Про внесення змін до рішення міської ради від 23 грудня 2025 року № 1234 «Про бюджет "
    "Рудногірської міської територіальної громади на 2026 рік» та затвердження Програми "
    "капітального ремонту підземних переходів біля центрального ринку з пандусами, підйомниками, "
    "тактильною плиткою, освітленням, відеоспостереженням, дренажем і озелененням "
)
#: The sizes of screens of halls.
SIZES = ((1280, 720), (1920, 1080), (3840, 2160))


def text_of(length: int) -> str:
    """Words of so many letters."""
    return (LONG * (length // len(LONG) + 1))[:length].strip()


@dataclass(frozen=True)
class Seen:
    """One screen of a display: its words by lines, and the height of its letters in pixels."""

    words: list[str]
    smallest: float
    largest: float
    #: Of the height: where the main part ends; of its area: on how much something stands.
    lowest: float
    fill: float


def look(
    browser: Browser,
    html: str,
    folder: Path,
    name: str,
    width: int = 1920,
    height: int = 1080,
    most: int = 1000,
    lowest: float = LOWEST,
) -> list[Seen]:
    """The screens of a display's page, the first ``most`` of them: nothing on them is small, cut or
    covered, and none ends above ``lowest`` of the height. SHOTS=folder keeps a picture of each."""
    with opened(browser, html, folder, width, height) as page:
        seen = []
        for number in range(min(most, max(1, page.locator("[data-turn]").count()))):
            page.evaluate(
                "at => document.querySelectorAll('[data-turn]').forEach("
                "(one, number) => one.hidden = number !== at)",
                number,
            )
            if "SHOTS" in os.environ:
                page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{height}-{number}.png")
            found = page.evaluate(WRONG)
            assert not found["wrong"], (name, height, number, found["wrong"])
            assert found["lowest"] >= lowest, (name, height, number, found["lowest"])
            words = page.locator(".display__main").inner_text().split("\n")
            sizes = (found[each] for each in ("smallest", "largest", "lowest", "fill"))
            seen.append(Seen(words, *sizes))
    smallest = min(each.smallest for each in seen)
    largest = [round(each.largest / height * 100, 1) for each in seen]
    print(
        f"{name} {width}×{height}: {len(seen)} screens, smallest {smallest:.1f} px = "
        f"1/{height / smallest:.1f} of the height, largest {largest[:12]} % of it, ends at "
        f"{[round(each.lowest * 100) for each in seen][:12]} %, filled "
        f"{[round(each.fill * 100) for each in seen][:12]} %"
    )
    return seen


@contextmanager
def opened(
    browser: Browser, html: str, folder: Path, width: int = 1920, height: int = 1080
) -> Iterator[Page]:
    """A display's page in a window of its own: without its scripts, with what they write."""
    static = (Path(settings.BASE_DIR) / "static").as_uri()
    written = html.replace('"/static/', f'"{static}/').replace('type="module"', 'type="text/none"')
    (folder / "display.html").write_text(written)
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.goto((folder / "display.html").as_uri())
        _start_countdowns(page)
        yield page
    finally:
        page.close()


def page_of(client: Client, path: str) -> str:
    """What the display's address answers."""
    forget_pages()
    return client.get(path).text


def _start_countdowns(page: Any) -> None:
    """The script is away in this window: what it writes and shows."""
    page.evaluate(
        """() => { for (const one of document.querySelectorAll("[data-countdown]")) {
          one.hidden = false; one.querySelector("b").textContent = "−12:34";
        }
        const status = document.querySelector("[data-live-status]");
        status.hidden = false; status.dataset.state = "live";
        for (const one of document.querySelectorAll("[data-live-time]"))
          one.textContent = "12:34:56"; }"""
    )
