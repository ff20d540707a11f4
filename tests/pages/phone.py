"""Where a page begins on a phone: what bin/bench phone prints and a test holds."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

#: Pixels down to ``main``: with no urgent notice, with one, with letters twice as large.
MOST, MOST_WITH_NOTICE, MOST_LARGE = 120, 168, 400

#: Letters twice as large, as whoever needs them sets them; px of the root's.
LARGE = 32
SET_LETTERS = "(size) => { document.documentElement.style.fontSize = size ? `${size}px` : ''; }"

#: Things that a list lists.
_CARDS = ".cards > *, .deputies > li, .rooms > li, .choices > li, .calendar-day"
_MEASURE = """(cards) => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const top = (node) => node ? Math.round(node.getBoundingClientRect().top + scrollY) : null;
  const main = document.querySelector("main");
  const words = [...main.querySelectorAll("h1, h2, p, form, .card")].find(shown);
  const card = [...main.querySelectorAll(cards)].find(shown);
  const root = document.scrollingElement;
  const frame = ".site-header, .urgent, .govuk-breadcrumbs";
  const parts = document.querySelectorAll(`:is(${frame}) :is(a, summary, button)`);
  const boxes = [...parts].filter(shown).map((node) => [node, node.getBoundingClientRect()]);
  const over = [];
  for (const [one, a] of boxes)
    for (const [other, b] of boxes)
      if (one !== other && one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING
        && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
        over.push(`${one.textContent.trim()} on ${other.textContent.trim()}`);
  for (const [node, { left, right }] of boxes)
    if (left < 0 || right > innerWidth + 0.5) over.push(`${node.textContent.trim()} sticks out`);
  return {
    main: top(main), words: top(words), card: top(card),
    height: root.scrollHeight, wider: Math.max(0, root.scrollWidth - innerWidth), over,
  };
}"""


@dataclass(frozen=True)
class Begin:
    """Of one page, in pixels: where ``main`` begins, its first words, the first thing of its list
    (None: it lists nothing); how high it is, and how much wider than the window. ``over``: parts of
    the frame that lie on each other or stick out."""

    main: int
    words: int
    card: int | None
    height: int
    wider: int
    over: list[str]


def measure(page: Page, *, large: bool = False) -> Begin:
    """Where the opened page begins; ``large``: with letters twice as large."""
    page.evaluate(SET_LETTERS, LARGE if large else 0)
    found = Begin(**page.evaluate(_MEASURE, _CARDS))
    page.evaluate(SET_LETTERS, 0)
    return found
